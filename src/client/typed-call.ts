/** Declared methods as this client calls them: their results come with the HTTP response, and every one takes `imageSize`. */
import type { Param } from "../upstream/endpoint.js";
import { integer, optional } from "../upstream/request/params.js";
import { withReceived } from "../upstream/xml/form.js";
import { rejected } from "./error.js";
import { declared, type AnyMethod } from "./methods.js";
import type { DefaultParams } from "./options.js";
import { kept } from "./response.js";
import { definedOf } from "./setup.js";

interface TypedCall {
  readonly endpoint: AnyMethod;
  readonly params: Readonly<Record<string, unknown>>;
}

const answering: ReadonlyMap<string, AnyMethod> = new Map([...declared].map(([name, endpoint]) => [name, withResponse(endpoint)]));

/** The call of a declared method.
 *  @param common Parameters of the client and the options, for those that the method has and the call does not set.
 *  @throws UpstreamError UPSTREAM_REJECTED_INPUT for names that do not exist */
export function typedCall(name: string, params: object, common: DefaultParams): TypedCall {
  const endpoint = answering.get(name);
  if (endpoint === undefined) throw rejected(name, "it is not a declared method: see `methods`, or use `request`.");
  const unknown = Object.keys(params).filter((one) => !Object.hasOwn(declared.get(name)?.params ?? {}, one));
  if (unknown.length > 0) throw rejected(name, whyUnknown(name, unknown));
  const defaults = Object.entries(common).filter(([one]) => Object.hasOwn(endpoint.params, one));
  return { endpoint, params: { ...Object.fromEntries(defaults), ...definedOf(params) } };
}

function whyUnknown(name: string, unknown: readonly string[]): string {
  const known = Object.keys(declared.get(name)?.params ?? {});
  const has = known.length === 0 ? "it has none" : `it has ${known.join(", ")}`;
  return `it has no parameter ${unknown.join(", ")} (${has}; country, shopId and imageSize are options).`;
}

function withResponse(endpoint: AnyMethod): AnyMethod {
  const params = Object.entries<Param<never>>(endpoint.params).map(([name, param]) => [name, checked(endpoint.path, name, param)]);
  const withSize = Object.fromEntries([...params, ["imageSize", optional(integer)]]) as AnyMethod["params"];
  return Object.freeze({ ...endpoint, params: withSize, result: withReceived(endpoint.result, kept) });
}

/** In JavaScript, anything may arrive: a number is as good as its digits, and what has no text is rejected. */
function checked(method: string, name: string, param: Param<never>): Param<never> {
  const encode = (value: never): string => {
    const text: unknown = attempt(() => param.encode(value));
    if (typeof text === "string" || typeof text === "number" || typeof text === "boolean") return String(text);
    throw rejected(method, `${name} has a value of the wrong type.`);
  };
  return { ...param, encode };
}

function attempt(encode: () => string): string | undefined {
  try {
    return encode();
  } catch {
    return undefined;
  }
}
