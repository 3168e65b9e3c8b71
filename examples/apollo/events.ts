/** Subscriptions of Apollo Client, over server-sent events. */
// #region events
import { ApolloLink, Observable } from "@apollo/client";
import { createClient } from "graphql-sse";
import { print } from "graphql";

/** The last link for subscriptions, as HttpLink is for others. */
export function eventLink(url: string): ApolloLink {
  return new ApolloLink((operation) => {
    const { query, variables, operationName = "" } = operation;
    const headers = (operation.getContext().headers ?? {}) as Record<string, string>;
    return new Observable((observer) => {
      const client = createClient({ url, headers });
      return client.subscribe(
        { query: print(query), variables, operationName },
        {
          next: (result) => observer.next(result as ApolloLink.Result),
          error: (error) => observer.error(error),
          complete: () => observer.complete(),
        },
      );
    });
  });
}
// #endregion events
