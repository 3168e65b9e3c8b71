import { readFileSync } from "node:fs";
import { join } from "node:path";
import { createElement } from "react";
import { fetchQuery, type Environment } from "relay-runtime";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { artistId, pricesOfJourney } from "../support/prices";
import { ArtistCard } from "./artist-card";
import { createEnvironment, type Session } from "./environment";
import artistCardQuery from "./generated/artistCardQuery.graphql";
import { openScreen } from "./screen";
import { TopTracksPage } from "./top-tracks";

/** Runs nothing but what relay-compiler has put into its file. */
let facade: Facade;
/** Runs any document: what it says is what has to be shown. */
let open: Facade;
const file = join(import.meta.dirname, "generated/operations.json");
beforeAll(async () => {
  facade = await startFacade({ environment: { PERSISTED_OPERATIONS: file, PERSISTED_ONLY: "true" } });
  open = await startFacade();
});
afterAll(() => Promise.all([facade.close(), open.close()]));

const guest = (): Session => ({ accessToken: undefined, onSignedOut: vi.fn() });

/** What the page shows at first, and after a press on More. Every page is new to React, as after a reload of the program. */
async function pricesShown(environment: Environment, country?: string) {
  const screen = openScreen();
  screen.show(environment, createElement(TopTracksPage, { artistId, ...(country !== undefined && { country }) }));
  const shown = await screen.texts("b");
  const onPage1 = shown.slice(0, 2);
  // In a country that was shown before, both pages may be there.
  if (shown.length < 4) screen.press("More");
  return { onPage1, afterPage2: await screen.texts("b", 4) };
}

describe("prices are right after a country switch in Relay", () => {
  it("with an environment for each country", async () => {
    const journey = await pricesOfJourney(open);
    const environments = new Map(journey.map(({ country }) => [country, createEnvironment(facade.url, country, guest())]));
    for (const { country, ...expected } of journey) {
      const environment = environments.get(country);
      if (environment === undefined) throw new Error("Each country has one.");
      expect({ country, ...(await pricesShown(environment)) }).toEqual({ country, ...expected });
    }
  });

  it("with price(country:) in one environment", async () => {
    const environment = createEnvironment(facade.url, "GB", guest());
    for (const { country, ...expected } of await pricesOfJourney(open)) {
      expect({ country, ...(await pricesShown(environment, country)) }).toEqual({ country, ...expected });
    }
  });

  it("but @inContext is not in the query for further pages: why the guide says not to use it", () => {
    const operations = JSON.parse(readFileSync(file, "utf8")) as Readonly<Record<string, string>>;
    const documentOf = (name: string) => Object.values(operations).find((text) => text.startsWith(`query ${name}(`));
    expect(documentOf("inContextPageQuery")).toContain('@inContext(country: "DE")');
    expect(documentOf("inContextMoreQuery")).toContain("topTracks");
    expect(documentOf("inContextMoreQuery")).not.toContain("@inContext");
  });
});

it("an item that fails says why, by its code", async () => {
  const screen = openScreen();
  screen.show(createEnvironment(facade.url, "GB", guest()), createElement(ArtistCard, { artistId: "abc" }));
  expect(await screen.texts("p")).toEqual(["This artist cannot be shown now (BAD_USER_INPUT)."]);
});

it("a name, and an artist that does not exist", async () => {
  const environment = createEnvironment(facade.url, "GB", guest());
  for (const [id, expected] of [
    ["1", "Keane"],
    ["999999999", "There is no such artist."],
  ] as const) {
    const screen = openScreen();
    screen.show(environment, createElement(ArtistCard, { artistId: id }));
    expect(await screen.texts("h1")).toEqual([expected]);
  }
});

describe("persisted operations", () => {
  it("send no document", async () => {
    const sent = vi.spyOn(globalThis, "fetch");
    const screen = openScreen();
    screen.show(createEnvironment(facade.url, "GB", guest()), createElement(ArtistCard, { artistId: "1" }));
    await screen.texts("h1");
    const [, request] = sent.mock.calls[0] ?? [];
    const body: unknown = JSON.parse(request?.body as string);
    expect(body).toEqual({ documentId: artistCardQuery.params.id, variables: { artistId: "1" } });
    vi.restoreAllMocks();
  });

  it("that the server does not have are rejected by code", async () => {
    const fetched = fetchQuery(createEnvironment(open.url, "GB", guest()), artistCardQuery, { artistId: "1" }).toPromise();
    await expect(fetched).rejects.toMatchObject({ codes: ["PERSISTED_QUERY_NOT_FOUND"] });
  });
});

it("a token that is not accepted makes a guest, who sees the catalogue at once", async () => {
  const session = { ...guest(), accessToken: "expired" };
  const screen = openScreen();
  screen.show(createEnvironment(facade.url, "GB", session), createElement(ArtistCard, { artistId: "1" }));
  expect(await screen.texts("h1")).toEqual(["Keane"]);
  expect(session.accessToken).toBeUndefined();
  expect(session.onSignedOut).toHaveBeenCalledTimes(1);
});
