/** Reads one XML document into a tree of elements, strictly and in one pass: what is not well-formed is refused, never mended.
 *  It knows the XML that 7digital writes (elements, attributes, character data, CDATA, comments, character references and the five
 *  named entities). Processing instructions and other named entities it leaves to `xml-reference.ts`; DOCTYPE nobody reads. */

export interface XmlElement {
  readonly name: string;
  /** Names and values in turn, as written: ["id", "1", "xsi:nil", "true"]. */
  readonly attributes: readonly string[];
  readonly children: readonly XmlElement[];
  /** Character data, untrimmed; empty for an element that has child elements. */
  readonly text: string;
}

/** A document this reader does not read. */
export class XmlError extends Error {
  override readonly name = "XmlError";

  constructor(
    message: string,
    /** True where the document may still be well-formed XML, only not of the kind this reader knows. */
    readonly unusual = false,
  ) {
    super(message);
  }
}

interface OpenElement {
  name: string;
  attributes: string[];
  children: XmlElement[];
  text: string;
}

const maxDepth = 64;
const noAttributes: string[] = [];
const noChildren: XmlElement[] = [];
const whitespace = /^[\t\n\r ]*$/;
const elementName = /[A-Za-z_\u00c0-\uffff][A-Za-z0-9_.:\-\u00b7-\uffff]*/y;
const attributeText = /[\t\n\r ]+([A-Za-z_\u00c0-\uffff][A-Za-z0-9_.:\-\u00b7-\uffff]*)[\t\n\r ]*=[\t\n\r ]*(?:"([^"<]*)"|'([^'<]*)')/y;
const xmlDeclaration = /<\?xml[\t\n\r ]/y;
const tagEnd = /[\t\n\r ]*(\/?)>/y;
// XML 1.0 §2.2: the characters a document may not hold, not even as references.
// eslint-disable-next-line no-control-regex -- control characters are what it looks for
const forbidden = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/;

/** @throws XmlError naming what is wrong; never holding text of the document. */
export function readXml(source: string): XmlElement {
  return new Reader(source).read();
}

class Reader {
  private at = 0;
  private root: XmlElement | undefined;
  private readonly open: OpenElement[] = [];

  constructor(private readonly source: string) {
    if (forbidden.test(source)) throw new XmlError("a character that XML does not allow");
  }

  read(): XmlElement {
    const { source } = this;
    if (source.charCodeAt(0) === 0xfeff) this.at = 1;
    if (match(xmlDeclaration, source, this.at) !== null) this.at = this.after("?>", "the XML declaration");
    for (;;) {
      const next = source.indexOf("<", this.at);
      this.characters(next === -1 ? source.length : next);
      if (next === -1) break;
      this.markup(next);
    }
    if (this.open.length > 0) throw new XmlError("the document ends inside an element");
    if (this.root === undefined) throw new XmlError("no element at all");
    return this.root;
  }

  private markup(start: number): void {
    const { source } = this;
    const code = source.charCodeAt(start + 1);
    if (code === 0x2f) this.close(start + 2);
    else if (code === 0x21) this.declaration(start);
    else if (code === 0x3f) throw new XmlError("a processing instruction", true);
    else this.start(start + 1);
  }

  private characters(end: number): void {
    if (end === this.at) return;
    const top = this.open.at(-1);
    if (top?.children.length === 0) {
      top.text += unescapeXml(this.source.slice(this.at, end));
    } else if (!whitespace.test(this.source.slice(this.at, end))) {
      throw new XmlError(top === undefined ? "text outside the root element" : "text between elements");
    }
    this.at = end;
  }

  private declaration(start: number): void {
    const { source } = this;
    this.at = start;
    if (source.startsWith("<!--", start)) {
      this.at = this.after("-->", "a comment");
    } else if (source.startsWith("<![CDATA[", start)) {
      const top = this.open.at(-1);
      if (top === undefined || top.children.length > 0) throw new XmlError("CDATA where no text belongs");
      const end = this.after("]]>", "CDATA");
      top.text += source.slice(start + 9, end - 3);
      this.at = end;
    } else {
      throw new XmlError("a document type declaration");
    }
  }

  private start(at: number): void {
    const { source } = this;
    const name = match(elementName, source, at)?.[0];
    if (name === undefined) throw new XmlError("a tag without a name");
    if (this.root !== undefined && this.open.length === 0) throw new XmlError("a second root element");
    let end = at + name.length;
    let attributes = noAttributes;
    for (let found = match(attributeText, source, end); found !== null; found = match(attributeText, source, end)) {
      if (attributes === noAttributes) attributes = [];
      const attribute = found[1] ?? "";
      for (let i = 0; i < attributes.length; i += 2) if (attributes[i] === attribute) throw new XmlError("an attribute twice");
      attributes.push(attribute, unescapeXml(found[2] ?? found[3] ?? ""));
      end = attributeText.lastIndex;
    }
    const closing = match(tagEnd, source, end);
    if (closing === null) throw new XmlError("a tag that does not end");
    this.at = tagEnd.lastIndex;
    if (closing[1] === "/") {
      this.add({ name, attributes, children: noChildren, text: "" });
    } else {
      if (this.open.length === maxDepth) throw new XmlError("elements nested too deep");
      this.open.push({ name, attributes, children: noChildren, text: "" });
    }
  }

  private close(at: number): void {
    const element = this.open.pop();
    if (element === undefined || !this.source.startsWith(element.name, at)) throw new XmlError("an end tag that does not match");
    const closing = match(tagEnd, this.source, at + element.name.length);
    if (closing === null || closing[1] === "/") throw new XmlError("an end tag that does not match");
    this.at = tagEnd.lastIndex;
    this.add(element);
  }

  private add(element: XmlElement): void {
    const parent = this.open.at(-1);
    if (parent === undefined) {
      this.root = element;
      return;
    }
    if (parent.children === noChildren) {
      if (!whitespace.test(parent.text)) throw new XmlError("text between elements");
      parent.text = "";
      parent.children = [];
    }
    parent.children.push(element);
  }

  private after(end: string, what: string): number {
    const found = this.source.indexOf(end, this.at);
    if (found === -1) throw new XmlError(`${what} that does not end`);
    return found + end.length;
  }
}

function match(pattern: RegExp, source: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(source);
}

const named: Readonly<Record<string, string>> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** Resolves character references and the five named entities. */
function unescapeXml(text: string): string {
  let ampersand = text.indexOf("&");
  if (ampersand === -1) return text;
  let result = "";
  let from = 0;
  while (ampersand !== -1) {
    const semicolon = text.indexOf(";", ampersand);
    if (semicolon === -1) throw new XmlError("an ampersand that begins no entity");
    result += text.slice(from, ampersand) + entity(text.slice(ampersand + 1, semicolon));
    from = semicolon + 1;
    ampersand = text.indexOf("&", from);
  }
  return result + text.slice(from);
}

function entity(name: string): string {
  const known = named[name];
  if (known !== undefined) return known;
  const reference = /^#(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}))$/.exec(name);
  if (reference === null) {
    if (/^[A-Za-z][A-Za-z0-9]*$/.test(name)) throw new XmlError("a named entity", true);
    throw new XmlError("an ampersand that begins no entity");
  }
  const code = reference[1] === undefined ? Number.parseInt(reference[2] ?? "", 16) : Number(reference[1]);
  const surrogate = code >= 0xd800 && code <= 0xdfff;
  if (code > 0x10ffff || surrogate || forbidden.test(String.fromCodePoint(code))) throw new XmlError("a character XML does not allow");
  return String.fromCodePoint(code);
}
