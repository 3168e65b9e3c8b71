/** Methods of the catalogue that the API document does not have, asked through the graph: what reaches 7digital, and what comes back. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { CACHE_MAX_BYTES: "0" } });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(() => facade.close());

/** The answer's data, without an error. */
async function ask(query: string, headers: Readonly<Record<string, string>> = {}): Promise<unknown> {
  const { data, errors } = await facade.query(query, {}, headers);
  expect(errors).toBeUndefined();
  return data;
}

/** The calls since the last reset, with what they carried besides the consumer key. */
function sent(): readonly (readonly [method: string, params: Readonly<Record<string, string>>])[] {
  return facade.sandbox.journal.entries().map(({ method, params }) => [method, params]);
}

describe("what editors write", () => {
  it("release/editorial: a review and an advertisement by one call", async () => {
    const data = await ask(`{ release(id: "155408") { review promotionalText } }`);
    expect(data).toEqual({
      release: { review: expect.stringMatching(/^\S.* Dreams.*\S$/) as string, promotionalText: expect.any(String) as string },
    });
    expect(facade.calls()).toEqual(["release/editorial"]);
  });

  it("release/editorial: null where there is none, in every shape that says so", async () => {
    for (const editorial of ["<editorial>\n  </editorial>", "<editorial/>", "<editorial><review><text> </text></review></editorial>"]) {
      const restore = answerWith(facade, "release/editorial", editorial);
      expect(await ask(`{ release(id: "155408") { review promotionalText } }`)).toEqual({
        release: { review: null, promotionalText: null },
      });
      restore();
    }
  });

  it("release/editorial: an error for a release that does not exist", async () => {
    const { data, errors } = await facade.query(`{ release(id: "999999999") { review } }`);
    expect(data).toEqual({ release: { review: null } });
    expect(errors).toMatchObject([{ path: ["release", "review"], extensions: { code: "NOT_FOUND" } }]);
  });
});

describe("tags that go together", () => {
  it("tag/related: lists them in pages, without those that were given", async () => {
    const data = await ask(
      `{ tagged(tags: ["tag:rock", "pop"]) { relatedTags(first: 3) { totalCount nodes { id text } pageInfo { hasNextPage } } } }`,
    );
    expect(sent()).toEqual([["tag/related", { tags: "pop,rock", page: "1", pageSize: "3", country: "GB" }]]);
    const { nodes, ...page } = (data as { tagged: { relatedTags: { nodes: { id: string }[] } } }).tagged.relatedTags;
    expect(page).toEqual({ totalCount: 20, pageInfo: { hasNextPage: true } });
    expect(nodes).toHaveLength(3);
    expect(nodes.map(({ id }) => id)).not.toEqual(expect.arrayContaining(["tag:rock"]));
  });

  it("tag/related: can be asked of one tag", async () => {
    expect(await ask(`{ tag(id: "jazz") { tagged { relatedTags(first: 1) { nodes { text } } } } }`)).toMatchObject({
      tag: { tagged: { relatedTags: { nodes: [{ text: expect.any(String) as string }] } } },
    });
    expect(facade.calls()).toEqual(["tag/related"]);
  });
});

describe("lists of a shop", () => {
  const query = `query ($key: String!) { merchandisingList(key: $key) {
    __typename id key description items { totalCount nodes { entryId content { __typename ... on Release { title artist { name } } } } }
  } }`;

  it("merchandising/list/details: a list of the shop that the operation is in", async () => {
    const { data } = await facade.query<{ merchandisingList: { items: object } }>(query, { key: "HOME1" }, { "x-7d-shop-id": "1064" });
    expect(data).toMatchObject({
      merchandisingList: { id: "merchandisingList:home1", key: "home1", description: "Albums of the week, chosen by our staff." },
    });
    expect(data.merchandisingList.items).toMatchObject({
      nodes: expect.arrayContaining([expect.objectContaining({ entryId: expect.any(String) as string })]) as unknown,
    });
    expect(sent()).toEqual([["merchandising/list/details", { key: "HOME1", shopId: "1064" }]]);
  });

  it("merchandising/list/details: asks the British shop by its number, whether a country or a default named it", async () => {
    for (const headers of [{}, { "x-7d-country": "gb" }]) await facade.query(query, { key: "home2" }, headers);
    expect(sent()).toEqual(Array(2).fill(["merchandising/list/details", { key: "home2", shopId: "34" }]));
  });

  it("merchandising/list/details: is an error without a call where the shop is not known", async () => {
    const { data, errors } = await facade.query(query, { key: "home1" }, { "x-7d-country": "DE" });
    expect(data).toEqual({ merchandisingList: null });
    expect(errors).toMatchObject([{ path: ["merchandisingList"], extensions: { code: "BAD_USER_INPUT", argument: "shopId" } }]);
    const { errors: ofNode } = await facade.query(`{ nodes(ids: ["merchandisingList:home1"]) { id } }`, {}, { "x-7d-country": "DE" });
    expect(ofNode).toMatchObject([{ path: ["nodes", 0], extensions: { code: "BAD_USER_INPUT" } }]);
    expect(sent()).toEqual([]);
  });

  it("merchandising/list/details: null where the shop has no such list, and found again by its ID", async () => {
    expect(
      await ask(
        `{ merchandisingList(key: "nothing") { key } node(id: "merchandisingList:home1") { id ... on MerchandisingList { key } } }`,
      ),
    ).toEqual({
      merchandisingList: null,
      node: { id: "merchandisingList:home1", key: "home1" },
    });
  });

  it("merchandising/list/details: holds artists and tracks, too, and costs no call for what it includes", async () => {
    const fields = `__typename ... on Artist { name image { url } } ... on Release { title explicit artistCredit image { url } } ... on Track { title }`;
    const data = await ask(`{ merchandisingList(key: "tabRecommended") { items { nodes { content { ${fields} } } } } }`);
    expect(new Set(JSON.stringify(data).match(/"__typename":"\w+"/g)).size).toBe(3);
    expect(facade.calls()).toEqual(["merchandising/list/details"]);
  });

  const release = (price: string) =>
    `<release id="1"><title>A</title><artist id="2"><name>B</name><appearsAs>B</appearsAs></artist>${price}</release>`;
  const listItem = (content: string, id = "7") => `<listItem id="${id}"><description/><type>release</type>${content}</listItem>`;

  it.each([
    ["no items", "", 0],
    ["empty items", "<listItems/>", 0],
    ["blank items", "<description> </description><listItems>\n\t\t</listItems>", 0],
    ["an item without content", '<listItems><listItem id="7"><type>link</type></listItem></listItems>', 1],
    ["a nil item", `<listItems>${listItem(release(""))}<listItem xsi:nil="true"/></listItems>`, 2],
  ])("merchandising/list/details: %s", async (_, content, totalCount) => {
    const restore = answerWith(facade, "merchandising/list/details", `<list id="835"><key>tabRecommended</key>${content}</list>`);
    const data = await ask(`{ merchandisingList(key: "home2") { key description items { totalCount } } }`);
    expect(data).toEqual({ merchandisingList: { key: "tabRecommended", description: null, items: { totalCount } } });
    restore();
  });

  it.each([
    ["<price/>", { current: null, soldAs: "UNKNOWN" }],
    [
      '<price><currency code="GBP"/><value>N/A</value><formattedPrice>N/A</formattedPrice></price>',
      { current: null, soldAs: "SINGLE_TRACKS_ONLY" },
    ],
    [
      '<price><currency code="IE">€</currency><value>7.99</value></price>',
      { current: { amount: "7.99", currencyCode: "EUR" }, soldAs: "ITEM" },
    ],
    ["<price><currency/><value>7.99</value></price>", { current: null, soldAs: "UNKNOWN" }],
    ['<price><currency code="GBP"/><value>7.99</value></price>', { current: { amount: "7.99", currencyCode: "GBP" }, soldAs: "ITEM" }],
  ])("merchandising/list/details: a price of %s", async (price, expected) => {
    const restore = answerWith(
      facade,
      "merchandising/list/details",
      `<list id="835"><key>home1</key><listItems>${listItem(release(price))}</listItems></list>`,
    );
    const data = await ask(
      `{ merchandisingList(key: "home1") { items { nodes { content { ... on Release { price { current { amount currencyCode } soldAs } } } } } } }`,
    );
    expect(data).toEqual({ merchandisingList: { items: { nodes: [{ content: { price: expected } }] } } });
    expect(facade.calls()).toEqual(["merchandising/list/details"]);
    restore();
  });
});

describe("pages of the store", () => {
  it("catalogue/artist-byurl: the artist of an address, with nothing more than its ID from the call", async () => {
    expect(await ask(`{ artistByUrl(url: "https://www.7digital.com/artist/keane/?partner=123") { id } }`)).toEqual({
      artistByUrl: { id: "artist:1" },
    });
    expect(sent()).toEqual([["catalogue/artist-byurl", { artistSlug: "keane", country: "GB" }]]);
    facade.calls();
    const data = await ask(`{ artistByUrl(url: "http://de.7digital.com/artists/keane/perfect-symmetry-1") { name sortName } }`);
    expect(data).toEqual({ artistByUrl: { name: "Keane", sortName: "Keane" } });
    expect(facade.calls()).toEqual(["catalogue/artist-byurl", "artist/details"]);
  });

  it.each([
    "https://www.7digital.com/artist/the-whitest-boy-alive/release/dreams-1",
    "http://www.7digital.com/artists/the-whitest-boy-alive/dreams-1/?partner=123",
    "http://www.7digital.com/artists/the-whitest-boy-alive/dreams-1/01-Burning/?partner=123",
    "https://shop.example.com/Artist/the-whitest-boy-alive/release/dreams-1/?partner=0&h=01",
  ])("catalogue/release-byurl: the release of %s", async (url) => {
    const { data, errors } = await facade.query(`query ($url: URL!) { releaseByUrl(url: $url) { id title } }`, { url });
    expect(errors).toBeUndefined();
    expect(data).toEqual({ releaseByUrl: { id: "release:155408", title: "Dreams" } });
    expect(sent()[0]).toEqual(["catalogue/release-byurl", { artistSlug: "the-whitest-boy-alive", releaseSlug: "dreams-1", country: "GB" }]);
    expect(facade.calls()).toEqual(["catalogue/release-byurl", "release/details"]);
  });

  it("catalogue/release-byurl: has the addresses that 7digital writes", async () => {
    const query = `{ artist(id: "1765") { releases(first: 20) { nodes { id url } } } }`;
    const data = (await ask(query)) as { artist: { releases: { nodes: { id: string; url: string | null }[] } } };
    const pages = data.artist.releases.nodes.filter(({ url }) => url !== null);
    expect(pages.length).toBeGreaterThan(0);
    for (const { url } of pages) {
      const found = await facade.query<{ releaseByUrl: { url: string } }>(`query ($url: URL!) { releaseByUrl(url: $url) { url } }`, {
        url,
      });
      expect(found.data.releaseByUrl.url).toBe(url);
    }
  });

  it("catalogue/artist-byurl, catalogue/release-byurl: null where there is nothing", async () => {
    const data = await ask(`{
      artistByUrl(url: "https://www.7digital.com/artist/no-such-artist") { id }
      releaseByUrl(url: "https://www.7digital.com/artist/keane/release/no-such-release") { id }
    }`);
    expect(data).toEqual({ artistByUrl: null, releaseByUrl: null });
  });

  it("catalogue/release-byurl: decodes every shape that was recorded", async () => {
    for (const content of [
      `<release id="2436">\n\t</release>`,
      `<release id="2436"><title/><type/><artist id="588"><name/><url/></artist><url/></release>`,
      `<release id="2436" slug="a" shopId="34"><title/><artist id="0" key="keane"/></release>`,
    ]) {
      const restore = answerWith(facade, "catalogue/release-byurl", content);
      expect(await ask(`{ releaseByUrl(url: "https://www.7digital.com/artist/a/release/b") { id } }`)).toEqual({
        releaseByUrl: { id: "release:2436" },
      });
      restore();
    }
  });

  it.each([
    ["artistByUrl", "https://www.7digital.com/"],
    ["artistByUrl", "https://www.7digital.com/tags/rock"],
    ["artistByUrl", "https://www.7digital.com/artist/%E0%A4%A"],
    ["artistByUrl", "https://www.7digital.com/artist/a%00b"],
    ["releaseByUrl", "https://www.7digital.com/artist/keane"],
    ["releaseByUrl", "https://www.7digital.com/artist/keane/release/"],
  ])("%s of %s is an input error without a call", async (field, url) => {
    const { errors } = await facade.query(`query ($url: URL!) { ${field}(url: $url) { id } }`, { url });
    expect(errors).toMatchObject([{ path: [field], extensions: { code: "BAD_USER_INPUT", argument: "url" } }]);
    expect(errors?.[0]?.message).not.toContain("%");
    expect(sent()).toEqual([]);
  });
});

describe("MusicBrainz", () => {
  const known = "DFE9A7C4-8CF2-47F4-9DCB-D233C2B86EC3";
  const unknown = "00000000-0000-0000-0000-000000000001";

  it("artist/match/byId: artists by MusicBrainz IDs, in order, by one signed call", async () => {
    const data = await ask(`{ artistMatches(musicBrainzIds: ["${known}", "${unknown}", "${known.toLowerCase()}"]) {
      artist { artistId } otherIds musicBrainzIds
    } }`);
    const match = { artist: { artistId: "4" }, otherIds: [], musicBrainzIds: [known.toLowerCase()] };
    expect(data).toEqual({ artistMatches: [match, null, match] });
    const [[method, params] = []] = sent();
    expect([sent().length, method, params?.["mbIds"]]).toEqual([1, "artist/match/byId", `${unknown},${known.toLowerCase()}`]);
  });

  it("artist/match/byId: the other way round, and hydrates what is selected", async () => {
    const data = await ask(`{ artistMatches(ids: ["artist:4", "4", "999999999"]) { artist { name } musicBrainzIds } }`);
    const match = { artist: { name: expect.any(String) as string }, musicBrainzIds: [known.toLowerCase()] };
    expect(data).toEqual({ artistMatches: [match, match, null] });
    expect(facade.calls()).toEqual(["artist/match/byId", "artist/details"]);
  });

  it("release/match/byId: releases, there and back", async () => {
    const there = (await ask(`{ releaseMatches(ids: ["release:6990", "155408"]) { musicBrainzIds } }`)) as {
      releaseMatches: ({ musicBrainzIds: string[] } | null)[];
    };
    const ids = there.releaseMatches.flatMap((match) => match?.musicBrainzIds ?? []);
    expect(ids).toContain("b899abe8-2e14-31e0-ac5c-7fa0064fff8c");
    const { data } = await facade.query(`query ($ids: [ID!]!) { releaseMatches(musicBrainzIds: $ids) { release { id } } }`, { ids });
    expect(data).toMatchObject({ releaseMatches: expect.arrayContaining([{ release: { id: "release:6990" } }]) as unknown });
    expect(facade.calls()).toEqual(["release/match/byId", "release/match/byId"]);
  });

  it("track/match/byId: tracks, whose release is looked up where it is selected", async () => {
    const ids = `musicBrainzIds: ["46e22688-bf7d-4ee2-8f67-e498581408e9"]`;
    expect(await ask(`{ trackMatches(${ids}) { track { trackId } } }`)).toEqual({ trackMatches: [{ track: { trackId: "4" } }] });
    expect(facade.calls()).toEqual(["track/match/byId"]);
    await ask(`{ trackMatches(${ids}) { track { id title release { title } } } }`);
    expect(facade.calls()).toEqual(["track/match/byId", "track/details"]);
  });

  it("track/match/byId: is asked once for fields that want the same", async () => {
    await ask(`{ a: trackMatches(ids: ["4", "6"]) { musicBrainzIds } b: trackMatches(ids: ["track:6", "4"]) { musicBrainzIds } }`);
    expect(facade.calls()).toEqual(["track/match/byId"]);
  });

  it("artist/match/byId: several artists for one ID, errors and odd groups", async () => {
    const restore = answerWith(
      facade,
      "artist/match/byId",
      `<matches>
        <artists mbId="${known}">
          <artist><sevenDigitalId>7</sevenDigitalId><mbId>${known}</mbId></artist>
          <artist><sevenDigitalId>9</sevenDigitalId><mbId>${known}</mbId></artist>
          <artist><sevenDigitalId>not a number</sevenDigitalId></artist>
        </artists>
        <artists mbId="${unknown}"><matchError code="9001"/></artists>
        <artists><matchError/></artists>
      </matches>`,
    );
    const third = "00000000-0000-0000-0000-000000000002";
    const { data, errors } = await facade.query(
      `{ artistMatches(musicBrainzIds: ["${known}", "${unknown}", "${third}"]) { artist { id } otherIds musicBrainzIds } }`,
    );
    restore();
    const match = { artist: { id: "artist:7" }, otherIds: ["artist:9"], musicBrainzIds: [known.toLowerCase()] };
    expect(data).toEqual({ artistMatches: [match, null, null] });
    expect(errors).toMatchObject([{ path: ["artistMatches", 1], extensions: { code: "UPSTREAM_ERROR", sevendigital: { code: 9001 } } }]);
    for (const empty of ["<matches/>", "<matches>\n</matches>"]) {
      const undo = answerWith(facade, "artist/match/byId", empty);
      expect(await ask(`{ artistMatches(musicBrainzIds: ["${known}"]) { otherIds } }`)).toEqual({ artistMatches: [null] });
      undo();
    }
  });

  it.each([
    ["neither", "", "ids"],
    ["both", `(musicBrainzIds: ["${known}"], ids: ["1"])`, "musicBrainzIds"],
    ["no UUID", `(musicBrainzIds: ["1"])`, "musicBrainzIds"],
    ["another kind", `(ids: ["release:1"])`, "ids"],
    ["too many", `(ids: [${"1,".repeat(101)}])`, "ids"],
  ])("%s is an input error without a call", async (_, args, argument) => {
    const { data, errors } = await facade.query(`{ artistMatches${args} { otherIds } storeContext { country } }`);
    expect(data).toEqual({ artistMatches: null, storeContext: { country: "GB" } });
    expect(errors).toMatchObject([{ path: ["artistMatches"], extensions: { code: "BAD_USER_INPUT", argument } }]);
    expect(await ask(`{ artistMatches(ids: []) { otherIds } }`)).toEqual({ artistMatches: [] });
    expect(sent()).toEqual([]);
  });
});

describe("texts of the store's pages", () => {
  it("translations: in the language of the store, in pages, of which one call gives hundreds", async () => {
    const query = `{ translations(first: 2) { totalCount nodes { key text } } next: translations(first: 100, after: "2") { nodes { key text } } }`;
    const data = (await ask(query, { "x-7d-country": "DE" })) as { translations: object; next: { nodes: unknown[] } };
    expect(data.translations).toEqual({
      totalCount: expect.any(Number) as number,
      nodes: [
        { key: "AddToBasketButton", text: "In den Warenkorb" },
        { key: "ArtistName", text: "Künstler" },
      ],
    });
    expect(data.next.nodes).toEqual(
      expect.arrayContaining([{ key: "CS Bank2", text: null }, expect.objectContaining({ key: "WhyUscontent" })]),
    );
    expect(JSON.stringify(data.next)).toContain("{1}</a>");
    expect(sent()).toEqual([["translations", { page: "1", pageSize: "500", country: "DE" }]]);
  });

  it("translations: text as it was sent, escaped or not", async () => {
    const content = `<page>1</page><pageSize>5000</pageSize><totalItems>3</totalItems>
      <translation><key>a</key><translatedText><![CDATA[<b>&amp;</b>]]></translatedText></translation>
      <translation><key>b</key><translatedText>&lt;br /&gt; It&#x2019;s</translatedText></translation>
      <translation><translatedText>no key</translatedText></translation>`;
    const restore = answerWith(facade, "translations", `<translations>${content}</translations>`);
    expect(await ask(`{ translations { totalCount edges { cursor node { key text } } } }`)).toEqual({
      translations: {
        totalCount: 3,
        edges: [
          { cursor: "1", node: { key: "a", text: "<b>&amp;</b>" } },
          { cursor: "2", node: { key: "b", text: "<br /> It’s" } },
        ],
      },
    });
    restore();
  });
});
