/** Elements of an answer and how they become text. Knows XML and the spellings real answers use for it, no music.
 *
 *  A writer of our own, because fast-xml-parser's builder cannot write `<version />` beside `<version></version>`, nor
 *  `&#163;` for a pound sign, and takes ten times as long, which a benchmark on the same machine would measure. */

export interface XmlElement {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly content: string | readonly XmlNode[];
  /** Its text is written as a CDATA section. */
  readonly cdata?: true;
  /** Its text is markup already. */
  readonly asIs?: true;
}

/** Markup among the elements, well-formed or not. */
interface RawXml {
  readonly raw: string;
}

export type XmlNode = XmlElement | RawXml;

/** What differs between two real answers that say the same. */
export interface XmlStyle {
  readonly byteOrderMark: boolean;
  readonly declaration: boolean;
  /** Empty for an answer on one line. */
  readonly lineBreak: "" | "\n" | "\r\n";
  readonly indent: "  " | "\t";
  readonly empty: "<version />" | "<version/>" | "<version></version>";
  readonly pound: "£" | "&#163;";
}

const noAttributes: XmlElement["attributes"] = {};

/** An element that holds text or elements. Null among the elements is one that this answer leaves out. */
export function element(
  name: string,
  content: string | number | boolean | readonly (XmlElement | null)[],
  attributes: XmlElement["attributes"] = noAttributes,
): XmlElement {
  const inside = typeof content === "object" ? content.filter((child) => child !== null) : String(content);
  return { name, attributes, content: inside };
}

/** `<name xsi:nil="true"/>`: an element without a value. */
export function nil(name: string): XmlElement {
  return { name, attributes: { "xsi:nil": "true" }, content: "" };
}

export function cdata(name: string, text: string): XmlElement {
  return { name, attributes: noAttributes, content: text, cdata: true };
}

/** The whole document, byte order mark included. `declaration` stands in the place of the usual one. */
export function writeXml(root: XmlElement, style: XmlStyle, declaration?: string): string {
  const start = style.byteOrderMark ? "\uFEFF" : "";
  const usual = style.declaration ? `<?xml version="1.0" encoding="utf-8"?>${style.lineBreak}` : "";
  return start + (declaration ?? usual) + written(root, style, style.lineBreak).slice(style.lineBreak.length);
}

/** `margin` is the line break and indentation that stand before the element. */
function written(xml: XmlNode, style: XmlStyle, margin: string): string {
  if ("raw" in xml) return xml.raw;
  const start = `${margin}<${xml.name}${writtenAttributes(xml.attributes)}`;
  if (xml.content.length === 0) return start + emptyEnd(xml.name, style);
  if (typeof xml.content === "string") {
    return `${start}>${writtenText(xml.content, xml, style)}</${xml.name}>`;
  }
  const inner = margin === "" ? "" : margin + style.indent;
  let text = `${start}>`;
  for (const child of xml.content) text += written(child, style, inner);
  return `${text}${margin}</${xml.name}>`;
}

function writtenText(text: string, { cdata, asIs }: XmlElement, style: XmlStyle): string {
  if (asIs === true) return text;
  return cdata === true ? `<![CDATA[${text}]]>` : escaped(text, style);
}

function emptyEnd(name: string, style: XmlStyle): string {
  if (style.empty === "<version></version>") return `></${name}>`;
  return style.empty === "<version/>" ? "/>" : " />";
}

function writtenAttributes(attributes: XmlElement["attributes"]): string {
  let text = "";
  for (const [name, value] of Object.entries(attributes)) {
    text += ` ${name}="${String(value).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;")}"`;
  }
  return text;
}

function escaped(text: string, style: XmlStyle): string {
  if (!/[&<>£]/.test(text)) return text;
  const safe = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
  return style.pound === "£" ? safe : safe.replaceAll("£", "&#163;");
}
