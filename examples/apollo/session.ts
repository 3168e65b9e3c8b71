/** Who is signed in, and what happens when that ends. */
// #region session
import { type ApolloLink, CombinedGraphQLErrors } from "@apollo/client";
import { SetContextLink } from "@apollo/client/link/context";
import { ErrorLink } from "@apollo/client/link/error";

export interface Session {
  /** From `signInComplete`. Keep it in memory: it is as good as the user's password. */
  accessToken: string | undefined;
  /** Called when the token is no longer accepted. Make new clients: the caches of these have the user's data. */
  onSignedOut: () => void;
}

/** Headers of an operation. */
type Headers = Readonly<Record<string, string>> | undefined;

export function bearerLink(session: Session): ApolloLink {
  return new SetContextLink((context) => {
    const headers = context.headers as Headers;
    return { headers: session.accessToken === undefined ? headers : { ...headers, authorization: `Bearer ${session.accessToken}` } };
  });
}

export function signedOutLink(session: Session): ApolloLink {
  return new ErrorLink(({ error, result, operation, forward }) => {
    const { authorization, ...headers } = (operation.getContext().headers as Headers) ?? {};
    const isSignedOut = CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.code === "UNAUTHENTICATED");
    if (!isSignedOut || authorization === undefined) return;
    if (authorization === `Bearer ${session.accessToken}`) {
      session.accessToken = undefined;
      session.onSignedOut();
    }
    if (result?.data !== undefined) return;
    // HTTP 401: nothing was executed. The operation is sent once more, as a guest's.
    operation.setContext({ headers });
    return forward(operation);
  });
}
// #endregion session
