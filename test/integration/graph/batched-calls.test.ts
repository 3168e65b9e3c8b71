/** How many calls operations cost where details are asked for in batches, by the sandbox's own journal, and how many were planned. */
import { afterEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { startFacade, type Facade, type GraphError } from "../../support/facade.js";

let facade: Facade;

afterEach(async () => {
  await facade.close();
});

async function start(environment: Readonly<Record<string, string>> = {}): Promise<void> {
  facade = await startFacade({ environment: { SEVENDIGITAL_BATCH_SIZE: "50", ...environment } });
}

interface Data {
  readonly releasesById: readonly (object | null)[];
  readonly tracksById: readonly (object | null)[];
  readonly trackChart: { readonly nodes: readonly { readonly id: string; readonly releaseId: string }[] };
}

interface Shown {
  readonly data: Data;
  readonly errors?: readonly GraphError[];
  readonly extensions: { readonly upstream: { readonly estimated: number; readonly actual: number; readonly estimatedByMethod: object } };
}

/** Runs it, and gives the calls that were planned and those that were made. */
async function costOf(query: string, variables: object = {}) {
  facade.calls();
  const { body } = await request(facade.url, {
    method: "POST",
    headers: { "content-type": "application/json", "x-7d-show-upstream": "true" },
    body: JSON.stringify({ query, variables }),
  });
  const { data, errors = [], extensions } = (await body.json()) as Shown;
  const { estimated, estimatedByMethod } = extensions.upstream;
  return { data, errors, calls: facade.calls(), estimated, estimatedByMethod };
}

function ids(count: number, from = 2000): string[] {
  return Array.from({ length: count }, (_, index) => String(from + index));
}

const releasesById = "query($ids: [ID!]!) { releasesById(ids: $ids) { title } }";
const tracksById = "query($ids: [ID!]!) { tracksById(ids: $ids) { title } }";

describe("batches of 50", () => {
  it("release/details/batch: 50 releases by their IDs are one call, and none when they are repeated", async () => {
    await start();
    const { data, calls, estimated, estimatedByMethod } = await costOf(releasesById, { ids: ids(50) });
    expect([calls, estimated, estimatedByMethod]).toEqual([["release/details/batch"], 1, { "release/details/batch": 1 }]);
    expect(data.releasesById.filter((release) => release).length).toBeGreaterThan(45);
    expect((await costOf(releasesById, { ids: ids(50) })).calls).toEqual([]);
  });

  it("are three for 120 releases of two fields", async () => {
    await start();
    const query = "query($a: [ID!]!, $b: [ID!]!) { a: releasesById(ids: $a) { title } b: releasesById(ids: $b) { title trackCount } }";
    const { calls, estimated } = await costOf(query, { a: ids(100), b: ids(30, 2090) });
    expect([calls, estimated]).toEqual([new Array(3).fill("release/details/batch"), 3]);
  });

  it("leave one release that does not fill a batch to its own method", async () => {
    await start();
    const { calls, estimatedByMethod } = await costOf("query($a: [ID!]!) { a: releasesById(ids: $a) { title } }", { a: ids(51) });
    expect([calls, estimatedByMethod]).toEqual([
      ["release/details/batch", "release/details"],
      { "release/details/batch": 1, "release/details": 1 },
    ]);
  });

  it("have all that a chart of 50 leaves out in one call", async () => {
    await start();
    const { calls, estimated } = await costOf("{ releaseChart(first: 50) { nodes { title trackCount label { name } } } }");
    expect([calls, estimated]).toEqual([["release/chart", "release/details/batch"], 2]);
  });

  it("are made for each list that comes at its own time, and once for a release in several places", async () => {
    await start();
    const query = `{ artist(id: 1) { name releases(first: 4) { nodes { releaseId trackCount again: trackCount tracks(first: 1) { nodes {
      release { trackCount } } } } } } }`;
    const { calls, estimated } = await costOf(query);
    expect([calls.filter((method) => method.includes("details")), estimated]).toEqual([
      ["artist/details", "release/details/batch"],
      1 + 1 + 1 + 4,
    ]);
  });

  it("track/details/batch: 50 tracks by their IDs are one call", async () => {
    await start();
    const { calls, estimated } = await costOf(tracksById, { ids: ids(50, 20_000) });
    expect([calls, estimated]).toEqual([["track/details/batch"], 1]);
  });

  it("find tracks of many releases in one call, and plan the lists of these, which a wrong pair may need", async () => {
    await start();
    const chart = await costOf("{ trackChart(first: 50) { nodes { id releaseId } } }");
    const { nodes } = chart.data.trackChart;
    await facade.close();
    await start();
    const { data, calls, estimated } = await costOf(tracksById, { ids: nodes.map(({ id }) => id) });
    expect([calls, estimated]).toEqual([["track/details/batch"], 1 + new Set(nodes.map(({ releaseId }) => releaseId)).size]);
    expect(data.tracksById).not.toContain(null);
    const wrong = await costOf(tracksById, { ids: ["track:20000:1302", "track:20013:155408"] });
    expect(wrong.data).toEqual({ tracksById: [null, null] });
    expect([[...wrong.calls].sort(), wrong.estimated]).toEqual([["release/tracks", "release/tracks", "track/details/batch"], 1 + 2]);
  });

  it("are not made for tracks of one release, nor for one track: its list leaves no doubt", async () => {
    await start();
    const { calls, estimated } = await costOf(tracksById, { ids: ["track:1628015:155408", "track:889:155408"] });
    expect([calls, estimated]).toEqual([["release/tracks"], 1]);
    const alone = await costOf(tracksById, { ids: ["track:12345:1302"] });
    expect([alone.calls, alone.estimated]).toEqual([["release/tracks"], 1]);
  });

  it("have all that a chart of tracks leaves out in one call", async () => {
    await start();
    const { calls, estimated } = await costOf("{ trackChart(first: 50) { nodes { isrc formats { formatId } } } }");
    expect([calls, estimated]).toEqual([["track/chart", "track/details/batch"], 2]);
  });

  it("ask for prices in another store apart", async () => {
    await start();
    const { calls, estimated } = await costOf('{ releaseChart(first: 20) { nodes { trackCount price(country: "US") { soldAs } } } }');
    expect([calls, estimated]).toEqual([["release/chart", "release/details/batch", "release/details/batch"], 3]);
  });
});

describe("an item of a batch", () => {
  it("that does not exist is null, and one that is not sold here fails alone", async () => {
    await start();
    const query = 'query($ids: [ID!]!) @inContext(country: "DE") { releasesById(ids: $ids) { title } }';
    const { data, errors, calls } = await costOf(query, { ids: ["155408", "999999999", "2118", "1302"] });
    expect(data).toEqual({ releasesById: [{ title: "Dreams" }, null, null, { title: expect.any(String) as string }] });
    expect(errors.map(({ path, extensions }) => [path, extensions?.["code"], extensions?.["store"], extensions?.["sevendigital"]])).toEqual(
      [
        [
          ["releasesById", 2],
          "NOT_AVAILABLE_IN_COUNTRY",
          { country: "DE" },
          { method: "release/details/batch", code: 2002, message: "Release is not available in this country / shop" },
        ],
      ],
    );
    expect(calls).toEqual(["release/details/batch"]);
  });

  it("is remembered for lookups of one, and the other way round, as are the ones that do not exist", async () => {
    await start();
    await costOf('{ release(id: "155408") { title } missing: release(id: "999999998") { title } }');
    const query = '{ releasesById(ids: ["155408", "1302", "999999998", "999999999", "2009"]) { title } }';
    const { data, calls } = await costOf(query);
    expect(data.releasesById.map((release) => release !== null)).toEqual([true, true, false, false, true]);
    expect(calls).toEqual(["release/details/batch"]);
    const again = '{ a: release(id: "1302") { title } b: release(id: "999999999") { title } c: node(id: "release:2009") { id } }';
    expect((await costOf(again)).calls).toEqual([]);
  });

  it("is left out of the call where it is remembered", async () => {
    await start();
    await facade.query('{ releasesById(ids: ["155408", "1302"]) { title } }');
    facade.calls();
    await facade.query('{ releasesById(ids: ["155408", "2007", "1302", "2009"]) { title } }');
    expect(facade.sandbox.journal.entries().map(({ method, params }) => [method, params["releaseids"], params["showErrors"]])).toEqual([
      ["release/details/batch", "2007,2009", "true"],
    ]);
  });

  it("is asked for in the store of the operation", async () => {
    await start();
    await facade.query('query @inContext(shopId: "1064") { releasesById(ids: ["155408", "1302"]) { title } }');
    await facade.query('query @inContext(country: "DE") { releasesById(ids: ["155408", "1302"]) { title } }');
    expect(facade.sandbox.journal.entries().map(({ params }) => [params["shopId"], params["country"]])).toEqual([
      ["1064", undefined],
      [undefined, "DE"],
    ]);
  });

  it("is the odd release that it is alone", async () => {
    await start();
    const { data, errors } = await costOf('{ releasesById(ids: ["155408", "990000001"]) { title year } }');
    expect(data).toEqual({
      releasesById: [
        { title: "Dreams", year: 2007 },
        { title: "Dreams", year: null },
      ],
    });
    expect(errors.map(({ path, extensions }) => [path, extensions?.["code"]])).toEqual([
      [["releasesById", 1, "year"], "UPSTREAM_BAD_RESPONSE"],
    ]);
  });
});

describe("a batch", () => {
  it("is one for two operations at once that need the same items", async () => {
    await start();
    facade.sandbox.faults.add({ method: "release/details/batch", fault: { kind: "delay", ms: 50 } });
    const [one, other] = await Promise.all([
      facade.query(releasesById, { ids: ids(30) }),
      facade.query(releasesById, { ids: ids(30).reverse() }),
    ]);
    expect(facade.calls()).toEqual(["release/details/batch"]);
    const titles = (answer: { data: unknown }) => (answer.data as Data).releasesById;
    expect(titles(other)).toEqual([...titles(one)].reverse());
  });

  it("that fails is one error for all of its items, and the rest of the operation is there", async () => {
    await start();
    facade.sandbox.faults.add({ method: "release/details/batch", fault: { kind: "status", status: 503 } });
    const { data, errors, calls } = await costOf('{ a: releasesById(ids: ["155408", "1302"]) { title } artist(id: "1") { name } }');
    expect(data).toEqual({ a: [null, null], artist: { name: "Keane" } });
    expect(errors.map(({ path, extensions }) => [path, extensions?.["code"], extensions?.["alsoNulled"]])).toEqual([
      [["a", 0], "UPSTREAM_UNAVAILABLE", [["a", 1]]],
    ]);
    // It is sent once more.
    expect([...calls].sort()).toEqual(["artist/details", "release/details/batch", "release/details/batch"]);
    expect(await facade.query('{ release(id: "155408") { title } }')).toEqual({ data: { release: { title: "Dreams" } } });
  });

  it("is counted as the method that it is", async () => {
    await start();
    await facade.query(releasesById, { ids: ids(3) });
    expect(await facade.metrics()).toMatch(/sevendigital_graphql_upstream_calls_total\{[^}]*method="release\/details\/batch"[^}]*\} 1\n/);
  });

  it.each(["release", "track"])("finds %ss through `nodes`, in the order of their IDs", async (kind) => {
    await start();
    const { data, calls } = await costOf(`{ nodes(ids: ["${kind}:20000", "${kind}:999999999", "${kind}:20001"]) { id } }`);
    const found = (data as unknown as { nodes: readonly ({ id: string } | null)[] }).nodes.map((node) => node?.id.split(":")[1]);
    expect([found, calls]).toEqual([["20000", undefined, "20001"], [`${kind}/details/batch`]]);
  });
});

describe("limits", () => {
  it("on the calls of an operation count batches, not items", async () => {
    await start({ LIMIT_UPSTREAM_CALLS: "2" });
    const many = await costOf(releasesById, { ids: ids(100) });
    expect([many.errors.filter(({ extensions }) => extensions?.["code"] !== "NOT_AVAILABLE_IN_COUNTRY"), many.calls.length]).toEqual([
      [],
      2,
    ]);
    const more = await facade.query(`{ a: releasesById(ids: ${JSON.stringify(ids(100))}) { title } b: release(id: "9009") { title } }`);
    expect(more.errors?.map(({ extensions }) => [extensions?.["code"], extensions?.["estimated"]])).toEqual([
      ["TOO_MANY_UPSTREAM_CALLS", 3],
    ]);
  });
});

describe("without batches", () => {
  it.each(["0", "1"])("details cost a call each (SEVENDIGITAL_BATCH_SIZE=%s)", async (size) => {
    await start({ SEVENDIGITAL_BATCH_SIZE: size });
    const { calls, estimated } = await costOf(releasesById, { ids: ids(5) });
    expect([calls, estimated]).toEqual([new Array(5).fill("release/details"), 5]);
  });
});
