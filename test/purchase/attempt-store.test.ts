import { mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import type { AttemptRecord } from "../../src/purchase/attempt.js";
import type { AttemptStore } from "../../src/purchase/attempt-store.js";
import { createLmdbAttemptStore } from "../../src/purchase/lmdb-attempt-store.js";

const open: AttemptStore[] = [];
afterEach(async () => {
  for (const store of open.splice(0)) await store.close();
});

function storeIn(directory = mkdtempSync(join(tmpdir(), "attempts-"))): AttemptStore & { readonly directory: string } {
  const store = createLmdbAttemptStore(directory);
  open.push(store);
  return Object.assign(store, { directory });
}

const intent: AttemptRecord = {
  id: "id-1",
  scope: "scope",
  idempotencyKey: "key-1",
  fingerprint: "print",
  method: "item",
  items: [{ releaseId: "1", trackId: "2" }],
  store: { country: "GB" },
  startedAtMs: 1000,
  deadlineAtMs: 2000,
  baseline: [],
  state: "INTENT",
};
const unknown = { state: "UNKNOWN" } as const;

const fresh = { acknowledged: false, replaces: undefined };
const acknowledged = { acknowledged: true, replaces: undefined };

describe("the record of attempts", () => {
  it("gives a key to the first who claims it, out of any number at once", async () => {
    const directory = mkdtempSync(join(tmpdir(), "attempts-"));
    const stores = [storeIn(directory), storeIn(directory)];
    const claims = await Promise.all(Array.from({ length: 40 }, (_, n) => (stores[n % 2] as AttemptStore).claim(intent, fresh)));
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "used")).toHaveLength(39);
  });

  it("is still there after everything was closed", async () => {
    const first = storeIn();
    const name = await first.digest("somebody");
    await first.claim(intent, fresh);
    await first.settle(intent, { state: "SUCCEEDED", settledAtMs: 1500, confirmedBy: "ANSWER", purchaseId: "9" });
    await first.close();
    const second = storeIn(first.directory);
    expect(await second.find("scope", "key-1")).toEqual({
      ...intent,
      state: "SUCCEEDED",
      settledAtMs: 1500,
      confirmedBy: "ANSWER",
      purchaseId: "9",
    });
    expect(await second.digest("somebody")).toBe(name);
  });

  it("knows the attempts at a thing, the oldest first", async () => {
    const store = storeIn();
    const later = { ...intent, id: "id-0", idempotencyKey: "key-0", startedAtMs: 3000, deadlineAtMs: 4000 };
    await store.claim(intent, fresh);
    await store.settle(intent, unknown);
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

  it("refuses another attempt at a thing that is open, unless it is known to be unknown and that is acknowledged", async () => {
    const store = storeIn();
    const other = { ...intent, id: "id-2", idempotencyKey: "key-2" };
    await store.claim(intent, fresh);
    expect(await store.claim({ ...other, startedAtMs: 1500 }, acknowledged)).toMatchObject({ kind: "contested" });
    expect(await store.claim({ ...other, startedAtMs: 2000 }, fresh)).toMatchObject({ kind: "contested" });
    expect(await store.claim({ ...other, startedAtMs: 2000 }, acknowledged)).toEqual({ kind: "claimed" });
  });

  it("gives a key again after it is proven that nothing was sent, and then no more", async () => {
    const store = storeIn();
    await store.claim(intent, fresh);
    await store.settle(intent, { state: "NOT_SENT", settledAtMs: 1100 });
    const again = { ...intent, id: "id-2", startedAtMs: 1200 };
    // A submit that has not seen the first attempt, or has seen another one, may not replace it.
    expect(await store.claim(again, fresh)).toMatchObject({ kind: "used", by: { id: intent.id } });
    expect(await store.claim(again, { acknowledged: true, replaces: "another" })).toMatchObject({ kind: "used", by: { id: intent.id } });
    expect(await store.claim(again, { acknowledged: false, replaces: intent.id })).toEqual({ kind: "claimed" });
    expect(await store.claim(again, { acknowledged: false, replaces: intent.id })).toMatchObject({ kind: "used" });
    // What the first try learns late is not told of the second.
    expect(await store.settle(intent, { state: "SUCCEEDED", purchaseId: "1" })).toBe(false);
  });

  it("lets an ended attempt be", async () => {
    const store = storeIn();
    await store.claim(intent, fresh);
    expect(await store.settle(intent, { state: "REJECTED" })).toBe(true);
    expect(await store.settle(intent, { state: "SUCCEEDED", purchaseId: "1" })).toBe(false);
    expect(await store.find("scope", "key-1")).toMatchObject({ state: "REJECTED" });
  });

  it("believes an answer before the locker: a purchase that is another attempt's settles none", async () => {
    const store = storeIn();
    const other = { ...intent, id: "id-2", idempotencyKey: "key-2", items: [{ releaseId: "3" }] };
    await store.claim(intent, fresh);
    await store.claim(other, fresh);
    await store.settle(intent, { state: "SUCCEEDED", confirmedBy: "ANSWER", purchaseId: "9" });
    expect(await store.isTaken("9", other)).toBe(true);
    expect(await store.isTaken("9", intent)).toBe(false);
    expect(await store.settle(other, { state: "SUCCEEDED", confirmedBy: "LOCKER", purchaseId: "9" })).toBe(false);
    expect(await store.settle(other, { state: "SUCCEEDED", confirmedBy: "ANSWER", purchaseId: "9" })).toBe(true);
  });

  it("digests with a secret of its own, so that a short name can not be guessed from it", async () => {
    const [one, two] = [storeIn(), storeIn()];
    expect(await one.digest("user-1")).toBe(await one.digest("user-1"));
    expect(await one.digest("user-1")).not.toBe(await one.digest("user-2"));
    expect(await one.digest("user-1")).not.toBe(await two.digest("user-1"));
    for (const file of readdirSync(one.directory)) expect(readFileSync(join(one.directory, file), "latin1")).not.toContain("user-1");
  });

  it("rejects where its folder can not be made", async () => {
    const store = storeIn("/dev/null/attempts");
    await expect(store.find("scope", "key-1")).rejects.toThrow();
    await expect(store.claim(intent, fresh)).rejects.toThrow();
  });
});
