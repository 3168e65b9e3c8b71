/** A value that cannot be read is null with an error at its own field, and never a part of it, a guess, or a fault of ours. */
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

interface Place {
  readonly method: string;
  /** The answer around the value. */
  readonly answer: (value: string) => string;
  readonly query: string;
  /** Of the field. */
  readonly path: readonly (string | number)[];
}

function at(place: Omit<Place, "path">, path: string): Place {
  return { ...place, path: path.split(".").map((step) => (/^\d+$/.test(step) ? Number(step) : step)) };
}

const release = (name: string, field = name) =>
  at(
    {
      method: "release/details",
      answer: (value) => `<release id="5"><title>R</title><${name}>${value}</${name}></release>`,
      query: `{ release(id: "5") { title ${field} } }`,
    },
    `release.${field}`,
  );
const track = (name: string, field = name) =>
  at(
    {
      method: "track/details",
      answer: (value) => `<track id="5"><title>T</title><release id="6"/><${name}>${value}</${name}></track>`,
      query: `{ track(id: "5") { title ${field} } }`,
    },
    `track.${field}`,
  );
const price = (xml: (value: string) => string, path: string) =>
  at(
    {
      method: "release/details",
      answer: (value) => `<release id="5"><title>R</title>${xml(value)}</release>`,
      query: `{ release(id: "5") { title price { soldAs onSale current { amount } rrp { amount } } } }`,
    },
    `release.price.${path}`,
  );
const legacy = (value: string, rrp = "9.99", onSale = "true") =>
  `<price><currency code="GBP">£</currency><value>${value}</value><formattedPrice>x</formattedPrice><rrp>${rrp}</rrp><onSale>${onSale}</onSale></price>`;
const packaged = (value: string, currency = "GBP") =>
  `<download><packages><package id="2"><price><currencyCode>${currency}</currencyCode><sevendigitalPrice>${value}</sevendigitalPrice></price></package></packages></download>`;
const locker = (name: string, field: string) =>
  at(
    {
      method: "user/locker",
      answer: (value) =>
        `<locker><lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>1</totalItems><lockerRelease><release id="1"/><lockerTracks><lockerTrack><track id="2"/><${name}>${value}</${name}></lockerTrack></lockerTracks></lockerRelease></lockerReleases></locker>`,
      query: `{ viewer { locker { nodes { tracks { nodes { ${field} } } } } } }`,
    },
    `viewer.locker.nodes.0.tracks.nodes.0.${field}`,
  );
const list = (name: string, field: string, xml: (value: string) => string) =>
  at(
    {
      method: name,
      answer: (value) => `<searchResults><page>1</page><pageSize>10</pageSize><totalItems>1</totalItems>${xml(value)}</searchResults>`,
      query: `{ search(query: "x") { releases { totalCount edges { score popularity node { id } } } } }`,
    },
    `search.releases.${field}`,
  );

const wholeNumbers: readonly Place[] = [
  release("duration", "durationSeconds"),
  release("year"),
  release("trackCount"),
  track("duration", "durationSeconds"),
  track("trackNumber", "number"),
  track("trackNumber", "discNumber"),
  at(
    {
      method: "release/details",
      answer: (value) => `<release id="5"><formats><format id="17"><bitRate>${value}</bitRate></format></formats></release>`,
      query: `{ release(id: "5") { formats { formatId bitRate } } }`,
    },
    "release.formats.0.bitRate",
  ),
  at(
    {
      method: "tag",
      answer: (value) =>
        `<tags><page>1</page><pageSize>50</pageSize><totalItems>1</totalItems><tag id="rock"><count>${value}</count></tag></tags>`,
      query: `{ tags { nodes { tagId count } } }`,
    },
    "tags.nodes.0.count",
  ),
  at(
    {
      method: "artist/chart",
      answer: (value) =>
        `<chart><page>1</page><pageSize>10</pageSize><totalItems>${value}</totalItems><chartItem><artist id="1"/></chartItem></chart>`,
      query: `{ artistChart { totalCount nodes { id } } }`,
    },
    "artistChart.totalCount",
  ),
  locker("remainingDownloads", "remainingDownloads"),
];

const fractions: readonly Place[] = [
  list("release/search", "edges.0.score", (value) => `<searchResult><score>${value}</score><release id="1"/></searchResult>`),
  list(
    "release/search",
    "edges.0.popularity",
    (value) => `<searchResult><release id="1"><popularity>${value}</popularity></release></searchResult>`,
  ),
];

const amounts: readonly Place[] = [
  price((value) => legacy(value), "current"),
  price((value) => legacy("7.99", value), "rrp"),
  price((value) => packaged(value), "current"),
  at(
    {
      method: "basket",
      answer: (value) =>
        `<basket id="11111111-2222-3333-4444-555555555555"><itemCount>0</itemCount><amountDue><currency code="GBP"/><amount>${value}</amount></amountDue></basket>`,
      query: `{ basket(id: "11111111-2222-3333-4444-555555555555") { itemCount amountDue { amount } } }`,
    },
    "basket.amountDue",
  ),
];

const dates: readonly Place[] = [
  release("releaseDate", "releasedAt"),
  release("addedDate", "addedAt"),
  locker("purchaseDate", "purchasedAt"),
  at(
    {
      method: "release/chart",
      answer: (value) => `<chart><page>1</page><pageSize>10</pageSize><totalItems>0</totalItems><fromDate>${value}</fromDate></chart>`,
      query: `{ releaseChart { totalCount fromDate } }`,
    },
    "releaseChart.fromDate",
  ),
  at(
    { method: "status", answer: (value) => `<serviceStatus><serverTime>${value}</serverTime></serviceStatus>`, query: "{ upstreamTime }" },
    "upstreamTime",
  ),
];

const urls: readonly Place[] = [
  release("url"),
  track("url"),
  at(
    {
      method: "artist/details",
      answer: (value) => `<artist id="5"><name>A</name><url>${value}</url></artist>`,
      query: `{ artist(id: "5") { name url } }`,
    },
    "artist.url",
  ),
  at(
    {
      method: "artist/details",
      answer: (value) => `<artist id="5"><name>A</name><image>${value}</image></artist>`,
      query: `{ artist(id: "5") { name image { url } } }`,
    },
    "artist.image",
  ),
  at(
    { method: "track/preview", answer: (value) => `<url>${value}</url>`, query: `{ track(id: "track:1:2") { clipIfAvailable } }` },
    "track.clipIfAvailable",
  ),
];

const flags: readonly Place[] = [
  release("explicitContent", "explicit"),
  track("explicitContent", "explicit"),
  price((value) => legacy("7.99", "9.99", value), "onSale"),
  locker("completeAlbumPurchase", "wholeRelease"),
];

const currencies: readonly Place[] = [
  price((value) => `<price><currency code="${value}"/><value>1</value></price>`, "current"),
  price((value) => packaged("1", value), "current"),
];

const groups: readonly (readonly [string, readonly Place[], readonly string[]])[] = [
  [
    "a whole number",
    wholeNumbers,
    [
      "4294967295",
      "2147483648",
      "99999999999999999999",
      "-1",
      "-0",
      "0,85",
      "1.5",
      "1e5",
      "12abc",
      "0x10",
      "Infinity",
      "NaN",
      "1 000",
      "1,000",
      "N/A",
      "+1",
    ],
  ],
  ["a measure", fractions, ["0,85", "12abc", "Infinity", "-INF", "NaN", "1e999", "0x10", "1.2.3", "."]],
  ["an amount", amounts, ["0,85", "1e5", "12abc", "Infinity", "-1.00", "£7.99", "7.99 GBP", "1 000.00", ".5", "5.", "1234567890123456"]],
  [
    "a date",
    dates,
    [
      "2012-02-30T00:00:00Z",
      "2011-02-29",
      "2012-13-01",
      "2012-00-10",
      "2012-01-01T24:00:00Z",
      "2012-01-01T00:60:00Z",
      "2012-01-01T00:00:00+25:00",
      "01/02/2012",
      "2012-1-1",
      "1325376000",
      "soon",
    ],
  ],
  [
    "a URL",
    urls,
    [
      "not a url",
      "javascript:alert(1)",
      "JaVaScRiPt:alert(1)",
      "data:text/html,x",
      "/relative",
      "//cdn.7static.com/x.jpg",
      "http://",
      "http:\\\\x",
      "ftp://x/y",
      "www.7digital.com",
    ],
  ],
  ["a flag", flags, ["yes", "maybe", "2", "tru"]],
  ["a currency", currencies, ["IE", "N/A", "EURO", "1", "G B", "ſEK"]],
];

describe.each(groups)("%s", (_what, places, values) => {
  it.each(places.map((place) => [`${place.method}: ${place.path.join(".")}`, place] as const))(
    "at %s is null where it cannot be read",
    async (_name, place) => {
      for (const value of values) {
        facade.sandbox.faults.clear();
        answerWith(facade, place.method, place.answer(value));
        const { data, errors = [] } = await facade.query(place.query, {}, demoUser);
        expect(valueAt(data, place.path), value).toBeNull();
        expect(
          errors.map(({ path, extensions }) => ({ path, code: extensions?.["code"], from: extensions?.["sevendigital"] })),
          value,
        ).toEqual([{ path: place.path, code: "UPSTREAM_BAD_RESPONSE", from: { method: place.method } }]);
      }
    },
  );

  it.each(
    places
      .map((place) => [`${place.method}: ${place.path.join(".")}`, place] as const)
      .filter(([name]) => name !== "track/preview: track.clipIfAvailable"),
  )("at %s is null without an error where it is empty", async (_name, place) => {
    answerWith(facade, place.method, place.answer(" "));
    const { data, errors } = await facade.query(place.query, {}, demoUser);
    expect(errors).toBeUndefined();
    expect(valueAt(data, place.path)).toBeNull();
  });
});

function valueAt(data: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[step], data);
}

describe("what is read", () => {
  const cases: readonly (readonly [Place, string, unknown])[] = [
    [release("duration", "durationSeconds"), "2147483647", 2_147_483_647],
    [release("year"), "02012", 2012],
    [release("explicitContent", "explicit"), "1", true],
    [release("explicitContent", "explicit"), "FALSE", false],
    [fractions[1] as Place, "4.2E-05", 0.000_042],
    [fractions[0] as Place, "-1.5", -1.5],
    [amounts[0] as Place, "7.9900", { amount: "7.9900" }],
    [dates[0] as Place, "2012-02-29", "2012-02-29T00:00:00Z"],
    [dates[0] as Place, "2012-12-31T23:59:59.1234567", "2012-12-31T23:59:59.1234567Z"],
    // A placeholder for "unknown".
    [dates[0] as Place, "9999-12-31T23:59:59Z", null],
    [dates[3] as Place, "2012-02-29T23:00:00+01:00", "2012-02-29"],
    [urls[0] as Place, "HTTPS://WWW.7digital.com/a%20b?c=d&amp;e=f", "HTTPS://WWW.7digital.com/a%20b?c=d&e=f"],
  ];
  it.each(cases.map(([place, value, meant]) => ({ place, value, meant })))("is $meant for $value", async ({ place, value, meant }) => {
    answerWith(facade, place.method, place.answer(value));
    const { data, errors } = await facade.query(place.query, {}, demoUser);
    expect(errors).toBeUndefined();
    expect(valueAt(data, place.path)).toEqual(meant);
  });

  it.each([
    ["", "0001-01-01T00:00:00"],
    ["a date", "0001-01-01"],
  ])("is null for a moment that stands for none%s", async (_what, value) => {
    answerWith(facade, "release/details", `<release id="5"><releaseDate>${value}</releaseDate></release>`);
    expect(await facade.query(`{ release(id: "5") { releasedAt } }`)).toEqual({ data: { release: { releasedAt: null } } });
  });

  it.each([
    [`<currency code="IE">€ </currency>`, "EUR"],
    [`<currency code="IE">&#8364;</currency>`, "EUR"],
    [`<currency>\u00a0£</currency>`, "GBP"],
    [`<currency code="">US$</currency>`, "USD"],
    [`<currency code="XX">zł</currency>`, "PLN"],
    [`<currency code=" gbp "/>`, "GBP"],
    [`<currency>EUR</currency>`, "EUR"],
    [`<currency code="EEK"/>`, "EEK"],
    [`<currency code="SEK">kr</currency>`, "SEK"],
    [`<currency code="USD">$</currency>`, "USD"],
    [`<currency code="JPY">¥</currency>`, "JPY"],
  ])("is the currency of %s: %s", async (currency, currencyCode) => {
    answerWith(
      facade,
      "release/details",
      `<release id="5"><price>${currency}<value>9.99</value><formattedPrice>x</formattedPrice></price></release>`,
    );
    expect(await facade.query(`{ release(id: "5") { price { soldAs current { amount currencyCode display } } } }`)).toEqual({
      data: { release: { price: { soldAs: "ITEM", current: { amount: "9.99", currencyCode, display: "x" } } } },
    });
  });

  it.each(["$", "kr", "¥", "?"])("is no currency for a sign that several have: %s", async (sign) => {
    answerWith(facade, "release/details", `<release id="5"><price><currency>${sign}</currency><value>9.99</value></price></release>`);
    const { data, errors } = await facade.query(`{ release(id: "5") { price { soldAs current { amount } } } }`);
    expect(data).toEqual({ release: { price: { soldAs: "UNKNOWN", current: null } } });
    expect(errors).toMatchObject([{ path: ["release", "price", "current"], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  });

  it("is the number of lines where a basket's own count cannot be read", async () => {
    const line = (id: number) => `<basketItem id="${String(id)}"><releaseId>1</releaseId></basketItem>`;
    const id = "11111111-2222-3333-4444-555555555555";
    answerWith(
      facade,
      "basket",
      `<basket id="${id}"><itemCount>-1</itemCount><basketItems>${line(1)}<basketItem/>${line(3)}</basketItems></basket>`,
    );
    expect(await facade.query(`{ basket(id: "${id}") { itemCount lines { lineId } } }`)).toEqual({
      data: { basket: { itemCount: 3, lines: [{ lineId: "1" }, { lineId: "3" }] } },
    });
  });

  it("is half of a disc position where the other half cannot be read", async () => {
    answerWith(facade, "track/details", `<track id="5"><title>T</title><trackNumber>205</trackNumber><discNumber>x</discNumber></track>`);
    const { data, errors } = await facade.query(`{ track(id: "5") { number discNumber } }`);
    expect(data).toEqual({ track: { number: 5, discNumber: null } });
    expect(errors).toMatchObject([{ path: ["track", "discNumber"], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
  });
});

describe("an enum's value that is unknown", () => {
  it("is told as such", async () => {
    answerWith(facade, "release/details", `<release id="5"><type>ringtone</type></release>`);
    answerWith(facade, "artist/chart", `<chart><chartItem><position>1</position><change>ſame</change><artist id="1"/></chartItem></chart>`);
    expect(await facade.query(`{ release(id: "5") { type } artistChart { edges { change } } }`)).toEqual({
      data: { release: { type: "OTHER" }, artistChart: { edges: [{ change: "UNKNOWN" }] } },
    });
  });
});

describe("what the cache holds", () => {
  it("is answered with the same errors again", async () => {
    const kept = { "cache-control": "max-age=60" };
    const body = `<response status="ok"><release id="77"><title>R</title><duration>x</duration><releaseDate>2012-02-30</releaseDate></release></response>`;
    facade.sandbox.faults.add({
      method: "release/details",
      fault: { kind: "status", status: 200, body, contentType: "text/xml", headers: kept },
    });
    facade.calls();
    const asked = () => facade.query(`{ release(id: "77") { title durationSeconds releasedAt again: durationSeconds } }`);
    const first = await asked();
    expect(first.errors?.map(({ path }) => path)).toEqual([
      ["release", "durationSeconds"],
      ["release", "releasedAt"],
      ["release", "again"],
    ]);
    expect(await asked()).toEqual(first);
    expect(facade.calls()).toEqual(["release/details"]);
  });
});

describe("the allowance of calls", () => {
  it("beyond 32 bits is not told, rather than a fault of ours", async () => {
    const own = await startFacade();
    const headers = { "x-ratelimit-limit": "99999999999", "x-ratelimit-current": "1", "x-ratelimit-reset": "60" };
    const body = `<response status="ok"><artist id="1"><name>A</name></artist></response>`;
    own.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 200, body, contentType: "text/xml", headers } });
    expect(await own.query(`{ artist(id: "1") { name } }`)).toEqual({ data: { artist: { name: "A" } } });
    expect(await own.query("{ upstreamQuota { limit } }")).toEqual({ data: { upstreamQuota: null } });
    await own.close();
  });
});
