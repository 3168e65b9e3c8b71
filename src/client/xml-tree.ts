/** Responses of methods that are not declared, as a plain tree, in the manner of 7digital's Python client. */
import { XMLParser } from "fast-xml-parser";

/** An element: its text where it has nothing else, otherwise its members. */
export type XmlNode = string | XmlTree;

/** The members of an element by name: attributes ("@id"), child elements (an array where there are several of one name) and text ("#text")
 *  beside them. All text is as sent, and nothing is made a number. */
export interface XmlTree {
  readonly [name: string]: XmlNode | readonly XmlNode[] | undefined;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  textNodeName: "#text",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  // Numeric character references, too.
  htmlEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
});

/** The content of the root element, a new tree for each caller. @param text One whole XML document.
 *  @throws Error for a name that JavaScript objects reserve. */
export function xmlTree(text: string): XmlTree {
  const [root = ""] = Object.values(parser.parse(text.trimStart()) as Record<string, XmlNode>);
  return typeof root === "string" ? (root.trim() === "" ? {} : { "#text": root }) : withoutLayout(root);
}

/** Without the white space between elements. */
function withoutLayout(tree: XmlTree): XmlTree {
  const entries = Object.entries(tree);
  const hasChildren = entries.some(([name]) => !name.startsWith("@") && name !== "#text");
  const isLayout = (name: string, node: unknown): boolean => hasChildren && name === "#text" && String(node).trim() === "";
  return Object.fromEntries(
    entries
      .filter(([name, node]) => !isLayout(name, node))
      .map(([name, node]) => [name, Array.isArray(node) ? node.map(layoutless) : layoutless(node as XmlNode)]),
  );
}

function layoutless(node: XmlNode): XmlNode {
  return typeof node === "string" ? node : withoutLayout(node);
}

/** The items of a list: XML does not tell a list of one from a single element, and an absent one is an empty list. */
export function asList<T>(found: T | readonly T[] | undefined): readonly T[] {
  if (found === undefined || found === "") return [];
  return Array.isArray(found) ? (found as readonly T[]) : [found as T];
}
