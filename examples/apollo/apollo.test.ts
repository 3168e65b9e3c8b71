import type { ApolloClient } from "@apollo/client";
import { parse } from "graphql";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { agree, complete, startSignIn } from "../../test/support/sign-in.js";
import { eventually } from "../support/eventually";
import { artistId, pricesOfJourney } from "../support/prices";
import { addToBasket, buy } from "./basket";
import { createClient, createClients } from "./client";
import { codesOf, describe as describeError } from "./errors";
import { unmask } from "./generated";
import type { TopTracksInQueryVariables, TopTracksQuery } from "./generated/graphql";
import {
  ArtistInParts,
  PurchaseOutcome,
  BasketCreate,
  basketParts,
  BasketPage,
  Locker,
  priceParts,
  TopTracks,
  TopTracksIn,
} from "./operations";
import { ArtistAndLocker, BadAndGood, InContext, Quote } from "./test-operations";
import { show } from "./screen";
import type { Session } from "./session";

let facade: Facade;
beforeAll(async () => void (facade = await startFacade()));
afterAll(() => facade.close());

const guest = (): Session => ({ accessToken: undefined, onSignedOut: vi.fn() });
async function signIn(clientIdentifier: string): Promise<string> {
  const { authorizeUrl, state } = await startSignIn(facade, `{ clientIdentifier: "${clientIdentifier}" }`);
  agree(facade, authorizeUrl);
  const { data } = await facade.query<{ signInComplete: { accessToken: string } }>(complete, { state });
  return data.signInComplete.accessToken;
}
const user = async (): Promise<Session> => ({ ...guest(), accessToken: await signIn("laptop") });

/** What a component shows of the list: of the first page, and after the user has asked for more. */
async function pricesShown(client: ApolloClient, query: typeof TopTracks | typeof TopTracksIn, country?: string) {
  const screen = await show<TopTracksQuery, TopTracksInQueryVariables>(client, query, { artistId, first: 2, country });
  const prices = () => screen.data()?.artist?.topTracks?.edges.map(({ node }) => unmask(priceParts, node.price)?.current?.display) ?? [];
  const onPage1 = prices().slice(0, 2);
  if (prices().length < 4) await screen.fetchMore({ variables: { after: screen.data()?.artist?.topTracks?.pageInfo.endCursor } });
  await eventually(() => expect(prices()).toHaveLength(4));
  return { onPage1, afterPage2: prices() };
}

describe("prices are right after a country switch in Apollo", () => {
  it("with a client for each country", async () => {
    const clientOf = createClients(facade.url, guest());
    for (const { country, ...expected } of await pricesOfJourney(facade)) {
      expect({ country, ...(await pricesShown(clientOf(country), TopTracks)) }).toEqual({ country, ...expected });
    }
  });

  it("with price(country:) in one client", async () => {
    const client = createClient(facade.url, "GB", guest());
    for (const { country, ...expected } of await pricesOfJourney(facade)) {
      expect({ country, ...(await pricesShown(client, TopTracksIn, country)) }).toEqual({ country, ...expected });
    }
  });

  it("but @inContext in one client shows one country's prices in another: why the guide says not to", async () => {
    const client = createClient(facade.url, "GB", guest());
    const priceIn = async (country: string) => {
      const { data } = await client.query({ query: InContext, variables: { country } });
      return data?.release?.price?.current?.currencyCode;
    };
    expect([await priceIn("GB"), await priceIn("DE"), await priceIn("GB")]).toEqual(["GBP", "GBP", "GBP"]);
  });
});

describe("a mutation updates the cache", () => {
  it("the basket that is shown has the new line", async () => {
    const client = createClient(facade.url, "GB", guest());
    const { data } = await client.mutate({ mutation: BasketCreate });
    const id = unmask(basketParts, data?.basketCreate?.basket)?.id ?? "";
    const screen = await show(client, BasketPage, { id });
    const before = facade.requests();
    expect(await addToBasket(client, id, "track:12345:1302")).toEqual([]);
    const shown = () => unmask(basketParts, screen.data()?.basket);
    await eventually(() => expect(shown()).toMatchObject({ itemCount: 1, amountDue: { display: "£0.99" } }));
    expect(facade.requests() - before).toBe(1);
  });

  it("the locker that is shown has what was bought", async () => {
    const client = createClient(facade.url, "GB", await user());
    const screen = await show(client, Locker, { first: 20 });
    const { data } = await client.query({ query: Quote, variables: { id: "track:1628043:1087227" } });
    expect(await buy(client, "track:1628043:1087227", data?.track?.price?.quote ?? "", "0d7e2f0c-9c54-4d1b-8f0a-5a4b1d6c7e11")).toBe(
      "SUCCEEDED",
    );
    await eventually(() => {
      expect(screen.data()?.viewer?.locker?.edges.map(({ node }) => node.release.id)).toContain("release:1087227");
    });
  });
});

describe("errors have a code", () => {
  it("and the fields beside them have their data", async () => {
    const client = createClient(facade.url, "GB", guest());
    const { data, error } = await client.query({ query: BadAndGood });
    expect(data).toMatchObject({ bad: null, good: { name: "Keane" } });
    expect(codesOf(error)).toEqual(["BAD_USER_INPUT"]);
    expect(describeError(error)).toBe("Something went wrong. Please try again.");
  });

  it("also where the whole operation is rejected", async () => {
    const client = createClient(facade.url, "GB", guest());
    const { data, error } = await client.query({ query: parse("{ nonsense }") });
    expect(data).toBeUndefined();
    expect(codesOf(error)).toEqual(["GRAPHQL_VALIDATION_FAILED"]);
  });
});

describe("signing in", () => {
  it("shows what the user owns", async () => {
    const client = createClient(facade.url, "GB", await user());
    const { data } = await client.query({ query: Locker, variables: { first: 1 } });
    expect(data?.viewer?.locker?.edges).toHaveLength(1);
  });

  it("a token that is not accepted makes a guest, who sees the catalogue at once", async () => {
    const session = { ...guest(), accessToken: "expired" };
    const client = createClient(facade.url, "GB", session);
    const results = await Promise.all([
      client.query({ query: TopTracks, variables: { artistId, first: 1 } }),
      client.query({ query: Locker, variables: { first: 1 } }),
    ]);
    expect(results.map(({ error }) => error)).toEqual([undefined, undefined]);
    expect(results[0].data?.artist?.name).toBe("Keane");
    expect(results[1].data).toEqual({ viewer: null });
    expect(session.accessToken).toBeUndefined();
    expect(session.onSignedOut).toHaveBeenCalledTimes(1);
  });

  it("a token that 7digital has revoked ends the session, and data that needs no user stays", async () => {
    const session = { ...guest(), accessToken: await signIn("kitchen tablet") };
    const client = createClient(facade.url, "GB", session);
    expect((await client.query({ query: ArtistAndLocker })).error).toBeUndefined();
    // A user's fourth sign-in with the same device ends the first.
    for (let signIns = 0; signIns < 3; signIns++) await signIn("kitchen tablet");
    const { data, error } = await client.query({ query: ArtistAndLocker, fetchPolicy: "network-only" });
    expect(codesOf(error)).toEqual(["UNAUTHENTICATED"]);
    expect(data).toMatchObject({ artist: { name: "Keane" }, viewer: { locker: null } });
    expect(session.accessToken).toBeUndefined();
    expect(session.onSignedOut).toHaveBeenCalledTimes(1);
  });
});

describe("responses of several payloads", () => {
  it("of a query with @defer are shown part by part", async () => {
    facade.sandbox.faults.add({ method: "artist/toptracks", params: { artistId: "77" }, fault: { kind: "delay", ms: 300 } });
    const client = createClient(facade.url, "GB", guest());
    const seen: unknown[] = [];
    const shown = client.watchQuery({ query: ArtistInParts, variables: { id: "77" } }).subscribe(({ data }) => data && seen.push(data));
    await eventually(() => expect(seen.at(-1)).toMatchObject({ artist: { topTracks: {} } }));
    shown.unsubscribe();
    expect(seen[0]).toMatchObject({ artist: { id: "artist:77" } });
    expect(seen[0]).not.toMatchObject({ artist: { topTracks: {} } });
    expect(seen.at(-1)).toMatchObject({ artist: { id: "artist:77", topTracks: { edges: [{}, {}, {}] } } });
    facade.sandbox.faults.clear();
  });

  it("of a subscription are the states of a purchase", async () => {
    const client = createClient(facade.url, "GB", await user());
    const itemId = "track:1628043:1087227";
    const { data } = await client.query({ query: Quote, variables: { id: itemId } });
    const idempotencyKey = crypto.randomUUID();
    await buy(client, itemId, data?.track?.price?.quote ?? "", idempotencyKey);
    const seen: unknown[] = [];
    await new Promise<void>((complete, error) => {
      const next = ({ data: event }: { data?: unknown }): number => seen.push(event);
      client.subscribe({ query: PurchaseOutcome, variables: { idempotencyKey } }).subscribe({ next, error, complete });
    });
    expect(seen).toEqual([{ purchaseAttempt: expect.objectContaining({ status: "SUCCEEDED" }) as object }]);
  });
});
