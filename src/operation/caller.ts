/** Reads from the headers of a request who sends it, without asking 7digital: an expired token shows when it is used. Every credential that is
 *  not accepted gets the same error, so that guessing teaches nothing. */
import { hash, timingSafeEqual } from "node:crypto";
import type { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import type { Config } from "../config/config.js";
import { isPartnerUserId } from "../shared/partner-user-id.js";
import { openToken, type OpenedToken } from "../shared/sealed-token.js";
import type { Caller } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Sealer } from "../shared/sealing.js";
import type { UserCredential } from "../upstream/session.js";
import { requestError } from "./errors.js";
import type { Header, Sender } from "./request.js";

/** Gives the caller without a promise unless a sealed token has to be opened. @throws GraphQLError UNAUTHENTICATED @throws ClientError
 *  BAD_USER_INPUT */
export type ReadCaller = (header: Header, sender: Sender) => MaybePromise<Caller>;

interface CallerOptions {
  readonly sealer: Sealer;
  readonly trustPlainTokens: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

export const anonymous: Caller = { user: undefined, operator: false, gateway: false };

/** Without a secret, no request is the operator's or the gateway's. */
export function createSenderReader({
  operatorSecret,
  gatewaySecret,
}: Pick<Config, "operatorSecret" | "gatewaySecret">): (header: Header) => Sender {
  const isOperators = secretCheck(operatorSecret);
  const isGateways = secretCheck(gatewaySecret);
  return (header) => ({ operator: isOperators(header("x-7d-operator-secret")), gateway: isGateways(header("x-7d-gateway-secret")) });
}

export function createCallerReader({ sealer, trustPlainTokens, now }: CallerOptions): ReadCaller {
  const openBearer = rememberingOpener(sealer, now);

  return (header, { operator, gateway }) => {
    const given = credentialHeadersOf(header);
    if (Object.values(given).every((value) => value === null)) return anonymous;
    const invalidSecret = operator !== (given.operatorSecret !== null) || gateway !== (given.gatewaySecret !== null);
    if (invalidSecret) throw unauthenticated();
    requireOneUser(given);
    if (given.bearer !== null) return andThen(openBearer(tokenOfBearer(given.bearer)), (user) => ({ user, operator, gateway }));
    return { user: namedUser(given, { operator, trustPlainTokens }), operator, gateway };
  };
}

type CredentialHeaders = ReturnType<typeof credentialHeadersOf>;

/** The headers that credentials come in. */
export const credentialHeaders = [
  "authorization",
  "x-7d-oauth-token",
  "x-7d-oauth-token-secret",
  "x-7d-user-id",
  "x-7d-operator-secret",
  "x-7d-gateway-secret",
] as const;

/** Null where a header is no credential. */
function credentialHeadersOf(header: Header) {
  const given = (name: (typeof credentialHeaders)[number]): string | null => credentialIn(header(name));
  return {
    bearer: given("authorization"),
    token: given("x-7d-oauth-token"),
    tokenSecret: given("x-7d-oauth-token-secret"),
    userId: given("x-7d-user-id"),
    operatorSecret: given("x-7d-operator-secret"),
    gatewaySecret: given("x-7d-gateway-secret"),
  };
}

/** `Bearer ${token}` in JavaScript, where the token is empty, null or undefined. */
const withoutToken = /^bearer(\s+(null|undefined))?$/i;

/** The value of a credential header. Null where it is empty or a scheme without a token: clients without a token send both. */
export function credentialIn(value: string | null): string | null {
  const trimmed = value?.trim() ?? "";
  return trimmed === "" || withoutToken.test(trimmed) ? null : trimmed;
}

function requireOneUser({ bearer, token, tokenSecret, userId }: CredentialHeaders): void {
  const users = [bearer, token ?? tokenSecret, userId].filter((one) => one !== null);
  if (users.length < 2) return;
  const advice = "Name the user once: by Authorization, by x-7d-oauth-token with its secret, or by x-7d-user-id.";
  throw badUserInput("authorization", advice);
}

const bearerScheme = /^bearer +([\w.~+/-]+=*)$/i;

/** @see RFC 6750, 2.1 */
function tokenOfBearer(authorization: string): string {
  const [, sealed] = bearerScheme.exec(authorization) ?? [];
  if (sealed === undefined) throw unauthenticated();
  return sealed;
}

const plainToken = /^[\x21-\x7e]{1,512}$/;

/** The user that a trusted server names without a sealed token. */
function namedUser({ token, tokenSecret, userId }: CredentialHeaders, allowed: { operator: boolean; trustPlainTokens: boolean }) {
  if (userId !== null) {
    if (allowed.operator && isPartnerUserId(userId)) return { partnerUserId: userId };
    throw unauthenticated();
  }
  if (token === null && tokenSecret === null) return undefined;
  const trusted = allowed.operator || allowed.trustPlainTokens;
  if (trusted && isPlainToken(token) && isPlainToken(tokenSecret)) return { token: { key: token, secret: tokenSecret } };
  throw unauthenticated();
}

function isPlainToken(text: string | null): text is string {
  return text !== null && plainToken.test(text);
}

/** Compares in constant time, whatever the lengths. */
export function secretCheck(secret: string | undefined): (given: string | null) => boolean {
  const expected = secret === undefined ? undefined : digestOf(secret);
  return (given) => given !== null && expected !== undefined && timingSafeEqual(digestOf(given), expected);
}

function digestOf(text: string): Buffer {
  return hash("sha256", text, "buffer");
}

const mostRemembered = 1000;

/** Opens a sealed token once while it is among the last ones used. Keyed by digests: tokens are secrets, and keys of a map leak easily. */
function rememberingOpener(sealer: Sealer, now: () => number): (sealed: string) => MaybePromise<UserCredential> {
  const remembered = new LRUCache<string, OpenedToken>({ max: mostRemembered });
  return (sealed) => {
    const name = digestOf(sealed).toString("base64");
    const known = remembered.get(name);
    if (known !== undefined && now() < known.expiresAtMs) return { token: known.token };
    remembered.delete(name);
    return openToken(sealer, "access", sealed).then((opened) => {
      if (opened === undefined) throw unauthenticated();
      remembered.set(name, opened);
      return { token: opened.token };
    });
  };
}

/** The same for every reason. */
function unauthenticated(): GraphQLError {
  const http = { status: 401, headers: { "WWW-Authenticate": "Bearer" } };
  return requestError("UNAUTHENTICATED", "The credentials of this request are not accepted. Sign in again, or send none.", { http });
}
