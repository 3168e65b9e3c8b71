/** The reconciler alone: what looks into a locker make of an attempt. The database is a map, and every look shows what a test says. */
import { beforeEach, describe, expect, it } from "vitest";
import { isOpen, overlap, type AttemptRecord, type Ending } from "../../../src/purchase/attempt.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import type { OwnedReader } from "../../../src/purchase/owned-reader.js";
import { Reconciler } from "../../../src/purchase/reconciler.js";
import { baselineOf, type Look, type Owned } from "../../../src/purchase/reconciliation.js";

const startedAtMs = Date.UTC(2026, 10, 22, 12);
const nowMs = startedAtMs + 60_000;
const track: Owned = { releaseId: "10", trackId: "1", purchaseId: "900", purchaseDate: "2026-11-22T12:00:05Z", wholeRelease: null };
const refusal = { code: "PAYMENT_FAILED", message: "no" } as const;

function attempt(changes: Partial<AttemptRecord> = {}): AttemptRecord {
  return {
    id: "first",
    scope: "user",
    idempotencyKey: "key",
    fingerprint: "f",
    method: "item",
    items: [{ releaseId: "10", trackId: "1" }],
    store: { country: "GB" },
    startedAtMs,
    deadlineAtMs: startedAtMs + 30_000,
    baseline: [],
    state: "UNKNOWN",
    ...changes,
  };
}

function look(...owned: readonly Owned[]): Look {
  return { owned, unreadable: 0 };
}

/** Every look gives what the function gives. */
function lockerOf(see: () => Look | Promise<Look>): OwnedReader {
  const once = async (): Promise<Look> => see();
  return { latest: once, of: once, purchase: once };
}

/** A database of one user, in memory. It fails while `broken`. */
class MemoryStore implements Pick<AttemptStore, "find" | "attemptsAt" | "recordEnding" | "renew" | "isTaken"> {
  readonly records = new Map<string, AttemptRecord>();
  readonly taken = new Set<string>();
  broken = false;

  put(...attempts: readonly AttemptRecord[]): void {
    for (const one of attempts) this.records.set(one.idempotencyKey, one);
  }

  async find(_scope: string, idempotencyKey: string): Promise<AttemptRecord | undefined> {
    return this.answer(() => this.records.get(idempotencyKey));
  }

  async attemptsAt(_scope: string, items: AttemptRecord["items"]): Promise<readonly AttemptRecord[]> {
    return this.answer(() => [...this.records.values()].filter((one) => overlap(one.items, items)));
  }

  async recordEnding({ id, idempotencyKey }: AttemptRecord, ending: Ending): Promise<boolean> {
    return this.answer(() => this.change(idempotencyKey, (one) => (one.id === id && isOpen(one) ? { ...one, ...ending } : undefined)));
  }

  async renew(renewed: AttemptRecord, id: string): Promise<boolean> {
    return this.answer(() => this.change(renewed.idempotencyKey, (one) => (one.id === renewed.id ? { ...one, id } : undefined)));
  }

  async isTaken(purchaseId: string): Promise<boolean> {
    return this.answer(() => this.taken.has(purchaseId));
  }

  private async answer<T>(read: () => T): Promise<T> {
    await Promise.resolve();
    if (this.broken) throw new Error("the database is gone");
    return read();
  }

  private change(key: string, next: (one: AttemptRecord) => AttemptRecord | undefined): boolean {
    const before = this.records.get(key);
    const after = before && next(before);
    if (after !== undefined) this.records.set(key, after);
    return after !== undefined;
  }
}

let store: MemoryStore;
let reconciler: Reconciler;
let reported: unknown[];
beforeEach(() => {
  store = new MemoryStore();
  reported = [];
  let ids = 0;
  reconciler = new Reconciler({
    store: store as unknown as AttemptStore,
    now: () => nowMs,
    reconcileDelaysMs: [0, 1, 2],
    newId: () => `new-${String((ids += 1))}`,
    report: (error) => reported.push(error),
  });
});

const unreadable = lockerOf(() => Promise.reject(new Error("no locker")));

/** Reconciles the attempt, recorded beside others, by one look. */
function reconcile(one: AttemptRecord, seen: Look, ...others: readonly AttemptRecord[]): Promise<AttemptRecord> {
  store.put(...others, one);
  return reconciler.reconcile(
    one,
    lockerOf(() => seen),
  );
}

describe("a look into the locker", () => {
  it("proves a purchase that is new, exact and the only one, and records it", async () => {
    const ending = {
      state: "SUCCEEDED",
      settledAtMs: nowMs,
      confirmedBy: "LOCKER",
      purchaseId: "900",
      purchaseDate: "2026-11-22T12:00:05Z",
    };
    expect(await reconcile(attempt(), look(track))).toEqual({ ...attempt(), ...ending });
    expect(store.records.get("key")).toMatchObject(ending);
  });

  it.each<[string, Look, Partial<AttemptRecord>]>([
    ["nothing", look(), {}],
    ["a purchase from before", look(track), { baseline: baselineOf(look(track)) }],
    ["two new purchases", look(track, { ...track, purchaseId: "901" }), {}],
    ["a new purchase that holds more", look(track, { ...track, trackId: "2" }), {}],
    ["the track as part of its release", look({ ...track, wholeRelease: true }), {}],
    ["an item that cannot be read", { owned: [], unreadable: 1 }, { refusal }],
    ["something that may be it, after a refusal", look(track, { ...track, trackId: "2" }), { refusal }],
  ])("proves nothing by showing %s", async (_what, seen, changes) => {
    const before = attempt(changes);
    expect(await reconcile(before, seen)).toEqual(before);
    expect(store.records.get("key")).toEqual(before);
  });

  it("confirms a refusal by showing nothing new", async () => {
    expect(await reconcile(attempt({ refusal }), look())).toMatchObject({ state: "REJECTED", settledAtMs: nowMs, refusal });
  });

  it("disproves a refusal by showing the purchase", async () => {
    expect(await reconcile(attempt({ refusal }), look(track))).toMatchObject({ state: "SUCCEEDED", confirmedBy: "LOCKER" });
  });

  it("gives no attempt the purchase of another one", async () => {
    store.taken.add("900");
    expect(await reconcile(attempt(), look(track))).toMatchObject({ state: "UNKNOWN" });
    expect(await reconcile(attempt({ refusal }), look(track))).toMatchObject({ state: "REJECTED" });
  });

  it("gives rivals their purchases in order, and only if there is one for each", async () => {
    const rival = attempt({ id: "second", idempotencyKey: "key-2", startedAtMs: startedAtMs + 1000 });
    const later = { ...track, purchaseId: "901", purchaseDate: "2026-11-22T12:00:09Z" };
    store.put(attempt(), rival);
    const both = lockerOf(() => look(later, track));
    const one = lockerOf(() => look(track));
    expect(await reconciler.reconcile(rival, one)).toMatchObject({ state: "UNKNOWN" });
    // The whole purchase is looked at too, so that each look shows one.
    const whole = { ...both, purchase: (purchaseId: string) => Promise.resolve(look(purchaseId === "900" ? track : later)) };
    expect(await reconciler.reconcile(rival, whole)).toMatchObject({ state: "SUCCEEDED", purchaseId: "901" });
  });

  it("does not take a purchase that holds more elsewhere in the locker", async () => {
    store.put(attempt());
    const locker = { ...lockerOf(() => look(track)), purchase: () => Promise.resolve(look(track, { ...track, releaseId: "20" })) };
    expect(await reconciler.reconcile(attempt(), locker)).toMatchObject({ state: "UNKNOWN" });
  });

  it("does not take a purchase of which an item cannot be read", async () => {
    store.put(attempt());
    const locker = { ...lockerOf(() => look(track)), purchase: () => Promise.resolve({ owned: [track], unreadable: 1 }) };
    expect(await reconciler.reconcile(attempt(), locker)).toMatchObject({ state: "UNKNOWN" });
  });

  it("does not tell a purchase without an id from a later success", async () => {
    const nameless = look({ ...track, purchaseId: null });
    const success = attempt({ id: "second", idempotencyKey: "key-2", state: "SUCCEEDED", purchaseId: "777" });
    expect(await reconcile(attempt(), nameless, success)).toMatchObject({ state: "UNKNOWN" });
    const longAgo = { ...success, startedAtMs: startedAtMs - 3_600_000 };
    expect(await reconcile(attempt(), nameless, longAgo)).toMatchObject({ state: "SUCCEEDED", purchaseId: undefined });
  });

  it("that fails changes nothing, unless another process knows more", async () => {
    store.put(attempt());
    expect(await reconciler.reconcile(attempt(), unreadable)).toEqual(attempt());
    const ended = attempt({ state: "SUCCEEDED", purchaseId: "900" });
    store.put(ended);
    expect(await reconciler.reconcile(attempt(), unreadable)).toEqual(ended);
  });

  it("is not made for an attempt that has ended", async () => {
    const ended = attempt({ state: "REJECTED", refusal });
    expect(await reconciler.reconcile(ended, unreadable)).toBe(ended);
  });
});

describe("patience", () => {
  it("looks until the purchase appears", async () => {
    store.put(attempt());
    let looks = 0;
    const locker = lockerOf(() => ((looks += 1) < 2 ? look() : look(track)));
    expect(await reconciler.reconcilePatiently(attempt(), locker)).toMatchObject({ state: "SUCCEEDED" });
    // The third is of the whole purchase.
    expect(looks).toBe(3);
  });

  it("ends after the last delay", async () => {
    store.put(attempt());
    let looks = 0;
    const locker = lockerOf(() => ((looks += 1), look()));
    expect(await reconciler.reconcilePatiently(attempt(), locker)).toMatchObject({ state: "UNKNOWN" });
    expect(looks).toBe(3);
  });
});

describe("an ending that cannot be written", () => {
  it("is reported, believed, and written when the attempt is next read", async () => {
    store.put(attempt());
    const ending: Ending = { state: "SUCCEEDED", settledAtMs: nowMs, confirmedBy: "ANSWER", purchaseId: "900" };
    store.broken = true;
    expect(await reconciler.endings.write(attempt(), ending)).toEqual({ ...attempt(), ...ending });
    expect(reported).toHaveLength(1);
    store.broken = false;
    expect(store.records.get("key")).toEqual(attempt());
    expect(await reconciler.readCurrent(attempt(), unreadable)).toMatchObject(ending);
    expect(store.records.get("key")).toMatchObject(ending);
  });

  it("of an attempt that was never recorded waits for the record to appear", async () => {
    const intent = attempt({ state: "INTENT" });
    const ending: Ending = { state: "NOT_SENT", settledAtMs: nowMs };
    await reconciler.endings.disown(intent, ending);
    expect(await reconciler.readCurrent(intent, unreadable)).toBeUndefined();
    store.put(intent);
    expect(await reconciler.readCurrent(intent, unreadable)).toMatchObject(ending);
    expect(reported).toEqual([]);
  });

  it("gives way to what another process has written", async () => {
    const written = attempt({ state: "SUCCEEDED", purchaseId: "901" });
    store.put(written);
    expect(await reconciler.endings.write(attempt(), { state: "REJECTED", settledAtMs: nowMs, refusal })).toEqual(written);
  });
});

describe("the record under a key", () => {
  const notSent = attempt({ state: "NOT_SENT" });

  it("is none while the key was never used", async () => {
    expect(await reconciler.readCurrent(attempt(), unreadable)).toBeUndefined();
  });

  it("is that of another attempt where one was recorded during the look", async () => {
    store.put(attempt());
    const next = attempt({ id: "second", state: "INTENT" });
    const locker = lockerOf(() => {
      store.put(next);
      return look();
    });
    expect(await reconciler.readCurrent(attempt(), locker)).toEqual(next);
  });

  it("gets another id when it is reported as not sent", async () => {
    store.put(notSent);
    expect(await reconciler.readForReport(notSent, unreadable)).toEqual(notSent);
    expect(store.records.get("key")).toEqual({ ...notSent, id: "new-1" });
  });

  it("keeps its id when anything else is reported", async () => {
    const ended = attempt({ state: "SUCCEEDED", purchaseId: "900" });
    store.put(ended);
    expect(await reconciler.readForReport(ended, unreadable)).toEqual(ended);
    expect(store.records.get("key")).toEqual(ended);
  });

  it("is not reported where the new id cannot be written: another process may be about to send", async () => {
    store.put(notSent);
    store.renew = () => Promise.reject(new Error("read-only"));
    await expect(reconciler.readForReport(notSent, unreadable)).rejects.toThrow("read-only");
  });

  it("is read again where another submit has replaced it meanwhile", async () => {
    store.put(notSent);
    const next = attempt({ id: "second", state: "SUCCEEDED", purchaseId: "900" });
    store.renew = () => {
      store.put(next);
      return Promise.resolve(false);
    };
    expect(await reconciler.readForReport(notSent, unreadable)).toEqual(next);
  });
});
