/** urql with its normalised cache. */
// #region client
import { Client, fetchExchange, mapExchange, type CombinedError, type Exchange } from "@urql/core";
import { authExchange } from "@urql/exchange-auth";
import { cacheExchange, type UpdatesConfig } from "@urql/exchange-graphcache";
import { keys, resolvers } from "./cache-config";
import type { ErrorCode } from "./generated/enums";
import schema from "./generated/introspection.json" with { type: "json" };

export interface Session {
  /** From `signInComplete`. Keep it in memory: it is as good as the user's password. */
  accessToken: string | undefined;
  /** Called when the token is no longer accepted. Make new clients: the caches of these have the user's data. */
  onSignedOut: () => void;
}

/** A purchase does not say what is in the locker now: queries that show it ask again. */
const updates: UpdatesConfig = {
  Mutation: {
    itemPurchase: (_result, _args, cache) => cache.invalidate("Query", "viewer"),
    basketPurchase: (_result, _args, cache) => cache.invalidate("Query", "viewer"),
  },
};

export function createClient(url: string, country: string, session: Session): Client {
  return new Client({
    url,
    exchanges: [cacheExchange({ schema, keys, resolvers, updates }), revoked(session), auth(session), fetchExchange],
    fetchOptions: { headers: { "x-7d-country": country } },
    preferGetMethod: false,
    fetchSubscriptions: true,
  });
}

/** The client of each country, with a cache of its own. Give it to `Provider` when the user picks a country. */
export function createClients(url: string, session: Session): (country: string) => Client {
  const clients = new Map<string, Client>();
  return (country) => {
    const client = clients.get(country) ?? createClient(url, country, session);
    clients.set(country, client);
    return client;
  };
}
// #endregion client

// #region session
function signOut(session: Session): void {
  if (session.accessToken !== undefined) session.onSignedOut();
  session.accessToken = undefined;
}

function bearer({ accessToken }: Session): string {
  return accessToken === undefined ? "" : `Bearer ${accessToken}`;
}

/** HTTP 401: nothing was executed, and there is no new token without the user. The operation is sent once more, as a guest's. */
function auth(session: Session): Exchange {
  return authExchange((utilities) =>
    Promise.resolve({
      // Empty for a guest: what is sent again still has the header of before.
      addAuthToOperation: (operation) => utilities.appendHeaders(operation, { authorization: bearer(session) }),
      didAuthError: ({ response }) => (response as Response | undefined)?.status === 401,
      refreshAuth: async () => {
        signOut(session);
        return Promise.resolve();
      },
    }),
  );
}

/** HTTP 200: some fields needed a user, and 7digital no longer accepts the token. The others have their data. */
function revoked(session: Session): Exchange {
  return mapExchange({
    onError: (error) => {
      if (codesOf(error).includes("UNAUTHENTICATED")) signOut(session);
    },
  });
}

export function codesOf(error: CombinedError | undefined): ErrorCode[] {
  return (error?.graphQLErrors ?? []).map(({ extensions }) => extensions.code as ErrorCode);
}
// #endregion session
