/** The same documents, read with fast-xml-parser. Its validator speaks first, because its parser takes a truncated document for whole. */
import { XMLParser, XMLValidator } from "fast-xml-parser";
import type { XmlElement } from "../../src/upstream/xml/xml.js";

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
  maxNestedTags: 64,
});

const instance = "http://www.w3.org/2001/XMLSchema-instance";

type ParsedNode = Readonly<Record<string, string | readonly ParsedNode[] | Readonly<Record<string, string>>>>;

/** @throws Error for what fast-xml-parser does not take for one well-formed document */
export function readWithReference(source: string): XmlElement {
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- its successor is a package of its own for the same code
  const verdict = XMLValidator.validate(source);
  if (verdict !== true) throw new Error(verdict.err.msg);
  const nodes = parser.parse(source) as readonly ParsedNode[];
  const [root, ...others] = nodes.filter((node) => !isText(node));
  if (root === undefined || others.length > 0) throw new Error("not exactly one root element");
  return element(root, new Map([["xsi", instance]]));
}

function isText(node: ParsedNode): boolean {
  return "#text" in node;
}

function nameOf(node: ParsedNode): string {
  return Object.keys(node).find((key) => key !== ":@") ?? "";
}

function contentOf(node: ParsedNode): readonly ParsedNode[] {
  return node[nameOf(node)] as readonly ParsedNode[];
}

function element(node: ParsedNode, outer: ReadonlyMap<string, string>): XmlElement {
  const all = Object.entries((node[":@"] ?? {}) as Readonly<Record<string, string>>);
  const declared = all.filter(([name]) => name.startsWith("xmlns:")).map(([name, value]) => [name.slice(6), value] as const);
  const namespaces = new Map([...outer, ...declared]);
  const inInstance = (name: string) => name.includes(":") && namespaces.get(name.replace(/:.*/s, "")) === instance;
  return {
    name: nameOf(node),
    attributes: all.filter(([name]) => !/^xmlns(?::|$)/.test(name) && !inInstance(name)).flat(),
    children: contentOf(node)
      .filter((item) => !isText(item))
      .map((item) => element(item, namespaces)),
    text: textOf(node),
    nil: all.some(([name, value]) => inInstance(name) && name.endsWith(":nil") && /^\s*(?:true|1)\s*$/.test(value)),
  };
}

function textOf(node: ParsedNode): string {
  const content = contentOf(node);
  const own = content.filter(isText).map((item) => item["#text"] as string);
  if (own.length < content.length && !/[^\t\n ]/.test(own.join(""))) return "";
  return content.map((item) => (isText(item) ? (item["#text"] as string) : inner(item))).join("");
}

/** As part of the text around it: layout inside is none of it. */
function inner(node: ParsedNode): string {
  const content = contentOf(node);
  return (
    textOf(node) ||
    content
      .filter((item) => !isText(item))
      .map(inner)
      .join("")
  );
}
