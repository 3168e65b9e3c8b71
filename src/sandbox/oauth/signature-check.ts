/** Checks OAuth 1.0a signatures against the consumer and the tokens the sandbox knows. Knows no methods.
 *
 *  It accepts every reading that real clients sign by: a parameter that is sent in several places (header, query, body) counted
 *  once or as often as it is sent, and the port named in the base string or not. */

import { timingSafeEqual } from "node:crypto";
import type { Accounts, User } from "../accounts/model.js";
import { signature, signatureBase, signingConsumer } from "./signature.js";
import type { ApiRequest, Pair } from "../http/request.js";

export type Verdict =
  | { readonly kind: "unsigned" }
  /** `user` is the owner of an access token; a request token has none. */
  | { readonly kind: "signed"; readonly token: string | null; readonly user: User | null }
  | { readonly kind: "rejected"; readonly reason: string };

const rememberedNonces = 100_000;

/** How long a signature is good for, and whether it is again once it was used. */
export interface Uses {
  readonly acceptedSkewSeconds: number;
  /** False where the nonce may not be used, or not with this signature. */
  use(nonce: string, signature: string): boolean;
}

/** What has been used, so that nothing is accepted twice. */
export class NonceMemory implements Uses {
  readonly acceptedSkewSeconds = 600;
  private readonly used = new Set<string>();

  /** False where it was used before. Forgets the oldest first: by then their timestamps are usually out of bounds. */
  use(nonce: string): boolean {
    if (this.used.has(nonce)) return false;
    this.used.add(nonce);
    if (this.used.size > rememberedNonces) this.used.delete(this.used.values().next().value ?? "");
    return true;
  }

  clear(): void {
    this.used.clear();
  }
}

/** `nowMs` is epoch ms. */
export function checkSignature(request: ApiRequest, uses: Uses, accounts: Accounts, nowMs: number): Verdict {
  const carried = [...request.authorization, ...request.query, ...request.form];
  const oauth = new Map(carried.filter(([name]) => name.startsWith("oauth_")).reverse());
  const given = oauth.get("oauth_signature");
  if (given === undefined) return { kind: "unsigned" };
  const token = oauth.get("oauth_token") || null;
  const { secret, user } = token === null ? noToken : knownToken(token, accounts);
  const reason =
    protocolFault(oauth) ??
    timeFault(oauth.get("oauth_timestamp") ?? "", uses.acceptedSkewSeconds, nowMs) ??
    (secret === null ? "Unknown token" : null) ??
    (isSignedBy(request, given, secret ?? "") ? null : "Invalid signature") ??
    (uses.use(nonceOf(oauth), given) ? null : "Nonce has been used before");
  return reason === null ? { kind: "signed", token, user } : { kind: "rejected", reason };
}

interface KnownToken {
  /** Null for an unknown token. */
  readonly secret: string | null;
  readonly user: User | null;
}

const noToken: KnownToken = { secret: "", user: null };

function knownToken(token: string, accounts: Accounts): KnownToken {
  return accounts.accessToken(token) ?? { secret: accounts.requestToken(token)?.secret ?? null, user: null };
}

/** What is wrong before any signature is computed. @see RFC 5849, 3.2 */
function protocolFault(oauth: ReadonlyMap<string, string>): string | null {
  const version = oauth.get("oauth_version") ?? "1.0";
  if (oauth.get("oauth_consumer_key") !== signingConsumer.key) return "Unknown consumer key";
  if (oauth.get("oauth_signature_method") !== "HMAC-SHA1") return "Signature method is not HMAC-SHA1";
  // 1.0a is no version the RFC knows, but 7digital's own locker links carried it.
  if (version !== "1.0" && version !== "1.0a") return "Unknown version";
  if ((oauth.get("oauth_nonce") ?? "") === "") return "Missing nonce";
  return null;
}

function timeFault(timestamp: string, acceptedSkewSeconds: number, nowMs: number): string | null {
  if (!/^\d{1,12}$/.test(timestamp)) return "Invalid timestamp";
  return Math.abs(Number(timestamp) - nowMs / 1000) > acceptedSkewSeconds ? "Timestamp is out of bounds" : null;
}

/** A nonce need only be unique among the calls of one consumer and token at one time. @see RFC 5849, 3.3 */
function nonceOf(oauth: ReadonlyMap<string, string>): string {
  const names = ["oauth_consumer_key", "oauth_token", "oauth_timestamp", "oauth_nonce"];
  return JSON.stringify(names.map((name) => oauth.get(name) ?? ""));
}

function isSignedBy(request: ApiRequest, given: string, tokenSecret: string): boolean {
  const claimed = Buffer.from(given);
  return baseStrings(request).some((base) => {
    const expected = Buffer.from(signature(base, tokenSecret));
    return expected.length === claimed.length && timingSafeEqual(expected, claimed);
  });
}

function baseStrings(request: ApiRequest): string[] {
  const readings = parameterReadings(request);
  return authorities(request).flatMap((authority) => {
    const uri = `${request.secure ? "https" : "http"}://${authority}${request.path}`;
    return readings.map((parameters) => signatureBase(request.verb, uri, parameters));
  });
}

/** The RFC leaves out a default port and names any other; 7digital's own client may sign a port that its Host header does
 *  not name. */
function authorities({ host, port }: ApiRequest): readonly string[] {
  const name = host.toLowerCase().replace(/:\d+$/, "");
  return [name, `${name}:${port}`];
}

function parameterReadings({ query, form, authorization }: ApiRequest): Pair[][] {
  const places = [authorization, query, form].map((pairs) => pairs.filter(([name]) => name !== "oauth_signature"));
  const all = places.flat();
  const once = places.reduce(withoutRepeats, []);
  return once.length === all.length ? [all] : [all, once];
}

/** A pair counts as repeated only where name and value are the same: whatever differs has to be signed. */
function withoutRepeats(pairs: readonly Pair[], more: readonly Pair[]): Pair[] {
  const unmatched = new Map<string, number>();
  for (const pair of pairs) unmatched.set(JSON.stringify(pair), (unmatched.get(JSON.stringify(pair)) ?? 0) + 1);
  const added = more.filter((pair) => {
    const count = unmatched.get(JSON.stringify(pair)) ?? 0;
    unmatched.set(JSON.stringify(pair), count - 1);
    return count <= 0;
  });
  return [...pairs, ...added];
}
