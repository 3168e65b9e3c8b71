/** An element of an answer, read with fast-xml-parser: every element in a list, all text as it was sent. `undefined` is what the
 *  answer does not tell, `null` what it tells to be empty. */
import { XMLParser } from "fast-xml-parser";

/** Attributes and text are texts, children lists of the same. */
type Parsed = Readonly<Record<string, unknown>>;

const parser = new XMLParser({
  isArray: (_name, _path, _leaf, isAttribute) => !isAttribute,
  alwaysCreateTextNode: true,
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: false,
  htmlEntities: true,
  ignoreDeclaration: true,
});

export class Element {
  constructor(private readonly parsed: Parsed) {}

  /** The one `<response>`. */
  static read(source: string): Element {
    const [response] = new Element(parser.parse(source) as Parsed).all("response");
    if (response === undefined) throw new Error(`The sandbox answered with no response: ${source}`);
    return response;
  }

  attribute(name: string): string | undefined {
    return (this.parsed[`@${name}`] as string | undefined)?.trim() || undefined;
  }

  get content(): string {
    return (this.parsed["#text"] as string | undefined) ?? "";
  }

  /** Children of the name that are not nil. */
  all(name: string): Element[] {
    return this.named(name).filter((one) => !one.isNil);
  }

  /** The first child of the name. */
  child(name: string): Element | null | undefined {
    const [first] = this.named(name);
    return first?.isNil === true ? null : first;
  }

  /** The same, where an empty element says that there is none. */
  object(name: string): Element | null | undefined {
    const found = this.child(name);
    return found?.isEmpty === true ? null : found;
  }

  /** What is read inside an object: where there is none, there is nothing to read. */
  inside<V>(name: string, read: (object: Element) => V): V | null | undefined {
    const found = this.object(name);
    return found ? read(found) : found;
  }

  text(name: string): string | null | undefined {
    return this.read(name, (content) => content || null);
  }

  /** Text around which white space means nothing. */
  token(name: string): string | null | undefined {
    return this.read(name, (content) => content.trim() || null);
  }

  integer(name: string): number | null | undefined {
    return this.read(name, (content) => (/^\s*-?\d+\s*$/.test(content) ? Number(content) : null));
  }

  /** A number that stands for "not known" where it is 0. */
  known(name: string): number | null | undefined {
    const value = this.integer(name);
    return value === 0 ? null : value;
  }

  real(name: string): number | null | undefined {
    return this.read(name, (content) => (Number.isNaN(Number.parseFloat(content)) ? null : Number.parseFloat(content)));
  }

  decimal(name: string): string | null | undefined {
    return this.read(name, (content) => /^\s*(-?\d+(?:\.\d+)?)\s*$/.exec(content)?.[1] ?? null);
  }

  flag(name: string): boolean | null | undefined {
    return this.read(name, (content) => ({ true: true, false: false })[content.trim().toLowerCase()] ?? null);
  }

  private read<V>(name: string, as: (content: string) => V | null): V | null | undefined {
    const found = this.child(name);
    return found && as(found.content);
  }

  private named(name: string): Element[] {
    return ((this.parsed[name] ?? []) as readonly Parsed[]).map((one) => new Element(one));
  }

  private get isNil(): boolean {
    return this.attribute("xsi:nil") === "true";
  }

  private get isEmpty(): boolean {
    return Object.keys(this.parsed).every((name) => name === "#text") && this.content.trim() === "";
  }
}
