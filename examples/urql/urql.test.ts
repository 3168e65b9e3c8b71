import type { Client, TypedDocumentNode } from "@urql/core";
import { parse } from "graphql";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi, type MockInstance } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { agree, complete, startSignIn } from "../../test/support/sign-in.js";
import { eventually } from "../support/eventually";
import { artistId, pricesOfJourney } from "../support/prices";
import { idOf, pagedLists, typesWithoutId, type PagedList } from "../support/schema-lists";
import { keys, resolvers } from "./cache-config";
import { codesOf, createClient, createClients, type Session } from "./client";
import { unmask } from "./generated";
import {
  ArtistInParts,
  PurchaseOutcome,
  BasketCreate,
  BasketLinesAdd,
  BasketPage,
  basketParts,
  ItemPurchase,
  Locker,
  TopTracks,
} from "./operations";

let facade: Facade;
beforeAll(async () => void (facade = await startFacade()));
afterAll(() => facade.close());

/** graphcache complains of a missing key on the console, and then shows what is not there as null. */
let complaints: MockInstance[];
beforeEach(() => void (complaints = [vi.spyOn(console, "warn"), vi.spyOn(console, "error")]));
afterEach(() => {
  const said = complaints.flatMap(({ mock }) => mock.calls);
  vi.restoreAllMocks();
  expect(said).toEqual([]);
});

const guest = (): Session => ({ accessToken: undefined, onSignedOut: vi.fn() });
async function signIn(clientIdentifier: string): Promise<Session> {
  const { authorizeUrl, state } = await startSignIn(facade, `{ clientIdentifier: "${clientIdentifier}" }`);
  agree(facade, authorizeUrl);
  const { data } = await facade.query<{ signInComplete: { accessToken: string } }>(complete, { state });
  return { ...guest(), accessToken: data.signInComplete.accessToken };
}

describe("the cache knows the schema", () => {
  it("every type without an id has a key", () => {
    expect(typesWithoutId.map(({ name }) => name).filter((name) => keys[name] === undefined)).toEqual([]);
  });

  it("every list pages", () => {
    const unpaged = pagedLists.filter(({ type, field }) => typeof resolvers[type]?.[field] !== "function");
    expect(unpaged.map(({ name }) => name)).toEqual([]);
  });

  it("objects without an id are kept whole", async () => {
    const client = createClient(facade.url, "GB", await signIn("laptop"));
    const document = parse(`{
      release(id: "155408") {
        id label { name } licensor { name } formats { formatId } packages { packageId price { soldAs } formats { formatId } }
        image { url } price { current { display } }
      }
      editorialList(key: "featured_albums") { id }
      storeContext { country }
      upstreamQuota { limit }
      viewer { ${idOf("Viewer")} locker(first: 5) { nodes { release { id } } } }
      track(id: "track:12345:1302") { id clip { url } }
    }`);
    const asked = await client.query(document, {}).toPromise();
    expect(asked.error).toBeUndefined();
    const cached = await client.query(document, {}, { requestPolicy: "cache-only" }).toPromise();
    expect(cached.data).toEqual(asked.data);
    expect(cached.stale).toBe(false);
  });
});

describe.each(pagedLists)("$name", ({ query, read }: PagedList) => {
  it("shows both pages after the second was asked for", async () => {
    const session = await signIn("laptop");
    const client = createClient(facade.url, "GB", session);
    const document = parse(query);
    const page1 = read((await client.query(document, { first: 1 }).toPromise()).data);
    const shown = read((await client.query(document, { first: 1, after: page1.pageInfo.endCursor }).toPromise()).data);
    const { data } = await facade.query(query, { first: 2 }, { authorization: `Bearer ${String(session.accessToken)}` });
    expect(shown.edges).toHaveLength(2);
    expect(shown.edges.map(({ cursor }) => cursor)).toEqual(read(data).edges.map(({ cursor }) => cursor));
    expect(shown.pageInfo).toMatchObject(read(data).pageInfo);
  });
});

/** What a component shows of the list: of the first page, and after the user has asked for more. */
async function pricesShown(client: Client, country?: string) {
  const variables = { artistId, first: 2, ...(country !== undefined && { country }) };
  const first = await client.query(TopTracks, variables).toPromise();
  const { endCursor } = first.data?.artist?.topTracks?.pageInfo ?? {};
  const prices = ({ data }: typeof first) => data?.artist?.topTracks?.edges.map(({ node }) => node.price?.current?.display) ?? [];
  const onPage1 = prices(first).slice(0, 2);
  // In a country that was shown before, both pages are there.
  const second = prices(first).length < 4 ? await client.query(TopTracks, { ...variables, after: endCursor }).toPromise() : first;
  return { onPage1, afterPage2: prices(second) };
}

describe("prices are right after a country switch in graphcache", () => {
  it("with a client for each country", async () => {
    const clientOf = createClients(facade.url, guest());
    for (const { country, ...expected } of await pricesOfJourney(facade)) {
      expect({ country, ...(await pricesShown(clientOf(country))) }).toEqual({ country, ...expected });
    }
  });

  it("with price(country:) in one client, where a page is shown anew", async () => {
    const client = createClient(facade.url, "GB", guest());
    for (const { country, onPage1 } of await pricesOfJourney(facade)) {
      expect((await pricesShown(client, country)).onPage1).toEqual(onPage1);
    }
  });

  it("but price(country:) in one client knows no price of a page that was read for another country", async () => {
    const client = createClient(facade.url, "GB", guest());
    const [first, second] = await pricesOfJourney(facade);
    expect((await pricesShown(client, "GB")).afterPage2).toEqual(first?.afterPage2);
    expect((await pricesShown(client, "DE")).afterPage2).toEqual([...(second?.onPage1 ?? []), undefined, undefined]);
  });

  it("but @inContext in one client shows one country's prices in another: why the guide says not to", async () => {
    const client = createClient(facade.url, "GB", guest());
    const document = parse(
      `query ($c: CountryCode) @inContext(country: $c) { release(id: "155408") { id price { current { currencyCode } } } }`,
    ) as TypedDocumentNode<{ release: { price: { current: { currencyCode: string } } } }, { c: string }>;
    const currencyIn = async (c: string) => (await client.query(document, { c }).toPromise()).data?.release.price.current.currencyCode;
    expect([await currencyIn("GB"), await currencyIn("DE"), await currencyIn("US")]).toEqual(["GBP", "GBP", "GBP"]);
  });
});

/** The latest data that a query shows. */
function show<D, V extends object>(client: Client, document: TypedDocumentNode<D, V>, variables: V): { latest(): D | undefined } {
  let latest: D | undefined;
  client.query<D>(document, variables).subscribe(({ data }) => (latest = data));
  return { latest: () => latest };
}

describe("a mutation updates the cache", () => {
  it("the basket that is shown has the new line", async () => {
    const client = createClient(facade.url, "GB", guest());
    const { data } = await client.mutation(BasketCreate, {}).toPromise();
    const id = unmask(basketParts, data?.basketCreate?.basket)?.id ?? "";
    const page = show(client, BasketPage, { id });
    const shown = () => unmask(basketParts, page.latest()?.basket);
    await eventually(() => expect(shown()?.itemCount).toBe(0));
    const before = facade.requests();
    await client.mutation(BasketLinesAdd, { input: { basketId: id, lines: [{ itemId: "track:12345:1302" }] } }).toPromise();
    expect(shown()).toMatchObject({ itemCount: 1, amountDue: { display: "£0.99" } });
    expect(facade.requests() - before).toBe(1);
  });

  it("the locker that is shown has what was bought", async () => {
    const client = createClient(facade.url, "GB", await signIn("laptop"));
    const page = show(client, Locker, { first: 20 });
    await eventually(() => expect(page.latest()).toBeDefined());
    const itemId = "track:1628043:1087227";
    const { data } = await facade.query<{ track: { price: { quote: string } } }>(`{ track(id: "${itemId}") { price { quote } } }`);
    const input = { itemId, quote: data.track.price.quote, idempotencyKey: "b8b6a5de-2f0d-4a43-9a0e-7a1c0e7bb0f1" };
    const bought = await client.mutation(ItemPurchase, { input }).toPromise();
    expect(bought.data?.itemPurchase?.attempt?.status).toBe("SUCCEEDED");
    const releases = () => page.latest()?.viewer?.locker?.edges.map(({ node }) => node.release.id);
    await eventually(() => expect(releases()).toContain("release:1087227"));
  });
});

describe("errors and sign-in", () => {
  it("errors have a code", async () => {
    const { data, error } = await createClient(facade.url, "GB", guest())
      .query<unknown>(parse(`{ bad: artist(id: "abc") { id name } good: artist(id: "1") { id name } }`), {})
      .toPromise();
    expect(data).toMatchObject({ bad: null, good: { name: "Keane" } });
    expect(codesOf(error)).toEqual(["BAD_USER_INPUT"]);
  });

  it("a token that is not accepted makes a guest, who sees the catalogue at once", async () => {
    const session = { ...guest(), accessToken: "expired" };
    const client = createClient(facade.url, "GB", session);
    const results = await Promise.all([
      client.query(TopTracks, { artistId, first: 1 }).toPromise(),
      client.query(Locker, { first: 1 }).toPromise(),
    ]);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(results[1].data).toMatchObject({ viewer: null });
    expect(session.accessToken).toBeUndefined();
    expect(session.onSignedOut).toHaveBeenCalledTimes(1);
  });

  it("a token that 7digital has revoked ends the session, and nothing is sent twice", async () => {
    const session = await signIn("kitchen tablet");
    const client = createClient(facade.url, "GB", session);
    // A user's fourth sign-in with the same device ends the first.
    for (let signIns = 0; signIns < 3; signIns++) await signIn("kitchen tablet");
    const before = facade.requests();
    const { error, data } = await client
      .query<unknown>(parse(`{ artist(id: "1") { id name } viewer { ${idOf("Viewer")} locker { totalCount } } }`), {})
      .toPromise();
    expect(codesOf(error)).toEqual(["UNAUTHENTICATED"]);
    expect(data).toMatchObject({ artist: { name: "Keane" }, viewer: { locker: null } });
    expect(facade.requests() - before).toBe(1);
    expect(session.onSignedOut).toHaveBeenCalledTimes(1);
  });
});

describe("responses of several payloads", () => {
  it("of a query with @defer are shown part by part", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", params: { artistId: "77" }, fault: { kind: "delay", ms: 300 } });
    const client = createClient(facade.url, "GB", guest());
    const seen: unknown[] = [];
    const shown = client.query(ArtistInParts, { id: "77" }).subscribe(({ data }) => data && seen.push(data));
    await eventually(() => expect(seen.at(-1)).toMatchObject({ artist: { topTracks: {} } }));
    shown.unsubscribe();
    expect(seen[0]).toMatchObject({ artist: { id: "artist:77" } });
    expect(seen[0]).not.toMatchObject({ artist: { topTracks: {} } });
    expect(seen.at(-1)).toMatchObject({ artist: { id: "artist:77", topTracks: { edges: [{}, {}, {}] } } });
    facade.sandbox.faults.clear();
  });

  it("of a subscription are the states of a purchase", async () => {
    const client = createClient(facade.url, "GB", await signIn("laptop"));
    const itemId = "track:1628043:1087227";
    const { data } = await facade.query<{ track: { price: { quote: string } } }>(`{ track(id: "${itemId}") { price { quote } } }`);
    const idempotencyKey = crypto.randomUUID();
    await client.mutation(ItemPurchase, { input: { itemId, quote: data.track.price.quote, idempotencyKey } }).toPromise();
    const seen: unknown[] = [];
    client.subscription(PurchaseOutcome, { idempotencyKey }).subscribe((result) => seen.push(result.data));
    await eventually(() => expect(seen.at(-1)).toMatchObject({ purchaseAttempt: { status: "SUCCEEDED" } }));
  });
});
