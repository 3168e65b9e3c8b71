/** Well-formed documents made up for tests, each with the tree that it means. The tree comes from how a document was made, not from reading
 *  it. */
import fc from "fast-check";
import type { XmlElement } from "../../src/upstream/xml/xml.js";

/** Something written and what it means. */
interface Written<T> {
  readonly source: string;
  readonly means: T;
}

/** Content of an element: markup that means nothing, text or an element. */
type Content = Written<string | XmlElement>;

function plain(...texts: readonly string[]): readonly Written<string>[] {
  return texts.map((text) => ({ source: text, means: text }));
}

/** Text that fast-xml-parser reads as we do. */
const commonText: readonly Written<string>[] = [
  ...plain("Keane", " ", "\n  ", "007", "Sigur Rós", "名前😀", "a > b", `"'`, "]]>", "/>", "="),
  { source: "&amp;", means: "&" },
  { source: "&lt;", means: "<" },
  { source: "&gt;", means: ">" },
  { source: "&quot;&apos;", means: `"'` },
  { source: "&#163;", means: "£" },
  { source: "&#x1F600;", means: "😀" },
  { source: "&#00038;", means: "&" },
  { source: "&copy;&euro;", means: "©€" },
  { source: "&amp;lt;", means: "&lt;" },
];

/** Text that it does not. */
const ownText: readonly Written<string>[] = [
  { source: "&ouml;", means: "ö" },
  { source: "&NotEqualTilde;", means: "≂̸" },
  { source: "&#xD83D;&#xDE00;", means: "😀" },
  { source: "&#55357;", means: "\ufffd" },
  { source: "&#0;", means: "\ufffd" },
  { source: "&#x110000;", means: "\ufffd" },
  { source: "\u000b", means: "\ufffd" },
  { source: "\ud800-", means: "\ufffd-" },
];

const cdata: readonly Written<string>[] = ["", " ", "&amp;", "<b>", "R & B", "]]", "<!-- x -->"].map((text) => ({
  source: `<![CDATA[${text}]]>`,
  means: text,
}));

const nothing: readonly Written<string>[] = ["<!-- a -->", "<!---->", "<!-- <b> & -- -->", "<?php x ?>", "<?x?>", "<?x-y <a> & ?>"].map(
  (source) => ({ source, means: "" }),
);

const lineEnds: readonly Written<string>[] = [
  { source: "\r\n", means: "\n" },
  { source: "\r-", means: "\n-" },
];

const names = ["a", "b", "title", "lockerTrack", "n:a", "é", "名前", "a.b-c_1"];
const attributeNames = ["id", "key", "n:id", "xml:lang", "é", "a.b-c_1"];
const instance = "http://www.w3.org/2001/XMLSchema-instance";

/** Attributes that are none of the element's data, and whether they make it nil. */
const special: readonly Written<boolean>[] = [
  { source: "", means: false },
  { source: ` xmlns=""`, means: false },
  { source: ` xmlns:n="u"`, means: false },
  { source: ` xsi:nil="true"`, means: true },
  { source: ` xsi:nil=" 1 "`, means: true },
  { source: ` xsi:nil="false"`, means: false },
  { source: ` xsi:type="t"`, means: false },
  { source: ` i:nil='true' xmlns:i='${instance}'`, means: true },
];

function attributesFrom(texts: readonly Written<string>[]): fc.Arbitrary<Written<readonly string[]>> {
  const value = fc.array(fc.constantFrom(...texts), { maxLength: 3 }).map((pieces) => ({
    source: pieces.map(({ source }) => source).join(""),
    means: pieces.map(({ means }) => means).join(""),
  }));
  const one = fc.record({
    name: fc.constantFrom(...attributeNames),
    value,
    before: fc.constantFrom(" ", "  ", "\n\t"),
    around: fc.boolean(),
  });
  return fc.uniqueArray(one, { maxLength: 3, selector: ({ name }) => name }).map((attributes) => ({
    source: attributes.map((item) => `${item.before}${item.name}${item.around ? " = " : "="}${quoted(item.value.source)}`).join(""),
    means: attributes.flatMap((item) => [item.name, item.value.means]),
  }));
}

function quoted(source: string): string {
  return source.includes('"') ? `'${source.replaceAll("'", "&apos;")}'` : `"${source}"`;
}

/** Text in attributes has no white space but spaces, for fast-xml-parser leaves other white space as it is. */
function oneLine(texts: readonly Written<string>[]): readonly Written<string>[] {
  return texts.filter(({ source }) => !/[\t\n]/.test(source));
}

/** @param texts what text is made of, besides markup */
function documentsOf(texts: readonly Written<string>[]): fc.Arbitrary<Written<XmlElement>> {
  const attributes = attributesFrom(oneLine(texts));
  const content = fc.constantFrom<Content>(...texts, ...texts, ...cdata, ...nothing, ...lineEnds);
  const { element } = fc.letrec<{ element: Written<XmlElement> }>((tie) => ({
    element: fc
      .record({
        name: fc.constantFrom(...names),
        attributes,
        special: fc.constantFrom(...special),
        space: fc.constantFrom("", " ", "\n"),
        content: fc.array(fc.oneof({ depthSize: "small", withCrossShrink: true }, content, tie("element")), { maxLength: 5 }),
        short: fc.boolean(),
      })
      .map(written),
  }));
  const misc = fc.array(fc.constantFrom("\n", " ", "<!-- a -->", "<?x y?>"), { maxLength: 2 }).map((items) => items.join(""));
  const start = fc.constantFrom("", "\ufeff", `<?xml version="1.0"?>`, `\ufeff<?xml version='1.0' encoding='utf-8' standalone="no" ?>\r\n`);
  return fc.tuple(start, misc, element, misc).map(([first, before, root, after]) => ({
    // White space in front of no declaration would be allowed, but fast-xml-parser objects to it where a byte order mark is first.
    source: `${first}${first === "\ufeff" ? before.trimStart() : before}${root.source}${after}`,
    means: root.means,
  }));
}

interface Made {
  readonly name: string;
  readonly attributes: Written<readonly string[]>;
  readonly special: Written<boolean>;
  readonly space: string;
  readonly content: readonly Content[];
  readonly short: boolean;
}

function written({ name, attributes, special: other, space, content, short }: Made): Written<XmlElement> {
  const start = `<${name}${attributes.source}${other.source}${space}`;
  const inside = content.map(({ source }) => source).join("");
  return {
    source: inside === "" && short ? `${start}/>` : `${start}>${inside}</${name}${space}>`,
    means: {
      name,
      attributes: attributes.means,
      children: content.flatMap(({ means }) => (typeof means === "string" ? [] : [means])),
      text: textOf(content.map(({ means }) => means)),
      nil: other.means,
    },
  };
}

function textOf(content: readonly (string | XmlElement)[]): string {
  const own = content.filter((item) => typeof item === "string").join("");
  const children = content.some((item) => typeof item !== "string");
  return children && /^[\t\n ]*$/.test(own) ? "" : content.map((item) => (typeof item === "string" ? item : inner(item))).join("");
}

function inner({ text, children }: XmlElement): string {
  return text || children.map(inner).join("");
}

/** Documents that fast-xml-parser should read as we do. */
export const commonDocuments = documentsOf(commonText);
/** Documents of everything that we read. */
export const allDocuments = documentsOf([...commonText, ...ownText]);
