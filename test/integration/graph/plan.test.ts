/** The bound on an operation's calls, worked out before it runs: the numbers are counted by hand from the schema's @upstream. */
import { getOperationAST, Kind, parse, type FragmentDefinitionNode } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { request } from "undici";
import { createPlanner } from "../../../src/operation/plan/plan.js";
import { schema } from "../../../src/app/schema.js";
import { startFacade, type Facade } from "../../support/facade.js";

function callsOf(source: string, variables: Record<string, unknown> = {}, largest = 500): number {
  const document = parse(source);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  const fragments = Object.fromEntries(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const pageSizes = { catalogue: { value: largest }, locker: { value: largest } };
  return createPlanner(schema)({ operation, fragments, variables, pageSizes, pageOf: () => undefined, store: { country: "GB" } }).calls;
}

it("counts a field with personal data under each of its names, and does not read the data", () => {
  const unreadable = new Proxy(
    {},
    { get: () => expect.fail("read"), has: () => expect.fail("read"), getOwnPropertyDescriptor: () => expect.fail("read") },
  );
  const query = "query ($ip: String!) { ipLocation(ipAddress: $ip) { country checkoutAllowed } b: ipLocation(ipAddress: $ip) { country } }";
  expect(callsOf(query, unreadable)).toBe(2 + 1);
});

describe("an operation costs at most", () => {
  it.each([
    ["nothing for what needs no call", "{ __typename storeContext { country } upstreamQuota { used } }", 0],
    ["one call for one thing", "{ artist(id: 1) { name sortName biography } }", 1],
    ["one call for one thing under many names", '{ a: artist(id: 1) { name } b: artist(id: "artist:1") { sortName } }', 1],
    ["nothing for the thing itself where only its lists are wanted", "{ artist(id: 1) { id releases(first: 5) { nodes { title } } } }", 1],
    [
      "the calls of its children for a list",
      "{ releaseChart(first: 50) { nodes { title price { soldAs } tracks(first: 20) { nodes { title } } } } }",
      51,
    ],
    [
      "the product for lists in lists",
      "{ artist(id: 1) { releases(first: 5) { nodes { tracks(first: 4) { nodes { clipIfAvailable } } } } } }",
      1 + 5 + 5 * 4,
    ],
    [
      "one call an item for what the list does not tell",
      "{ releaseChart(first: 7) { nodes { trackCount durationSeconds label { name } } } }",
      1 + 7,
    ],
    ["one call for nodes and edges of one list", "{ trackChart(first: 3) { nodes { isrc } edges { position node { explicit } } } }", 1 + 3],
    ["one call for all texts of editors about a release, whose details are not needed", "{ release(id: 1) { review promotionalText } }", 1],
    [
      "one call for one list of a shop, under its ID, too",
      '{ merchandisingList(key: "a") { key } node(id: "merchandisingList:a") { id } }',
      1,
    ],
    [
      "one call for a page, and one for the details of what it is about",
      '{ artistByUrl(url: "https://a.test/artist/b") { id name } }',
      1 + 1,
    ],
    [
      "one call for all ids that are matched, and one for the details of each",
      '{ artistMatches(ids: ["1", "2", "artist:1"]) { artist { id name } musicBrainzIds } trackMatches(ids: ["1"]) { musicBrainzIds } }',
      1 + 2 + 1,
    ],
    ["nothing for ids that are none", '{ artistMatches(ids: ["release:1"]) { artist { name } } trackMatches(ids: []) { otherIds } }', 0],
    ["one answer for all tags", "{ releaseChart(first: 5) { nodes { tags(first: 3) { nodes { count } } } } }", 1 + 5 + 2],
    ["one call for the tracks of one release by their ids", '{ tracksById(ids: ["track:1:2", "track:3:2", "track:4:2"]) { title } }', 1],
    [
      "one call for one on its release, also where the release is wanted, as lists of tracks include it",
      '{ track(id: "track:1:2") { title } other: track(id: "track:3:4") { release { title image { url } } } }',
      1 + 1,
    ],
    [
      "one call for the release of tracks that share it, for what the list of tracks leaves out of it",
      '{ tracksById(ids: ["track:1:2", "track:3:2"]) { release { trackCount } } release(id: 2) { trackCount } }',
      1 + 1,
    ],
    [
      "one call for a list of tracks and for what it leaves out of them: the same list has it, or nothing does",
      '{ release(id: 2) { tracks(first: 5) { nodes { formats { formatId } } } } track(id: "track:1:2") { title } }',
      1,
    ],
    [
      "one call in another store for the tracks of one release",
      '{ tracksById(ids: ["track:1:2", "track:3:2"]) { title price(country: JP) { soldAs } } }',
      1 + 1,
    ],
    [
      "nothing for the cover of a track where its release is included, and one call for a track of a basket or an editorial list",
      '{ trackChart(first: 3) { nodes { image { url } } } editorialList(key: "a") { items(first: 2) { nodes { content { ... on Track { image { url } } } } } } }',
      1 + 1 + 2,
    ],
    [
      "nothing for the cover of an owned track: its release is in the locker",
      "{ viewer { locker(first: 3) { nodes { tracks { nodes { track { image { url } } } } } } } }",
      1,
    ],
    ["nothing for the operation's own store", '{ releaseChart(first: 4) { nodes { price(country: "GB") { soldAs } } } }', 1],
    [
      "one call for one store, however it is named",
      "{ release(id: 2) { a: price(shopId: 34) { soldAs } b: price(country: JP, shopId: 34) { soldAs } } }",
      1,
    ],
    [
      "what each of several things costs, where some of them need no look-up",
      '{ tracksById(ids: ["track:1:2", "3"]) { clipIfAvailable } }',
      1 + 2,
    ],
    ["one for one without its release", '{ track(id: "1") { title release { title } } }', 1],
    [
      "one for each of several things",
      '{ nodes(ids: ["artist:1", "release:2", "release:3", "artist:1"]) { ... on Artist { name } ... on Release { title } } }',
      3,
    ],
    ["what another store costs besides", "{ release(id: 2) { price { soldAs } us: price(country: US) { soldAs } } }", 2],
    [
      "what the dearest type costs where several are possible",
      '{ editorialList(key: "a") { items(first: 4) { nodes { content { ... on Release { title label { name } } ... on Track { isrc clipIfAvailable } } } } } }',
      1 + 4 * 2,
    ],
    [
      "a call a line, and a look after each",
      'mutation { basketLinesAdd(input: { basketId: "GB:00000000-0000-0000-0000-000000000000", lines: [{ itemId: "release:1" }, { itemId: "release:2" }] }) { basket { itemCount } } }',
      4,
    ],
    [
      "one call for the tracks of one locker release that tell too little",
      "{ viewer { locker(first: 3) { nodes { tracks { nodes { track { explicit } } } } } } }",
      1 + 3,
    ],
  ])("%s", (_, source, calls) => {
    expect(callsOf(source)).toBe(calls);
  });

  it("what things of the dearest type cost, and what the others share beside", () => {
    const content = "... on Release { label { name } } ... on Artist { tags(first: 1) { nodes { count } } }";
    expect(callsOf(`{ editorialList(key: "a") { items(first: 2) { nodes { content { ${content} } } } } }`)).toBe(1 + 2 + 2);
  });

  it("what its variables make of it", () => {
    const source =
      "query ($first: Int!, $deep: Boolean!) { releaseChart(first: $first) { nodes { label { name } ...Deep @include(if: $deep) } } } fragment Deep on Release { tags { nodes { text } } }";
    expect(callsOf(source, { first: 2, deep: false })).toBe(1 + 2);
    expect(callsOf(source, { first: 2, deep: true })).toBe(1 + 2 + 2);
    expect(callsOf(source, { first: 60, deep: true })).toBe(1 + 60 + 60);
  });

  it("the pages that its windows need", () => {
    expect(callsOf("{ releaseChart(first: 100) { nodes { title } } }")).toBe(1);
    expect(callsOf("{ releaseChart(first: 100, offset: 450) { nodes { title } } }")).toBe(1);
    expect(callsOf("{ releaseChart(first: 100) { nodes { title } } }", {}, 50)).toBe(2);
    expect(callsOf('{ releaseChart(first: 60, after: "25") { nodes { title } } }', {}, 50)).toBe(2);
    expect(callsOf('{ tag(id: "rock") { text } }', {}, 50)).toBe(20);
  });
});

describe("what is done twice", () => {
  it("costs twice as much, though it is written alike", () => {
    expect(callsOf("mutation { a: basketCreate { basket { id } } b: basketCreate { basket { id } } }")).toBe(2);
  });
});

describe("what is asked twice", () => {
  it("of a basket or of 7digital's clock is one call, as foreseen", async () => {
    const facade = await startFacade();
    const { data } = await facade.query<{ basketCreate: { basket: { id: string } } }>("mutation { basketCreate { basket { id } } }");
    facade.calls();
    const { id } = data.basketCreate.basket;
    const query = `query ($id: ID!) { a: basket(id: $id) { id } b: basket(id: $id) { itemCount } nodes(ids: [$id, $id]) { id } c: upstreamTime d: upstreamTime }`;
    expect((await facade.query(query, { id })).errors).toBeUndefined();
    expect([...facade.calls()].sort()).toEqual(["basket", "status"]);
    await facade.close();
  });
});

describe("an operation that may cost too much", () => {
  let facade: Facade;
  beforeAll(async () => {
    facade = await startFacade();
  });
  afterAll(() => facade.close());

  async function ask(query: string, variables?: object) {
    const { statusCode, body } = await request(facade.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query, variables }),
    });
    return { statusCode, answer: await body.json() };
  }

  it("is refused with the number, and nothing is called", async () => {
    const { statusCode, answer } = await ask(
      "{ releaseChart(first: 100) { nodes { tags { nodes { text } } recommendedReleases { totalCount } } } }",
    );
    expect(statusCode).toBe(400);
    expect(answer).toMatchObject({ errors: [{ extensions: { code: "TOO_MANY_UPSTREAM_CALLS", estimated: 201, limit: 125 } }] });
    expect(answer).not.toHaveProperty("data");
    expect(facade.calls()).toEqual([]);
  });

  it("A23: is refused by its variables every time, whatever the same document cost before", async () => {
    const query =
      "query ($first: Int!) { releaseChart(first: $first) { nodes { tags { nodes { text } } recommendedReleases { totalCount } } } }";
    for (const [first, status] of [
      [1, 200],
      [100, 400],
      [1, 200],
      [100, 400],
    ] as const) {
      expect((await ask(query, { first })).statusCode).toBe(status);
    }
  });
});
