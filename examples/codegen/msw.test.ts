/** Tests of a front end as its team would write them. */
import { graphql, HttpResponse } from "msw";
import { setupServer } from "msw/node";
import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { showArtist } from "./artist-page";
import { buy, nextStep, outcome } from "./buy";
import { shopHandlers, startTestShop, type TestShop } from "./test-shop";
import { ask } from "./ask";
import { ItemPrice } from "./operations";

// #region msw
const api = { url: "https://shop.example/graphql" };
const server = setupServer();
let shop: TestShop;
beforeAll(async () => {
  shop = await startTestShop();
  server.listen({ onUnhandledRequest: "error" });
  server.use(...shopHandlers(api.url, shop));
});
afterEach(() => server.resetHandlers(...shopHandlers(api.url, shop)));
afterAll(async () => {
  server.close();
  await shop.close();
});

it("shows an artist", async () => {
  expect(await showArtist(api, "1")).toEqual([
    "Keane",
    "The Night Sky: £0.99",
    "In The Invisible Lips: £0.99",
    expect.stringContaining("£"),
  ]);
});

it("asks for patience where there were too many requests", async () => {
  const errors = [{ message: "Too many requests.", extensions: { code: "RATE_LIMITED", retryable: true } }];
  server.use(graphql.query("ArtistPage", () => HttpResponse.json({ errors }, { status: 429 })));
  expect(await showArtist(api, "1")).toEqual(["Too many requests. Try again in a minute."]);
});
// #endregion msw

it("says that there is no such artist", async () => {
  expect(await showArtist(api, "999999999")).toEqual(["There is no such artist."]);
});

it("says that an artist cannot be shown where there is an error", async () => {
  expect(await showArtist(api, "abc")).toEqual(["This artist cannot be shown now."]);
});

const returnUrl = "https://shop.example/basket";
async function buyTopTrack(idempotencyKey: string) {
  const itemId = "track:1628043:1087227";
  const { data } = await ask(api, ItemPrice, { id: itemId });
  return buy(api, { itemId, quote: data.track?.price?.quote ?? "", idempotencyKey }, returnUrl);
}

it("buys what the user saw the price of, as a user of the sandbox", async () => {
  server.use(...shopHandlers(api.url, shop, "demo"));
  const payload = await buyTopTrack("0b7a4a43-6c53-4c1c-9f42-1d1f8f6a2b11");
  expect(payload && nextStep(payload)).toBe("It is in your locker.");
  expect(await outcome(api, "0b7a4a43-6c53-4c1c-9f42-1d1f8f6a2b11")).toBe("SUCCEEDED");
});

it("leads a user whose card has expired to the page for cards", async () => {
  server.use(...shopHandlers(api.url, shop, "expired-card"));
  const payload = await buyTopTrack("9a3f2d14-70cf-4f0e-8f3e-0c2d6b7f1a22");
  expect(payload && nextStep(payload)).toMatch(/^Add a card: http.*\/payment\/addcard/);
});
