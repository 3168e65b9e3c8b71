/** Signing in on 7digital's own page: there and back. */
import type { Client } from "urql";
import { graphql } from "../generated";
import { signedInPath } from "../shared/paths";
import { isRecord } from "../shared/stored";
import { session } from "./session";

const SignInStart = graphql(`
  mutation SignInStart($input: SignInStartInput!) {
    signInStart(input: $input) {
      authorizeUrl
      state
      userErrors {
        code
      }
    }
  }
`);

const SignInComplete = graphql(`
  mutation SignInComplete($input: SignInCompleteInput!) {
    signInComplete(input: $input) {
      accessToken
      userErrors {
        code
      }
    }
  }
`);

/** Of this tab, until the user is back. */
const stateKey = "sleeve.sign-in";

/** Leads the browser to 7digital. @returns False if that is not possible now. */
export async function startSignIn(client: Client, returnPath: string): Promise<boolean> {
  const callbackUrl = `${location.origin}${signedInPath}`;
  const { data } = await client.mutation(SignInStart, { input: { callbackUrl, clientIdentifier: "Sleeve in a browser" } }).toPromise();
  const { authorizeUrl, state } = data?.signInStart ?? {};
  if (!authorizeUrl || !state) return false;
  sessionStorage.setItem(stateKey, JSON.stringify({ state, returnPath }));
  location.assign(authorizeUrl);
  return true;
}

let completion: Promise<string | undefined> | undefined;

/** After 7digital has led the user back. A state works once, and React runs effects twice in development: both get the same result.
 *  @returns Where they came from, or undefined if they are not signed in. */
export function completeSignIn(client: Client): Promise<string | undefined> {
  completion ??= complete(client).finally(() => (completion = undefined));
  return completion;
}

async function complete(client: Client): Promise<string | undefined> {
  const started = takeStarted();
  if (started === undefined) return undefined;
  const { data } = await client.mutation(SignInComplete, { input: { state: started.state } }).toPromise();
  const accessToken = data?.signInComplete?.accessToken;
  if (!accessToken) return undefined;
  session.write({ accessToken });
  return started.returnPath;
}

function takeStarted(): { readonly state: string; readonly returnPath: string } | undefined {
  const text = sessionStorage.getItem(stateKey);
  sessionStorage.removeItem(stateKey);
  const value: unknown = text === null ? undefined : JSON.parse(text);
  if (!isRecord(value)) return undefined;
  const { state, returnPath } = value;
  return typeof state === "string" && typeof returnPath === "string" ? { state, returnPath } : undefined;
}
