/** What `npm run durability` takes for a crime. */
import { describe, expect, it } from "vitest";
import type { AttemptRecord } from "../../../src/purchase/attempt.js";
import { Judge } from "../../../scripts/durability/judge.js";
import { commandOf } from "../../../scripts/durability/options.js";

function record(idempotencyKey: string, id: string, state: AttemptRecord["state"]): AttemptRecord {
  const times = { startedAtMs: 1, deadlineAtMs: 2 };
  return {
    id,
    idempotencyKey,
    state,
    scope: "s",
    fingerprint: "p",
    method: "item",
    items: [],
    store: { country: "GB" },
    baseline: [],
    ...times,
  };
}

describe("the judge of durability", () => {
  it("has another process look for whatever was acknowledged", () => {
    const judge = new Judge();
    expect(judge.hear({ kind: "claimed", key: "k", id: "1" })).toEqual({ key: "k", id: "1", state: "INTENT" });
    expect(judge.hear({ kind: "settled", key: "k", id: "1" })).toEqual({ key: "k", id: "1", state: "SUCCEEDED" });
    expect(judge.hear({ kind: "refused", why: "the disk is full" })).toBeUndefined();
    expect(judge.figures).toEqual({ claims: 1, settlements: 1, reads: 0 });
    expect([...judge.refusals]).toEqual([["the disk is full", 1]]);
  });

  it("finds two claims of one key", () => {
    const judge = new Judge();
    for (const id of ["1", "2"]) judge.hear({ kind: "claimed", key: "k", id });
    expect(judge.crimes.doubleClaims).toEqual(["k"]);
  });

  it.each([
    ["nothing", undefined, undefined, "INTENT", 1],
    ["another attempt", "2", "INTENT", "INTENT", 1],
    ["an intent that was settled", "1", "INTENT", "SUCCEEDED", 1],
    ["the intent", "1", "INTENT", "INTENT", 0],
    ["more than was acknowledged", "1", "SUCCEEDED", "INTENT", 0],
  ] as const)("judges a read that finds %s", (_what, id, state, acknowledged, stale) => {
    const judge = new Judge();
    judge.hear({ kind: "read", key: "k", id, state, asked: { key: "k", id: "1", state: acknowledged } });
    expect(judge.crimes.staleReads).toHaveLength(stale);
    expect(judge.figures.reads).toBe(1);
  });

  it("finds what is lost in the end, however many there are", async () => {
    const judge = new Judge();
    for (const key of ["a", "b", "c", "d", "e"]) judge.hear({ kind: "claimed", key, id: `id-${key}` });
    judge.hear({ kind: "settled", key: "d", id: "id-d" });
    const kept = [
      record("a", "id-a", "INTENT"),
      record("b", "other", "INTENT"),
      record("d", "id-d", "INTENT"),
      record("e", "id-e", "SUCCEEDED"),
    ];
    await judge.verify((keys) => Promise.resolve(kept.filter(({ idempotencyKey }) => keys.includes(idempotencyKey))), 2);
    expect(judge.crimes.lost).toEqual(["b: INTENT", "c: nothing", "d: INTENT"]);
  });
});

it("tells what is wrong with a command line", () => {
  expect(commandOf(["--store", "postgres", "--kills", "5"])).toEqual({ durability: { store: "postgres", kills: 5 } });
  expect(commandOf([])).toEqual({ durability: { store: "sqlite", kills: 2000 } });
  expect(commandOf(["--store", "redis"])).toEqual({ refused: "--store must be sqlite or postgres" });
  expect(commandOf(["--kills", "0"])).toEqual({ refused: "--kills must be a whole number from 1 to 999999" });
  expect(commandOf(["--kill", "1"])).toHaveProperty("refused");
});
