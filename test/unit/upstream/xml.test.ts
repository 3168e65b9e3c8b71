import { describe, expect, it } from "vitest";
import { XmlError } from "../../../src/upstream/xml/xml-error.js";
import { readXml, type XmlElement } from "../../../src/upstream/xml/xml.js";

const instance = "http://www.w3.org/2001/XMLSchema-instance";

function leaf(name: string, text: string, attributes: string[] = []): XmlElement {
  return { name, attributes, children: [], text, nil: false };
}

function textOf(inside: string): string {
  return readXml(`<a>${inside}</a>`).text;
}

function attributeOf(inside: string): string | undefined {
  return readXml(`<a b="${inside}"/>`).attributes[1];
}

function problemOf(source: string): string {
  try {
    readXml(source);
  } catch (error) {
    if (error instanceof XmlError) return error.message;
    throw error;
  }
  throw new Error("It was read.");
}

describe("the XML reader", () => {
  it("reads elements, attributes and text as they stand", () => {
    expect(readXml(`<?xml version="1.0" encoding="utf-8"?>\n<a id='1' key = "x"><b> 007 </b><b/><c></c></a>\n`)).toEqual({
      name: "a",
      attributes: ["id", "1", "key", "x"],
      children: [leaf("b", " 007 "), leaf("b", ""), leaf("c", "")],
      text: "",
      nil: false,
    });
  });

  it.each([
    ["the five entities of XML", "&amp;&lt;&gt;&quot;&apos;", `&<>"'`],
    ["entities of HTML", "Bj&ouml;rk &copy; &hellip;&euro;&trade;", "Björk © …€™"],
    ["a no-break space", "a&nbsp;b", "a\u00a0b"],
    ["entities whose names differ in case alone", "&Ouml;&ouml;&AMP;", "Öö&"],
    ["the longest name of an entity", "&CounterClockwiseContourIntegral;", "∳"],
    ["an entity of two characters", "&NotEqualTilde;", "≂̸"],
    ["an entity beyond 16 bits", "&Afr;", "\u{1d504}"],
    ["decimal references", "&#163;&#128512;", "£😀"],
    ["hexadecimal references, small and large", "&#xa3;&#xA3;&#x1F600;", "££😀"],
    ["leading zeros", "&#00038;&#x0000000000000026;", "&&"],
    ["what a reference gives only once", "&amp;lt;&#38;amp;", "&lt;&amp;"],
    ["two references to the halves of one character", "&#55357;&#56832;", "😀"],
    ["the same in two notations", "&#xD83D;&#56832;", "😀"],
    ["such a pair after a lone half", "&#xD83D;&#xD83D;&#xDE00;", "\ufffd😀"],
    ["halves in the wrong order", "&#xDE00;&#xD83D;", "\ufffd\ufffd"],
    ["a lone half", "a&#xD800;b", "a\ufffdb"],
    ["NUL", "a&#0;b", "a\ufffdb"],
    ["a control character", "a&#x0B;b", "a\ufffdb"],
    ["noncharacters", "&#xFFFE;&#65535;", "\ufffd\ufffd"],
    ["a number beyond Unicode", "&#x110000;&#99999999999999999999999999;", "\ufffd\ufffd"],
    ["the last character of Unicode", "&#x10FFFF;", "\u{10ffff}"],
    ["white space", "&#9;&#10;&#13;&#32;", "\t\n\r "],
  ])("resolves %s, in text and in attributes", (_, written, meant) => {
    expect(textOf(written)).toBe(meant);
    expect(textOf(`<b/>x${written}`)).toBe(`x${meant}`);
    expect(attributeOf(written)).toBe(meant);
  });

  it.each([
    ["NUL", "a\u0000b", "a\ufffdb"],
    ["a control character", "Party\u000b!", "Party\ufffd!"],
    ["each of several control characters", "\u0001\u0002", "\ufffd\ufffd"],
    ["a noncharacter", "a\uffffb", "a\ufffdb"],
    ["a lone surrogate", "a\ud83db\ude00", "a\ufffdb\ufffd"],
  ])("reads %s as U+FFFD, in text, attributes and CDATA", (_, written, meant) => {
    expect(textOf(written)).toBe(meant);
    expect(attributeOf(written)).toBe(meant);
    expect(textOf(`<![CDATA[${written}]]>`)).toBe(meant);
    expect(textOf(`${written}\r\nпесня 😀`)).toBe(`${meant}\nпесня 😀`);
  });

  it("keeps a character between elements to itself", () => {
    expect(readXml("<a>\u0000<b>1</b>\u0000</a>").children).toEqual([leaf("b", "1")]);
  });

  it("reads control characters that XML allows, and characters beyond 16 bits, as they stand", () => {
    expect(textOf("\t\u007f\u0085\u2028😀")).toBe("\t\u007f\u0085\u2028😀");
  });

  it("reads every line end as one line feed", () => {
    expect(textOf("a\r\nb\rc\n\r\n\rd")).toBe("a\nb\nc\n\n\nd");
    expect(textOf("<![CDATA[a\r\nb]]>")).toBe("a\nb");
    expect(readXml("<?xml version='1.0'?>\r\n<a\r\nb='1'\r\n>\r\n<c/>\r\n</a\r\n>\r\n").children).toEqual([leaf("c", "")]);
  });

  it("reads white space in an attribute as spaces, unless it is referred to", () => {
    expect(attributeOf("a\tb\nc\r\nd&#9;e&#10;f")).toBe("a b c d\te\nf");
  });

  it("reads entities of any number", () => {
    expect(textOf("&amp;".repeat(50_000))).toHaveLength(50_000);
  });

  it("passes over a byte order mark, comments and processing instructions, wherever they are", () => {
    const source =
      "\ufeff<?xml version='1.0'?><!-- 1 --><?php 2 ?>\n<!-- 3 --><a><!-- <b> & --><?x <c>?>Pa<!-- -- -->rty<?y?></a><!-- 4 --><?z?>";
    expect(readXml(source)).toEqual(leaf("a", "Party"));
  });

  it.each([`<?xml-stylesheet href="a.xsl"?><a/>`, "<a><?xmlish?></a>", "<!-- before the declaration's place --><a/>", "<a><!----></a>"])(
    "reads %s",
    (source) => {
      expect(readXml(source).name).toBe("a");
    },
  );

  it.each([
    ["<![CDATA[&amp; <B>]]>", "&amp; <B>"],
    ["R<![CDATA[&]]>B", "R&B"],
    ["<![CDATA[]]>", ""],
    ["<![CDATA[]]]]><![CDATA[>]]>", "]]>"],
    ["<![CDATA[<!-- x -->]]>", "<!-- x -->"],
    ["a ]]> b", "a ]]> b"],
  ])("takes CDATA as it is: %s", (inside, text) => {
    expect(textOf(inside)).toBe(text);
  });

  describe("takes for the text of an element", () => {
    it.each([
      ["all that is in it, whatever the markup", "see <b>this</b> too", "see this too"],
      ["text in markup in markup", "a<b>b<c>c</c></b>d", "abcd"],
      ["the spaces between marked words", "<b>One</b> <i>or</i> two", "One or two"],
      ["text that begins or ends with markup", "<b>One</b> two <i>three</i>", "One two three"],
      ["text around CDATA, comments and instructions", "x<b/><![CDATA[y]]><!-- --><c/><?p?>z", "xyz"],
      ["a no-break space, which is text", "<b>1</b>\u00a0", "1\u00a0"],
      ["nothing where there are only elements and white space: that is layout", "\n <b>1</b>\n <b>2</b>\n", ""],
      ["nothing where CDATA between elements is blank", "<b>1</b><![CDATA[ ]]><b>2</b>", ""],
      ["white space where there are no elements", " \n ", " \n "],
    ])("%s", (_, inside, text) => {
      expect(textOf(inside)).toBe(text);
    });

    it("its own alone, not that around it", () => {
      const read = readXml("<a>x<b>\n<c>1</c>\n<c>2</c></b></a>");
      expect(read.text).toBe("x12");
      expect(read.children[0]?.text).toBe("");
      expect(read.children[0]?.children).toEqual([leaf("c", "1"), leaf("c", "2")]);
    });
  });

  describe("knows that an element is nil", () => {
    it.each([
      ["by xsi:nil, declared", `<a xmlns:xsi="${instance}"><b xsi:nil="true"/></a>`],
      ["by xsi:nil, which recorded documents leave undeclared", `<a><b xsi:nil="true"/></a>`],
      ["by 1", `<a><b xsi:nil="1"/></a>`],
      ["by a value with white space around", `<a><b xsi:nil=" true\n"/></a>`],
      ["by another prefix", `<a xmlns:i="${instance}"><b i:nil="true"/></a>`],
      ["by a prefix that the element itself declares", `<a><b xmlns:i="${instance}" i:nil="true"/></a>`],
      ["by a prefix that is declared after its use", `<a><b i:nil="true" xmlns:i="${instance}"/></a>`],
      ["by a prefix that another element has declared otherwise", `<a xmlns:i="${instance}"><c xmlns:i="u"/><b i:nil="1"/></a>`],
      ["by an end tag of its own", `<a><b xsi:nil="true"></b></a>`],
      ["by one of two prefixes", `<a xmlns:i="${instance}" xmlns:j="u"><b j:nil="false" i:nil="1"/></a>`],
    ])("%s", (_, source) => {
      const children = readXml(source).children;
      expect(children.find(({ name }) => name === "b")?.nil).toBe(true);
    });

    it.each([
      ["one that says false", `<a><b xsi:nil="false"/></a>`],
      ["one that says 0", `<a><b xsi:nil="0"/></a>`],
      ["one that says something else", `<a><b xsi:nil="yes"/></a>`],
      ["one with an attribute of no namespace", `<a><b nil="true"/></a>`],
      ["one whose prefix is not declared", `<a><b i:nil="true"/></a>`],
      ["one whose prefix is declared elsewhere", `<a><c xmlns:i="${instance}"/><b i:nil="true"/></a>`],
      ["one whose prefix means something else", `<a xmlns:xsi="${instance}"><b xmlns:xsi="u" xsi:nil="true"/></a>`],
      ["one with another attribute of the namespace", `<a xmlns:i="${instance}"><b i:type="true"/></a>`],
      ["one with a default namespace", `<a xmlns="${instance}"><b nil="true"/></a>`],
    ])("and does not take %s for it", (_, source) => {
      const children = readXml(source).children;
      expect(children.find(({ name }) => name === "b")?.nil).toBe(false);
    });
  });

  it("counts neither namespace declarations nor xsi's attributes among the attributes, and leaves prefixes alone", () => {
    const source = `<n:a xmlns:n="u" xmlns="" id="1" n:key="k" xml:lang="en" xsi:type="t" xsi:schemaLocation="s"/>`;
    expect(readXml(source)).toEqual(leaf("n:a", "", ["id", "1", "n:key", "k", "xml:lang", "en"]));
  });

  it.each(["a", "_", ":", "a:b", "a.b-c_1", "é", "名前", "a·b", "\u{20000}x"])("reads %s as a name", (name) => {
    expect(readXml(`<${name} ${name}="1">x</${name}>`)).toEqual(leaf(name, "x", [name, "1"]));
  });

  it.each(["1a", "-a", ".a", "a×b", "a!", "·a", "\u{f0000}", "a\u2028b"])("does not read %s as a name", (name) => {
    expect(() => readXml(`<${name}/>`)).toThrow(XmlError);
    expect(() => readXml(`<a ${name}="1"/>`)).toThrow(XmlError);
  });

  it.each([
    ["a document that ends early", "<a><b>1</b>"],
    ["a document cut inside a tag", "<a><b"],
    ["a document cut inside an end tag", "<a><b>1</b></a"],
    ["two roots", "<a/><a/>"],
    ["two roots with text", "<a>x</a><a>y</a>"],
    ["text after the root", "<a/> more"],
    ["text before the root", "more <a/>"],
    ["a reference after the root", "<a/>&#32;"],
    ["CDATA after the root", "<a/><![CDATA[]]>"],
    ["CDATA before the root", "<![CDATA[x]]><a/>"],
    ["a second byte order mark", "\ufeff\ufeff<a/>"],
    ["end tags that do not match", "<a><b></a></b>"],
    ["an end tag that begins alike", "<a></ab>"],
    ["an end tag that begins alike, inside", "<r><a>x</ab></r>"],
    ["an end tag that is only the beginning", "<ab></a>"],
    ["an end tag in another case", "<a></A>"],
    ["an end tag with a space in front", "<a></ a>"],
    ["an end tag with an attribute", `<a></a b="1">`],
    ["an end tag with a slash at its end", "<a></a/>"],
    ["an end tag alone", "</a>"],
    ["an end tag after the root", "<a/></a>"],
    ["nothing", ""],
    ["a comment alone", "<!-- a -->"],
    ["a tag with a space in front", "< a/>"],
    ["a tag without a name", "<a><></></a>"],
    ["a space inside the end of a tag", "<a/ >"],
    ["an attribute without quotes", "<a b=c/>"],
    ["an attribute without a value", "<a b/>"],
    ["attributes that nothing separates", `<a b='1'c='2'/>`],
    ["an attribute with a less-than sign", `<a b="<"/>`],
    ["an attribute twice", `<a b="1" b="2"/>`],
    ["one of many attributes twice", `<a ${Array.from({ length: 20 }, (_, i) => `b${i}="1"`).join(" ")} b7="2"/>`],
    ["an attribute in quotes of two kinds", `<a b="1'/>`],
    ["a bare ampersand", "<a>R & B</a>"],
    ["an ampersand that ends nowhere", "<a>R&amp</a>"],
    ["an ampersand that ends in the next element", "<a><b>R&amp</b>;</a>"],
    ["an ampersand in an attribute", `<a b="x&y"/>`],
    ["an unknown entity", "<a>&bogus;</a>"],
    ["an entity in the wrong case", "<a>&NBSP;</a>"],
    ["an entity that only begins like one", "<a>&notit;</a>"],
    ["an entity that the prototype of objects has", "<a>&constructor;</a>"],
    ["a reference with an upper-case X", "<a>&#X41;</a>"],
    ["a reference without a number", "<a>&#;</a>"],
    ["a hexadecimal reference without a number", "<a>&#x;</a>"],
    ["a reference with a letter", "<a>&#1a;</a>"],
    ["a reference with a sign", "<a>&#-1;</a>"],
    ["a document type", `<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>`],
    ["a document type without entities", "<!DOCTYPE a><a/>"],
    ["an endless comment", "<a><!-- </a>"],
    ["a comment that ends where it begins", "<a><!--></a>"],
    ["another that does", "<a><!---></a>"],
    ["endless CDATA", "<a><![CDATA[ </a>"],
    ["an endless processing instruction", "<a><?b </a>"],
    ["a processing instruction without a name", "<a><? b?></a>"],
    ["a processing instruction whose name does not end", "<a><?b+?></a>"],
    ["a declaration after white space", ` <?xml version="1.0"?><a/>`],
    ["a declaration inside", `<a><?xml version="1.0"?></a>`],
    ["two declarations", `<?xml version="1.0"?><?xml version="1.0"?><a/>`],
    ["a declaration in upper case", `<?XML version="1.0"?><a/>`],
    ["a declaration without a version", `<?xml encoding="utf-8"?><a/>`],
    ["a declaration in the wrong order", `<?xml version="1.0" standalone="yes" encoding="utf-8"?><a/>`],
    ["a declaration of another version", `<?xml version="2.0"?><a/>`],
  ])("refuses %s", (_, source) => {
    expect(() => readXml(source)).toThrow(XmlError);
  });

  it.each([
    `<?xml version="1.0"?>`,
    `<?xml version='1.0' encoding='UTF-8' standalone='yes' ?>`,
    `<?xml\n version = "1.1"\tencoding = "iso-8859-1"?>`,
  ])("reads a document declared by %s", (declaration) => {
    expect(readXml(`${declaration}<a/>`)).toEqual(leaf("a", ""));
  });

  it("reads names that every object has as any others", () => {
    const read = readXml(`<a constructor="1" __proto__="2"><__proto__>x</__proto__></a>`);
    expect(read).toEqual({ ...leaf("a", "", ["constructor", "1", "__proto__", "2"]), children: [leaf("__proto__", "x")] });
    expect(Object.getPrototypeOf(read)).toBe(Object.getPrototypeOf(readXml("<a/>")));
  });

  it("says what is wrong without repeating any of the document", () => {
    const secret = "sesame";
    const broken = [
      `<a>&${secret};</a>`,
      `<a ${secret}="1" ${secret}="2"/>`,
      `<a><${secret}></a>`,
      `<a/>${secret}`,
      `<${secret}!/>`,
      `<${secret}>`,
    ];
    expect(broken.map(problemOf)).toEqual([
      "an unknown entity",
      "an attribute twice",
      "an end tag that does not match",
      "text outside the root element",
      "a tag that does not end",
      "the document ends inside an element",
    ]);
  });
});

describe("the limits of the XML reader", () => {
  const elements = (count: number) => `<r>${"<a/>".repeat(count - 1)}</r>`;
  const levels = (count: number) => `${"<a>".repeat(count)}x${"</a>".repeat(count)}`;
  const attributes = (count: number) => `<a ${Array.from({ length: count }, (_, i) => `b${i}="1"`).join(" ")}/>`;

  it.each([
    ["elements", elements(80_000), elements(80_001), "too many elements and attributes"],
    [
      "elements and attributes",
      `<r>${'<a b="1"/>'.repeat(39_999)}<a/></r>`,
      `<r>${'<a b="1"/>'.repeat(40_000)}</r>`,
      "too many elements and attributes",
    ],
    ["levels", levels(64), levels(65), "elements nested too deep"],
    ["attributes of an element", attributes(256), attributes(257), "too many attributes"],
  ])("are so many %s and no more", (_, allowed, refused, problem) => {
    expect(() => readXml(allowed)).not.toThrow();
    expect(problemOf(refused)).toBe(problem);
  });
});
