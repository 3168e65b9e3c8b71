/** Turns a call into an HTTP request that says who calls: with the consumer key alone, or signed. Every try is signed anew, for a
 *  nonce is good for one. @see API document, "OAuth Authentication" and "API Keys" */
import { UpstreamError } from "../errors.js";
import type { Signer } from "../oauth.js";
import { encodePairs, type Pair } from "../percent-encoding.js";
import type { Call, Send, WireAnswer, WireRequest } from "../pipeline.js";
import type { Transport } from "../transport.js";

interface Caller {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  readonly consumerKey: string;
  readonly signer: Signer;
}

const always = { accept: "text/xml, application/xml", "accept-encoding": "gzip" };
const form = { "content-type": "application/x-www-form-urlencoded" };

export function sign(caller: Caller, transport: Transport): Send<WireAnswer> {
  const root = new URL(caller.baseUrl).pathname.replace(/\/+$/, "");
  return async (call) => transport.exchange(wireRequest(caller, root, call), call.deadline);
}

function wireRequest(caller: Caller, root: string, call: Call): WireRequest {
  const { path, verb } = call.endpoint;
  const { pairs, headers } = identified(caller, call);
  const target = `${root}/${path}`;
  const sent = encodePairs(pairs);
  // 7digital takes no query on a POST (error 1007): everything goes into the form.
  return verb === "GET"
    ? { method: path, verb, target: `${target}?${sent}`, headers: { ...always, ...headers }, body: undefined }
    : { method: path, verb, target, headers: { ...always, ...form, ...headers }, body: sent };
}

function identified(caller: Caller, call: Call): { pairs: readonly Pair[]; headers: Readonly<Record<string, string>> } {
  const { auth, path, verb } = call.endpoint;
  if (auth === "user") throw new UpstreamError("UPSTREAM_AUTH", `${path} needs a user, and there is none.`, { method: path });
  if (auth === "key") return { pairs: [...call.pairs, ["oauth_consumer_key", caller.consumerKey]], headers: {} };
  const url = `${caller.baseUrl.replace(/\/+$/, "")}/${path}`;
  return { pairs: call.pairs, headers: { authorization: caller.signer.authorizationHeader({ verb, url, pairs: call.pairs }) } };
}
