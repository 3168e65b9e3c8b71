/** When an answer about another id, or another page, than was asked for is accepted, and when it is not. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade();
});

afterEach(() => {
  facade.sandbox.faults.clear();
});

afterAll(() => facade.close());

const badResponse = (path: readonly unknown[], method: string) => [
  { path, extensions: { code: "UPSTREAM_BAD_RESPONSE", sevendigital: { method } } },
];

describe("an answer about another id", () => {
  it.each([
    ["artist", "artist/details", `<artist id="7"><name>Merged</name></artist>`, "name"],
    ["release", "release/details", `<release id="7"><title>Merged</title></release>`, "title"],
  ])("is accepted of an %s, which then has that id", async (kind, method, content, field) => {
    answerWith(facade, method, content);
    expect(await facade.query(`{ of: ${kind}(id: "5") { id ${field} } node(id: "${kind}:5") { id } }`)).toEqual({
      data: { of: { id: `${kind}:7`, [field]: "Merged" }, node: { id: `${kind}:7` } },
    });
  });

  it("is accepted of an editorial list, which then has that key", async () => {
    answerWith(facade, "editorial/list", `<list id="1"><key>new_key</key><listItems/></list>`);
    expect(await facade.query(`{ editorialList(key: "old_key") { id key } }`)).toEqual({
      data: { editorialList: { id: "editorialList:new_key", key: "new_key" } },
    });
  });

  it("is refused of a track, also when it is remembered", async () => {
    const body = `<response status="ok"><track id="7"><title>Another</title><release id="6"/></track></response>`;
    const headers = { "cache-control": "max-age=60" };
    facade.sandbox.faults.add({ method: "track/details", fault: { kind: "status", status: 200, body, contentType: "text/xml", headers } });
    facade.calls();
    for (const calls of [["track/details"], []]) {
      const { data, errors } = await facade.query(`{ track(id: "5") { id title } }`);
      expect(facade.calls()).toEqual(calls);
      expect(data).toEqual({ track: null });
      expect(errors).toMatchObject(badResponse(["track"], "track/details"));
    }
  });

  it("of a track whose release is known leaves it to the release's own list", async () => {
    answerWith(facade, "track/details", `<track id="7"><title>Another</title><release id="6"><title>R</title></release></track>`);
    answerWith(facade, "release/tracks", `<tracks><track id="5"><title>This one</title></track></tracks>`);
    answerWith(facade, "release/details", `<release id="6"><title>R</title></release>`);
    expect(await facade.query(`{ track(id: "track:5:6") { id title release { title } } }`)).toEqual({
      data: { track: { id: "track:5:6", title: "This one", release: { title: "R" } } },
    });
  });

  it("is refused of a basket", async () => {
    const [asked, other] = ["11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"];
    answerWith(facade, "basket", `<basket id="${other}"><itemCount>0</itemCount></basket>`);
    const { data, errors } = await facade.query(`{ basket(id: "${asked}") { basketId } }`);
    expect(data).toEqual({ basket: null });
    expect(errors).toMatchObject(badResponse(["basket"], "basket"));
  });

  it("is none where only the case of a basket's id differs", async () => {
    const id = "abcdef11-2222-3333-4444-555555555555";
    answerWith(facade, "basket", `<basket id="${id.toUpperCase()}"><itemCount>0</itemCount></basket>`);
    expect(await facade.query(`{ basket(id: "${id}") { itemCount } }`)).toEqual({ data: { basket: { itemCount: 0 } } });
  });

  it("makes what became of a change to a basket unclear", async () => {
    const [asked, other] = ["11111111-2222-3333-4444-555555555555", "99999999-2222-3333-4444-555555555555"];
    answerWith(facade, "basket/addItem", `<basket id="${other}"><itemCount>1</itemCount></basket>`);
    answerWith(facade, "basket", `<basket id="${asked}"><itemCount>0</itemCount></basket>`);
    const add = `mutation { basketLinesAdd(input: { basketId: "${asked}", lines: [{ itemId: "release:1" }] }) { basket { basketId } userErrors { code } } }`;
    expect(await facade.query(add)).toEqual({
      data: { basketLinesAdd: { basket: { basketId: asked }, userErrors: [{ code: "OUTCOME_UNKNOWN" }] } },
    });
  });
});

describe("another page than was asked for", () => {
  const paging = "<page>1</page><pageSize>3</pageSize><totalItems>25</totalItems>";
  const release = (id: number) => `<release id="${String(id)}"><title>R</title></release>`;
  const wrapped = (name: string) => [1, 2, 3].map((id) => `<${name}>${release(id)}</${name}>`).join("");
  const releases = [1, 2, 3].map(release).join("");
  const window = "(first: 3, offset: 12) { edges { cursor node { id } } }";
  it.each([
    ["artist/releases", `<releases>${paging}${releases}</releases>`, `artist(id: "1") { of: releases${window} }`, ["list", "of"]],
    [
      "release/search",
      `<searchResults>${paging}${wrapped("searchResult")}</searchResults>`,
      `search(query: "x") { of: releases${window} }`,
      ["list", "of"],
    ],
    [
      "release/bytag/top",
      `<taggedResults>${paging}${wrapped("taggedItem")}</taggedResults>`,
      `tagged(tags: ["rock"]) { of: topReleases${window} }`,
      ["list", "of"],
    ],
    ["release/chart", `<chart>${paging}${wrapped("chartItem")}</chart>`, `releaseChart${window}`, ["list"]],
    [
      "release/recommend",
      `<recommendations>${paging}${wrapped("recommendedItem")}</recommendations>`,
      `release(id: "1") { of: recommendedReleases${window} }`,
      ["list", "of"],
    ],
    ["release/bydate", `<releases>${paging}${releases}</releases>`, `newReleases${window}`, ["list"]],
  ])("is an error of that list: %s", async (method, content, query, path) => {
    answerWith(facade, method, content);
    const { data, errors } = await facade.query<{ list: { of?: null } | null }>(`{ list: ${query} }`);
    expect(path.length === 1 ? data.list : data.list?.of).toBeNull();
    expect(errors).toMatchObject(badResponse(path, method));
  });

  it("costs nothing else in the operation", async () => {
    answerWith(facade, "artist/releases", `<releases>${paging}${releases}</releases>`);
    answerWith(facade, "artist/details", `<artist id="1"><name>Keane</name></artist>`);
    const { data } = await facade.query(`{ artist(id: "1") { name releases${window} first: releases(first: 3) { nodes { id } } } }`);
    expect(data).toEqual({
      artist: { name: "Keane", releases: null, first: { nodes: [{ id: "release:1" }, { id: "release:2" }, { id: "release:3" }] } },
    });
  });
});
