/** Reads from the headers of a request who sends it, without asking 7digital: an expired token shows when it is used. Every credential that is
 *  not accepted gets the same error, so that guessing teaches nothing. */
import { createHash, timingSafeEqual } from "node:crypto";
import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { isPartnerUserId } from "../shared/partner-user-id.js";
import { openToken, type OpenedToken } from "../shared/sealed-token.js";
import type { Caller } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Sealer } from "../shared/sealing.js";
import type { UserCredential } from "../upstream/session.js";
import type { ErrorCode } from "../shared/error-codes.js";

export type Header = (name: string) => string | null;

/** Gives the caller without a promise unless a sealed token has to be opened. @throws GraphQLError UNAUTHENTICATED @throws ClientError
 *  BAD_USER_INPUT */
export type ReadCaller = (header: Header) => MaybePromise<Caller>;

interface Secrets {
  /** Undefined: no request is an operator's. */
  readonly operatorSecret: string | undefined;
  /** Undefined: no request is the gateway's. */
  readonly gatewaySecret: string | undefined;
}

interface CallerOptions extends Secrets {
  readonly sealer: Sealer;
  readonly trustPlainTokens: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** As they came. */
interface CredentialHeaders {
  readonly bearer: string | null;
  readonly token: string | null;
  readonly tokenSecret: string | null;
  readonly userId: string | null;
  readonly operatorSecret: string | null;
  readonly gatewaySecret: string | null;
}

export const anonymous: Caller = { user: undefined, operator: false, gateway: false };

export function createCallerReader({ sealer, operatorSecret, gatewaySecret, trustPlainTokens, now }: CallerOptions): ReadCaller {
  const isOperators = secretCheck(operatorSecret);
  const isGateways = secretCheck(gatewaySecret);
  const openBearer = rememberingOpener(sealer, now);

  return (header) => {
    const given = credentialHeadersOf(header);
    if (given === undefined) return anonymous;
    const operator = isOperators(given.operatorSecret);
    const gateway = isGateways(given.gatewaySecret);
    const invalidSecret = operator !== (given.operatorSecret !== null) || gateway !== (given.gatewaySecret !== null);
    if (invalidSecret) throw unauthenticated();
    requireOneUser(given);
    if (given.bearer !== null) return andThen(openBearer(tokenOfBearer(given.bearer)), (user) => ({ user, operator, gateway }));
    return { user: namedUser(given, { operator, trustPlainTokens }), operator, gateway };
  };
}

/** Whether a request comes through the operator's own gateway. For limits that apply before the caller is read. */
export function createGatewayCheck(gatewaySecret: string | undefined): (header: Header) => boolean {
  const isGateways = secretCheck(gatewaySecret);
  return (header) => isGateways(header("x-7d-gateway-secret"));
}

/** Whether a request comes from the operator's own server or gateway. */
export function createTrustCheck({ operatorSecret, gatewaySecret }: Secrets): (header: Header) => boolean {
  const isOperators = secretCheck(operatorSecret);
  const isGateway = createGatewayCheck(gatewaySecret);
  return (header) => isGateway(header) || isOperators(header("x-7d-operator-secret"));
}

/** Undefined where the request has none of them, as most do not. */
function credentialHeadersOf(header: Header): CredentialHeaders | undefined {
  const given: CredentialHeaders = {
    bearer: header("authorization"),
    token: header("x-7d-oauth-token"),
    tokenSecret: header("x-7d-oauth-token-secret"),
    userId: header("x-7d-user-id"),
    operatorSecret: header("x-7d-operator-secret"),
    gatewaySecret: header("x-7d-gateway-secret"),
  };
  for (const name in given) if (given[name as keyof CredentialHeaders] !== null) return given;
  return undefined;
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
  return createHash("sha256").update(text).digest();
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
  return new GraphQLError("The credentials of this request are not accepted. Sign in again, or send none.", {
    extensions: { code: "UNAUTHENTICATED" satisfies ErrorCode, http: { status: 401, headers: { "WWW-Authenticate": "Bearer" } } },
  });
}
