/** SEVENDIGITAL_USAGE_TYPES: what music is used for is sent with reads of the catalogue, and answers hold no more than that. */
import { afterEach, describe, expect, it } from "vitest";
import { irregular } from "../../../src/sandbox/catalogue/irregular.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;
afterEach(() => facade.close());

async function start(usageTypes: string): Promise<void> {
  facade = await startFacade({ environment: { SEVENDIGITAL_USAGE_TYPES: usageTypes, TRUST_PLAIN_TOKENS: "true" } });
}

async function dataOf<D = unknown>(query: string, headers = {}): Promise<D> {
  const { data, errors } = await facade.query<D>(query, {}, headers);
  expect(errors).toBeUndefined();
  return data;
}

/** What each call since the last look was sent, by method. */
function sent(): Readonly<Record<string, string | undefined>> {
  const entries = facade.sandbox.journal.entries().map(({ method, params }) => [method, params["usageTypes"]] as const);
  facade.sandbox.journal.clear();
  return Object.fromEntries(entries);
}

const signedIn = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
const everything = `{
  release(id: "155408") { title tracks(first: 1) { nodes { title } } }
  artist(id: "1") { name releases(first: 1) { nodes { title } } topTracks(first: 1) { nodes { title } } }
  releaseChart(first: 1) { nodes { title } }
  trackChart(first: 1) { nodes { title } }
  search(query: "love") { tracks(first: 1) { nodes { title } } }
}`;

describe("usage types", () => {
  it("are sent with reads of the catalogue and with nothing else", async () => {
    await start("download,subscriptionstreaming");
    await dataOf(everything);
    const calls = sent();
    expect(Object.keys(calls)).toHaveLength(8);
    expect(new Set(Object.values(calls))).toEqual(new Set(["download,subscriptionstreaming"]));
    const { basketCreate } = await dataOf<{ basketCreate: { basket: { id: string } } }>(`mutation { basketCreate { basket { id } } }`);
    await dataOf(`{ basket(id: "${basketCreate.basket.id}") { itemCount } }`);
    await dataOf(`{ viewer { locker(first: 1) { nodes { release { title } } } } upstreamTime }`, signedIn);
    expect(sent()).toEqual({ "basket/create": undefined, basket: undefined, "user/locker": undefined, status: undefined });
  });

  it("are not sent where none are set", async () => {
    await start("");
    await dataOf(everything);
    expect(new Set(Object.values(sent()))).toEqual(new Set([undefined]));
  });
});

const item = `title releasedAt addedAt streamingReleasedAt slug formats { description } packages { packageId } price { soldAs current { amount } }`;

interface Item {
  readonly releasedAt: string | null;
  readonly streamingReleasedAt: string | null;
  readonly slug: string;
  readonly formats: readonly object[];
  readonly packages: readonly object[];
  readonly price: { readonly soldAs: string; readonly current: object | null };
}

describe("a list of releases", () => {
  const query = `{ releaseChart(first: 20) { nodes { ${item} artist { slug image { url } } } } }`;
  const charted = async (): Promise<readonly Item[]> =>
    (await dataOf<{ releaseChart: { nodes: readonly Item[] } }>(query)).releaseChart.nodes;

  it("for streaming alone has no price, format or date of download, which costs no call to find out", async () => {
    await start("adsupportedstreaming");
    const found = await charted();
    expect(facade.calls()).toEqual(["release/chart"]);
    expect(found).toHaveLength(20);
    for (const { releasedAt, formats, packages, price, slug } of found) {
      expect([releasedAt, formats, packages, price]).toEqual([null, [], [], { soldAs: "NOT_FOR_SALE", current: null }]);
      expect(slug).toMatch(/^[a-z0-9-]+$/);
    }
    expect(found.filter(({ streamingReleasedAt }) => streamingReleasedAt !== null).length).toBeGreaterThan(15);
  });

  it("for downloads has packages with their formats and prices", async () => {
    await start("download");
    const found = await charted();
    expect(found.filter(({ price }) => price.soldAs === "ITEM").length).toBeGreaterThan(10);
    for (const { formats, packages } of found) expect([formats.length > 0, packages.length > 0]).toEqual([true, true]);
  });
});

describe("a track", () => {
  const query = `{ track(id: "${String(irregular.tracks.pdf)}") {
    type popularity pline previewReleasedAt downloadReleasedAt streamingReleasedAt price { soldAs } release { slug image { url } }
  } }`;

  it("for everything has all dates, its popularity and its type", async () => {
    await start("download,subscriptionstreaming,adsupportedstreaming");
    const { track } = await dataOf<{ track: Readonly<Record<string, unknown>> }>(query);
    expect(track).toMatchObject({ type: "PDF", popularity: expect.any(Number) as number, pline: expect.any(String) as string });
    expect([track["previewReleasedAt"], track["streamingReleasedAt"]]).toEqual([track["downloadReleasedAt"], track["downloadReleasedAt"]]);
    expect(facade.calls()).toEqual(["track/details"]);
  });

  it("for streaming alone has the date of streaming", async () => {
    await start("subscriptionstreaming");
    const { track } = await dataOf<{ track: Readonly<Record<string, unknown>> }>(query);
    expect(track).toMatchObject({ downloadReleasedAt: null, previewReleasedAt: null, price: { soldAs: "NOT_FOR_SALE" } });
    expect(track["streamingReleasedAt"]).toEqual(expect.any(String));
  });

  it("in lists has the picture of its artist, unless that is a placeholder", async () => {
    await start("download");
    interface Tracks {
      readonly search: { readonly tracks: { readonly nodes: readonly { readonly artist: { readonly image: object | null } }[] } };
    }
    const { search } = await dataOf<Tracks>(
      `{ search(query: "love") { tracks(first: 50) { nodes { popularity artist { image { url } } } } } }`,
    );
    expect(facade.calls()).toEqual(["track/search"]);
    const pictures = search.tracks.nodes.map(({ artist }) => artist.image !== null);
    expect(new Set(pictures)).toEqual(new Set([true, false]));
  });
});
