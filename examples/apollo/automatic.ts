/** Apollo Client with automatic persisted queries: it sends hashes, and a document only where the server does not know its hash. */
// #region automatic
import { ApolloClient, HttpLink, InMemoryCache } from "@apollo/client";
import { PersistedQueryLink } from "@apollo/client/link/persisted-queries";
import possibleTypes from "../../schema/possible-types.json" with { type: "json" };
import { typePolicies } from "./type-policies";

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const all = { errorPolicy: "all" } as const;

export function createGuestClient(url: string): ApolloClient {
  return new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: new PersistedQueryLink({ sha256, useGETForHashedQueries: true }).concat(
      new HttpLink({ uri: url, headers: { "graphql-require-preflight": "1" } }),
    ),
    defaultOptions: { query: all, watchQuery: all, mutate: all },
  });
}
// #endregion automatic
