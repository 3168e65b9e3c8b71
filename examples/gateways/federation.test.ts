/** The subgraph in a company's graph: composed with another team's subgraph, and queried through two gateways. */
import { composeServices as composeByApollo } from "@apollo/composition";
import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from "@apollo/gateway";
import { createGatewayRuntime } from "@graphql-hive/gateway-runtime";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from "@wundergraph/composition";
import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { reviewsSdl, startReviews, type Reviews } from "./support/reviews.js";

const tracks = { releaseId: "155408", trackIds: Array.from({ length: 50 }, (_, at) => String(1628015 + at)) };
const secret = "the-secret-of-the-gateway";

let facade: Facade;
let reviews: Reviews;
let releaseIds: readonly string[];
let subgraphs: { readonly name: string; readonly url: string; readonly sdl: string }[];

beforeAll(async () => {
  releaseIds = await fiftyReleases();
  reviews = await startReviews({ releaseIds, tracks });
});
beforeEach(async () => {
  facade = await startFacade({ environment: { PROFILE: "locked", GATEWAY_SECRET: secret } });
  const url = facade.url.replace("/graphql", "/subgraph");
  const answer = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-gateway-secret": secret },
    body: JSON.stringify({ query: "{ _service { sdl } }" }),
  });
  const { data } = (await answer.json()) as { data: { _service: { sdl: string } } };
  subgraphs = [
    { name: "music", url, sdl: data._service.sdl },
    { name: "reviews", url: reviews.url, sdl: reviewsSdl },
  ];
});
afterEach(async () => {
  await facade.close();
});
afterAll(async () => {
  await reviews.close();
});

/** That the store has. */
async function fiftyReleases(): Promise<string[]> {
  const store = await startFacade();
  const { data } = await store.query<{ releaseChart: { nodes: { releaseId: string }[] } }>(
    "{ releaseChart(first: 50) { nodes { releaseId } } }",
  );
  await store.close();
  return data.releaseChart.nodes.map(({ releaseId }) => releaseId);
}

const definitions = () => subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: parse(sdl) }));

function supergraph(): string {
  const { supergraphSdl, errors } = composeByApollo(definitions());
  if (supergraphSdl === undefined) throw new Error(JSON.stringify(errors));
  return supergraphSdl;
}

describe("the subgraph composes with another", () => {
  it("by Apollo's composition, without a hint", () => {
    const { errors, hints } = composeByApollo(definitions());
    expect([errors, hints]).toEqual([undefined, []]);
  });

  it("by The Guild's", () => {
    expect(composeByGuild(definitions()).errors).toBeUndefined();
  });

  it("by WunderGraph's", () => {
    const named = definitions().map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs }));
    const result = federateSubgraphs({ subgraphs: named, version: ROUTER_COMPATIBILITY_VERSION_ONE });
    expect([result.success, result.warnings]).toEqual([true, []]);
  });
});

interface Answer {
  readonly data?: unknown;
  readonly errors?: readonly { readonly path?: readonly unknown[]; readonly extensions?: Readonly<Record<string, unknown>> }[];
}

type Ask = (query: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

interface Gateway {
  readonly ask: Ask;
  close(): Promise<void>;
}

// #region apollo-gateway
interface ClientRequest {
  /** Of the client's request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Passes on the store and the user of a request, and says that it is the operator's own gateway. */
class MusicDataSource extends RemoteGraphQLDataSource<ClientRequest> {
  override willSendRequest({ request, context: asked }: GraphQLDataSourceProcessOptions<ClientRequest>): void {
    const { headers = {} } = asked as ClientRequest;
    for (const name of ["x-7d-country", "x-7d-shop-id", "authorization"]) {
      const value = headers[name];
      if (value !== undefined) request.http?.headers.set(name, value);
    }
    request.http?.headers.set("x-7d-gateway-secret", secret);
  }
}
// #endregion apollo-gateway

async function apolloGateway(): Promise<Gateway> {
  const gateway = new ApolloGateway({ supergraphSdl: supergraph(), buildService: ({ url }) => new MusicDataSource({ url: url ?? "" }) });
  const { executor } = await gateway.load();
  return {
    async ask(query, headers = {}) {
      const request = { query, http: undefined };
      const context = { headers };
      const asked = {
        request,
        document: parse(query),
        queryHash: query,
        context,
        cache: new Map(),
        schema: gateway.schema,
        logger: console,
        metrics: {},
        overallCachePolicy: undefined,
      };
      // The executor reads no more of a request than this.
      return JSON.parse(JSON.stringify(await executor(asked as unknown as Parameters<typeof executor>[0]))) as Answer;
    },
    close: () => gateway.stop(),
  };
}

// #region hive-gateway
function createHiveGateway(supergraphSdl: string) {
  return createGatewayRuntime({
    supergraph: supergraphSdl,
    propagateHeaders: {
      fromClientToSubgraphs: ({ request }) => ({
        "x-7d-gateway-secret": secret,
        "x-7d-country": request.headers.get("x-7d-country") ?? "",
        authorization: request.headers.get("authorization") ?? "",
      }),
    },
  });
}
// #endregion hive-gateway

function hiveGateway(): Promise<Gateway> {
  const gateway = createHiveGateway(supergraph());
  return Promise.resolve({
    async ask(query, headers = {}) {
      const answer = await gateway.fetch("http://gateway/graphql", {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query }),
      });
      return (await answer.json()) as Answer;
    },
    close: async () => gateway[Symbol.asyncDispose](),
  });
}

describe.each([
  ["Apollo's gateway", apolloGateway],
  ["Hive gateway", hiveGateway],
])("through %s", (_, start) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await start();
    facade.calls();
  });
  afterEach(async () => {
    await gateway.close();
  });

  it("50 releases of another subgraph cost one request and 50 calls", async () => {
    const before = facade.requests();
    const { data, errors } = await gateway.ask("{ reviews(first: 50) { stars release { releaseId title averageStars } } }");
    expect(errors).toBeUndefined();
    const found = (data as { reviews: { release: { releaseId: string; title: string } }[] }).reviews;
    expect(found.map(({ release }) => release.releaseId)).toEqual(releaseIds);
    expect(found.every(({ release }) => release.title.length > 0)).toBe(true);
    expect([facade.requests() - before, facade.calls().length]).toEqual([1, 50]);
  });

  it("50 tracks of one release cost one call", async () => {
    const { data, errors } = await gateway.ask("{ trackReviews(first: 15) { stars track { trackId number title } } }");
    expect(errors).toBeUndefined();
    expect((data as { trackReviews: unknown[] }).trackReviews).toHaveLength(15);
    expect(facade.calls()).toEqual(["release/tracks"]);
  });

  it("fields of the other subgraph belong to releases of ours, and nothing is called for their keys", async () => {
    const { data, errors } = await gateway.ask("{ releaseChart(first: 3) { nodes { releaseId averageStars } } }");
    expect(errors).toBeUndefined();
    expect(
      (data as { releaseChart: { nodes: { averageStars: number }[] } }).releaseChart.nodes.map(({ averageStars }) => averageStars > 0),
    ).toEqual([true, true, true]);
    expect(facade.calls()).toEqual(["release/chart"]);
  });

  it("the store of a request arrives", async () => {
    const query = '{ release(id: "155408") { price { current { currencyCode } } } }';
    const price = (currencyCode: string) => ({ release: { price: { current: { currencyCode } } } });
    expect((await gateway.ask(query)).data).toEqual(price("GBP"));
    expect((await gateway.ask(query, { "x-7d-country": "DE" })).data).toEqual(price("EUR"));
  });

  it("errors arrive with code and path", async () => {
    const { data, errors } = await gateway.ask('{ a: artist(id: "no id") { name } b: artist(id: "1") { name } }');
    expect(data).toEqual({ a: null, b: { name: "Keane" } });
    expect(errors).toMatchObject([{ path: ["a"], extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
