/** Signing a user in. 7digital's own page asks for the password: yours never does. */
// #region sign-in
import { ask, type Api } from "./ask";
import { SignInComplete, SignInStart } from "./operations";

type Store = Pick<Storage, "getItem" | "setItem" | "removeItem">;

/** On a button. Go to the URL: 7digital asks for the password and for consent, and leads back to `callbackUrl`.
 *  @throws Error with what to show. */
export async function startSignIn(api: Api, callbackUrl: string, store: Store): Promise<string> {
  const { data } = await ask(api, SignInStart, { input: { callbackUrl, clientIdentifier: "Shop in Firefox" } });
  const { authorizeUrl, state, userErrors } = data.signInStart ?? {};
  if (!authorizeUrl || !state) throw new Error(userErrors?.[0]?.message ?? "Signing in is not possible now.");
  store.setItem("sign-in state", state);
  return authorizeUrl;
}

/** On the page of `callbackUrl`, within half an hour. False if no sign-in was under way.
 *  @throws Error with what to show. */
export async function completeSignIn(api: Api, store: Store): Promise<boolean> {
  const state = store.getItem("sign-in state");
  store.removeItem("sign-in state"); // before the request: it works once, and React runs effects twice in development
  if (state === null) return false;
  const { data } = await ask(api, SignInComplete, { input: { state } });
  const { accessToken, userErrors } = data.signInComplete ?? {};
  if (!accessToken) throw new Error(userErrors?.[0]?.message ?? "Signing in did not work. Please begin again.");
  api.accessToken = accessToken;
  return true;
}
// #endregion sign-in
