/** Asks a sandbox over a real socket, and reads what it answers with a reader that is none of the sandbox's. */

import { XMLParser } from "fast-xml-parser";
import { request } from "undici";

export interface ApiAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly text: string;
}

/** `call` is the part of the address after the version prefix. A consumer key is added where it has none. */
export async function ask(baseUrl: string, call: string, headers: Readonly<Record<string, string>> = {}): Promise<ApiAnswer> {
  const keyed = call.includes("oauth_consumer_key") ? call : `${call}${call.includes("?") ? "&" : "?"}oauth_consumer_key=test`;
  return askExactly(`${baseUrl}/${keyed}`, { headers });
}

export async function askExactly(url: string, options: Parameters<typeof request>[1] = {}): Promise<ApiAnswer> {
  const answer = await request(url, options);
  // undici's own text() takes a byte order mark away, which a test may want to see.
  const bytes = Buffer.from(await answer.body.arrayBuffer());
  return { status: answer.statusCode, headers: answer.headers, text: bytes.toString("utf8") };
}

const reader = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  alwaysCreateTextNode: true,
  parseTagValue: false,
  parseAttributeValue: false,
  htmlEntities: true,
});

/** The first value of every element and attribute, by its names from the root. */
export function pathsOf(xml: string): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  collect(reader.parse(xml), "", found);
  return found;
}

function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (typeof value !== "object" || value === null) return;
  for (const [name, inside] of Object.entries(value)) {
    if (name === "#text" || name.startsWith("?")) continue;
    const here = path === "" ? name : `${path}/${name}`;
    for (const one of [inside].flat() as unknown[]) {
      if (!found.has(here)) found.set(here, textOf(one));
      collect(one, here, found);
    }
  }
}

/** An attribute is its text, an element has its own. */
function textOf(value: unknown): string {
  return typeof value === "object" && value !== null && "#text" in value ? String(value["#text"]) : String(value);
}
