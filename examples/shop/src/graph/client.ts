/** A client for each country, with a cache of its own: prices of two stores never mix. */
import { Client, fetchExchange, mapExchange } from "urql";
import { session } from "../session/session";
import { createCache } from "./cache";
import { codesOf } from "./errors";

const clients = new Map<string, Client>();
let user: string | undefined;

/** @param accessToken Of the signed-in user. Another user gets other clients, because the caches hold what is theirs. */
export function clientOf(country: string, accessToken: string | undefined): Client {
  if (accessToken !== user) clients.clear();
  user = accessToken;
  const client = clients.get(country) ?? createClient(country, accessToken);
  clients.set(country, client);
  return client;
}

function createClient(country: string, accessToken: string | undefined): Client {
  const authorization = accessToken === undefined ? {} : { authorization: `Bearer ${accessToken}` };
  return new Client({
    url: "/graphql",
    preferGetMethod: false,
    fetchOptions: { headers: { "x-7d-country": country, ...authorization } },
    exchanges: [createCache(), mapExchange({ onError: signOutIfRejected }), fetchExchange],
  });
}

/** The token has expired, or the user has revoked it. The shop goes on as a guest's. */
function signOutIfRejected(error: Parameters<typeof codesOf>[0]): void {
  if (codesOf(error).includes("UNAUTHENTICATED")) session.write(undefined);
}
