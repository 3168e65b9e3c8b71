/** The reference reader: fast-xml-parser, for documents that are well-formed but not of the kind `xml.ts` knows (processing
 *  instructions, HTML's named entities). Slower, and lenient where it is left alone, so its validator speaks first. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { XmlError, type XmlElement } from "./xml.js";

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

type ParsedNode = Readonly<Record<string, string | readonly ParsedNode[] | Readonly<Record<string, string>>>>;

/** Reads what `readXml` calls unusual.
 *  @throws XmlError where it is not well-formed, or is not one element. */
export function readUnusualXml(source: string): XmlElement {
  if (source.includes("<!DOCTYPE")) throw new XmlError("a document type declaration");
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own for the same code
  const verdict = XMLValidator.validate(source);
  if (verdict !== true) throw new XmlError(`not well-formed at line ${String(verdict.err.line)}, column ${String(verdict.err.col)}`);
  // The validator lets text after the root and a second root pass.
  if (!/>[\t\n\r ]*$/.test(source)) throw new XmlError("text outside the root element");
  const roots = (parser.parse(source) as readonly ParsedNode[]).filter((node) => !("#text" in node));
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new XmlError("not exactly one root element");
  return element(root);
}

function element(node: ParsedNode): XmlElement {
  const name = Object.keys(node).find((key) => key !== ":@") ?? "";
  const content = node[name] as readonly ParsedNode[];
  const children = content.filter((child) => !("#text" in child)).map(element);
  const text = children.length > 0 ? "" : content.map((child) => child["#text"] as string).join("");
  const attributes = Object.entries((node[":@"] ?? {}) as Readonly<Record<string, string>>).flat();
  return { name, attributes, children, text };
}
