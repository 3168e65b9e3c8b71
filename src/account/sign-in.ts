/** Signs users in: on 7digital's own page, or by name and password for trusted partners. What one step hands to the next is sealed into the
 *  `state` that the client keeps, so any copy of the service can take the next step. */
import { sites } from "../shared/sites.js";
import { sealing } from "../shared/sealing.js";
import { bound, type Scope } from "../shared/scope.js";
import { badUserInput } from "../shared/client-error.js";
import { appendableUrl, returnOrigins } from "../shared/return-url.js";
import { isVisible } from "../shared/search-text.js";
import { accountPage } from "../shared/account-pages.js";
import { inputError, operationError } from "../shared/user-error.js";
import { UpstreamError } from "../upstream/errors.js";
import { encodePairs, type Pair } from "../upstream/request/percent-encoding.js";
import type { Token, UserCredential } from "../upstream/session.js";
import { oauthAccessToken, oauthRequestToken, oauthRequestTokenAuthorise } from "./endpoints.js";
import { rejectionOf, rejected, succeeded, tooManyPasswords, type Outcome } from "./outcome.js";
import { openToken, sealToken } from "../shared/sealed-token.js";

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

/** How long a user stays signed in. */
export const accessTokenSeconds = bound<number>("access token lifetime");

/** @throws UpstreamError */
export async function startSignIn({ client, store, use }: Scope, { callbackUrl, clientIdentifier }: Start): Promise<Outcome<Started>> {
  try {
    const callback: Pair[] = callbackUrl ? [["oauth_callback", appendableUrl("callbackUrl", callbackUrl, use(returnOrigins)())]] : [];
    const identifier = { xoauth_client_identifier: checkIdentifier(clientIdentifier ?? undefined) };
    const requestToken = await client.call(oauthRequestToken, identifier, { store });
    const query = encodePairs([["oauth_token", requestToken.key], ...callback]);
    const { text: state } = await sealToken(use(sealing), "sign-in", requestToken, signInMinutes * 60);
    return succeeded({ authorizeUrl: `${accountPage(use(sites), "oauth/authorise")}?${query}`, state });
  } catch (error) {
    return rejectionOf(error, ["clientIdentifier"]);
  }
}

/** 7digital shows it to the user. */
function checkIdentifier(identifier: string | undefined): string | undefined {
  if (identifier === undefined || isVisible(identifier, 100)) return identifier;
  throw badUserInput("clientIdentifier", "`clientIdentifier` has from 1 to 100 printable characters.");
}

/** @throws UpstreamError */
export async function completeSignIn(scope: Scope, state: string): Promise<Outcome<SignedIn>> {
  const requestToken = await openState(state, scope);
  return requestToken === undefined ? expiredState() : exchangeToken(scope, requestToken);
}

interface Authorization {
  readonly state: string;
  readonly username: string;
  readonly password: string;
}

/** @throws UpstreamError */
export async function authorizeSignIn(scope: Scope, { state, username, password }: Authorization): Promise<Outcome<SignedIn>> {
  const requestToken = await openState(state, scope);
  if (requestToken === undefined) return expiredState();
  const tooMany = await tooManyPasswords(scope, username);
  if (tooMany !== undefined) return tooMany;
  try {
    await scope.client.call(oauthRequestTokenAuthorise, { username, password, token: requestToken.key }, { store: scope.store });
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === "NOT_FOUND")) return rejectionOf(error, null);
    return rejected(operationError("UNAUTHENTICATED", "7digital knows no user with this name and password."));
  }
  return exchangeToken(scope, requestToken);
}

async function openState(state: string, { use }: Scope): Promise<Token | undefined> {
  return (await openToken(use(sealing), "sign-in", state))?.token;
}

/** Exchanges the request token for the user's access token. */
async function exchangeToken({ client, store, use }: Scope, requestToken: Token): Promise<Outcome<SignedIn>> {
  try {
    const token = await client.call(oauthAccessToken, {}, { store, user: { token: requestToken } });
    const { text: accessToken, expiresAtMs } = await sealToken(use(sealing), "access", token, use(accessTokenSeconds));
    return succeeded({ accessToken, expiresAtMs, credential: { token } });
  } catch (error) {
    if (!(error instanceof UpstreamError && error.code === "UNAUTHENTICATED")) throw error;
    // 7digital answers both cases alike.
    const message =
      "The user has not agreed on 7digital's page, or this sign-in was completed before: lead them to `authorizeUrl`, or begin again.";
    return rejected(operationError("UNAUTHENTICATED", message, { field: ["state"] }));
  }
}

function expiredState(): Outcome<never> {
  return rejected(inputError(["state"], "This is no sign-in of ours, or one that is too old: begin again with signInStart."));
}
