/** Documents made to be expensive to read, each of one kind of thing as often as a body of the largest accepted size can hold it. */

export interface HostileDocument {
  readonly name: string;
  /** Made when asked for, because all of them together would fill the memory. */
  readonly source: () => string;
}

type Piece = string | ((index: number) => string);

/** `head`, then `piece` over and over, then `tail`: as UTF-8 at most that many bytes. */
function filled(bytes: number, head: string, piece: Piece, tail: string): string {
  const make = typeof piece === "string" ? () => piece : piece;
  let left = bytes - Buffer.byteLength(head) - Buffer.byteLength(tail);
  const pieces: string[] = [];
  for (let i = 0; ; i += 1) {
    const next = make(i);
    left -= Buffer.byteLength(next);
    if (left < 0) break;
    pieces.push(next);
  }
  // By way of bytes, as a body comes: concatenation leaves a text that has yet to be put together.
  return Buffer.from(head + pieces.join("") + tail, "utf16le").toString("utf16le");
}

const letters = (index: number) => index.toString(36);
const nested = (inner: string) => `${"<a>".repeat(60)}${inner}${"</a>".repeat(60)}`;
const names = ["amp", "lt", "nbsp", "ouml", "CounterClockwiseContourIntegral", "NotEqualTilde", "rang", "Aacute"];

/** Name, head, piece, tail. */
const families: readonly (readonly [name: string, head: string, piece: Piece, tail: string])[] = [
  ["one long text", "<a>", "text ", "</a>"],
  ["one long text of two-byte characters", "<a>", "тексты ", "</a>"],
  ["one long text of astral characters", "<a>", "😀", "</a>"],
  ["attributes of one element", "<a", (i) => ` a${letters(i)}="1"`, "/>"],
  ["attributes, not separated", "<a", (i) => `a${letters(i)}="1"`, "/>"],
  ["the same attribute again", "<a", ` a="1"`, "/>"],
  [
    "as many attributes as one element may have, on many",
    "<r>",
    (i) => (i % 200 === 0 ? "<a" : "") + ` a${letters(i)}=''` + (i % 200 === 199 ? "/>" : ""),
    "/></r>",
  ],
  ["many elements with ten attributes", "<r>", `<a b="1" c="2" d="3" e="4" f="5" g="6" h="7" i="8" j="9" k="10"/>`, "</r>"],
  [
    "elements with sixteen short attributes",
    "<r>",
    `<a${Array.from("bcdefghijklmnopq")
      .map((name) => ` ${name}=""`)
      .join("")}/>`,
    "</r>",
  ],
  ["elements with one short attribute", "<r>", `<a b=""/>`, "</r>"],
  [
    "elements with two hundred short attributes",
    "<r>",
    `<a${Array.from({ length: 200 }, (_, i) => ` a${letters(i)}=""`).join("")}/>`,
    "</r>",
  ],
  ["one long attribute", `<a b="`, "text ", `"/>`],
  ["one attribute of tabs", `<a b="`, "\t", `"/>`],
  ["one attribute of ampersands", `<a b="`, "&amp;", `"/>`],
  ["an attribute that does not end", `<a b="`, "text", ""],
  ["tiny elements", "<r>", "<a/>", "</r>"],
  ["tiny elements with text", "<r>", "<a>1</a>", "</r>"],
  ["tiny elements, the most that are allowed", "<r>", "<a>1234567</a>", "</r>"],
  ["tiny elements of two-byte text", "<r>", "<a>я1234</a>", "</r>"],
  ["start tags alone", "", "<a>", ""],
  ["end tags alone", "<a>", "</a>", ""],
  ["elements with different names", "<r>", (i) => `<a${letters(i)}/>`, "</r>"],
  ["a deep nest again and again", "<r>", nested(""), "</r>"],
  ["a deep nest around much", "<a>".repeat(63), "<b>1</b>", "</a>".repeat(63)],
  ["mixed text at every level", "<a>x".repeat(62), "<b>1</b>y", "</a>z".repeat(61) + "</a>"],
  ["text found late at every level", "<a>".repeat(62), "<b>1</b>", "z</a>".repeat(62)],
  ["text between elements", "<r>", "x<a/>", "</r>"],
  ["white space between elements", "<r>", "\n        <a/>", "</r>"],
  ["white space", "<r>", " \n\t", "</r>"],
  ["white space inside tags", "<r>", `<a${" ".repeat(50)}/>`, "</r>"],
  ["one tag of white space", "<a", " \n", "/>"],
  ["white space before an equals sign", "<a b", " ", `="1"/>`],
  ["an end tag of white space", "<a></a", "\t", ">"],
  ["white space after the root", "<a/>", "\n", ""],
  ["one long name", "<", "name", "/>"],
  ["one long name of two-byte letters", "<", "имя", "/>"],
  ["one long name of astral letters", "<", "\u{20000}", "/>"],
  ["long names", "<r>", `<${"n".repeat(1000)}></${"n".repeat(1000)}>`, "</r>"],
  ["one long attribute name", "<a ", "name", `="1"/>`],
  ["named entities", "<a>", (i) => `&${names[i % names.length] ?? ""};`, "</a>"],
  ["five entities only", "<a>", "&lt;", "</a>"],
  ["entities in tiny elements", "<r>", "<a>&lt;</a>", "</r>"],
  ["unknown entities", "<a>", (i) => `&a${letters(i)};`, "</a>"],
  ["an entity with a long name", "<a>&", "amp", ";</a>"],
  ["ampersands alone", "<a>", "&", ";</a>"],
  ["numeric references", "<a>", "&#1;", "</a>"],
  ["hexadecimal references", "<a>", "&#x41;", "</a>"],
  ["one reference of many digits", "<a>&#", "9", ";</a>"],
  ["one hexadecimal reference of many digits", "<a>&#x", "f", ";</a>"],
  ["pairs of surrogate references", "<a>", "&#55357;&#56832;", "</a>"],
  ["lone surrogate references", "<a>", "&#xD83D;", "</a>"],
  ["control characters", "<a>", "\u0001", "</a>"],
  ["control characters between letters", "<a>", "x\u000b", "</a>"],
  ["lone surrogates", "<a>", "\ud800", "</a>"],
  ["carriage returns", "<a>", "\r", "</a>"],
  ["carriage returns and line feeds", "<a>", "\r\n", "</a>"],
  ["lines that end in both", "<r>", "<a>1</a>\r\n", "</r>"],
  ["comments", "<a>", "<!---->", "</a>"],
  ["comments between letters", "<a>", "x<!---->", "</a>"],
  ["comments before the root", "", "<!---->", "<a/>"],
  ["beginnings of comments", "<a>", "<!--", "</a>"],
  ["one comment of hyphens", "<a><!--", "-", "></a>"],
  ["CDATA", "<a>", "<![CDATA[]]>", "</a>"],
  ["CDATA between letters", "<a>", "x<![CDATA[y]]>", "</a>"],
  ["beginnings of CDATA", "<a>", "<![CDATA[", "</a>"],
  ["CDATA of brackets", "<a><![CDATA[", "]]", "]]></a>"],
  ["processing instructions", "<a>", "<?b?>", "</a>"],
  ["beginnings of processing instructions", "<a>", "<?b ", "</a>"],
  ["one processing instruction of question marks", "<a><?b ", "?", "?></a>"],
  ["a declaration of white space", "<?xml", " ", `version="1.0"?><a/>`],
  ["a declaration of digits", `<?xml version="1.`, "0", `"?><a/>`],
  ["a declaration of letters", `<?xml version="1.0" encoding="`, "a", ` ?><a/>`],
  ["less-than signs", "<a>", "<", "</a>"],
  ["greater-than signs", "<a>", ">", "</a>"],
  ["exclamation marks", "<a>", "<!", "</a>"],
  ["text after the root", "<a/>", "x", ""],
  ["namespace declarations", "<r>", `<a xmlns:b="c"/>`, "</r>"],
  ["namespace declarations around text", "<r>", `<a xmlns:b="c">x<b/></a>`, "</r>"],
  ["different namespace declarations", "<r>", (i) => `<a xmlns:b${letters(i)}="c"/>`, "</r>"],
  [
    "nil below many declarations",
    Array.from({ length: 60 }, (_, level) => `<a${Array.from({ length: 200 }, (_, i) => ` xmlns:p${level}x${i}="u"`).join("")}>`).join(""),
    `<a p1x1:nil="1"/>`,
    "</a>".repeat(60),
  ],
  ["nil elements", "<r>", `<a xsi:nil="1"/>`, "</r>"],
  ["a document type", "<!DOCTYPE a [", `<!ENTITY b "bbbbbbbb">`, "]><a>&b;</a>"],
];

export function hostileDocuments(bytes: number): readonly HostileDocument[] {
  return families.map(([name, head, piece, tail]) => ({ name, source: () => filled(bytes, head, piece, tail) }));
}
