/** Every element and attribute of a recorded response, each of which can be given another value. Read by a parser that is not the one under test. */
import { XMLParser } from "fast-xml-parser";

/** As fast-xml-parser keeps elements in order: one key for the element's name, and ":@" for its attributes. */
type Node = Record<string, unknown> & { ":@"?: Record<string, string> };

export interface Place {
  /** From inside `<response>`: "release/label/@id". */
  readonly path: string;
  readonly value: string;
  /** The whole document with another value here. */
  with(value: string): string;
}

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  trimValues: false,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
  ignoreDeclaration: true,
});

/** Without what belongs to XML itself: namespaces, and where the schema of the document is. */
const ofXml = /^(?:xmlns(?::.*)?|xsi:.*)$/;

/** Places that hold a value: attributes, and elements without elements in them. */
export function placesIn(body: string): readonly Place[] {
  const document = parsed(body);
  const places: Place[] = [];
  const write = () => document.map(written).join("");

  const visit = (node: Node, path: string): void => {
    for (const [name, value] of Object.entries(node[":@"] ?? {})) {
      if (!ofXml.test(name)) places.push(attributePlace(node, name, { path: join(path, `@${name}`), value, write }));
    }
    const children = childrenOf(node);
    const elements = children.filter((child) => !("#text" in child));
    for (const child of elements) visit(child, join(path, nameOf(child)));
    const text = children.map((child) => (typeof child["#text"] === "string" ? child["#text"] : "")).join("");
    // An element with attributes alone holds its values in them.
    if (elements.length > 0 || (text.trim() === "" && hasOwnAttributes(node))) return;
    places.push(elementPlace(node, { path, value: text, write }));
  };
  const root = document.find((node) => !("#text" in node) && !nameOf(node).startsWith("?"));
  if (root !== undefined) visit(root, "");
  return places.filter(({ path }) => path !== "");
}

/** The response with the first items of each list. */
export function shortened(body: string): string {
  const shorten = (node: Node): Node => {
    if ("#text" in node) return node;
    const seen = new Map<string, number>();
    const kept = childrenOf(node).filter((child) => {
      const name = nameOf(child);
      seen.set(name, (seen.get(name) ?? 0) + 1);
      return name === "#text" || (seen.get(name) ?? 0) <= mostItems;
    });
    return { ...node, [nameOf(node)]: kept.map(shorten) };
  };
  return parsed(body)
    .map((node) => written(shorten(node)))
    .join("");
}

const mostItems = 2;

function parsed(body: string): Node[] {
  return parser.parse(body.replace(/^\ufeff/, "")) as Node[];
}

function written(node: Node): string {
  if (typeof node["#text"] === "string") return escaped(node["#text"]);
  const name = nameOf(node);
  const attributes = Object.entries(node[":@"] ?? {}).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${attributes.join("")}>${childrenOf(node).map(written).join("")}</${name}>`;
}

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;").replaceAll('"', "&quot;");
}

interface Known {
  readonly path: string;
  readonly value: string;
  readonly write: () => string;
}

function attributePlace(node: Node, name: string, { path, value, write }: Known): Place {
  return {
    path,
    value,
    with(other) {
      const attributes = node[":@"] ?? {};
      node[":@"] = { ...attributes, [name]: other };
      const text = write();
      node[":@"] = attributes;
      return text;
    },
  };
}

function elementPlace(node: Node, { path, value, write }: Known): Place {
  const name = nameOf(node);
  return {
    path,
    value,
    with(other) {
      const [children, attributes] = [node[name], node[":@"]];
      node[name] = [{ "#text": other }];
      // A nil element has no value.
      if (attributes !== undefined) node[":@"] = Object.fromEntries(Object.entries(attributes).filter(([key]) => !key.endsWith(":nil")));
      const text = write();
      node[name] = children;
      if (attributes !== undefined) node[":@"] = attributes;
      return text;
    },
  };
}

function hasOwnAttributes(node: Node): boolean {
  return Object.keys(node[":@"] ?? {}).some((name) => !ofXml.test(name));
}

function nameOf(node: Node): string {
  return Object.keys(node).find((key) => key !== ":@") ?? "";
}

function childrenOf(node: Node): readonly Node[] {
  const children = node[nameOf(node)];
  return Array.isArray(children) ? (children as Node[]) : [];
}

function join(path: string, name: string): string {
  return path === "" ? name : `${path}/${name}`;
}

/** Other values to try: first those that are most like the value, for a field may read only those of its form. */
export function otherValues(value: string): readonly string[] {
  const trimmed = value.trim();
  const alike = [
    trimmed.replace(/^\d+$/, (digits) => String(BigInt(digits) + 1n)),
    trimmed.replace(
      /^(\d+)\.(\d)(\d*)$/,
      (_whole, whole: string, digit: string, rest: string) => `${whole}.${(Number(digit) + 1) % 10}${rest}`,
    ),
    trimmed.replace(/^\d{4}(?=-\d\d-\d\d)/, "2003"),
    trimmed.replace(/^(https?:\/\/.*\/)(?=[^/]+$)/, "$1x"),
    trimmed.replace(/^https?:\/\/.*$/, "$&x"),
    { true: "false", false: "true" }[trimmed.toLowerCase()] ?? trimmed,
    trimmed === "" ? trimmed : `${trimmed}x`,
  ];
  const general = ["7", "true", "false", "2003-02-03T04:05:06Z", "https://x.test/a/b_50.jpg", "word", "GB", ...words];
  return [...new Set([...alike, ...general])].filter((other) => other !== trimmed);
}

/** Of the sets of words that fields read. */
const words = ["Album", "Single", "Up", "Down", "MP3", "Voucher", "artist", "EUR", "GBP", "ZW", "French"];
