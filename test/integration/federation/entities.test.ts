/** Entities by their keys, as gateways ask for them, on the subgraph's own surface: what they are, what they cost, and what is wrong with
 *  some of them. */
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { startFacade, type Facade, type GraphError } from "../../support/facade.js";

interface Estimate {
  readonly estimated: number;
  readonly actual: number;
}

interface Answer {
  readonly status: number;
  readonly data?: { readonly _entities: readonly unknown[] } | null;
  readonly errors?: readonly GraphError[];
  readonly extensions?: { readonly upstream?: Estimate };
}

let facade: Facade;

async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  facade = await startFacade({ environment });
}

beforeEach(async () => {
  await start();
});
afterEach(async () => {
  await facade.close();
});

const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
  ... on Artist { artistId name } ... on Release { releaseId title } ... on Track { id title } ... on Tag { tagId count }
  ... on EditorialList { key items(first: 2) { totalCount } } } }`;

async function send(body: object, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
  const answer = await request(facade.url.replace("/graphql", "/subgraph"), {
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-show-upstream": "true", ...headers },
    body: JSON.stringify(body),
  });
  return { status: answer.statusCode, ...((await answer.body.json()) as object) };
}

const find = (representations: readonly object[], selected = query): Promise<Answer> =>
  send({ query: selected, variables: { representations } });

const releases = (count: number): object[] =>
  Array.from({ length: count }, (_, at) => ({ __typename: "Release", releaseId: String(at + 1) }));

describe("an entity", () => {
  it.each([
    [
      { __typename: "Artist", artistId: "1" },
      { __typename: "Artist", artistId: "1", name: "Keane" },
    ],
    [
      { __typename: "Artist", id: "artist:1" },
      { __typename: "Artist", artistId: "1", name: "Keane" },
    ],
    [
      { __typename: "Release", releaseId: "155408" },
      { __typename: "Release", releaseId: "155408", title: "Dreams" },
    ],
    [
      { __typename: "Track", id: "track:1628015:155408" },
      { __typename: "Track", id: "track:1628015:155408", title: expect.any(String) as string },
    ],
    [
      { __typename: "Track", trackId: "1628015", releaseId: 155408 },
      { __typename: "Track", id: "track:1628015:155408", title: expect.any(String) as string },
    ],
    [
      { __typename: "Tag", tagId: "rock" },
      { __typename: "Tag", tagId: "rock", count: 52454 },
    ],
    [
      { __typename: "Tag", id: "tag:rock" },
      { __typename: "Tag", tagId: "rock", count: 52454 },
    ],
    [
      { __typename: "EditorialList", key: "featured_albums" },
      { __typename: "EditorialList", key: "featured_albums", items: { totalCount: expect.any(Number) as number } },
    ],
  ])("is found by %j", async (representation, found) => {
    const { status, data, errors } = await find([representation]);
    expect([status, errors]).toEqual([200, undefined]);
    expect(data).toEqual({ _entities: [found] });
  });

  it("costs nothing where only its keys are selected", async () => {
    const keys = `query ($representations: [_Any!]!) { _entities(representations: $representations) { __typename
      ... on Artist { id artistId } ... on Release { id releaseId } ... on Track { id trackId on: releaseId } ... on Tag { id tagId }
      ... on EditorialList { id key } } }`;
    const asked = [
      { __typename: "Artist", id: "artist:1" },
      { __typename: "Release", releaseId: "155408" },
      { __typename: "Track", trackId: "1628015", releaseId: "155408" },
      { __typename: "Tag", id: "tag:rock" },
      { __typename: "EditorialList", key: "featured_albums" },
    ];
    const { data, extensions } = await find(asked, keys);
    expect(data?._entities).toEqual([
      { __typename: "Artist", id: "artist:1", artistId: "1" },
      { __typename: "Release", id: "release:155408", releaseId: "155408" },
      { __typename: "Track", id: "track:1628015:155408", trackId: "1628015", on: "155408" },
      { __typename: "Tag", id: "tag:rock", tagId: "rock" },
      { __typename: "EditorialList", id: "editorialList:featured_albums", key: "featured_albums" },
    ]);
    expect(extensions?.upstream).toMatchObject({ estimated: 0, actual: 0 });
    expect(facade.calls()).toEqual([]);
  });

  it("costs no call of its own where only its lists are selected", async () => {
    const { data } = await find(
      [{ __typename: "Release", releaseId: "155408" }],
      query.replace("releaseId title", "tracks(first: 1) { totalCount }"),
    );
    expect(data?._entities).toEqual([{ __typename: "Release", tracks: { totalCount: expect.any(Number) as number } }]);
    expect(facade.calls()).toEqual(["release/tracks"]);
  });
});

describe("many entities cost", () => {
  const tracks = (count: number): object[] =>
    Array.from({ length: count }, (_, at) => ({ __typename: "Track", trackId: String(1628015 + at), releaseId: "155408" }));
  const artists = (count: number): object[] =>
    Array.from({ length: count }, (_, at) => ({ __typename: "Artist", id: `artist:${String(at + 1)}` }));

  it.each<[string, readonly object[], number]>([
    ["50 calls for 50 releases", releases(50), 50],
    ["one call for 50 tracks of a release", tracks(50), 1],
    ["five calls for five objects, however often they are asked for", Array.from({ length: 20 }, () => releases(5)).flat(), 5],
    ["the sum of all their types", [...artists(34), ...releases(33), ...tracks(33)], 68],
  ])("%s", async (_, representations, calls) => {
    const { data, extensions } = await find(representations);
    expect(data?._entities).toHaveLength(representations.length);
    expect(extensions?.upstream).toMatchObject({ estimated: calls, actual: calls });
    expect(facade.calls()).toHaveLength(calls);
  });
});

it("50 releases cost one call where details are asked for in batches", async () => {
  await facade.close();
  await start({ SEVENDIGITAL_BATCH_SIZE: "50" });
  const { extensions } = await find(releases(50));
  expect(extensions?.upstream).toMatchObject({ estimated: 1, actual: 1 });
  expect(facade.calls()).toEqual(["release/details/batch"]);
});

describe("with a prefix of type names", () => {
  const prefixed = query.replaceAll(/\.\.\. on (\w+)/g, "... on Music$1");

  beforeEach(async () => {
    await facade.close();
    await start({ SCHEMA_PREFIX: "Music" });
  });

  it("entities are found, and cost the same", async () => {
    const found = await find(
      [
        { __typename: "MusicArtist", artistId: "1" },
        { __typename: "MusicTrack", trackId: "1628015", releaseId: "155408" },
        { __typename: "MusicTrack", trackId: "1628016", releaseId: "155408" },
      ],
      prefixed,
    );
    expect(found.errors).toBeUndefined();
    expect(found.data?._entities[0]).toEqual({ __typename: "MusicArtist", artistId: "1", name: "Keane" });
    expect(found.extensions?.upstream).toMatchObject({ estimated: 2, actual: 2 });
    const { errors } = await find([{ __typename: "Artist", artistId: "1" }], prefixed);
    expect(errors).toMatchObject([{ path: ["_entities", 0], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("look-ahead, interfaces and unions are as without it", async () => {
    const lists = query.replaceAll(/\.\.\. on (\w+)/g, "... on Music$1").replace("releaseId title", "tracks(first: 1) { totalCount }");
    expect((await find([{ __typename: "MusicRelease", releaseId: "155408" }], lists)).errors).toBeUndefined();
    expect(facade.calls()).toEqual(["release/tracks"]);
    const names = '{ editorialList(key: "featured_albums") { items(first: 1) { nodes { content { __typename } } } } }';
    const { data } = (await send({ query: names })) as { data?: unknown };
    expect(data).toEqual({ editorialList: { items: { nodes: [{ content: { __typename: "MusicRelease" } }] } } });
    const mutation =
      'mutation { basketLinesAdd(input: { basketId: "00000000-0000-0000-0000-000000000001", lines: [] }) { userErrors { __typename } } }';
    expect(await send({ query: mutation })).toMatchObject({
      data: { basketLinesAdd: { userErrors: [{ __typename: "MusicInputError" }] } },
    });
  });

  it("all types but scalars, roots and what every subgraph shares have it in the SDL", async () => {
    const { data } = (await send({ query: "{ _service { sdl } }" })) as { data?: unknown };
    const { sdl } = (data as { _service: { sdl: string } })._service;
    const names = [...sdl.matchAll(/^(?:type|interface|union|enum|input) (\w+)/gm)].map(([, name]) => name ?? "");
    expect(names.filter((name) => !name.startsWith("Music")).sort()).toEqual(["Mutation", "Node", "PageInfo", "Query"]);
    expect(sdl).toContain('type MusicRelease implements MusicPurchasable & Node @key(fields: "id") @key(fields: "releaseId")');
    expect(sdl).toContain("type MusicMoney @shareable");
  });
});

describe("what is wrong with one entity is an error in its place", () => {
  it("and null without an error where it does not exist", async () => {
    const { data, errors } = await find([
      { __typename: "Release", releaseId: "99999998" },
      { __typename: "Artist", artistId: "1" },
      { __typename: "Artist", artistId: "no id" },
      { __typename: "Basket", id: "basket:1" },
      { __typename: "Track", trackId: "1628015" },
      { __typename: "Release", id: "155408" },
    ]);
    expect(data?._entities).toEqual([null, { __typename: "Artist", artistId: "1", name: "Keane" }, null, null, null, null]);
    expect(errors?.map(({ path, extensions }) => [path, extensions?.["code"]])).toEqual(
      [2, 3, 4, 5].map((place) => [["_entities", place], "BAD_USER_INPUT"]),
    );
  });

  it("where more are asked for than there may be", async () => {
    await facade.close();
    await start({ LIMIT_REPRESENTATIONS: "3" });
    const { data, errors } = await find([...releases(4), ...releases(2)]);
    expect(data?._entities.map((one) => one !== null)).toEqual([true, true, true, false, true, true]);
    expect(errors).toMatchObject([{ path: ["_entities", 3], extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it("where the calls of the operation are used up", async () => {
    await facade.close();
    await start({ LIMIT_GATEWAY_UPSTREAM_CALLS: "4" });
    const { data, errors } = await find(releases(6));
    expect(data?._entities.filter((one) => one !== null)).toHaveLength(4);
    expect(errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["TOO_MANY_UPSTREAM_CALLS", "TOO_MANY_UPSTREAM_CALLS"]);
    expect(facade.calls()).toHaveLength(4);
  });

  it("but an operation with other fields is rejected before it runs", async () => {
    await facade.close();
    await start({ LIMIT_GATEWAY_UPSTREAM_CALLS: "4" });
    const { status, data, errors } = await send({ query: "{ releaseChart(first: 10) { nodes { tags { nodes { text } } } } }" });
    expect([status, data]).toEqual([200, undefined]);
    expect(errors).toMatchObject([{ extensions: { code: "TOO_MANY_UPSTREAM_CALLS", estimated: 11, limit: 4 } }]);
  });
});

describe("the surface", () => {
  it("answers every operation with HTTP 200, so that gateways pass on its errors", async () => {
    for (const wrong of [
      { query: "{ x }" },
      { query: "{" },
      { variables: [] },
      {},
      { query: "{ artist(id: 1) { name } }", variables: 1 },
    ]) {
      const { status, errors } = await send(wrong);
      expect(status).toBe(200);
      expect(errors?.[0]?.extensions?.["code"]).toMatch(/^[A-Z_]+$/);
    }
  });

  it("has neither node nor nodes nor what is for operators only", async () => {
    const { data } = (await send({ query: "{ _service { sdl } }" })) as { data?: unknown };
    const { sdl } = (data as { _service: { sdl: string } })._service;
    expect(sdl).toBe(readFileSync(new URL("../../../schema/subgraph.graphql", import.meta.url), "utf8"));
    expect(sdl).toContain('extend schema @link(url: "https://specs.apollo.dev/federation/v2.9"');
    expect(sdl).not.toMatch(/^ {2}nodes?\(|Operator servers only|directive @inContext|@upstream|_entities|itemDeliver/m);
  });

  it("wants the gateway's secret in the profile `locked`", async () => {
    await facade.close();
    await start({ PROFILE: "locked", GATEWAY_SECRET: "the-secret-of-the-gateway" });
    expect(await send({ query: "{ __typename }" })).toMatchObject({ status: 401, errors: [{ extensions: { code: "UNAUTHENTICATED" } }] });
    const secret = { "x-7d-gateway-secret": "the-secret-of-the-gateway" };
    expect(await send({ query: "{ __typename }" }, secret)).toMatchObject({ status: 200, data: { __typename: "Query" } });
    const guess = { "x-7d-gateway-secret": "a-guess-of-the-secret-here" };
    expect(await send({ query: "{ __typename }" }, guess)).toMatchObject({ status: 401 });
  });

  it("takes merged operations that are too large for a browser's limits", async () => {
    const aliases = Array.from(
      { length: 150 },
      (_, at) => `a${String(at)}: artist(id: ${String(at + 1)}) { releases(first: 3, offset: 1) { nodes { releaseId } } }`,
    );
    const { data, errors } = await send({ query: `{ ${aliases.join(" ")} }` });
    expect([Object.keys(data ?? {}).length, errors]).toEqual([150, undefined]);
  });
});
