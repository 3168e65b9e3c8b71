/** From the headers of a request to who sends it. It knows no resolver and asks 7digital nothing: whether a token is still good shows
 *  where it is used. Whatever is wrong with a credential is answered alike, so that nobody learns how far a guess has come. */
import { createHash, timingSafeEqual } from "node:crypto";
import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";
import { isPartnerUserId } from "../account/partner-user-id.js";
import { openToken, type OpenedToken } from "../account/sealed-token.js";
import type { Caller } from "../graph/context.js";
import { badUserInput } from "../graph/input-error.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Sealer } from "../shared/sealing.js";
import type { UserCredential } from "../upstream/session.js";

export type Header = (name: string) => string | null;

/** A caller at once where nothing has to be opened. @throws GraphQLError UNAUTHENTICATED or BAD_USER_INPUT, or rejects with it. */
export type ReadCaller = (header: Header) => MaybePromise<Caller>;

interface Secrets {
  /** Without one nobody is an operator. */
  readonly operatorSecret: string | undefined;
  /** Without one nobody is the gateway. */
  readonly gatewaySecret: string | undefined;
}

interface Gate extends Secrets {
  readonly sealer: Sealer;
  readonly trustPlainTokens: boolean;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** The headers that say who calls, as they came. */
interface Given {
  readonly bearer: string | null;
  readonly token: string | null;
  readonly tokenSecret: string | null;
  readonly userId: string | null;
  readonly operatorSecret: string | null;
  readonly gatewaySecret: string | null;
}

export const nobody: Caller = { user: undefined, operator: false, gateway: false };

export function createCallerReader({ sealer, operatorSecret, gatewaySecret, trustPlainTokens, now }: Gate): ReadCaller {
  const isOperators = secretCheck(operatorSecret);
  const isGateways = secretCheck(gatewaySecret);
  const openBearer = rememberingOpener(sealer, now);

  return (header) => {
    const given = givenIn(header);
    if (given === undefined) return nobody;
    const operator = isOperators(given.operatorSecret);
    const gateway = isGateways(given.gatewaySecret);
    const pretended = operator !== (given.operatorSecret !== null) || gateway !== (given.gatewaySecret !== null);
    if (pretended) throw unauthenticated();
    refuseSeveral(given);
    if (given.bearer !== null) return andThen(openBearer(tokenOfBearer(given.bearer)), (user) => ({ user, operator, gateway }));
    return { user: assertedUser(given, { operator, trustPlainTokens }), operator, gateway };
  };
}

/** Whether a request comes through the operator's own gateway, for those who have to know before its caller is read. */
export function createGatewayCheck(gatewaySecret: string | undefined): (header: Header) => boolean {
  const isGateways = secretCheck(gatewaySecret);
  return (header) => isGateways(header("x-7d-gateway-secret"));
}

/** The same for whoever is one of the operator's own, server or gateway. */
export function createTrustCheck({ operatorSecret, gatewaySecret }: Secrets): (header: Header) => boolean {
  const isOperators = secretCheck(operatorSecret);
  const isGateway = createGatewayCheck(gatewaySecret);
  return (header) => isGateway(header) || isOperators(header("x-7d-operator-secret"));
}

/** Undefined, as for most requests, where there is none of them. */
function givenIn(header: Header): Given | undefined {
  const given: Given = {
    bearer: header("authorization"),
    token: header("x-7d-oauth-token"),
    tokenSecret: header("x-7d-oauth-token-secret"),
    userId: header("x-7d-user-id"),
    operatorSecret: header("x-7d-operator-secret"),
    gatewaySecret: header("x-7d-gateway-secret"),
  };
  for (const name in given) if (given[name as keyof Given] !== null) return given;
  return undefined;
}

function refuseSeveral({ bearer, token, tokenSecret, userId }: Given): void {
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

/** The user whom a server names without a seal. */
function assertedUser({ token, tokenSecret, userId }: Given, allowed: { operator: boolean; trustPlainTokens: boolean }) {
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

/** Opens each sealed token once, as long as it is among the last ones used. The memory is keyed by digests, for a key of a map is easier
 *  come by than its value. */
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

/** One answer to all of it. */
function unauthenticated(): GraphQLError {
  return new GraphQLError("The credentials of this request are not accepted. Sign in again, or send none.", {
    extensions: { code: "UNAUTHENTICATED", http: { status: 401, headers: { "WWW-Authenticate": "Bearer" } } },
  });
}
