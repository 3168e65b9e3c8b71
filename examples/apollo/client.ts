/** Apollo Client for this API. */
// #region client
import { ApolloClient, ApolloLink, HttpLink, InMemoryCache } from "@apollo/client";
import { Defer20220824Handler } from "@apollo/client/incremental";
import { OperationTypeNode } from "graphql";
import possibleTypes from "../../schema/possible-types.json" with { type: "json" };
import { eventLink } from "./events";
import { bearerLink, signedOutLink, type Session } from "./session";
import { typePolicies } from "./type-policies";

/** A field that fails is null, and the others have their data. Apollo Client 4.3 wants a default like this declared. */
declare module "@apollo/client" {
  namespace ApolloClient {
    namespace DeclareDefaultOptions {
      interface Query {
        errorPolicy: "all";
      }
      interface WatchQuery {
        errorPolicy: "all";
      }
      interface Mutate {
        errorPolicy: "all";
      }
    }
  }
}
const all = { errorPolicy: "all" } as const;

export function createClient(url: string, country: string, session: Session): ApolloClient {
  const http = new HttpLink({ uri: url, headers: { "x-7d-country": country } });
  const send = ApolloLink.split(({ operationType }) => operationType === OperationTypeNode.SUBSCRIPTION, eventLink(url), http);
  return new ApolloClient({
    cache: new InMemoryCache({ possibleTypes, typePolicies }),
    link: ApolloLink.from([signedOutLink(session), bearerLink(session), send]),
    defaultOptions: { query: all, watchQuery: all, mutate: all },
    incrementalHandler: new Defer20220824Handler(),
  });
}
// #endregion client

// #region countries
/** The client of each country, with a cache of its own. Give it to `ApolloProvider` when the user picks a country. */
export function createClients(url: string, session: Session): (country: string) => ApolloClient {
  const clients = new Map<string, ApolloClient>();
  return (country) => {
    const client = clients.get(country) ?? createClient(url, country, session);
    clients.set(country, client);
    return client;
  };
}
// #endregion countries
