/** Parses one XML document into a tree of elements, in one pass. It accepts everything well-formed within limits, except a document type: 7digital
 *  sends none, and entity definitions are a known attack. What is not well-formed is rejected, never repaired. Two rules that XML has only for
 *  compatibility with SGML are not enforced: no `--` in a comment, no `]]>` in text. */
import { readAttributes } from "./xml-attributes.js";
import { XmlError } from "./xml-error.js";
import { Namespaces, type ElementAttributes } from "./xml-namespaces.js";
import { afterMark, afterSpace, endOfName } from "./xml-scan.js";
import { normalizeDocument, resolveReferences } from "./xml-text.js";

export interface XmlElement {
  /** As written, prefix included. */
  readonly name: string;
  /** Names and values in turn: ["id", "1"]. Without namespace declarations and the attributes of XML Schema's instance namespace. */
  readonly attributes: readonly string[];
  readonly children: readonly XmlElement[];
  /** All text inside, untrimmed and without markup: "see this too" for `<title>see <b>this</b> too</title>`. Empty for an element with children
   *  whose own text is only white space, which is layout. */
  readonly text: string;
  /** `xsi:nil="true"`, under any prefix. */
  readonly nil: boolean;
}

/** An element before its end tag. */
interface OpenElement {
  readonly name: string;
  readonly attributes: readonly string[];
  readonly nil: boolean;
  children: XmlElement[];
  /** The text in front of each child. */
  before: string[];
  /** The text since the last child. */
  text: string;
}

/** Of elements and attributes. Twice what the largest known documents have: lockers of 1 MB, with at most 42 per kilobyte. */
const maxNodes = 80_000;
const maxDepth = 64;
const noAttributes: ElementAttributes = { attributes: [], nil: false };
const noChildren: XmlElement[] = [];
const noTexts: string[] = [];
const exclamationMark = 0x21;
const slash = 0x2f;
const greaterThan = 0x3e;
const questionMark = 0x3f;
const notBlank = /[^\t\n ]/;
const declaration =
  /<\?xml[\t\n ]+version[\t\n ]*=[\t\n ]*(?:"1\.\d+"|'1\.\d+')(?:[\t\n ]+encoding[\t\n ]*=[\t\n ]*(?:"[A-Za-z][\w.-]*"|'[A-Za-z][\w.-]*'))?(?:[\t\n ]+standalone[\t\n ]*=[\t\n ]*(?:"(?:yes|no)"|'(?:yes|no)'))?[\t\n ]*\?>/y;

/** @throws XmlError */
export function readXml(source: string): XmlElement {
  return new Reader(normalizeDocument(source)).read();
}

/** The position behind the XML declaration that begins at `at`; `at` itself where none does. */
export function afterDeclaration(source: string, at: number): number {
  declaration.lastIndex = at;
  return declaration.test(source) ? declaration.lastIndex : at;
}

class Reader {
  private at = 0;
  private nodes = 0;
  private root: XmlElement | undefined;
  private readonly open: OpenElement[] = [];
  private readonly namespaces = new Namespaces();

  constructor(private readonly source: string) {}

  read(): XmlElement {
    const { source } = this;
    this.at = afterDeclaration(source, source.startsWith("\ufeff") ? 1 : 0);
    for (let next = source.indexOf("<", this.at); next !== -1; next = source.indexOf("<", this.at)) {
      this.characters(next);
      this.markup(next);
    }
    this.characters(source.length);
    if (this.root === undefined) throw new XmlError(this.open.length === 0 ? "no element at all" : "the document ends inside an element");
    return this.root;
  }

  private characters(end: number): void {
    if (end === this.at) return;
    const raw = this.source.slice(this.at, end);
    const parent = this.open.at(-1);
    if (parent !== undefined) parent.text += resolveReferences(raw);
    else if (notBlank.test(raw)) throw new XmlError("text outside the root element");
    this.at = end;
  }

  /** Any markup, from its `<` on. */
  private markup(start: number): void {
    const { source } = this;
    const code = source.charCodeAt(start + 1);
    if (code === slash) this.endTag(start + 2);
    else if (code === questionMark) this.instruction(start + 2);
    else if (code !== exclamationMark) this.startTag(start + 1);
    else if (source.startsWith("<!--", start)) this.at = afterMark(source, "-->", start + 4, "a comment");
    else if (source.startsWith("<![CDATA[", start)) this.cdata(start + 9);
    else throw new XmlError("a document type or another declaration");
  }

  private cdata(start: number): void {
    const parent = this.open.at(-1);
    if (parent === undefined) throw new XmlError("CDATA outside the root element");
    this.at = afterMark(this.source, "]]>", start, "CDATA");
    parent.text += this.source.slice(start, this.at - 3);
  }

  private instruction(start: number): void {
    const { source } = this;
    const end = endOfName(source, start);
    const target = source.slice(start, end);
    if (end === start) throw new XmlError("a processing instruction without a name");
    if (target.length === 3 && target.toLowerCase() === "xml") throw new XmlError("a malformed or misplaced XML declaration");
    if (afterSpace(source, end) === end && !source.startsWith("?>", end)) throw new XmlError("a malformed processing instruction");
    this.at = afterMark(source, "?>", end, "a processing instruction");
  }

  private startTag(start: number): void {
    const { source, open } = this;
    const depth = open.length;
    if (this.root !== undefined && depth === 0) throw new XmlError("a second root element");
    if (depth === maxDepth) throw new XmlError("elements nested too deep");
    this.at = endOfName(source, start);
    if (this.at === start) throw new XmlError("a tag without a name");
    const name = source.slice(start, this.at);
    this.nodes += 1;
    const { attributes, nil } = source.charCodeAt(this.at) === greaterThan ? noAttributes : this.attributes(depth);
    if (this.nodes > maxNodes) throw new XmlError("too many elements and attributes");
    const empty = source.charCodeAt(this.at) === slash;
    if (empty) this.at += 1;
    if (source.charCodeAt(this.at) !== greaterThan) throw new XmlError("a tag that does not end");
    this.at += 1;
    if (empty) this.add({ name, attributes, children: noChildren, text: "", nil });
    else if (!this.leaf(name, attributes, nil)) open.push({ name, attributes, nil, children: noChildren, before: noTexts, text: "" });
  }

  /** Whether the element holds nothing but text, and its end tag follows: most elements do. */
  private leaf(name: string, attributes: readonly string[], nil: boolean): boolean {
    const { source } = this;
    const next = source.indexOf("<", this.at);
    if (next === -1 || source.charCodeAt(next + 1) !== slash || !source.startsWith(name, next + 2)) return false;
    if (source.charCodeAt(next + 2 + name.length) !== greaterThan) return false;
    const text = resolveReferences(source.slice(this.at, next));
    this.at = next + name.length + 3;
    this.add({ name, attributes, children: noChildren, text, nil });
    return true;
  }

  private attributes(depth: number): ElementAttributes {
    const { all, namespaced, end } = readAttributes(this.source, this.at);
    this.at = end;
    this.nodes += all.length / 2;
    return namespaced ? this.namespaces.enter(all, depth) : { attributes: all, nil: false };
  }

  private endTag(start: number): void {
    const { source } = this;
    const element = this.open.pop();
    if (element === undefined) throw new XmlError("an end tag without a start tag");
    const end = afterSpace(source, start + element.name.length);
    if (!source.startsWith(element.name, start) || source.charCodeAt(end) !== greaterThan)
      throw new XmlError("an end tag that does not match");
    this.at = end + 1;
    const { name, attributes, children, nil } = element;
    this.add({ name, attributes, children, text: textInside(element), nil });
  }

  private add(element: XmlElement): void {
    const parent = this.open.at(-1);
    this.namespaces.leave(this.open.length);
    if (parent === undefined) {
      this.root = element;
      return;
    }
    if (parent.children === noChildren) {
      parent.children = [element];
      parent.before = [parent.text];
    } else {
      parent.children.push(element);
      parent.before.push(parent.text);
    }
    parent.text = "";
  }
}

/** By concatenation, which shares its parts: nested texts must not be copied for every level. */
function textInside({ children, before, text }: OpenElement): string {
  if (children.length === 0) return text;
  if (!notBlank.test(text) && !before.some((own) => notBlank.test(own))) return "";
  return children.reduce((inside, child, i) => inside + (before[i] ?? "") + stringValue(child), "") + text;
}

/** The text of an element with children is all text inside, or empty where that is only layout. */
function stringValue({ text, children }: XmlElement): string {
  return text === "" ? children.reduce((inside, child) => inside + stringValue(child), "") : text;
}
