/** A purchase of which nobody knows how it ended: what the locker shows of it settles it, and nothing else. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import {
  attemptOf,
  buy,
  lockerTrack,
  newBuyer,
  newKey,
  purchaseXml,
  raw,
  say,
  sell,
  startShop,
  type Shop,
} from "../../support/purchase/till.js";

let shop: Shop;
let user: ReturnType<typeof newBuyer>;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.pass(11);
  shop.till.purchases.length = 0;
  shop.till.locker = () => "";
  shop.till.onLook = undefined;
  shop.till.deed = sell();
  user = newBuyer();
});

const soon = (): string => new Date(Date.now() + 1000).toISOString();

it("F55: has succeeded where the locker then shows exactly one new purchase of it", async () => {
  const old = lockerTrack("1", "2012-01-01T00:00:00Z");
  shop.till.locker = () => old;
  shop.till.deed = (socket) => {
    shop.till.locker = () => old + lockerTrack("815", soon());
    socket.resetAndDestroy();
  };
  const { data } = await buy(shop, {}, user);
  expect(data.itemPurchase).toEqual({
    attempt: { status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null },
    purchase: { purchaseId: "815" },
    userErrors: [],
  });
});

it("F55: is found by its date where the locker tells no purchase ids", async () => {
  shop.till.deed = (socket) => {
    shop.till.locker = () => lockerTrack(undefined, soon());
    socket.resetAndDestroy();
  };
  expect((await buy(shop, {}, user)).data.itemPurchase.attempt).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null });
});

it.each([
  ["the locker does not show it", () => ""],
  ["the locker shows an old purchase of it only", () => lockerTrack("7", "2012-01-01T00:00:00Z")],
  ["the locker shows two new ones", () => lockerTrack("816", soon()) + lockerTrack("817", soon())],
])("F56: stays unknown where %s", async (_why, locker) => {
  shop.till.deed = (socket) => {
    shop.till.locker = locker;
    socket.resetAndDestroy();
  };
  const idempotencyKey = newKey();
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
  expect((await attemptOf(shop, idempotencyKey, user))?.status).toBe("OUTCOME_UNKNOWN");
});

it("F56: stays unknown where the locker can not be read, and is settled by a later question", async () => {
  const idempotencyKey = newKey();
  shop.till.deed = (socket) => {
    shop.till.onLook = (looked) => {
      looked.resetAndDestroy();
      return true;
    };
    socket.resetAndDestroy();
  };
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
  shop.till.onLook = undefined;
  shop.till.locker = () => lockerTrack("818", soon());
  expect(await attemptOf(shop, idempotencyKey, user)).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null });
  expect((await buy(shop, { idempotencyKey }, user)).data.itemPurchase).toMatchObject({ purchase: { purchaseId: "818" }, userErrors: [] });
  expect(shop.till.purchases).toHaveLength(1);
});

it("F56: keeps the next purchase of the same thing from being sent until that is acknowledged", async () => {
  shop.till.deed = raw("", "reset");
  await buy(shop, {}, user);
  shop.till.deed = sell();
  const contested = await buy(shop, {}, user);
  expect(contested.data.itemPurchase).toEqual({
    attempt: null,
    purchase: null,
    userErrors: [{ __typename: "EarlierAttemptError", code: "EARLIER_ATTEMPT", field: null }],
  });
  expect(shop.till.purchases).toHaveLength(1);
  expect((await buy(shop, { acknowledgeUnknown: true }, user)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  expect(shop.till.purchases).toHaveLength(2);
});

it.each([
  ["with ids", "9001", "9001"],
  ["without ids", "9002", undefined],
  ["whose ids are 0", "9003", "0"],
])("F56: is not taken for succeeded by the purchase of a later attempt, in a locker %s", async (_which, purchaseId, shownId) => {
  const lost = newKey();
  shop.till.deed = raw("", "reset");
  await buy(shop, { idempotencyKey: lost }, user);
  shop.till.deed = (socket, request) => {
    shop.till.locker = () => lockerTrack(shownId, soon());
    say(purchaseXml(purchaseId))(socket, request);
  };
  expect((await buy(shop, { acknowledgeUnknown: true }, user)).data.itemPurchase.purchase).toEqual({ purchaseId });
  expect((await attemptOf(shop, lost, user))?.status).toBe("OUTCOME_UNKNOWN");
});
