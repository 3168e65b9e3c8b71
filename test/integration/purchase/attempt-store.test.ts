/** What every store of attempts promises, whatever database it is in. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { AttemptRecord } from "../../../src/purchase/attempt.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { intent as trackless } from "../../support/purchase/intent.js";
import { storeKinds, type Place } from "../../support/purchase/places.js";

const intent: AttemptRecord = { ...trackless, items: [{ releaseId: "1", trackId: "2" }] };
const unknown = { state: "UNKNOWN" } as const;

const unforced = { acknowledged: false, replaces: undefined };
const acknowledged = { acknowledged: true, replaces: undefined };

describe.each(storeKinds)("the record of attempts in $name", (kind) => {
  const { skipped } = kind;
  beforeAll(async () => {
    if (!skipped) await kind.start();
  });
  afterAll(() => kind.stop());

  const places: Place[] = [];
  const open: AttemptStore[] = [];
  afterEach(async () => {
    for (const store of open.splice(0)) await store.close();
    for (const place of places.splice(0)) await place.remove();
  });

  function opened(place: Place): AttemptStore {
    const store = place.open();
    open.push(store);
    return store;
  }

  async function fresh(): Promise<{ readonly place: Place; readonly store: AttemptStore }> {
    const place = await kind.newPlace();
    places.push(place);
    return { place, store: opened(place) };
  }

  it.skipIf(skipped)("gives a key to the first who claims it, out of any number at once", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place)];
    const claims = await Promise.all(Array.from({ length: 40 }, (_, n) => (stores[n % 2] as AttemptStore).claim(intent, unforced)));
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "used")).toHaveLength(39);
  });

  it.skipIf(skipped)("is still there after everything was closed", async () => {
    const { place, store: first } = await fresh();
    const name = await first.digest("somebody");
    await first.claim(intent, unforced);
    await first.recordEnding(intent, { state: "SUCCEEDED", settledAtMs: 1500, confirmedBy: "ANSWER", purchaseId: "9" });
    await first.close();
    const second = opened(place);
    expect(await second.find("scope", "key-1")).toEqual({
      ...intent,
      state: "SUCCEEDED",
      settledAtMs: 1500,
      confirmedBy: "ANSWER",
      purchaseId: "9",
    });
    expect(await second.digest("somebody")).toBe(name);
  });

  it.skipIf(skipped)("knows the attempts at a thing, the oldest first", async () => {
    const { store } = await fresh();
    const later = { ...intent, id: "id-0", idempotencyKey: "key-0", startedAtMs: 3000, deadlineAtMs: 4000 };
    await store.claim(intent, unforced);
    await store.recordEnding(intent, unknown);
    await store.claim(later, acknowledged);
    const at = async (...items: AttemptRecord["items"]) =>
      (await store.attemptsAt("scope", items)).map(({ idempotencyKey }) => idempotencyKey);
    expect(await at({ releaseId: "1", trackId: "2" })).toEqual(["key-1", "key-0"]);
    expect(await at({ releaseId: "1" })).toEqual(["key-1", "key-0"]);
    expect(await at({ releaseId: "9" }, { releaseId: "1", trackId: "2" })).toEqual(["key-1", "key-0"]);
    expect(await at({ releaseId: "1", trackId: "3" })).toEqual([]);
    expect(await at({ releaseId: "10" })).toEqual([]);
    expect(await store.attemptsAt("other scope", intent.items)).toEqual([]);
  });

  it.skipIf(skipped)(
    "refuses another attempt at a thing that is open, unless it is known to be unknown and that is acknowledged",
    async () => {
      const { store } = await fresh();
      const other = { ...intent, id: "id-2", idempotencyKey: "key-2" };
      await store.claim(intent, unforced);
      expect(await store.claim({ ...other, startedAtMs: 1500 }, acknowledged)).toMatchObject({ kind: "contested" });
      expect(await store.claim({ ...other, startedAtMs: 2000 }, unforced)).toMatchObject({ kind: "contested" });
      expect(await store.claim({ ...other, startedAtMs: 2000 }, acknowledged)).toEqual({ kind: "claimed" });
    },
  );

  it.skipIf(skipped)("gives a key again after it is proven that nothing was sent, and then no more", async () => {
    const { store } = await fresh();
    await store.claim(intent, unforced);
    await store.recordEnding(intent, { state: "NOT_SENT", settledAtMs: 1100 });
    const again = { ...intent, id: "id-2", startedAtMs: 1200 };
    // A submit that has not seen the first attempt, or has seen another one, may not replace it.
    expect(await store.claim(again, unforced)).toMatchObject({ kind: "used", by: { id: intent.id } });
    expect(await store.claim(again, { acknowledged: true, replaces: "another" })).toMatchObject({ kind: "used", by: { id: intent.id } });
    expect(await store.claim(again, { acknowledged: false, replaces: intent.id })).toEqual({ kind: "claimed" });
    expect(await store.claim(again, { acknowledged: false, replaces: intent.id })).toMatchObject({ kind: "used" });
    // What the first try learns late is not told of the second.
    expect(await store.recordEnding(intent, { state: "SUCCEEDED", purchaseId: "1" })).toBe(false);
  });

  it.skipIf(skipped)("renews the record of an attempt that was not sent: who has seen it before may not replace it any more", async () => {
    const { place, store } = await fresh();
    const again = { ...intent, id: "id-2", startedAtMs: 1200 };
    await store.claim(intent, unforced);
    expect(await store.renew(intent, "id-1b")).toBe(false);
    await store.recordEnding(intent, { state: "NOT_SENT", settledAtMs: 1100 });
    expect(await store.renew({ ...intent, id: "another" }, "id-1b")).toBe(false);
    expect(await store.renew(intent, "id-1b")).toBe(true);
    expect(await store.renew(intent, "id-1c")).toBe(false);
    expect(await opened(place).find("scope", "key-1")).toEqual({ ...intent, id: "id-1b", state: "NOT_SENT", settledAtMs: 1100 });
    expect(await store.claim(again, { acknowledged: true, replaces: intent.id })).toMatchObject({ kind: "used", by: { id: "id-1b" } });
    expect(await store.claim(again, { acknowledged: false, replaces: "id-1b" })).toEqual({ kind: "claimed" });
    await store.recordEnding(again, { state: "REJECTED" });
    expect(await store.renew(again, "id-3")).toBe(false);
  });

  it.skipIf(skipped)("renews a record for one of any number at once", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place)];
    await store.claim(intent, unforced);
    await store.recordEnding(intent, { state: "NOT_SENT" });
    const renewed = await Promise.all(Array.from({ length: 20 }, (_, n) => (stores[n % 2] as AttemptStore).renew(intent, `new-${n}`)));
    expect(renewed.filter(Boolean)).toHaveLength(1);
  });

  it.skipIf(skipped)("lets an ended attempt be", async () => {
    const { store } = await fresh();
    await store.claim(intent, unforced);
    expect(await store.recordEnding(intent, { state: "REJECTED" })).toBe(true);
    expect(await store.recordEnding(intent, { state: "SUCCEEDED", purchaseId: "1" })).toBe(false);
    expect(await store.find("scope", "key-1")).toMatchObject({ state: "REJECTED" });
  });

  it.skipIf(skipped)("believes an answer before the locker: a purchase that is another attempt's settles none", async () => {
    const { store } = await fresh();
    const other = { ...intent, id: "id-2", idempotencyKey: "key-2", items: [{ releaseId: "3" }] };
    await store.claim(intent, unforced);
    await store.claim(other, unforced);
    await store.recordEnding(intent, { state: "SUCCEEDED", confirmedBy: "ANSWER", purchaseId: "9" });
    expect(await store.isTaken("9", other)).toBe(true);
    expect(await store.isTaken("9", intent)).toBe(false);
    expect(await store.recordEnding(other, { state: "SUCCEEDED", confirmedBy: "LOCKER", purchaseId: "9" })).toBe(false);
    expect(await store.recordEnding(other, { state: "SUCCEEDED", confirmedBy: "ANSWER", purchaseId: "9" })).toBe(true);
  });

  it.skipIf(skipped)("digests with a secret of its own, so that a short name cannot be guessed from it", async () => {
    const [one, two] = [await fresh(), await fresh()];
    expect(await one.store.digest("user-1")).toBe(await one.store.digest("user-1"));
    expect(await one.store.digest("user-1")).not.toBe(await one.store.digest("user-2"));
    expect(await one.store.digest("user-1")).not.toBe(await two.store.digest("user-1"));
    await one.store.close();
    expect(await one.place.contents()).not.toContain("user-1");
  });

  it.skipIf(skipped)("digests alike in every process, whichever came first", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place), opened(place)];
    expect(new Set(await Promise.all(stores.map((one) => one.digest("user-1")))).size).toBe(1);
  });

  it.skipIf(skipped)("is read by all as it stands: what one has written, another one finds at once", async () => {
    const { place, store } = await fresh();
    const other = opened(place);
    for (let n = 0; n < 30; n += 1) {
      const next = { ...intent, id: `id-${String(n)}`, idempotencyKey: `key-${String(n)}`, items: [{ releaseId: String(n) }] };
      expect(await other.find("scope", next.idempotencyKey)).toBeUndefined();
      await store.claim(next, unforced);
      expect(await other.find("scope", next.idempotencyKey)).toEqual(next);
      await other.recordEnding(next, { state: "SUCCEEDED", confirmedBy: "ANSWER", purchaseId: next.id });
      expect(await store.find("scope", next.idempotencyKey)).toMatchObject({ state: "SUCCEEDED" });
    }
  });

  it.skipIf(skipped)("gives one of two users who send the same with one key at once a purchase", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place)];
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (stores[n % 2] as AttemptStore).claim({ ...intent, id: `id-${String(n)}`, scope: `scope-${String(n)}` }, unforced),
      ),
    );
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "sentBefore")).toHaveLength(19);
  });

  it.skipIf(skipped)("lets one of many attempts at one release begin at once, whatever their keys", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place)];
    const claims = await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        (stores[n % 2] as AttemptStore).claim({ ...intent, id: `id-${String(n)}`, idempotencyKey: `key-${String(n)}` }, acknowledged),
      ),
    );
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "contested")).toHaveLength(19);
  });

  it.skipIf(skipped)("lets one of many attempts be settled by one purchase of a locker", async () => {
    const { place, store } = await fresh();
    const stores = [store, opened(place)];
    const attempts = Array.from({ length: 10 }, (_, n) => ({
      ...intent,
      id: `id-${String(n)}`,
      scope: `scope-${String(n)}`,
      idempotencyKey: `key-${String(n)}`,
    }));
    for (const attempt of attempts) await store.claim(attempt, unforced);
    const settled = await Promise.all(
      attempts.map((attempt, n) =>
        (stores[n % 2] as AttemptStore).recordEnding(attempt, { state: "SUCCEEDED", confirmedBy: "LOCKER", purchaseId: "9" }),
      ),
    );
    expect(settled.filter(Boolean)).toHaveLength(1);
  });

  it.skipIf(skipped)("keeps every text as it is", async () => {
    const { store } = await fresh();
    const odd = {
      ...intent,
      idempotencyKey: "key '\"; -- \\ é 🎵 %",
      items: [{ releaseId: "1'", trackId: "ü" }],
      baseline: ["\u0000", "\n"],
    };
    await store.claim(odd, unforced);
    expect(await store.find("scope", odd.idempotencyKey)).toEqual(odd);
    expect(await store.attemptsAt("scope", odd.items)).toEqual([odd]);
  });

  it.skipIf(skipped)("says that purchases can be recorded", async () => {
    const { store } = await fresh();
    expect(await store.check()).toBeUndefined();
    await store.claim(intent, unforced);
    expect(await store.check()).toBeUndefined();
  });
});
