/** Turns a call into an HTTP request with the consumer key or a signature, and sends it. Every try has its own signature, for a nonce is valid once.
 *  Signed calls go by https, and calls that spend money over a connection of their own.
 *  @see API document, "OAuth Authentication" and "API Keys" */
import { UpstreamError } from "../errors.js";
import type { Signer } from "./oauth.js";
import { encodePairs, percentEncode, type Pair } from "./percent-encoding.js";
import type { ClientOptions } from "../client.js";
import type { Call, Send, WireAnswer, WireRequest } from "../pipeline.js";
import type { Token } from "../session.js";
import type { Transport } from "../wire/transport.js";

interface SignOptions extends Pick<ClientOptions, "baseUrl" | "secureBaseUrl" | "consumerKey"> {
  readonly signer: Signer;
}

/** Critical calls have connections of their own, so that none waits behind reads that hang. */
export type Transports = Readonly<Record<"plain" | "secure" | "criticalPlain" | "criticalSecure" | "money", Transport>>;

export function sign(options: SignOptions, transports: Transports): Send<WireAnswer> {
  const places = { plain: placeOf(options.baseUrl), secure: placeOf(options.secureBaseUrl) };
  return async (call) => {
    // Second tries and second signatures count, too.
    call.meter?.sent();
    return transportOf(call, transports).exchange(wireRequest(options, places, call), call.signal);
  };
}

function transportOf({ endpoint: { auth, effect }, critical }: Call, transports: Transports): Transport {
  if (effect === "money") return transports.money;
  if (auth === "key") return critical ? transports.criticalPlain : transports.plain;
  return critical ? transports.criticalSecure : transports.secure;
}

/** Where paths of methods begin. */
interface Place {
  readonly url: string;
  /** Without scheme and host. */
  readonly path: string;
}

function placeOf(baseUrl: string): Place {
  const url = `${baseUrl}/`;
  return { url, path: new URL(url).pathname };
}

function wireRequest(options: SignOptions, places: Readonly<Record<"plain" | "secure", Place>>, call: Call): WireRequest {
  const { path: method, verb, auth } = call.endpoint;
  const { path, pairs } = placed(method, identifiedPairs(options, call));
  const place = auth === "key" ? places.plain : places.secure;
  const inQuery = verb === "GET" || verb === "DELETE";
  const headers: Record<string, string> = { accept: "text/xml, application/xml", "accept-encoding": "gzip" };
  if (!inQuery) headers["content-type"] = "application/x-www-form-urlencoded";
  if (auth !== "key") headers["authorization"] = options.signer.authorizationHeader({ verb, url: place.url + path, pairs }, tokenOf(call));
  if (call.traceparent !== undefined) headers["traceparent"] = call.traceparent;
  const target = place.path + path;
  const sent = encodePairs(pairs);
  // 7digital accepts no query on a POST (error 1007), so everything is in the form. Its clients send a PUT alike.
  return inQuery ? { method, verb, target: `${target}?${sent}`, headers, body: undefined } : { method, verb, target, headers, body: sent };
}

/** The parameters of the call, with the consumer key or the user's ID where these are parameters. */
function identifiedPairs({ consumerKey }: SignOptions, { endpoint: { auth }, pairs, user }: Call): readonly Pair[] {
  if (auth === "key") return [...pairs, ["oauth_consumer_key", consumerKey]];
  return auth === "user" && user !== undefined && "partnerUserId" in user ? [...pairs, ["userId", user.partnerUserId]] : pairs;
}

/** Puts parameters that are part of the path into it: "users/{id}/update". The others are left. */
function placed(path: string, pairs: readonly Pair[]): { readonly path: string; readonly pairs: readonly Pair[] } {
  if (!path.includes("{")) return { path, pairs };
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const values = new Map(pairs);
  const filled = names.reduce((text, name) => text.replace(`{${name}}`, () => percentEncode(values.get(name) ?? "")), path);
  return { path: filled, pairs: pairs.filter(([name]) => !names.includes(name)) };
}

/** Undefined for 2-legged calls, which are those for users whom a partner manages, too. */
function tokenOf({ endpoint: { auth, path: method }, user }: Call): Token | undefined {
  if (auth !== "user") return undefined;
  if (user === undefined) throw new UpstreamError("UNAUTHENTICATED", `${method} needs a user: sign in.`, { method, notSent: true });
  return "token" in user ? user.token : undefined;
}
