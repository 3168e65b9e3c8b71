/** A refusal says that nothing was charged only once the locker has been looked into; and an answer that names another purchase is not
 *  believed. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockerOf, look, openCopies, refusedWith, sale, track, type Copies, type Copy, type Send } from "./copies.js";
import type { Look, Owned } from "../../../src/purchase/reconciliation.js";

const key = "key-of-a-refused-purchase";
const other = "another-key-for-the-same";

let copies: Copies;
let a: Copy;
let b: Copy;
beforeEach(() => {
  copies = openCopies();
  ({ a, b } = copies);
});
afterEach(() => copies.close());

const rejected = { status: "REJECTED", refusal: { code: "PAYMENT_FAILED" } };
const boughtByLocker = { status: "SUCCEEDED", confirmedBy: "LOCKER", purchase: { purchaseId: "4711" } };
const unknown = { status: "OUTCOME_UNKNOWN", refusal: undefined };
const declined = refusedWith(200, "3003");
const unreadable = () => Promise.reject(new Error("the locker cannot be read"));

/** Buys, with what the locker shows before and after the call. */
function submit(copy: Copy, send: Send, before: Look, after: () => Look | Promise<Look>, idempotencyKey = key) {
  return copy.submit(idempotencyKey, send, { locker: lockerOf(() => before), lockerAfter: lockerOf(after) });
}

describe("a refused purchase", () => {
  const ways: readonly (readonly [string, Send, string])[] = [
    ["HTTP 401", refusedWith(401), "UNAUTHENTICATED"],
    ["HTTP 403", refusedWith(403), "UNAUTHENTICATED"],
    ["HTTP 429", refusedWith(429), "RATE_LIMITED"],
    ["error 1002", refusedWith(400, "1002"), "INVALID"],
    ["error 2001", refusedWith(404, "2001"), "NOT_FOUND"],
    ["error 2003", refusedWith(200, "2003"), "ALREADY_EXISTS"],
    ["error 3001", refusedWith(200, "3001"), "CARD_EXPIRED"],
    ["error 3004", refusedWith(200, "3004"), "PRICE_CHANGED"],
    ["error 3101", refusedWith(200, "3101"), "PAYMENT_FAILED"],
  ];

  it.each(ways)("by %s is rejected after one look at a locker that does not show it", async (_how, send, code) => {
    let looks = 0;
    const after = () => {
      looks += 1;
      return look();
    };
    expect(await submit(a, send, look(), after)).toMatchObject({ status: "REJECTED", refusal: { code } });
    expect(looks).toBe(1);
    expect(await b.ask(key)).toMatchObject({ status: "REJECTED", refusal: { code } });
  });

  it.each(ways)("by %s has succeeded where the locker shows exactly it", async (_how, send) => {
    expect(await submit(a, send, look(), () => look(track))).toMatchObject({ ...boughtByLocker, refusal: undefined });
    expect(await b.ask(key)).toMatchObject({ ...boughtByLocker, refusal: undefined });
  });

  it.each(ways)("by %s is not called rejected while the locker cannot be read, but as soon as it can", async (_how, send, code) => {
    expect(await submit(a, send, look(), unreadable)).toMatchObject(unknown);
    expect(await b.ask(key, lockerOf(unreadable))).toMatchObject(unknown);
    expect(await b.ask(key)).toMatchObject({ status: "REJECTED", refusal: { code } });
    expect(await a.submit(key, sale)).toMatchObject({ status: "REJECTED", refusal: { code } });
    expect(copies.sent()).toBe(1);
  });

  it("keeps nobody from buying with another key: the look before that confirms the refusal", async () => {
    expect(await submit(a, declined, look(), unreadable)).toMatchObject(unknown);
    expect(await b.submit(other, sale)).toMatchObject({ status: "SUCCEEDED" });
    expect(await a.ask(key)).toMatchObject(rejected);
  });

  it("is confirmed later also where it could not be recorded", async () => {
    a.fail("before", "recordEnding");
    a.fail("before", "recordEnding");
    expect(await submit(a, declined, look(), unreadable)).toMatchObject(unknown);
    expect(await b.ask(key)).toMatchObject({ status: "IN_PROGRESS" });
    expect(await a.ask(key)).toMatchObject(rejected);
    expect(await b.ask(key)).toMatchObject(rejected);
  });

  it("that was bought all the same, as the look before the next purchase shows, keeps that from being sent twice under its key", async () => {
    expect(await submit(a, declined, look(), unreadable)).toMatchObject(unknown);
    expect(await a.submit(key, sale, { locker: lockerOf(() => look(track)) })).toMatchObject(boughtByLocker);
    expect(copies.sent()).toBe(1);
  });

  it("is not confirmed by a look that another copy made before it", async () => {
    let hasLooked = (): void => undefined;
    let goOn = (): void => undefined;
    const looked = new Promise<void>((resolve) => (hasLooked = resolve));
    const over = new Promise<void>((resolve) => (goOn = resolve));
    const items = [{ releaseId: "10", trackId: "1" }];
    let shown = look();
    const late = b.submit(other, sale, {
      locker: lockerOf(() => shown),
      prepare: async (locker) => {
        const owned = await locker.of(items);
        hasLooked();
        await over;
        return { items, owned };
      },
    });
    await looked;
    expect(await submit(a, declined, look(), unreadable)).toMatchObject(unknown);
    shown = look(track);
    goOn();
    await late;
    expect(await a.ask(key, lockerOf(unreadable))).toMatchObject(boughtByLocker);
  });

  const another: Owned = { ...track, purchaseId: "4712" };
  it.each<[string, Look]>([
    ["two new purchases of it", look(track, another)],
    ["its whole release, newly bought", look({ ...track, wholeRelease: true })],
    ["it in a larger purchase", look(track, { ...track, trackId: "2" })],
    ["one item more that cannot be read", { owned: [], unreadable: 1 }],
  ])("stays unknown where the locker shows %s", async (_what, after) => {
    expect(await submit(a, declined, look(), () => after)).toMatchObject(unknown);
    expect(await a.ask(key)).toMatchObject(rejected);
  });

  it.each<[string, Look, Look]>([
    ["an older purchase of it", look(track), look(track)],
    ["other things that were bought since", look(), look({ ...track, releaseId: "11" })],
    ["as many items that cannot be read as before", { owned: [], unreadable: 2 }, { owned: [], unreadable: 2 }],
    ["fewer items that cannot be read than before", { owned: [], unreadable: 2 }, { owned: [], unreadable: 1 }],
  ])("is rejected where the locker shows %s", async (_what, before, after) => {
    expect(await submit(a, declined, before, () => after)).toMatchObject(rejected);
  });

  it("is rejected where the new purchase is known to be another attempt's", async () => {
    expect(await b.submit(key, sale, { user: { partnerUserId: "the same reader" } })).toMatchObject({ status: "SUCCEEDED" });
    expect(await submit(a, declined, look(), () => look(track), other)).toMatchObject(rejected);
  });

  it.each([
    ["an undocumented error", refusedWith(200, "4242")],
    ["error 3103, of adding a card", refusedWith(200, "3103")],
    ["error 7001", refusedWith(200, "7001")],
    ["error 9001", refusedWith(500, "9001")],
    ["HTTP 500", refusedWith(500)],
    ["HTTP 400 without a code", refusedWith(400)],
  ])("by %s is none: what the locker does not show may have been charged", async (_how, send) => {
    expect(await submit(a, send, look(), () => look())).toMatchObject(unknown);
    expect(await a.ask(key)).toMatchObject(unknown);
  });
});

describe("an answer that names", () => {
  const old: Owned = { ...track, purchaseDate: "2009-08-10T11:00:00+01:00" };
  const answer =
    (purchaseId: string, purchaseDate: string | null = null): Send =>
    () =>
      Promise.resolve({ purchaseId, purchaseDate });

  it("a purchase that was in the locker before is not believed, and the locker is looked into", async () => {
    expect(await submit(a, answer("4711"), look(old), () => look(old))).toMatchObject(unknown);
    const mine = { ...track, purchaseId: "4712" };
    const outcome = await submit(b, answer("4711"), look(old), () => look(old, mine), other);
    // The first one is open and may have made the new purchase as well.
    expect(outcome).toMatchObject({ reason: "CONTESTED" });
    expect(
      await a.ask(
        key,
        lockerOf(() => look(old, mine)),
      ),
    ).toMatchObject({
      status: "SUCCEEDED",
      confirmedBy: "LOCKER",
      purchase: { purchaseId: "4712" },
    });
  });

  it("a purchase that is known as another attempt's is not believed", async () => {
    expect(await a.submit(key, answer("4711"))).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
    expect(await b.submit(other, answer("4711"))).toMatchObject(unknown);
    expect(await b.submit(key, answer("4711"), { user: { partnerUserId: "another" }, acknowledgeUnknown: true })).toMatchObject(unknown);
  });

  it("a purchase of long ago that the locker shows is not believed, although the look before did not show it", async () => {
    const elsewhere = { ...old, releaseId: "77" };
    expect(await submit(a, answer("4711", "2009-08-10T11:00:00+01:00"), look(), () => look(elsewhere))).toMatchObject(unknown);
  });

  it("a purchase of long ago is not believed while the locker cannot be read", async () => {
    expect(await submit(a, answer("4711", "2009-08-10T11:00:00+01:00"), look(), unreadable)).toMatchObject(unknown);
  });

  it.each<[string, Look]>([
    ["nowhere", look()],
    ["among others", look({ ...old, purchaseId: "4", releaseId: "77" })],
    ["with another date", look({ ...track, purchaseDate: "2026-11-22T12:00:01Z" })],
  ])("a date of long ago is believed where the locker shows no such purchase: %s", async (_where, after) => {
    const outcome = await submit(a, answer("4711", "2009-08-10T11:00:00+01:00"), look(), () => after);
    expect(outcome).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER", purchase: { purchaseId: "4711" } });
  });

  it("a new purchase is believed, without a look, also where the records cannot be asked about it", async () => {
    a.fail("before", "isTaken");
    expect(await submit(a, answer("4711", "2026-11-22T12:00:01Z"), look(), unreadable)).toMatchObject({
      status: "SUCCEEDED",
      confirmedBy: "ANSWER",
    });
  });
});
