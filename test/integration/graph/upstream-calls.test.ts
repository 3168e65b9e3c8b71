/** How many calls queries cost, counted by the sandbox's own journal: cold, and again once answers are remembered. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeEach(async () => {
  facade = await startFacade();
});

afterEach(async () => {
  await facade.close();
});

/** Runs the query twice and gives the calls of each run. */
async function coldAndWarm(query: string): Promise<{ cold: readonly string[]; warm: readonly string[] }> {
  const first = await facade.query(query);
  expect(first.errors).toBeUndefined();
  const cold = facade.calls();
  const second = await facade.query(query);
  expect(second).toEqual(first);
  return { cold, warm: facade.calls() };
}

function times(count: number, method: string): string[] {
  return new Array<string>(count).fill(method);
}

describe("the fewest calls", () => {
  it("is one for an artist's name", async () => {
    expect(await coldAndWarm(`{ artist(id: "1") { name } }`)).toEqual({ cold: ["artist/details"], warm: [] });
  });

  it("is one for a chart of 50 releases with their artists' names", async () => {
    const query = `{ releaseChart(first: 50) { nodes { title artist { name } } } }`;
    expect(await coldAndWarm(query)).toEqual({ cold: ["release/chart"], warm: [] });
    const { data } = await facade.query<{ releaseChart: { nodes: { title: string; artist: { name: string } }[] } }>(query);
    expect(data.releaseChart.nodes).toHaveLength(50);
    for (const { title, artist } of data.releaseChart.nodes) expect([title, artist.name]).not.toContain(null);
  });

  it("is 51 for a chart of 50 with artist, price and 20 tracks each", async () => {
    const { cold, warm } = await coldAndWarm(`{
      releaseChart(first: 50) {
        nodes { title artist { name } price { current { amount currencyCode } } tracks(first: 20) { nodes { title durationSeconds } } }
      }
    }`);
    expect([...cold].sort()).toEqual(["release/chart", ...times(50, "release/tracks")]);
    expect(warm).toEqual([]);
  });

  it("is one for ten aliases of one release", async () => {
    const aliases = Array.from({ length: 10 }, (_, index) => `r${String(index)}: release(id: "155408") { title label { name } }`);
    expect(await coldAndWarm(`{ ${aliases.join(" ")} }`)).toEqual({ cold: ["release/details"], warm: [] });
  });

  it("is one for a track's release title and artist name", async () => {
    const query = `{ track(id: "12345") { title release { title } artist { name } } }`;
    expect(await coldAndWarm(query)).toEqual({ cold: ["track/details"], warm: [] });
  });

  it("is one for releases 20 to 59 of an artist", async () => {
    const { manyReleases } = irregular.artists;
    const query = `{ artist(id: ${String(manyReleases)}) { releases(offset: 20, first: 40) { nodes { releaseId } } } }`;
    expect(await coldAndWarm(query)).toEqual({ cold: ["artist/releases"], warm: [] });
    const { data } = await facade.query<{ artist: { releases: { nodes: { releaseId: string }[] } } }>(query);
    const listed = createCatalogue().releasesOf(manyReleases, null, { country: "GB", shopId: null }, { offset: 20, limit: 40 });
    expect(listed.items.length).toBeGreaterThan(20);
    expect(data.artist.releases.nodes.map(({ releaseId }) => releaseId)).toEqual(listed.items.map(({ id }) => String(id)));
  });

  it("is one for 32 identical cold queries at once", async () => {
    const answers = await Promise.all(Array.from({ length: 32 }, () => facade.query(`{ artist(id: "1") { name sortName } }`)));
    for (const answer of answers) expect(answer).toEqual({ data: { artist: { name: "Keane", sortName: "Keane" } } });
    expect(facade.calls()).toEqual(["artist/details"]);
  });

  it("asks once for what several fields of an object lack", async () => {
    const query = `{ trackChart(first: 1) { nodes { artist { sortName image { url } biography } } } }`;
    expect(await coldAndWarm(query)).toEqual({ cold: ["track/chart", "artist/details"], warm: [] });
  });
});

describe("tracks by id", () => {
  it("of one release are one release/tracks, whatever their number", async () => {
    const { nodes } = await releaseTracks("155408");
    const query = `query($ids: [ID!]!) { tracksById(ids: $ids) { title isrc number } }`;
    const ids = [...nodes.slice(0, 3).map(({ id }) => id), "track:12345:1302"];
    const answer = await facade.query(query, { ids });
    expect(answer.errors).toBeUndefined();
    expect(answer.data).toMatchObject({
      tracksById: [{ title: "Burning", isrc: "DED620600065", number: 1 }, {}, {}, { title: "I Love You" }],
    });
    expect(facade.calls()).toEqual(["release/tracks"]);
  });

  it("collapse on a cold start too", async () => {
    const { nodes } = await releaseTracks("155408");
    await facade.close();
    facade = await startFacade();
    const ids = nodes.slice(0, 3).map(({ id }) => id);
    await facade.query(`query($ids: [ID!]!) { nodes(ids: $ids) { ... on Track { title } } }`, { ids });
    expect(facade.calls()).toEqual(["release/tracks"]);
  });

  it("are not found on a release that does not list them, whatever 7digital tells of them alone", async () => {
    const query = `{ tracksById(ids: ["track:12345:155408", "track:1628015:155408"]) { title } node(id: "track:12345:155408") { id } }`;
    expect(await facade.query(query)).toEqual({ data: { tracksById: [null, { title: "Burning" }], node: null } });
  });
});

describe("a lookup by id", () => {
  it("costs nothing where only lists below it are wanted", async () => {
    const query = `{ release(id: "155408") { id tracks(first: 1) { nodes { title } } tags { nodes { text } } } }`;
    const { cold } = await coldAndWarm(query);
    expect([...cold].sort()).toEqual(["release/tags", "release/tracks"]);
  });

  it("asks whether the thing exists where nothing but its id is wanted", async () => {
    const answer = await facade.query(`{ release(id: "99999999") { id } artist(id: "1") { id } }`);
    expect(answer).toEqual({ data: { release: null, artist: { id: "artist:1" } } });
    expect([...facade.calls()].sort()).toEqual(["artist/details", "release/details"]);
  });
});

describe("the look-ahead of a lookup", () => {
  it.each([
    [
      "skipped fields",
      `query($no: Boolean = false) { release(id: "99999998") { id tags @include(if: $no) { nodes { text } } } }`,
      { release: null },
    ],
    ["fields of other types", `{ nodes(ids: ["release:99999998"]) { id ... on Artist { tags { nodes { text } } } } }`, { nodes: [null] }],
  ])("is not deceived by %s", async (_, query, data) => {
    expect(await facade.query(query)).toEqual({ data });
  });

  it("saves the call where the only fields of the thing's own belong to another type, or are skipped", async () => {
    await facade.query(
      `{ nodes(ids: ["release:155408"]) { ... on Artist { url } ... on Release { title @skip(if: true) tags { nodes { text } } } } }`,
    );
    expect(facade.calls()).toEqual(["release/tags"]);
  });

  it("asks only in the store whose price is wanted", async () => {
    await facade.query(`{ release(id: "155408") { id price(country: "US") { soldAs } } }`);
    expect(facade.sandbox.journal.entries().map(({ method, params }) => [method, params["country"]])).toEqual([["release/details", "US"]]);
  });
});

describe("what an answer in hand has told", () => {
  it("of a parent is not asked for the children's sake", async () => {
    const query = `{ releaseChart(first: 2) { nodes { title tracks(first: 1) { nodes { title release { releasedAt year } } } } } }`;
    const { cold } = await coldAndWarm(query);
    expect([...cold].sort()).toEqual(["release/chart", "release/tracks", "release/tracks"]);
  });
});

describe("where nothing may be remembered", () => {
  it("an operation still asks for a list only once", async () => {
    await facade.close();
    facade = await startFacade({ environment: { CACHE_MAX_BYTES: "0" } });
    await facade.query(`{ release(id: "155408") { tracks(first: 1) { nodes { release { tracks(first: 2) { nodes { title } } } } } } }`);
    expect(facade.calls()).toEqual(["release/tracks"]);
  });
});

describe("where upstream cuts pages to 50 without saying so", () => {
  beforeEach(async () => {
    await facade.close();
    facade = await startFacade({ sandbox: { maxPageSize: 50 } });
  });

  it("items still stand where they belong", async () => {
    const query = `{ releaseChart(offset: 150, first: 73) { totalCount pageInfo { hasNextPage } edges { cursor position } } }`;
    const { data } = await facade.query<{ releaseChart: { edges: { cursor: string; position: number }[] } }>(query);
    expect(data.releaseChart.edges).toHaveLength(50);
    for (const { cursor, position } of data.releaseChart.edges) expect(cursor).toBe(String(position));
  });

  it("what was remembered of a release's tracks before that showed is still of use", async () => {
    await facade.query(`{ release(id: "155408") { tracks(first: 1) { nodes { title } } } }`);
    await facade.query(`{ releaseChart(first: 100) { nodes { releaseId } } }`);
    facade.calls();
    const query = `{ track(id: "track:1628015:155408") { title } release(id: "155408") { tracks(first: 2) { nodes { title } } } }`;
    expect((await facade.query(query)).errors).toBeUndefined();
    expect(facade.calls()).toEqual([]);
  });

  it("a tag on the first page costs one call", async () => {
    expect(await facade.query(`{ tag(id: "rock") { count } }`)).toEqual({ data: { tag: { count: 52454 } } });
    expect(facade.calls()).toEqual(["tag"]);
  });
});

describe("a tag on the second page of all tags", () => {
  const query = `{ tag(id: "space-ska") { text count } }`;
  const answer = { data: { tag: { text: "space ska", count: 51 } } };
  let forgetful: Facade;

  beforeEach(async () => {
    forgetful = await startFacade({ environment: { CACHE_MAX_BYTES: "0" } });
  });
  afterEach(async () => {
    await forgetful.close();
  });

  it("costs both pages, and one from then on: its page is remembered, even where nothing is cached", async () => {
    const pages: (readonly string[])[] = [];
    for (let time = 0; time < 3; time++) {
      expect(await forgetful.query(query)).toEqual(answer);
      pages.push(forgetful.calls());
    }
    expect(pages).toEqual([times(2, "tag"), ["tag"], ["tag"]]);
  });

  it("is remembered beside one of the first page: both cost as many calls as pages", async () => {
    const both = `{ first: tag(id: "rock") { count } second: tag(id: "space-ska") { count } }`;
    await forgetful.query(both);
    expect(forgetful.calls()).toEqual(times(2, "tag"));
    expect((await forgetful.query(both)).data).toMatchObject({ first: { count: 52454 }, second: { count: 51 } });
    expect(forgetful.calls()).toEqual(times(2, "tag"));
    expect((await forgetful.query(`{ tag(id: "rock") { count } }`)).data).toEqual({ tag: { count: 52454 } });
    expect(forgetful.calls()).toEqual(["tag"]);
  });
});

describe("every window of a release's tracks", () => {
  it("is served by one answer", async () => {
    await facade.query(`{ release(id: "155408") { tracks(first: 3) { nodes { title } } } }`);
    await facade.query(`{ release(id: "155408") { tracks(first: 5, after: "3") { nodes { title } } } }`);
    expect(facade.calls()).toEqual(["release/tracks"]);
  });
});

interface TrackIds {
  readonly nodes: readonly { readonly id: string }[];
}

async function releaseTracks(releaseId: string): Promise<TrackIds> {
  const query = `query($id: ID!) { release(id: $id) { tracks { nodes { id } } } }`;
  const { data } = await facade.query<{ release: { tracks: TrackIds } }>(query, { id: releaseId });
  facade.calls();
  return data.release.tracks;
}
