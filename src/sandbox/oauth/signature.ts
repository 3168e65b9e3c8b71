/** OAuth 1.0a signatures by our own reading of RFC 5849: how a request is written down to be signed, and what signs it. */

import { createHmac, randomBytes } from "node:crypto";
import type { Pair } from "../http/request.js";

/** The one consumer that may sign. */
export const signingConsumer = { key: "sandbox", secret: "sandbox-secret" } as const;

/** `uri` is without query. @see RFC 5849, 3.4.1.1 */
export function signatureBase(verb: string, uri: string, parameters: readonly Pair[]): string {
  return [verb.toUpperCase(), uri, normalized(parameters)].map(encoded).join("&");
}

/** An empty token secret is that of a call without a token. */
export function signature(base: string, tokenSecret: string): string {
  const key = `${encoded(signingConsumer.secret)}&${encoded(tokenSecret)}`;
  return createHmac("sha1", key).update(base).digest("base64");
}

/** An address that any player may open for a while: everything stands in its query. Signed without a token, as 7digital signs the
 *  addresses in a locker. `nowMs` is epoch ms. */
export function presignedUrl(address: string, parameters: readonly Pair[], nowMs: number): string {
  const pairs: Pair[] = [
    ["oauth_consumer_key", signingConsumer.key],
    ["oauth_nonce", randomBytes(8).toString("hex")],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(Math.floor(nowMs / 1000))],
    ["oauth_version", "1.0"],
    ...parameters,
  ];
  const signed: Pair[] = [...pairs, ["oauth_signature", signature(signatureBase("GET", address, pairs), "")]];
  return `${address}?${signed.map((pair) => pair.map(encoded).join("=")).join("&")}`;
}

/** @see RFC 5849, 3.4.1.3.2: encoded first, then sorted by bytes. */
function normalized(pairs: readonly Pair[]): string {
  return pairs
    .map(([name, value]): Pair => [encoded(name), encoded(value)])
    .sort(([name, value], [otherName, otherValue]) => compared(name, otherName) || compared(value, otherValue))
    .map(([name, value]) => `${name}=${value}`)
    .join("&");
}

function compared(one: string, other: string): number {
  return one < other ? -1 : Number(one > other);
}

/** @see RFC 5849, 3.6: everything but unreserved characters, which is more than encodeURIComponent encodes. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
}
