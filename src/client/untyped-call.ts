/** Any method of the API, declared or not: its response is kept as text. */
import { LRUCache } from "lru-cache";
import { optional, text } from "../upstream/request/params.js";
import { rejected } from "./error.js";
import { declaredAt, type AnyMethod } from "./methods.js";
import type { DefaultParams, RequestOptions, UntypedParams } from "./options.js";
import { kept } from "./response.js";

interface UntypedCall {
  readonly endpoint: AnyMethod;
  readonly params: Readonly<Record<string, string>>;
}

/** Of undeclared methods. A cached answer belongs to its endpoint, so the same method gets the same one. */
const known = new LRUCache<string, AnyMethod>({ max: 1000 });

/** @param common Parameters of the client and the options, for all that the call does not set.
 *  @throws UpstreamError UPSTREAM_REJECTED_INPUT */
export function untypedCall(path: string, params: UntypedParams, common: DefaultParams, options: RequestOptions): UntypedCall {
  if (!/^[\w{}.-]+(?:\/[\w{}.-]+)*$/.test(path) || /(?:^|\/)\.{1,2}(?:\/|$)/.test(path)) {
    throw rejected("request", "the path must be like artist/details, with values in braces: users/{id}/update.");
  }
  const texts = textsOf(path, params, common);
  const missing = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name).find((name) => !Object.hasOwn(texts, name));
  if (missing !== undefined) throw rejected(path, `${missing} is missing.`);
  return { endpoint: endpointFor(path, Object.keys(texts), options), params: texts };
}

/** By name, in an order that does not depend on the caller. Names are compared in lower case, as 7digital does. */
function textsOf(path: string, params: UntypedParams, common: DefaultParams): Readonly<Record<string, string>> {
  const own = new Set(Object.keys(params).map((name) => name.toLowerCase()));
  const defaults = Object.entries(common).filter(([name]) => !own.has(name.toLowerCase()));
  const given = [...defaults, ...Object.entries(params)].filter(([, value]) => value !== undefined);
  const texts = given.map(([name, value]) => [name, textOf(path, name, value)] as const);
  return Object.fromEntries(texts.sort(([one], [other]) => (one < other ? -1 : 1)));
}

function textOf(path: string, name: string, value: unknown): string {
  if (Array.isArray(value)) return value.map((one) => textOf(path, name, one)).join(",");
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return String(value);
  throw rejected(path, `${name} has a value of the wrong type.`);
}

function endpointFor(path: string, names: readonly string[], options: RequestOptions): AnyMethod {
  const candidates = declaredAt(path);
  const { verb = candidates.length === 1 ? candidates[0]?.verb : "GET" } = options;
  const declared = candidates.find((one) => one.verb === verb);
  const { auth = declared?.auth ?? "key", effect = declared?.effect ?? "write" } = options;
  const key = JSON.stringify([verb, path, auth, effect, names]);
  const found = known.get(key) ?? create(path, names, declared, { verb: verb ?? "GET", auth, effect });
  known.set(key, found);
  return found;
}

type Kind = Pick<AnyMethod, "verb" | "auth" | "effect">;

function create(path: string, names: readonly string[], declared: AnyMethod | undefined, kind: Kind): AnyMethod {
  return Object.freeze<AnyMethod>({
    uncached: false,
    ...declared,
    ...kind,
    path,
    params: Object.fromEntries(names.map((name) => [name, optional(text)])),
    result: (_element, _reading, received) => kept(received.body, received),
  });
}
