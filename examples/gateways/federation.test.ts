/** The subgraph in a company's graph: composed with another team's subgraph, and queried through two gateways. */
import { composeServices as composeByApollo } from "@apollo/composition";
import { composeServices as composeByGuild } from "@theguild/federation-composition";
import { federateSubgraphs, ROUTER_COMPATIBILITY_VERSION_ONE } from "@wundergraph/composition";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import type { Gateway } from "./support/asking.js";
import { apolloGateway, hiveGateway, subgraphsOf, type Subgraph } from "./support/federated.js";
import { startReviews, type Reviews } from "./support/reviews.js";

const tracks = { releaseId: "155408", trackIds: Array.from({ length: 50 }, (_, at) => String(1628015 + at)) };
const secret = "the-secret-of-the-gateway";

let facade: Facade;
let reviews: Reviews;
let releaseIds: readonly string[];
let subgraphs: readonly Subgraph[];

beforeAll(async () => {
  releaseIds = await fiftyReleases();
  reviews = await startReviews({ releaseIds, tracks });
});
beforeEach(async () => {
  facade = await startFacade({ environment: { PROFILE: "locked", GATEWAY_SECRET: secret } });
  subgraphs = await subgraphsOf(facade, reviews, secret);
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

describe("the subgraph composes with another", () => {
  it("by Apollo's composition, without a hint", () => {
    const { errors, hints } = composeByApollo([...subgraphs]);
    expect([errors, hints]).toEqual([undefined, []]);
  });

  it("by The Guild's", () => {
    expect(composeByGuild([...subgraphs]).errors).toBeUndefined();
  });

  it("by WunderGraph's", () => {
    const named = subgraphs.map(({ name, url, typeDefs }) => ({ name, url, definitions: typeDefs }));
    const result = federateSubgraphs({ subgraphs: named, version: ROUTER_COMPATIBILITY_VERSION_ONE });
    expect([result.success, result.warnings]).toEqual([true, []]);
  });
});

describe.each([
  ["Apollo's gateway", apolloGateway],
  ["Hive gateway", hiveGateway],
])("through %s", (_, start) => {
  let gateway: Gateway;
  beforeEach(async () => {
    gateway = await start(subgraphs, secret);
    facade.calls();
  });
  afterEach(async () => {
    await gateway.close();
  });

  it("50 releases of another subgraph cost one request and 50 calls", async () => {
    const before = facade.requests();
    const { data, errors } = await gateway.ask({ query: "{ reviews(first: 50) { stars release { releaseId title averageStars } } }" });
    expect(errors).toBeUndefined();
    const found = (data as { reviews: { release: { releaseId: string; title: string } }[] }).reviews;
    expect(found.map(({ release }) => release.releaseId)).toEqual(releaseIds);
    expect(found.every(({ release }) => release.title.length > 0)).toBe(true);
    expect([facade.requests() - before, facade.calls().length]).toEqual([1, 50]);
  });

  it("50 tracks of one release cost one call", async () => {
    const { data, errors } = await gateway.ask({ query: "{ trackReviews(first: 15) { stars track { trackId number title } } }" });
    expect(errors).toBeUndefined();
    expect((data as { trackReviews: unknown[] }).trackReviews).toHaveLength(15);
    expect(facade.calls()).toEqual(["release/tracks"]);
  });

  it("fields of the other subgraph belong to releases of ours, and nothing is called for their keys", async () => {
    const { data, errors } = await gateway.ask({ query: "{ releaseChart(first: 3) { nodes { releaseId averageStars } } }" });
    expect(errors).toBeUndefined();
    expect(
      (data as { releaseChart: { nodes: { averageStars: number }[] } }).releaseChart.nodes.map(({ averageStars }) => averageStars > 0),
    ).toEqual([true, true, true]);
    expect(facade.calls()).toEqual(["release/chart"]);
  });

  it("the store of a request arrives", async () => {
    const query = '{ release(id: "155408") { price { current { currencyCode } } } }';
    const price = (currencyCode: string) => ({ release: { price: { current: { currencyCode } } } });
    expect((await gateway.ask({ query })).data).toEqual(price("GBP"));
    expect((await gateway.ask({ query, headers: { "x-7d-country": "DE" } })).data).toEqual(price("EUR"));
  });

  it("errors arrive with code and path", async () => {
    const { data, errors } = await gateway.ask({ query: '{ a: artist(id: "no id") { name } b: artist(id: "1") { name } }' });
    expect(data).toEqual({ a: null, b: { name: "Keane" } });
    expect(errors).toMatchObject([{ path: ["a"], extensions: { code: "BAD_USER_INPUT" } }]);
  });
});
