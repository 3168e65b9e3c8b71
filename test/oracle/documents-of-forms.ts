/** Responses made up from the form of a decoder: what it reads, and all that may be wrong or unusual with it. */
import type { Decoder, Form, ObjectForm, Result } from "../../src/upstream/xml/form.js";
import type { Chance } from "./chance.js";

const words = [
  ...["1", "0", "42", "007", "2147483647", "2147483648", "12345678901", "-4", "1.5", "4.2E-05", "7.99", "0,85", "N/A", "n/a", "12abc"],
  ...[
    "true",
    "False",
    "TRUE",
    "maybe",
    "GBP",
    "£",
    "€",
    "XYZ",
    "2012-02-29",
    "2012-02-30",
    "2009-07-06T00:00:00+01:00",
    "0001-01-01T00:00:00",
  ],
  ...[
    "http://www.7digital.com/artists/a-b/?partner=1",
    "http://cdn.7static.com/static/img/sleeveart/00/004/846/0000484694_50.jpg",
    "ftp://x",
  ],
  ...["GBAYE0601498", "Keane", "Sigur Rós", "名前😀", "1989 ", " Rita Ora", "a\u00a0", "\u00a0", "\n  ", " ", "succeeded", "1111", "VISA"],
  ...[
    "x".repeat(41),
    "é".repeat(30),
    "a title that is longer than forty bytes, as some are",
    "\ufffe",
    "x\u0001y",
    "\r\n",
    "a\rb",
    "a > b",
    "]]>",
  ],
  ...["&amp;", "&#163;4.99", "&lt;b&gt;", "&ouml;", "&#xD83D;&#xDE00;", "&#0;", "&#x41;", "&apos;&quot;"],
];
/** Not well-formed. */
const broken = ["&", "&bogus;", "a < b", "&#X41;", "&;", "&#;", "&amp", "</x>", "<", "<b>", "<!-- ", "<![CDATA["];
const markup = ["<!-- x -->", "<![CDATA[a & b]]>", "<![CDATA[]]>", "<b>see</b>", "<?php x ?>", "<!---->", "<b/>"];
const instance = "http://www.w3.org/2001/XMLSchema-instance";
const unusualAttributes = [
  ...[
    ` xsi:nil="true"`,
    ` xsi:nil="1"`,
    ` xsi:nil='false'`,
    ` xsi:nil=" true "`,
    ` xsi:type="t"`,
    ` xmlns=""`,
    ` xmlns:n="u"`,
    ` n:id="7"`,
  ],
  ...[
    ` i:nil="true" xmlns:i="${instance}"`,
    ` xmlns:xsi="other" xsi:nil="true"`,
    ` xmlns:xsi="${instance}"`,
    ` extra="1"`,
    ` id="1" id="1"`,
  ],
  ...[` é="1"`, ` a="<"`, ` a="&"`, ` a=1`, ` a`, ` a = "&amp;"`, ` a="x\ty"`, ` status="error"`, ` priority='1'`, "  ", "\r\n\t"],
];
const unknownNames = ["weight", "titlex", "x", "error", "n:title", "é", "Title"];

/** @param oddness From 0, where all is as it should be: the share of what is not. */
export class DocumentsOfForms {
  /** An element of each decoder, to stand in the document again. */
  private readonly earlier = new Map<Decoder<unknown>, string>();

  constructor(
    private readonly chance: Chance,
    private readonly oddness: number,
  ) {}

  /** A whole response. */
  response(result: Pick<Result<unknown>, "form">): string {
    const { chance } = this;
    const form = result.form?.kind === "received" ? result.form.of : result.form;
    const start = chance.pick([
      "",
      "\ufeff",
      '<?xml version="1.0" encoding="utf-8"?>',
      `\ufeff<?xml version="1.0" encoding="utf-8" ?>\r\n`,
      " \n",
    ]);
    const xsi = chance.pick(["", ` xmlns:xsi="${instance}"`, ` xmlns:xsi="${instance}"\n xsi:noNamespaceSchemaLocation="x.xsd"`]);
    const status = this.isOdd()
      ? chance.pick(["", ` status="error"`, ` status="OK"`, ` status="&#111;k"`, ` status='ok'`])
      : ` status="ok"`;
    const end = this.isOdd() ? chance.pick(["<a/>", "x", "<!-- x -->\n", "\u0000"]) : chance.pick(["", "\n", "\r\n "]);
    return `${start}<response${status} version="1.2"${xsi}>${form === undefined ? "" : this.contentOf({ form })}</response>${end}`;
  }

  private isOdd(): boolean {
    return this.chance.in(this.oddness);
  }

  private element(name: string, read: Decoder<unknown>): string {
    const { chance } = this;
    const earlier = this.earlier.get(read);
    // The same again, or nearly.
    if (earlier?.startsWith(`<${name}`) === true && chance.in(0.3)) return this.isOdd() ? this.changed(earlier) : earlier;
    const element = this.newElement(name, read);
    this.earlier.set(read, element);
    return element;
  }

  /** With another character in one place. */
  private changed(element: string): string {
    const at = this.chance.between(0, element.length - 1);
    return element.slice(0, at) + this.chance.pick(["x", "1", " ", ">", "é"]) + element.slice(at + 1);
  }

  private newElement(name: string, read: Decoder<unknown>): string {
    const { chance } = this;
    const odd = this.isOdd() ? chance.pick(unusualAttributes) : "";
    const attributes = this.attributesOf(read) + odd;
    if (chance.in(0.1)) return chance.pick([`<${name}${attributes}/>`, `<${name}${attributes} />`, `<${name}${attributes}></${name}>`]);
    const end = this.isOdd() ? chance.pick([`</${name} >`, `</${name}\r\n>`, `</${name}x>`, `</${name}`, ""]) : `</${name}>`;
    return `<${name}${attributes}>${this.contentOf(read)}${end}`;
  }

  private attributesOf({ form }: Decoder<unknown>): string {
    switch (form?.kind) {
      case "object":
        return form.slots.map(({ member: { kind, name } }) => (kind === "attribute" ? this.attribute(name) : "")).join("");
      case "mapped":
        return this.attributesOf(form.of);
      case "identified":
        return this.attributesOf(form.of) || this.attribute("id");
      case "attribute":
        return this.attribute(form.name);
      case "token":
        return this.attribute(form.attribute);
      default:
        return this.chance.in(0.1) ? this.attribute("id") : "";
    }
  }

  private attribute(name: string): string {
    const { chance } = this;
    if (this.isOdd()) return chance.pick(["", ` ${name}=""`, ` ${name}="${chance.pick(words)}"`, ` ${name}='${chance.pick(broken)}'`]);
    return ` ${name}="${String(chance.between(0, 2_000_000))}"`;
  }

  private contentOf(read: Pick<Decoder<unknown>, "form">): string {
    const { form } = read;
    if (form?.kind === "mapped" || form?.kind === "identified") return this.contentOf(form.of);
    return form?.kind === "object" ? this.membersOf(form) : this.text(form);
  }

  private text(form: Form | undefined): string {
    const { chance } = this;
    if (this.isOdd()) return chance.pick([...broken, ...markup]) + (chance.in(0.5) ? chance.pick(words) : "");
    if (form?.kind === "leaf" && form.isWholeNumber && chance.in(0.8)) return String(chance.between(0, 3000));
    return chance.in(0.1) ? chance.pick(words) + chance.pick(words) : chance.pick(words);
  }

  private membersOf({ slots, unused }: ObjectForm): string {
    const { chance } = this;
    const layout = chance.pick(["", "\n  ", "\r\n\t"]);
    const parts = slots.flatMap(({ member: { kind, name, read } }) => {
      if (kind === "attribute" || read === undefined || (this.isOdd() ? chance.in(0.5) : chance.in(0.15))) return [];
      const isList = kind === "children" || kind === "places";
      const count = isList ? chance.between(0, 3) : this.isOdd() ? 2 : 1;
      return Array.from({ length: count }, () => this.element(name, read));
    });
    for (const name of unused) if (chance.in(0.3)) parts.push(`<${name}>${chance.pick(words)}</${name}>`);
    if (this.isOdd()) parts.push(this.unknown());
    if (this.isOdd()) parts.push(chance.pick([...markup, ...broken, ...words]));
    if (chance.in(0.2)) parts.reverse();
    return parts.map((part) => layout + part).join("") + layout;
  }

  private unknown(): string {
    const name = this.chance.pick(unknownNames);
    const inside = this.chance.pick([
      ...words,
      ...markup,
      ...broken,
      `<a b="1"><c/>x<d>&amp;</d></a>`,
      "<a>".repeat(64),
      `<a b='"'><!-- - --></a >`,
    ]);
    return `<${name}${this.isOdd() ? this.chance.pick(unusualAttributes) : ""}>${inside}</${name}>`;
  }
}
