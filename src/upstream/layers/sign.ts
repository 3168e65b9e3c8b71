/** Turns a call into an HTTP request that says who calls: with the consumer key alone, or signed. Every try is signed anew, for a
 *  nonce is good for one. What is signed goes by https, and what spends money by a connection of its own.
 *  @see API document, "OAuth Authentication" and "API Keys" */
import { UpstreamError } from "../errors.js";
import type { Signer, Token } from "../oauth.js";
import { encodePairs, type Pair } from "../percent-encoding.js";
import type { Call, Send, WireAnswer, WireRequest } from "../pipeline.js";
import type { Transport } from "../transport.js";

interface Caller {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same for signed calls, by https. */
  readonly secureBaseUrl: string;
  readonly consumerKey: string;
  readonly signer: Signer;
}

/** Calls that money depends on have connections of their own, so that none waits behind reads that hang. */
export type Transports = Readonly<Record<"plain" | "secure" | "exemptPlain" | "exemptSecure" | "money", Transport>>;

const always = { accept: "text/xml, application/xml", "accept-encoding": "gzip" };
const form = { "content-type": "application/x-www-form-urlencoded" };

export function sign(caller: Caller, transports: Transports): Send<WireAnswer> {
  return async (call) => transportOf(call, transports).exchange(wireRequest(caller, call), call.deadline);
}

function transportOf({ endpoint: { auth, effect }, exempt }: Call, transports: Transports): Transport {
  if (effect === "money") return transports.money;
  if (auth === "key") return exempt ? transports.exemptPlain : transports.plain;
  return exempt ? transports.exemptSecure : transports.secure;
}

function wireRequest(caller: Caller, call: Call): WireRequest {
  const { path, verb, auth } = call.endpoint;
  const url = `${(auth === "key" ? caller.baseUrl : caller.secureBaseUrl).replace(/\/+$/, "")}/${path}`;
  const { pairs, headers: ours } = identified(caller, url, call);
  const headers = call.traceparent === undefined ? ours : { ...ours, traceparent: call.traceparent };
  const target = new URL(url).pathname;
  const sent = encodePairs(pairs);
  // 7digital takes no query on a POST (error 1007): everything goes into the form.
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
