/** Items of a locker that nobody can read keep their owner from nothing: they buy, and what became of a purchase is found out as far as the
 *  rest tells it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { errorXml, reset, respond } from "../../support/fake-upstream.js";
import { attemptOf, buy, lockerTrack, newBuyer, newKey, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

let shop: Shop;
let user: ReturnType<typeof newBuyer>;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.pass(11);
  shop.upstream.purchases.length = 0;
  shop.upstream.onPurchase = sell();
  user = newBuyer();
});

const nil = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:nil="true"';
const purchased = "<purchaseId>5</purchaseId><purchaseDate>2010-01-01T00:00:00Z</purchaseDate>";
const old = lockerTrack("1", "2012-01-01T00:00:00Z");

let bought = 800;
/** Under an id of its own: records know each purchase as one attempt's. */
const now = (): string => {
  bought += 1;
  return lockerTrack(String(bought), new Date(Date.now() + 3_600_000).toISOString());
};

describe.each([
  ["a track that is nil", `<lockerTrack ${nil}/>`],
  ["an item whose track is nil", `<lockerTrack><track ${nil}/><remainingDownloads>1</remainingDownloads>${purchased}</lockerTrack>`],
  ["an item whose track has no id", `<lockerTrack><track><title>T</title></track>${purchased}</lockerTrack>`],
  ["an item without a track", `<lockerTrack>${purchased}</lockerTrack>`],
])("a locker with %s", (_what, item) => {
  it("lets its owner buy", async () => {
    shop.upstream.locker = () => item + old;
    expect((await buy(shop, {}, user)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED", confirmedBy: "ANSWER" } });
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("confirms a refusal", async () => {
    shop.upstream.locker = () => item + old;
    shop.upstream.onPurchase = respond(errorXml("3101"));
    expect((await buy(shop, {}, user)).data.itemPurchase).toMatchObject({ attempt: { status: "REJECTED", failure: "PAYMENT_FAILED" } });
  });

  it("shows what was bought", async () => {
    shop.upstream.locker = () => item + old;
    const after = item + old + now();
    shop.upstream.onPurchase = (response) => {
      shop.upstream.locker = () => after;
      reset(response);
    };
    // The purchase that is looked up by its id holds it alone.
    const idempotencyKey = newKey();
    const { data } = await buy(shop, { idempotencyKey }, user);
    expect(data.itemPurchase.attempt).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null });
    expect((await attemptOf(shop, idempotencyKey, user))?.status).toBe("SUCCEEDED");
  });
});

it("a release that lost all of its tracks that way may be the purchase: nothing follows from what is not shown", async () => {
  shop.upstream.locker = () => "";
  shop.upstream.onPurchase = (response) => {
    shop.upstream.locker = () => `<lockerTrack ${nil}/>`;
    respond(errorXml("3003"))(response);
  };
  expect((await buy(shop, {}, user)).data.itemPurchase).toMatchObject({ attempt: { status: "OUTCOME_UNKNOWN", failure: null } });
  expect(shop.upstream.purchases).toHaveLength(1);
});
