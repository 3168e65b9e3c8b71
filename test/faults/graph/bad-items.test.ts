/** One item that cannot be read costs that item: the others keep their own places, and what comes after the page can still be reached. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

const demoUser = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true" } });
});

afterEach(() => {
  facade.sandbox.faults.clear();
});

afterAll(() => facade.close());

const nil = `xsi:nil="true"`;
const paging = (total: number, page = 1, pageSize = 10) =>
  `<page>${String(page)}</page><pageSize>${String(pageSize)}</pageSize><totalItems>${String(total)}</totalItems>`;

interface List {
  readonly method: string;
  /** Selects `edges { cursor node { id } }`, given the paging arguments. */
  readonly query: (args: string) => string;
  readonly list: (items: string) => string;
  readonly item: (id: number) => string;
  readonly id: (id: number) => string;
  /** Ways in which the second item can be of no use. */
  readonly bad: readonly string[];
}

const edges = "edges { cursor node { id } } pageInfo { hasNextPage endCursor startCursor } totalCount";
const release = (id: number) => `<release id="${String(id)}"><title>R${String(id)}</title></release>`;
const artist = (id: number) => `<artist id="${String(id)}"><name>A${String(id)}</name></artist>`;
const track = (id: number) => `<track id="${String(id)}"><title>T${String(id)}</title></track>`;
const inside = (name: string, content: string) => `<${name}>${content}</${name}>`;
const badOnes = (name: string) => [
  `<${name} ${nil}/>`,
  `<${name}/>`,
  `<${name}>text</${name}>`,
  `<${name} id=" "><name>N</name></${name}>`,
];
const badIn = (outer: string, name: string) => [...badOnes(name).map((bad) => inside(outer, bad)), `<${outer} ${nil}/>`, `<${outer}/>`];

interface Named {
  readonly method: string;
  readonly query: (args: string) => string;
  readonly list: string;
}

function plain(kind: "artist" | "release" | "track", { method, query, list }: Named): List {
  const item = { artist, release, track }[kind];
  return { method, query, list: (items) => inside(list, items), item, id: (id) => `${kind}:${String(id)}`, bad: badOnes(kind) };
}

function wrapped(kind: "artist" | "release" | "track", outer: string, named: Named): List {
  const bare = plain(kind, named);
  return { ...bare, item: (id) => inside(outer, bare.item(id)), bad: badIn(outer, kind) };
}

const ofArtist = (field: string) => (args: string) => `{ list: artist(id: "1") { of: ${field}(${args}) { ${edges} } } }`;
const ofRelease = (field: string) => (args: string) => `{ list: release(id: "1") { of: ${field}(${args}) { ${edges} } } }`;
const found = (field: string) => (args: string) => `{ list: search(query: "x") { of: ${field}(${args}) { ${edges} } } }`;
const tagged = (field: string) => (args: string) => `{ list: tagged(tags: ["rock"]) { of: ${field}(${args}) { ${edges} } } }`;
const alone = (field: string) => (args: string) => `{ of: ${field.replace("$", args)} { ${edges} } }`;

const lists: readonly List[] = [
  plain("release", { method: "artist/releases", query: ofArtist("releases"), list: "releases" }),
  plain("track", { method: "artist/toptracks", query: ofArtist("topTracks"), list: "tracks" }),
  plain("artist", { method: "artist/similar", query: ofArtist("similarArtists"), list: "artists" }),
  wrapped("release", "recommendedItem", { method: "release/recommend", query: ofArtist("recommendedReleases"), list: "recommendations" }),
  wrapped("release", "recommendedItem", { method: "release/recommend", query: ofRelease("recommendedReleases"), list: "recommendations" }),
  { ...plain("track", { method: "release/tracks", query: ofRelease("tracks"), list: "tracks" }), id: (id) => `track:${String(id)}:1` },
  wrapped("artist", "searchResult", { method: "artist/search", query: found("artists"), list: "searchResults" }),
  wrapped("release", "searchResult", { method: "release/search", query: found("releases"), list: "searchResults" }),
  wrapped("track", "searchResult", { method: "track/search", query: found("tracks"), list: "searchResults" }),
  wrapped("artist", "taggedItem", { method: "artist/bytag/top", query: tagged("artists"), list: "taggedResults" }),
  wrapped("release", "taggedItem", { method: "release/bytag/top", query: tagged("topReleases"), list: "taggedResults" }),
  wrapped("release", "taggedItem", { method: "release/bytag/new", query: tagged("newReleases"), list: "taggedResults" }),
  wrapped("artist", "chartItem", { method: "artist/chart", query: alone("artistChart($)"), list: "chart" }),
  wrapped("release", "chartItem", { method: "release/chart", query: alone("releaseChart($)"), list: "chart" }),
  wrapped("track", "chartItem", { method: "track/chart", query: alone("trackChart($)"), list: "chart" }),
  plain("artist", { method: "artist/browse", query: alone('artists(startingWith: "a", $)'), list: "artists" }),
  plain("release", { method: "release/bydate", query: alone("newReleases($)"), list: "releases" }),
  {
    method: "tag",
    query: alone("tags($)"),
    list: (items) => inside("tags", items),
    item: (id) => `<tag id="t${String(id)}"><text>t</text></tag>`,
    id: (id) => `tag:t${String(id)}`,
    bad: badOnes("tag"),
  },
];

interface Window {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null; readonly startCursor: string | null };
  readonly totalCount: number | null;
}

async function windowOf({ query }: List, args: string): Promise<Window> {
  const { data, errors } = await facade.query<{ of?: Window; list?: { of: Window } }>(query(args));
  expect(errors).toBeUndefined();
  const window = data.of ?? data.list?.of;
  if (window === undefined) throw new Error("There is no list.");
  return window;
}

describe.each(lists.flatMap((list) => list.bad.map((bad) => ({ ...list, bad }))))("$method with $bad", ({ bad, ...rest }) => {
  const list = { ...rest, bad: [bad] };
  it("keeps the other items in their places", async () => {
    const { item, id } = list;
    answerWith(facade, list.method, list.list(`${paging(23)}${item(11)}${bad}${item(13)}`));
    expect(await windowOf(list, "first: 10")).toEqual({
      edges: [
        { cursor: "1", node: { id: id(11) } },
        { cursor: "3", node: { id: id(13) } },
      ],
      pageInfo: { hasNextPage: true, startCursor: "1", endCursor: "3" },
      totalCount: 23,
    });
  });
});

describe.each(lists)("$method", (list) => {
  it("is empty where it is an empty or a nil element", async () => {
    const name = /^<(\w+)/.exec(list.list(""))?.[1] ?? "";
    for (const none of [`<${name}/>`, `<${name} ${nil}/>`]) {
      facade.sandbox.faults.clear();
      answerWith(facade, list.method, none);
      expect(await windowOf(list, "first: 10")).toEqual({
        edges: [],
        pageInfo: { hasNextPage: false, startCursor: null, endCursor: null },
        totalCount: null,
      });
    }
  });

  it("goes on behind a page of which nothing can be read", async () => {
    const [bad = ""] = list.bad;
    answerWith(facade, list.method, list.list(`${paging(23, 1, 2)}${bad}${bad}`));
    expect(await windowOf(list, "first: 2")).toEqual({
      edges: [],
      pageInfo: { hasNextPage: true, startCursor: null, endCursor: "2" },
      totalCount: 23,
    });
  });
});

describe("a chart", () => {
  const entry = (position: string, id: number) => `<chartItem><position>${position}</position>${release(id)}</chartItem>`;
  async function positions(second: string) {
    facade.sandbox.faults.clear();
    answerWith(facade, "release/chart", `<chart>${paging(3)}${entry("1", 1)}${second}${entry("3", 3)}</chart>`);
    const { data, errors } = await facade.query<{ releaseChart: { edges: readonly { position: number; node: { id: string } }[] } }>(
      "{ releaseChart { edges { position node { id } } } }",
    );
    expect(errors).toBeUndefined();
    return data.releaseChart.edges.map(({ position, node }) => `${String(position)} ${node.id}`);
  }

  it.each(["4294967295", "2147483648", "99999999999999999999", "-1", "1e5", "12abc", "0x10", "1,234", "2.5", "Infinity", "NaN"])(
    "leaves out an item whose position is %s",
    async (position) => {
      expect(await positions(entry(position, 2))).toEqual(["1 release:1", "3 release:3"]);
    },
  );

  it("gives positions as they are sent, and an item's place where none is", async () => {
    expect(await positions(entry("7", 2))).toEqual(["1 release:1", "7 release:2", "3 release:3"]);
    expect(await positions(`<chartItem>${release(2)}</chartItem>`)).toEqual(["1 release:1", "2 release:2", "3 release:3"]);
    expect(await positions(entry("", 2))).toEqual(["1 release:1", "2 release:2", "3 release:3"]);
  });
});

describe("an editorial list", () => {
  const place = (id: number, content: string) => `<listItem id="${String(id)}"><type>release</type>${content}</listItem>`;
  it.each([
    place(2, `<release ${nil}/>`),
    place(2, "<release><title>no id</title></release>"),
    place(2, "<artist/>"),
    `<listItem>${release(2)}</listItem>`,
    `<listItem ${nil}/>`,
  ])("keeps its other items beside %s", async (bad) => {
    answerWith(
      facade,
      "editorial/list",
      `<list id="9"><key>k</key><listItems>${place(1, release(1))}${bad}${place(3, artist(3))}</listItems></list>`,
    );
    expect(
      await facade.query(
        `{ editorialList(key: "k") { items { totalCount edges { cursor } nodes { entryId content { __typename ... on Node { id } } } } } }`,
      ),
    ).toEqual({
      data: {
        editorialList: {
          items: {
            totalCount: 3,
            edges: [{ cursor: "1" }, { cursor: "3" }],
            nodes: [
              { entryId: "1", content: { __typename: "Release", id: "release:1" } },
              { entryId: "3", content: { __typename: "Artist", id: "artist:3" } },
            ],
          },
        },
      },
    });
  });

  it("keeps an item of an unknown kind, without content", async () => {
    answerWith(facade, "editorial/list", `<list id="9"><key>k</key><listItems>${place(1, "<video/>")}</listItems></list>`);
    expect(await facade.query(`{ editorialList(key: "k") { items { nodes { entryId content { __typename } } } } }`)).toEqual({
      data: { editorialList: { items: { nodes: [{ entryId: "1", content: null }] } } },
    });
  });
});

describe("tags of one thing", () => {
  it.each([
    ["artist/tags", `artist(id: "1")`],
    ["release/tags", `release(id: "1")`],
  ])("%s keeps those that can be read", async (method, thing) => {
    answerWith(facade, method, `<tags>${paging(3)}<tag id="a"/><tag ${nil}/><tag id="c"><text>c</text></tag></tags>`);
    expect(await facade.query(`{ of: ${thing} { tags { totalCount edges { cursor } nodes { tagId } } } }`)).toEqual({
      data: { of: { tags: { totalCount: 3, edges: [{ cursor: "1" }, { cursor: "3" }], nodes: [{ tagId: "a" }, { tagId: "c" }] } } },
    });
  });
});

describe("a locker", () => {
  const owned = (id: number, tracks: string) => `<lockerRelease>${release(id)}<lockerTracks>${tracks}</lockerTracks></lockerRelease>`;
  const ownedTrack = (id: number) =>
    `<lockerTrack>${track(id)}<purchaseId>5</purchaseId><purchaseDate>2010-01-01T00:00:00Z</purchaseDate></lockerTrack>`;
  const locker = (releases: string) => `<locker><lockerReleases>${paging(3)}${releases}</lockerReleases></locker>`;

  it.each([
    `<lockerTrack><track ${nil}/></lockerTrack>`,
    "<lockerTrack><track><title>no id</title></track></lockerTrack>",
    `<lockerTrack ${nil}/>`,
    "<lockerTrack/>",
  ])("keeps the other tracks of a release beside %s", async (bad) => {
    answerWith(facade, "user/locker", locker(owned(1, `${ownedTrack(11)}${bad}${ownedTrack(13)}`)));
    const query =
      "{ viewer { locker { nodes { release { id } tracks { totalCount edges { cursor } nodes { track { id } purchaseId } } } } } }";
    expect(await facade.query(query, {}, demoUser)).toEqual({
      data: {
        viewer: {
          locker: {
            nodes: [
              {
                release: { id: "release:1" },
                tracks: {
                  totalCount: 3,
                  edges: [{ cursor: "1" }, { cursor: "3" }],
                  nodes: [
                    { track: { id: "track:11:1" }, purchaseId: "5" },
                    { track: { id: "track:13:1" }, purchaseId: "5" },
                  ],
                },
              },
            ],
          },
        },
      },
    });
  });

  it.each([`<lockerRelease ${nil}/>`, `<lockerRelease><release ${nil}/></lockerRelease>`, "<lockerRelease><release/></lockerRelease>"])(
    "keeps its other releases beside %s",
    async (bad) => {
      answerWith(facade, "user/locker", locker(`${owned(1, ownedTrack(11))}${bad}${owned(3, ownedTrack(33))}`));
      const query = "{ viewer { locker { edges { cursor node { release { id } } } } } }";
      expect(await facade.query(query, {}, demoUser)).toMatchObject({
        data: { viewer: { locker: { edges: [{ cursor: "1", node: { release: { id: "release:1" } } }, { cursor: "3" }] } } },
      });
    },
  );

  it("leaves out a format, and a download without one, that cannot be read", async () => {
    const urls = `<downloadUrls><downloadUrl><format><fileFormat>MP3</fileFormat></format></downloadUrl><downloadUrl ${nil}/><downloadUrl><format id="17"/></downloadUrl></downloadUrls>`;
    answerWith(facade, "user/locker", locker(owned(1, `<lockerTrack>${track(11)}${urls}</lockerTrack>`)));
    const query = "{ viewer { locker { nodes { tracks { nodes { downloads { format { formatId } } } } } } } }";
    expect(await facade.query(query, {}, demoUser)).toEqual({
      data: { viewer: { locker: { nodes: [{ tracks: { nodes: [{ downloads: [{ format: { formatId: "17" } }] }] } }] } } },
    });
  });

  it("knows a purchase of which nothing can be read", async () => {
    answerWith(facade, "user/locker", locker(`<lockerRelease ${nil}/>`));
    expect(await facade.query(`{ viewer { purchase(id: "5") { purchaseId releases { release { id } } } } }`, {}, demoUser)).toEqual({
      data: { viewer: { purchase: { purchaseId: "5", releases: [] } } },
    });
  });
});

describe("lists inside an object", () => {
  const offered = (attributes: string, price: string) =>
    `<package ${attributes}><price><currencyCode>GBP</currencyCode><sevendigitalPrice>${price}</sevendigitalPrice></price></package>`;
  const ask = (fields: string) => facade.query(`{ release(id: "5") { ${fields} } }`);

  it("keep formats and packages that can be read", async () => {
    const formats = `<formats><format id="17"/><format/><format ${nil}/><format id="26"/></formats>`;
    const packages = `<download><packages>${offered('id="2"', "7.99")}${offered("", "1.00")}</packages></download>`;
    answerWith(facade, "release/details", `<release id="5"><title>R</title>${formats}${packages}</release>`);
    expect(await ask("formats { formatId } packages { packageId } price { current { amount } }")).toEqual({
      data: {
        release: {
          formats: [{ formatId: "17" }, { formatId: "26" }],
          packages: [{ packageId: "2" }],
          price: { current: { amount: "7.99" } },
        },
      },
    });
  });

  it("give no price where the standard package may be the one that cannot be read", async () => {
    for (const packages of [`${offered("", "7.99")}${offered('id="9"', "9.99")}`, offered("", "7.99"), `<package ${nil}/>`]) {
      answerWith(
        facade,
        "release/details",
        `<release id="5"><title>R</title><download><packages>${packages}</packages></download></release>`,
      );
      const { data, errors } = await ask("title price { soldAs current { amount } }");
      expect(data).toEqual({ release: { title: "R", price: null } });
      expect(errors).toMatchObject([{ path: ["release", "price"], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
      facade.sandbox.faults.clear();
    }
  });
});

describe("an object inside an object", () => {
  it.each([
    ["label", "<label><name>L</name></label>", "label { name }"],
    ["licensor", "<licensor>x</licensor>", "licensor { name }"],
    ["artist", "<artist><name>A</name></artist>", "artist { name }"],
    ["artistCredit", "<artist><appearsAs>A</appearsAs></artist>", "artistCredit"],
  ])("that cannot be read costs its own field: %s", async (field, bad, selection) => {
    answerWith(facade, "release/details", `<release id="5"><title>R</title>${bad}</release>`);
    const { data, errors } = await facade.query(`{ release(id: "5") { title ${selection} } }`);
    expect(data).toEqual({ release: { title: "R", [field]: null } });
    expect(errors).toMatchObject([{ path: ["release", field], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  });

  it("does not keep its track from being known", async () => {
    answerWith(facade, "track/details", `<track id="7"><title>T</title><release><title>no id</title></release></track>`);
    const { data, errors } = await facade.query(`{ track(id: "7") { id title durationSeconds release { title } } }`);
    expect(data).toEqual({ track: { id: "track:7", title: "T", durationSeconds: null, release: null } });
    expect(errors).toMatchObject([{ path: ["track", "release"], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  });

  it("that is asked for itself is a bad response", async () => {
    answerWith(facade, "artist/details", "<artist><name>no id</name></artist>");
    const { data, errors } = await facade.query(`{ artist(id: "5") { name } }`);
    expect(data).toEqual({ artist: null });
    expect(errors).toMatchObject([{ path: ["artist"], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  });
});

describe("looking for one thing in a list with an item that cannot be read", () => {
  it("finds what is there", async () => {
    answerWith(facade, "release/tracks", `<tracks>${paging(2, 1, 500)}<track/>${track(7)}</tracks>`);
    expect(await facade.query(`{ track(id: "track:7:5") { title } }`)).toEqual({ data: { track: { title: "T7" } } });
  });

  it("does not say that there is no such thing", async () => {
    answerWith(facade, "release/tracks", `<tracks>${paging(2, 1, 500)}<track/>${track(7)}</tracks>`);
    answerWith(facade, "tag", `<tags>${paging(2, 1, 500)}<tag/><tag id="a"/></tags>`);
    const { data, errors } = await facade.query(`{ track(id: "track:8:5") { title } tag(id: "rock") { text } }`);
    expect(data).toEqual({ track: null, tag: null });
    expect(errors?.map(({ extensions }) => extensions?.["code"])).toEqual(["UPSTREAM_BAD_RESPONSE", "UPSTREAM_BAD_RESPONSE"]);
  });
});
