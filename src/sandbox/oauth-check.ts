/** Checks OAuth 1.0a signatures, by our own reading of RFC 5849. Knows the sandbox's consumer and user, no methods.
 *
 *  It accepts every reading that real clients sign by: an `oauth_*` parameter that stands in the query and in the header
 *  counted once or twice, and the port named in the base string or not. */

import { createHmac, timingSafeEqual } from "node:crypto";
import type { ApiRequest, Pair } from "./request.js";

/** The one consumer that may sign, and below it the user whose token it holds. */
export const signingConsumer = { key: "sandbox", secret: "sandbox-secret" } as const;
const demoUser = { token: "demo-token", tokenSecret: "demo-token-secret" } as const;

export type Verdict =
  | { readonly kind: "unsigned" }
  | { readonly kind: "signed"; readonly token: string | null }
  | { readonly kind: "refused"; readonly reason: string };

const acceptedSkewSeconds = 600;
const rememberedNonces = 100_000;

/** What has been used, so that nothing is accepted twice. */
export class NonceMemory {
  readonly #used = new Set<string>();

  /** False where it was used before. Forgets the oldest first: by then their timestamps are usually out of bounds. */
  use(nonce: string): boolean {
    if (this.#used.has(nonce)) return false;
    this.#used.add(nonce);
    if (this.#used.size > rememberedNonces) this.#used.delete(this.#used.values().next().value ?? "");
    return true;
  }

  clear(): void {
    this.#used.clear();
  }
}

/** `nowMs` is epoch ms. */
export function checkSignature(request: ApiRequest, nonces: NonceMemory, nowMs: number): Verdict {
  const carried = [...request.authorization, ...request.query, ...request.form];
  const oauth = new Map(carried.filter(([name]) => name.startsWith("oauth_")).reverse());
  const signature = oauth.get("oauth_signature");
  if (signature === undefined) return { kind: "unsigned" };
  const token = oauth.get("oauth_token") ?? "";
  const reason =
    protocolFault(oauth, nowMs) ??
    (isSignedBy(request, signature, token === "" ? "" : demoUser.tokenSecret) ? null : "Invalid signature") ??
    (nonces.use(nonceOf(oauth)) ? null : "Nonce has been used before");
  return reason === null ? { kind: "signed", token: token === "" ? null : token } : { kind: "refused", reason };
}

/** What is wrong before any signature is computed. @see RFC 5849, 3.2 */
function protocolFault(oauth: ReadonlyMap<string, string>, nowMs: number): string | null {
  const token = oauth.get("oauth_token") ?? "";
  const version = oauth.get("oauth_version") ?? "1.0";
  const timestamp = oauth.get("oauth_timestamp") ?? "";
  if (oauth.get("oauth_consumer_key") !== signingConsumer.key) return "Unknown consumer key";
  if (token !== "" && token !== demoUser.token) return "Unknown token";
  if (oauth.get("oauth_signature_method") !== "HMAC-SHA1") return "Signature method is not HMAC-SHA1";
  // 1.0a is no version the RFC knows, but 7digital's own locker links carried it.
  if (version !== "1.0" && version !== "1.0a") return "Unknown version";
  if (!/^\d{1,12}$/.test(timestamp)) return "Invalid timestamp";
  if (Math.abs(Number(timestamp) - nowMs / 1000) > acceptedSkewSeconds) return "Timestamp is out of bounds";
  if ((oauth.get("oauth_nonce") ?? "") === "") return "Missing nonce";
  return null;
}

/** A nonce need only be unique among the calls of one consumer and token at one time. @see RFC 5849, 3.3 */
function nonceOf(oauth: ReadonlyMap<string, string>): string {
  const names = ["oauth_consumer_key", "oauth_token", "oauth_timestamp", "oauth_nonce"];
  return JSON.stringify(names.map((name) => oauth.get(name) ?? ""));
}

function isSignedBy(request: ApiRequest, signature: string, tokenSecret: string): boolean {
  const key = `${encoded(signingConsumer.secret)}&${encoded(tokenSecret)}`;
  const given = Buffer.from(signature);
  return baseStrings(request).some((text) => {
    const expected = Buffer.from(createHmac("sha1", key).update(text).digest("base64"));
    return expected.length === given.length && timingSafeEqual(expected, given);
  });
}

/** @see RFC 5849, 3.4.1.1 */
function baseStrings(request: ApiRequest): string[] {
  const parameters = parameterReadings(request).map(normalized);
  return authorities(request).flatMap((authority) => {
    const uri = `${request.secure ? "https" : "http"}://${authority}${request.path}`;
    return parameters.map((text) => [request.verb.toUpperCase(), uri, text].map(encoded).join("&"));
  });
}

/** The RFC leaves out a default port and names any other; 7digital's own client may sign a port that its Host header does
 *  not name. */
function authorities({ host, port }: ApiRequest): readonly string[] {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return [name, `${name}:${port}`];
}

function parameterReadings({ query, form, authorization }: ApiRequest): Pair[][] {
  const signed = (pairs: readonly Pair[]) => pairs.filter(([name]) => name !== "oauth_signature");
  const all = signed([...authorization, ...query, ...form]);
  const inHeader = new Set(authorization.map(([name]) => name));
  const once = signed([...authorization, ...[...query, ...form].filter(([name]) => !inHeader.has(name))]);
  return once.length === all.length ? [all] : [all, once];
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
