/** Turns a call into an HTTP request with the consumer key or a signature, and sends it. Every try has its own signature, for a nonce is valid once.
 *  Signed calls go by https, and calls that spend money over a connection of their own.
 *  @see API document, "OAuth Authentication" and "API Keys" */
import { UpstreamError } from "../errors.js";
import type { Signer, Token } from "./oauth.js";
import { encodePairs, type Pair } from "./percent-encoding.js";
import type { Call, Send, WireAnswer, WireRequest } from "../pipeline.js";
import type { Transport } from "../wire/transport.js";

interface Caller {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same for signed calls, by https. */
  readonly secureBaseUrl: string;
  readonly consumerKey: string;
  readonly signer: Signer;
}

/** Critical calls have connections of their own, so that none waits behind reads that hang. */
export type Transports = Readonly<Record<"plain" | "secure" | "criticalPlain" | "criticalSecure" | "money", Transport>>;

const always = { accept: "text/xml, application/xml", "accept-encoding": "gzip" };
const form = { "content-type": "application/x-www-form-urlencoded" };

export function sign(caller: Caller, transports: Transports): Send<WireAnswer> {
  return async (call) => transportOf(call, transports).exchange(wireRequest(caller, call), call.signal);
}

function transportOf({ endpoint: { auth, effect }, critical }: Call, transports: Transports): Transport {
  if (effect === "money") return transports.money;
  if (auth === "key") return critical ? transports.criticalPlain : transports.plain;
  return critical ? transports.criticalSecure : transports.secure;
}

function wireRequest(caller: Caller, call: Call): WireRequest {
  const { path, verb, auth } = call.endpoint;
  const url = `${(auth === "key" ? caller.baseUrl : caller.secureBaseUrl).replace(/\/+$/, "")}/${path}`;
  const { pairs, headers: ours } = identified(caller, url, call);
  const headers = call.traceparent === undefined ? ours : { ...ours, traceparent: call.traceparent };
  const target = new URL(url).pathname;
  const sent = encodePairs(pairs);
  // 7digital accepts no query on a POST (error 1007), so everything is in the form.
  return verb === "GET"
    ? { method: path, verb, target: `${target}?${sent}`, headers: { ...always, ...headers }, body: undefined }
    : { method: path, verb, target, headers: { ...always, ...form, ...headers }, body: sent };
}

interface Identified {
  readonly pairs: readonly Pair[];
  readonly headers: Readonly<Record<string, string>>;
}

function identified({ consumerKey, signer }: Caller, url: string, { endpoint, pairs, user }: Call): Identified {
  const { auth, path, verb } = endpoint;
  if (auth === "key") return { pairs: [...pairs, ["oauth_consumer_key", consumerKey]], headers: {} };
  const signed = (all: readonly Pair[], token?: Token): Identified => ({
    pairs: all,
    headers: { authorization: signer.authorizationHeader({ verb, url, pairs: all }, token) },
  });
  if (auth === "consumer") return signed(pairs);
  if (user === undefined) {
    throw new UpstreamError("UNAUTHENTICATED", `${path} needs a user: sign in.`, { method: path, notSent: true });
  }
  return "token" in user ? signed(pairs, user.token) : signed([...pairs, ["userId", user.partnerUserId]]);
}
