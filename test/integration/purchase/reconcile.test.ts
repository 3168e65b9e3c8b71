/** A purchase of which nobody knows how it ended: what the locker shows of it settles it, and nothing else. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { reset, respond } from "../../support/fake-upstream.js";
import {
  attemptOf,
  buy,
  lockerTrack,
  newBuyer,
  newKey,
  purchaseXml,
  sell,
  startShop,
  type Shop,
} from "../../support/purchase/purchase-upstream.js";

let shop: Shop;
let user: ReturnType<typeof newBuyer>;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.pass(11);
  shop.upstream.purchases.length = 0;
  shop.upstream.locker = () => "";
  shop.upstream.onLockerRead = shop.upstream.showLocker;
  shop.upstream.onPurchase = sell();
  user = newBuyer();
});

const soon = (): string => new Date(Date.now() + 1000).toISOString();

it("F55: has succeeded where the locker then shows exactly one new purchase of it", async () => {
  const old = lockerTrack("1", "2012-01-01T00:00:00Z");
  shop.upstream.locker = () => old;
  shop.upstream.onPurchase = (response) => {
    shop.upstream.locker = () => old + lockerTrack("815", soon());
    reset(response);
  };
  const { data } = await buy(shop, {}, user);
  expect(data.itemPurchase).toEqual({
    attempt: { status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null },
    purchase: { purchaseId: "815" },
    userErrors: [],
  });
});

it("F55: is found by its date where the locker tells no purchase ids", async () => {
  shop.upstream.onPurchase = (response) => {
    shop.upstream.locker = () => lockerTrack(undefined, soon());
    reset(response);
  };
  expect((await buy(shop, {}, user)).data.itemPurchase.attempt).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null });
});

it.each([
  ["the locker does not show it", () => ""],
  ["the locker shows an old purchase of it only", () => lockerTrack("7", "2012-01-01T00:00:00Z")],
  ["the locker shows two new ones", () => lockerTrack("816", soon()) + lockerTrack("817", soon())],
])("F56: stays unknown where %s", async (_why, locker) => {
  shop.upstream.onPurchase = (response) => {
    shop.upstream.locker = locker;
    reset(response);
  };
  const idempotencyKey = newKey();
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
  expect((await attemptOf(shop, idempotencyKey, user))?.status).toBe("OUTCOME_UNKNOWN");
});

it("F56: stays unknown where the locker cannot be read, and is settled by a later question", async () => {
  const idempotencyKey = newKey();
  shop.upstream.onPurchase = (response) => {
    shop.upstream.onLockerRead = reset;
    reset(response);
  };
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
  shop.upstream.onLockerRead = shop.upstream.showLocker;
  shop.upstream.locker = () => lockerTrack("818", soon());
  expect(await attemptOf(shop, idempotencyKey, user)).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null });
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase).toMatchObject({ purchase: { purchaseId: "818" }, userErrors: [] });
  expect(shop.upstream.purchases).toHaveLength(1);
});

it("F56: keeps the next purchase of the same thing from being sent until that is acknowledged", async () => {
  shop.upstream.onPurchase = reset;
  await buy(shop, {}, user);
  shop.upstream.onPurchase = sell();
  const contested = await buy(shop, {}, user);
  expect(contested.data.itemPurchase).toEqual({
    attempt: null,
    purchase: null,
    userErrors: [
      {
        ...{ __typename: "EarlierAttemptError", code: "EARLIER_ATTEMPT", field: null },
        message: expect.stringContaining("acknowledgeUnknown: true") as string,
      },
    ],
  });
  expect(shop.upstream.purchases).toHaveLength(1);
  expect((await buy(shop, { acknowledgeUnknown: true }, user)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  expect(shop.upstream.purchases).toHaveLength(2);
});

it.each([
  ["with ids", "9001", "9001"],
  ["without ids", "9002", undefined],
  ["whose ids are 0", "9003", "0"],
])("F56: is not taken for succeeded by the purchase of a later attempt, in a locker %s", async (_which, purchaseId, shownId) => {
  const lost = newKey();
  shop.upstream.onPurchase = reset;
  await buy(shop, { idempotencyKey: lost }, user);
  shop.upstream.onPurchase = (response) => {
    shop.upstream.locker = () => lockerTrack(shownId, soon());
    respond(purchaseXml(purchaseId))(response);
  };
  expect((await buy(shop, { acknowledgeUnknown: true }, user)).data.itemPurchase.purchase).toEqual({ purchaseId });
  expect((await attemptOf(shop, lost, user))?.status).toBe("OUTCOME_UNKNOWN");
});
