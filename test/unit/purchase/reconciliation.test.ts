import { describe, expect, it } from "vitest";
import type { AttemptRecord, PurchasedItem } from "../../../src/purchase/attempt.js";
import {
  baselineOf,
  isDatedBefore,
  mayHidePurchase,
  newPurchases,
  wasOwnedBefore,
  type Owned,
} from "../../../src/purchase/reconciliation.js";

const startedAtMs = Date.UTC(2026, 10, 22, 12);

function attempt(items: readonly PurchasedItem[], before: readonly Owned[] = [], unreadable = 0): AttemptRecord {
  return {
    id: "i",
    scope: "s",
    idempotencyKey: "k",
    fingerprint: "f",
    method: "item",
    items,
    store: { country: "GB" },
    startedAtMs,
    deadlineAtMs: startedAtMs + 30_000,
    baseline: baselineOf({ owned: before, unreadable }),
    state: "UNKNOWN",
  };
}

/** Those that hold exactly what was to be bought. */
function candidates(of: AttemptRecord, owned: readonly Owned[]) {
  return newPurchases(of, owned).flatMap(({ isExact, ...purchase }) => (isExact ? [purchase] : []));
}

const track: Owned = { releaseId: "10", trackId: "1", purchaseId: "900", purchaseDate: "2026-11-22T12:00:05Z", wholeRelease: null };
const sibling: Owned = { ...track, trackId: "2" };
const oneTrack = [{ releaseId: "10", trackId: "1" }];
const release = [{ releaseId: "10" }];
const seen = { purchaseId: "900", purchaseDate: "2026-11-22T12:00:05Z" };

describe("a purchase that may be an attempt's", () => {
  it.each([
    ["a new purchase of the track", oneTrack, [track], [seen]],
    ["a new purchase of the whole release", release, [track, sibling], [seen]],
    ["a new purchase of all that was in the basket", [...oneTrack, { releaseId: "20" }], [track, { ...track, releaseId: "20" }], [seen]],
    [
      "one that tells neither id nor date",
      oneTrack,
      [{ ...track, purchaseId: null, purchaseDate: null }],
      [{ purchaseId: null, purchaseDate: null }],
    ],
  ])("is %s", (_what, items, owned, expected) => {
    expect(candidates(attempt(items), owned)).toEqual(expected);
  });

  it.each([
    ["of another track", oneTrack, [sibling]],
    ["of the same track on another release", oneTrack, [{ ...track, releaseId: "11" }]],
    ["of the whole release, where one track was to be bought", oneTrack, [{ ...track, wholeRelease: true }]],
    ["of one track, where the whole release was to be bought", release, [{ ...track, wholeRelease: false }]],
    ["of a part of the basket", [...oneTrack, { releaseId: "20" }], [track]],
    ["of more than the basket", oneTrack, [track, sibling]],
    ["of long ago, which the locker did not show before", oneTrack, [{ ...track, purchaseDate: "2026-11-22T11:44:59Z" }]],
  ])("is none %s", (_what, items, owned) => {
    expect(candidates(attempt(items), owned)).toEqual([]);
  });

  it("is none that was there before, but one more of the same", () => {
    const again = { ...track, purchaseId: "901", purchaseDate: "2026-11-22T12:00:09Z" };
    expect(candidates(attempt(oneTrack, [track]), [track])).toEqual([]);
    expect(candidates(attempt(oneTrack, [track]), [track, again])).toEqual([{ purchaseId: "901", purchaseDate: "2026-11-22T12:00:09Z" }]);
  });

  it("comes after those that are older", () => {
    const later = { ...track, purchaseId: "899", purchaseDate: "2026-11-22T13:00:10+01:00" };
    expect(candidates(attempt(oneTrack), [later, track]).map(({ purchaseId }) => purchaseId)).toEqual(["900", "899"]);
  });
});

describe("what a look into the locker left out", () => {
  const old = { ...track, purchaseDate: null };

  it("before the purchase is not new when it can be read", () => {
    // Its date would tell.
    expect(candidates(attempt(oneTrack), [old])).toHaveLength(1);
    expect(candidates(attempt(oneTrack, [], 1), [old])).toEqual([]);
    expect(candidates(attempt(oneTrack, [], 1), [{ ...track, purchaseDate: "2026-11-22T11:58:59Z" }])).toEqual([]);
    // And yet it may be the purchase.
    expect(newPurchases(attempt(oneTrack, [], 1), [old])).toHaveLength(1);
    expect(candidates(attempt(oneTrack, [], 1), [track])).toEqual([seen]);
  });

  it("after the purchase may be the purchase, unless as much was left out before", () => {
    const look = (unreadable: number) => ({ owned: [], unreadable });
    expect(mayHidePurchase(attempt(oneTrack), look(0))).toBe(false);
    expect(mayHidePurchase(attempt(oneTrack), look(1))).toBe(true);
    expect(mayHidePurchase(attempt(oneTrack, [track], 2), look(2))).toBe(false);
    expect(mayHidePurchase(attempt(oneTrack, [track], 2), look(3))).toBe(true);
  });
});

it("was owned before, by its id", () => {
  expect(wasOwnedBefore(attempt(oneTrack, [track]), "900")).toBe(true);
  expect(wasOwnedBefore(attempt(oneTrack, [track]), "90")).toBe(false);
  expect(wasOwnedBefore(attempt(oneTrack), "900")).toBe(false);
});

it.each([
  ["2026-11-22T11:44:59Z", true],
  ["2026-11-22T12:44:59+01:00", true],
  // By what clocks may differ.
  ["2026-11-22T11:45:00Z", false],
  ["2026-11-22T10:00:00", false],
  ["2026-11-21", false],
  [null, false],
])("is dated %s, before the attempt: %s", (purchaseDate, expected) => {
  expect(isDatedBefore(attempt(oneTrack), { purchaseDate })).toBe(expected);
});
