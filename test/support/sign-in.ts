/** Signs a user of the sandbox in through the graph, agreeing for them where they would on 7digital's page. */
import type { Facade } from "./facade.js";

/** 7digital's ids of seeded users. */
export const demoUser = 1_000_001;
export const otherUser = 1_000_005;

interface Started {
  readonly signInStart: { readonly authorizeUrl: string; readonly state: string };
}

interface Completed {
  readonly signInComplete: { readonly accessToken: string };
}

export async function startSignIn(facade: Facade, input = "{}"): Promise<Started["signInStart"]> {
  const { data } = await facade.query<Started>(`mutation { signInStart(input: ${input}) { authorizeUrl state } }`);
  return data.signInStart;
}

export function agree(facade: Facade, authorizeUrl: string, userId = demoUser): void {
  const user = facade.sandbox.accounts.user(userId);
  if (user === undefined) throw new Error("The sandbox has no such user.");
  facade.sandbox.accounts.authorise(new URL(authorizeUrl).searchParams.get("oauth_token") ?? "", user);
}

export const complete = `mutation ($state: String!) {
  signInComplete(input: { state: $state }) { accessToken expiresAt viewer { addCardUrl } userErrors { __typename message code field retryable } }
}`;

/** The headers by which the user signs in from now on. */
export async function bearerOf(facade: Facade, userId = demoUser): Promise<{ authorization: string }> {
  const { authorizeUrl, state } = await startSignIn(facade);
  agree(facade, authorizeUrl, userId);
  const { data } = await facade.query<Completed>(complete, { state });
  return { authorization: `Bearer ${data.signInComplete.accessToken}` };
}
