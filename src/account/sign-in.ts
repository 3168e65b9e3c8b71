/** Signing in: by 7digital's own page, or by name and password where a partner is trusted with them. What lies between the steps is
 *  sealed into the `state` that the client keeps, so any copy of the service can take the next one. */
import type { GraphContext } from "../graph/context.js";
import { badUserInput } from "../graph/input-error.js";
import { requireOperator } from "../graph/operator.js";
import { appendableUrl } from "../graph/return-url.js";
import { isVisible } from "../graph/words.js";
import { accountPage } from "../shared/account-pages.js";
import { inputError, operationError } from "../shared/user-error.graph.js";
import { UpstreamError } from "../upstream/errors.js";
import type { Token } from "../upstream/oauth.js";
import { encodePairs, type Pair } from "../upstream/percent-encoding.js";
import type { UserCredential } from "../upstream/session.js";
import { oauthAccessToken } from "./endpoints/oauth-access-token.js";
import { oauthRequestTokenAuthorise } from "./endpoints/oauth-request-token-authorise.js";
import { oauthRequestToken } from "./endpoints/oauth-request-token.js";
import { refusalOf, refused, succeeded, type Outcome } from "./outcome.js";
import { openToken, sealToken } from "./sealed-token.js";

interface Start {
  readonly callbackUrl?: string | null | undefined;
  readonly clientIdentifier?: string | null | undefined;
}

export interface Started {
  readonly authorizeUrl: string;
  /** The request token, sealed. */
  readonly state: string;
}

export interface SignedIn {
  /** The user's token, sealed. */
  readonly accessToken: string;
  readonly expiresAtMs: number;
  readonly credential: UserCredential;
}

export const signInMinutes = 30;

/** @throws GraphQLError BAD_USER_INPUT @throws UpstreamError */
export async function startSignIn({ services, store }: GraphContext, { callbackUrl, clientIdentifier }: Start): Promise<Outcome<Started>> {
  const { client, sites, sealer, returnOrigins } = services;
  const callback: Pair[] = callbackUrl ? [["oauth_callback", appendableUrl("callbackUrl", callbackUrl, returnOrigins)]] : [];
  const identifier = { xoauth_client_identifier: checkedIdentifier(clientIdentifier ?? undefined) };
  try {
    const requestToken = await client.call(oauthRequestToken, identifier, { store });
    const query = encodePairs([["oauth_token", requestToken.key], ...callback]);
    const { text: state } = await sealToken(sealer, "sign-in", requestToken, signInMinutes * 60);
    return succeeded({ authorizeUrl: `${accountPage(sites, "oauth/authorise")}?${query}`, state });
  } catch (error) {
    return refusalOf(error, ["input", "clientIdentifier"]);
  }
}

/** 7digital shows it to the user. */
function checkedIdentifier(identifier: string | undefined): string | undefined {
  if (identifier === undefined || isVisible(identifier, 100)) return identifier;
  throw badUserInput("clientIdentifier", "`clientIdentifier` has from 1 to 100 printable characters.");
}

/** @throws UpstreamError */
export async function completeSignIn(context: GraphContext, state: string): Promise<Outcome<SignedIn>> {
  const requestToken = await requestTokenIn(state, context);
  return requestToken === undefined ? overdue() : grant(context, requestToken);
}

interface Authorization {
  readonly state: string;
  readonly username: string;
  readonly password: string;
}

/** @throws GraphQLError FORBIDDEN @throws UpstreamError */
export async function authorizeSignIn(context: GraphContext, given: Authorization): Promise<Outcome<SignedIn>> {
  requireOperator(context, "signInAuthorize");
  const { state, username, password } = given;
  const requestToken = await requestTokenIn(state, context);
  if (requestToken === undefined) return overdue();
  const { services, store } = context;
  try {
    await services.client.call(oauthRequestTokenAuthorise, { username, password, token: requestToken.key }, { store });
  } catch (error) {
    return refusalOfPassword(error);
  }
  return grant(context, requestToken);
}

async function requestTokenIn(state: string, { services }: GraphContext): Promise<Token | undefined> {
  return (await openToken(services.sealer, "sign-in", state))?.token;
}

/** Trades the request token for the user's own. */
async function grant({ services, store }: GraphContext, requestToken: Token): Promise<Outcome<SignedIn>> {
  const { client, sealer, accessTokenSeconds } = services;
  try {
    const token = await client.call(oauthAccessToken, {}, { store, user: { token: requestToken } });
    const { text: accessToken, expiresAtMs } = await sealToken(sealer, "access", token, accessTokenSeconds);
    return succeeded({ accessToken, expiresAtMs, credential: { token } });
  } catch (error) {
    if (error instanceof UpstreamError && error.code === "UNAUTHENTICATED") return notAuthorized();
    throw error;
  }
}

function overdue(): Outcome<never> {
  return refused(inputError(["state"], "This is no sign-in of ours, or one that is too old: begin again with signInStart."));
}

/** 7digital does not tell the two apart. */
function notAuthorized(): Outcome<never> {
  const message =
    "The user has not agreed on 7digital's page, or this sign-in was completed before: lead them to `authorizeUrl`, or begin again.";
  return refused(operationError("UNAUTHENTICATED", message, { field: ["state"] }));
}

function refusalOfPassword(error: unknown): Outcome<never> {
  if (error instanceof UpstreamError && error.code === "NOT_FOUND") {
    return refused(operationError("UNAUTHENTICATED", "7digital knows no user with this name and password."));
  }
  return refusalOf(error, null);
}
