/** Media types of requests: Accept and Content-Type. @see RFC 9110, 5.6.6, 8.3.1 and 12.5.1 */
import { LRUCache } from "lru-cache";
import type { RequestFacts } from "../operation/request.js";

const plainJson = "application/json";
const graphqlResponse = "application/graphql-response+json";
/** The format of parts, by the date of the proposal: `incremental` with paths, and `hasNext`. */
const ourParts = "20220824";
const wildcards: ReadonlySet<string> = new Set(["*/*", "application/*"]);
const supported: ReadonlySet<string> = new Set([plainJson, graphqlResponse, ...wildcards]);
const partsTypes: ReadonlySet<string> = new Set(["multipart/mixed"]);
const eventTypes: ReadonlySet<string> = new Set(["text/event-stream", "text/*", "*/*"]);
const bodyTypes: ReadonlySet<string> = new Set([plainJson, "application/graphql+json"]);

/** How a response may look. */
export type Form = Pick<RequestFacts, "accepts" | "mediaType" | "legacyStatus">;

interface Forms {
  /** Where a response may come in several payloads. Undefined where the client accepts no form: HTTP 406. */
  readonly streamed: Form | undefined;
  /** Where it comes in one piece. */
  readonly whole: Form | undefined;
}

/** Programs send the same Accept with every request. */
const forms = new LRUCache<string, Forms>({ max: 500 });
const longestKept = 500;

export function formsOf(accept = ""): Forms {
  const known = forms.get(accept);
  if (known !== undefined) return known;
  const read = readForms(accept);
  if (accept.length <= longestKept) forms.set(accept, read);
  return read;
}

function readForms(accept: string): Forms {
  const json = acceptedJson(accept);
  const form = (parts: boolean, events: boolean): Form | undefined => {
    const accepts = { whole: json !== undefined, parts, events };
    return Object.values(accepts).includes(true) ? { accepts, ...responseType(json ?? "*/*") } : undefined;
  };
  return { streamed: form(acceptsParts(accept), acceptsEvents(accept)), whole: form(false, false) };
}

/** The media types of ours that an Accept header allows, preferred first, without parameters. Undefined where none is: HTTP 406. */
function acceptedJson(accept: string): string | undefined {
  if (accept.trim() === "") return "*/*";
  const ranges = splitUnquoted(accept, ",")
    .map(mediaType)
    .filter(({ name, parameters }) => supported.has(name) && isUtf8(parameters.get("charset")))
    .map(({ name, parameters }) => ({ name, weight: weightOf(parameters.get("q")) }));
  const rejected = new Set(ranges.filter(({ weight }) => weight === 0).map(({ name }) => name));
  const wanted = ranges.filter(({ weight }) => weight > 0).sort((one, other) => other.weight - one.weight);
  const names = wanted.flatMap(({ name }) => (rejected.size > 0 && wildcards.has(name) ? [plainJson, graphqlResponse] : [name]));
  const left = names.filter((name) => !rejected.has(name));
  return left.length === 0 ? undefined : left.join(", ");
}

/** Whether `multipart/mixed` is named, in the format of ours: clients that take it say so. Others follow a later format, or subscriptions of
 *  Apollo's. @see Apollo Client, `Defer20220824Handler` */
function acceptsParts(accept: string): boolean {
  return rangesOf(accept, partsTypes).some(
    ({ parameters }) =>
      (parameters.get("deferspec") ?? ourParts) === ourParts && !parameters.has("incrementalspec") && !parameters.has("subscriptionspec"),
  );
}

function acceptsEvents(accept: string): boolean {
  return rangesOf(accept === "" ? "*/*" : accept, eventTypes).length > 0;
}

/** The ranges of these names that an Accept header allows. */
function rangesOf(accept: string, wanted: ReadonlySet<string>): readonly MediaType[] {
  return splitUnquoted(accept, ",")
    .map(mediaType)
    .filter(({ name, parameters }) => wanted.has(name) && weightOf(parameters.get("q")) > 0);
}

/** @param accepted By `acceptedJson`. */
function responseType(accepted: string): Pick<RequestFacts, "mediaType" | "legacyStatus"> {
  const [preferred] = accepted.split(", ");
  return {
    mediaType: preferred === graphqlResponse ? graphqlResponse : plainJson,
    legacyStatus: accepted.includes(plainJson) && !accepted.includes(graphqlResponse),
  };
}

/** Whether a Content-Type is JSON. Its charset does not matter: JSON is UTF-8, which is checked when the body is read. */
export function isJson(contentType: string | undefined): boolean {
  return contentType === plainJson || (contentType !== undefined && bodyTypes.has(mediaType(contentType).name));
}

interface MediaType {
  /** In lower case. */
  readonly name: string;
  /** By their names in lower case, unquoted. */
  readonly parameters: ReadonlyMap<string, string>;
}

function mediaType(text: string): MediaType {
  const [name = "", ...parameters] = splitUnquoted(text, ";");
  const pairs = parameters.map((parameter) => {
    const [key = "", ...value] = parameter.split("=");
    return [key.trim().toLowerCase(), unquoted(value.join("=").trim())] as const;
  });
  return { name: name.trim().toLowerCase(), parameters: new Map(pairs) };
}

function unquoted(value: string): string {
  return value.length > 1 && value.startsWith('"') && value.endsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, "$1") : value;
}

function isUtf8(charset = "utf-8"): boolean {
  return /^utf-?8$/i.test(charset);
}

/** 1 where it is missing or malformed. */
function weightOf(q = "1"): number {
  return /^[\d.]+$/.test(q) && Number.isFinite(Number(q)) ? Number(q) : 1;
}

/** In one pass: a regular expression with quotes would take quadratic time for a header with many unclosed ones. */
function splitUnquoted(text: string, separator: "," | ";"): readonly string[] {
  const parts: string[] = [];
  let start = 0;
  let quoted = false;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (quoted && character === "\\") at += 1;
    else if (character === '"') quoted = !quoted;
    else if (character === separator && !quoted) {
      parts.push(text.slice(start, at));
      start = at + 1;
    }
  }
  return [...parts, text.slice(start)];
}
