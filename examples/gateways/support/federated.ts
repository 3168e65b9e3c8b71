/** The subgraph in a company's graph, behind the gateways that run on Node. */
import { composeServices } from "@apollo/composition";
import { parse, type DocumentNode } from "graphql";
import type { Facade } from "../../../test/support/facade.js";
import { createApolloGateway } from "../apollo-gateway.js";
import { createHiveGateway } from "../hive-gateway.js";
import { asSent, type Answer, type Gateway } from "./asking.js";
import { reviewsSdl, type Reviews } from "./reviews.js";

export interface Subgraph {
  readonly name: string;
  readonly url: string;
  readonly typeDefs: DocumentNode;
}

export const subgraphUrl = ({ url }: Facade): string => url.replace("/graphql", "/subgraph");

/** Ours, by the SDL that it serves, and the other team's. */
export async function subgraphsOf(facade: Facade, reviews: Reviews, secret: string): Promise<readonly Subgraph[]> {
  const url = subgraphUrl(facade);
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-gateway-secret": secret },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  });
  const { data } = (await answer.json()) as { data: { _service: { sdl: string } } };
  return [
    { name: "music", url, typeDefs: parse(data._service.sdl) },
    { name: "reviews", url: reviews.url, typeDefs: parse(reviewsSdl) },
  ];
}

function supergraphOf(subgraphs: readonly Subgraph[]): string {
  const { supergraphSdl, errors } = composeServices([...subgraphs]);
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

export async function apolloGateway(subgraphs: readonly Subgraph[], secret: string): Promise<Gateway> {
  const gateway = createApolloGateway(supergraphOf(subgraphs), secret);
  const { executor } = await gateway.load();
  return {
    async ask({ query, operationName, variables = {}, headers = {} }) {
      const asked = {
        request: { query, operationName, variables, http: undefined },
        operationName: operationName ?? null,
        document: parse(query),
        queryHash: query,
        context: { headers },
        cache: new Map(),
        schema: gateway.schema,
        logger: console,
        metrics: {},
        overallCachePolicy: undefined,
      };
      // The executor reads no more of a request than this.
      return asSent(await executor(asked as unknown as Parameters<typeof executor>[0]));
    },
    close: () => gateway.stop(),
  };
}

export function hiveGateway(subgraphs: readonly Subgraph[], secret: string): Promise<Gateway> {
  const gateway = createHiveGateway(supergraphOf(subgraphs), secret);
  return Promise.resolve({
    async ask({ headers = {}, ...asked }) {
      const answer = await gateway.fetch("http://gateway/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify(asked),
      });
      return (await answer.json()) as Answer;
    },
    close: async () => gateway[Symbol.asyncDispose](),
  });
}
