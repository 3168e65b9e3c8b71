/** Policies for every list and every type without an id. Lists come from the schema: a new one is in this test at once. */
import type { FieldPolicy, OperationVariables } from "@apollo/client";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { bearerOf } from "../../test/support/sign-in.js";
import { eventually } from "../support/eventually";
import { idOf, pagedLists, plainLists, typesWithoutId, type PagedList } from "../support/schema-lists";
import { createClient } from "./client";
import { show } from "./screen";
import type { Session } from "./session";
import { typePolicies } from "./type-policies";

let facade: Facade;
let session: Session;
beforeAll(async () => {
  facade = await startFacade();
  const { authorization } = await bearerOf(facade);
  session = { accessToken: authorization.replace("Bearer ", ""), onSignedOut: () => undefined };
});
afterAll(() => facade.close());

const policyOf = (type: string, field: string): FieldPolicy | undefined =>
  (typePolicies[type]?.fields as Readonly<Record<string, FieldPolicy>> | undefined)?.[field];

describe.each(pagedLists)("$name", ({ type, field, keys, query, read }: PagedList) => {
  it("is another list with other arguments, whatever the page", () => {
    expect(policyOf(type, field)?.keyArgs).toEqual(keys);
  });

  it("fetchMore appends to it", async () => {
    const screen = await show<unknown, OperationVariables>(createClient(facade.url, "GB", session), parse(query), { first: 1 });
    const { data: both } = await facade.query(query, { first: 2 }, { authorization: `Bearer ${session.accessToken}` });
    await screen.fetchMore({ variables: { after: read(screen.data()).pageInfo.endCursor } });
    await eventually(() => expect(read(screen.data()).edges).toHaveLength(2));
    const shown = read(screen.data());
    expect(shown.edges.map(({ cursor }) => cursor)).toEqual(read(both).edges.map(({ cursor }) => cursor));
    expect(shown.pageInfo).toMatchObject(read(both).pageInfo);
  });
});

it("a list of an item without an id does not page: why the guide says to ask for all of it", async () => {
  const query = parse(`query ($after: String) {
    viewer { id locker(first: 1, releaseId: "155408") { edges { node { tracks(first: 1, after: $after) { edges { cursor node { purchaseId } } } } } } }
  }`);
  const screen = await show<unknown, OperationVariables>(createClient(facade.url, "GB", session), query, {});
  const cursors = () => JSON.stringify(screen.data()).match(/"cursor":"\d+"/g);
  expect(cursors()).toEqual(['"cursor":"1"']);
  await screen.fetchMore({ variables: { after: "1" } });
  await eventually(() => expect(cursors()).not.toEqual(['"cursor":"1"']));
  expect(cursors()).toEqual(['"cursor":"2"']);
});

it("objects without an id are merged", () => {
  const unmerged = typesWithoutId
    .filter((type) => !type.name.endsWith("Payload") && !type.getInterfaces().some(({ name }) => name === "UserError"))
    .filter(({ name }) => typePolicies[name]?.merge !== true);
  expect(unmerged.map(({ name }) => name)).toEqual([]);
});

it("lists that do not page are replaced", () => {
  const ofQueries = plainLists.filter(({ type }) => !/Payload$|Error$/.test(type));
  const unruled = ofQueries.filter(({ type, field }) => policyOf(type, field)?.merge !== false);
  expect(ofQueries.length).toBeGreaterThan(0);
  expect(unruled).toEqual([]);
});

interface Tracks {
  readonly nodes: readonly { readonly id: string }[];
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly endCursor: string };
}
const tracksOf = (data: unknown): Tracks => (data as { artist: { topTracks: Tracks } }).artist.topTracks;
const nodes = parse(`query ($after: String) {
  artist(id: "1") { id topTracks(first: 1, after: $after) { nodes { id title } pageInfo { endCursor } } }
}`);
const edges = parse(`{ artist(id: "1") { id topTracks(first: 1) { edges { node { id title } } pageInfo { endCursor } } } }`);

describe("a list that one query reads by nodes and another by edges", () => {
  it("is the same list in both", async () => {
    const client = createClient(facade.url, "GB", session);
    const byNodes = tracksOf((await client.query({ query: nodes })).data);
    const byEdges = tracksOf((await client.query({ query: edges })).data);
    expect(byEdges.edges.map(({ node }) => node)).toEqual(byNodes.nodes);
    const again = await client.query({ query: nodes, fetchPolicy: "cache-only" });
    expect(tracksOf(again.data)).toEqual(byNodes);
  });

  it("pages by nodes alone", async () => {
    const screen = await show(createClient(facade.url, "GB", session), nodes, {});
    await screen.fetchMore({ variables: { after: tracksOf(screen.data()).pageInfo.endCursor } });
    await eventually(() => expect(tracksOf(screen.data()).nodes).toHaveLength(2));
    const { data } = await facade.query(`{ artist(id: "1") { topTracks(first: 2) { nodes { id title } } } }`);
    expect(tracksOf(screen.data()).nodes).toMatchObject(tracksOf(data).nodes);
  });
});

it("queries that read different parts of one object do not push each other out of the cache", async () => {
  const complaints = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")];
  const client = createClient(facade.url, "GB", session);
  const pairs = [
    [
      'search(query: "pink") { artists(first: 1) { edges { node { id } } } }',
      'search(query: "pink") { tracks(first: 1) { edges { node { id } } } }',
    ],
    [
      'tagged(tags: ["rock"]) { artists(first: 1) { edges { node { id } } } }',
      'tagged(tags: ["rock"]) { newReleases(first: 1) { edges { node { id } } } }',
    ],
    [`viewer { ${idOf("Viewer")} paymentCardsUrl }`, `viewer { ${idOf("Viewer")} locker(first: 1) { totalCount } }`],
    ["storeContext { country }", "storeContext { shopId }"],
    [
      'release(id: "155408") { id price { current { amount } } }',
      'release(id: "155408") { id price { soldAs current { display } rrp { amount } } }',
    ],
    ['release(id: "155408") { id formats { formatId } }', 'release(id: "155408") { id label { name } image { url } }'],
  ] as const;
  for (const pair of pairs) {
    const [first, second] = pair.map((selection) => parse(`{ ${selection} }`));
    if (first === undefined || second === undefined) throw new Error("A pair has two.");
    const asked = await client.query({ query: first });
    await client.query({ query: second });
    expect((await client.query({ query: first, fetchPolicy: "cache-only" })).data).toEqual(asked.data);
  }
  for (const complaint of complaints) expect(complaint).not.toHaveBeenCalled();
  vi.restoreAllMocks();
});
