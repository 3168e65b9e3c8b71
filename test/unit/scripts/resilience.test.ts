import { expect, it } from "vitest";
import type { Sample } from "../../../scripts/resilience/load.js";
import { heardIn } from "../../../scripts/resilience/load.js";
import { commandOf } from "../../../scripts/resilience/options.js";
import { operationsOf, type Planned } from "../../../scripts/resilience/plan.js";
import { normalAfterMs, p99s, quantile } from "../../../scripts/resilience/times.js";

it("tells everything that is wrong with a command line", () => {
  const all = ["redis", "postgres", "release"];
  expect(commandOf([], 7)).toEqual({ resilience: { scenarios: all, rate: 300, seconds: 6, seed: 7, lenient: false } });
  expect(commandOf(["--quick"], 7)).toEqual({ resilience: { scenarios: all, rate: 150, seconds: 2, seed: 7, lenient: true } });
  expect(commandOf(["--quick", "--rate", "50", "--seconds", "9", "--scenario", "redis", "--seed", "0"], 7)).toEqual({
    resilience: { scenarios: ["redis"], rate: 50, seconds: 9, seed: 0, lenient: true },
  });
  expect(commandOf(["--help", "--rate", "x"], 7)).toEqual({ help: true });
  expect(commandOf(["--scenario", "mysql", "--rate", "9", "--secnds", "x"], 7)).toEqual({
    refused: [
      "Unknown option --secnds",
      "Unknown argument x",
      "--scenario must be one of redis, postgres, release",
      "--rate must be a whole number from 10 to 5000",
    ],
  });
});

const goods = { offers: [{ itemId: "track:1:2", quote: "q" }], baskets: ["b1", "b2"] };

function planned(seed: number, count: number): readonly Planned[] {
  const operations = operationsOf(seed, 100, goods);
  return Array.from({ length: count }, () => operations.next().value as Planned);
}

it("plans the same for the same seed, at the wanted rate, each purchase with a user and a key of its own", () => {
  const operations = planned(3, 4000);
  expect(planned(3, 4000)).toEqual(operations);
  expect(planned(4, 4000)).not.toEqual(operations);
  const lastMs = operations.at(-1)?.atMs ?? 0;
  // 4000 arrivals of a Poisson process: one standard deviation is 1.6 %.
  expect(lastMs).toBeGreaterThan(36_000);
  expect(lastMs).toBeLessThan(44_000);
  const purchases = operations.filter(({ kind }) => kind === "purchase");
  expect(purchases.length).toBeGreaterThan(100);
  expect(new Set(purchases.map(({ key }) => key)).size).toBe(purchases.length);
  expect(new Set(purchases.map(({ from }) => JSON.stringify(from))).size).toBe(purchases.length);
  expect(new Set(operations.map(({ kind }) => kind))).toEqual(new Set(["read", "basket", "purchase"]));
});

function read(plannedMs: number, tookMs: number): Sample {
  return { kind: "read", plannedMs, answeredMs: plannedMs + tookMs, failure: undefined, purchase: undefined };
}

it("takes times from the moment that an operation was planned for, by half seconds", () => {
  const samples = Array.from({ length: 100 }, (_, nth) => read(nth * 10, nth + 1));
  expect(quantile(samples, 0.99)).toBe(99);
  expect(quantile(samples, 0.5)).toBe(50);
  // Fifty in each: the 99th per cent is the last one.
  expect(p99s(samples, { fromMs: 0, toMs: 1000 })).toEqual([50, 100]);
  expect(quantile([], 0.99)).toBeNaN();
});

it("finds reads back to normal with the first second whose halves are both normal", () => {
  expect(normalAfterMs([5, 5, 90, 5], 20)).toBe(0);
  expect(normalAfterMs([90, 5, 90, 5, 5], 20)).toBe(1500);
  expect(normalAfterMs([90, 5, 90, 5, 90], 20)).toBeUndefined();
  expect(normalAfterMs([5], 20)).toBeUndefined();
});

it("takes for refused only what says that nothing was sent, and has no attempt", () => {
  const errors = [{ code: "OUTCOME_UNKNOWN", message: "This time nothing was sent; whether the key was used before cannot be read now." }];
  const heard = (payload: object) => heardIn({ data: { payload }, failure: undefined });
  expect(heard({ attempt: null, userErrors: errors })).toEqual({ outcome: "OUTCOME_UNKNOWN", saysNothingWasSent: true });
  expect(heard({ attempt: { status: "SUCCEEDED" }, userErrors: [] })).toEqual({ outcome: "SUCCEEDED", saysNothingWasSent: false });
  expect(heard({ attempt: null, userErrors: [{ code: "OUTCOME_UNKNOWN", message: "It may have been charged." }] })).toEqual({
    outcome: "OUTCOME_UNKNOWN",
    saysNothingWasSent: false,
  });
  expect(heardIn({ data: {}, failure: "HTTP 503" })).toEqual({ outcome: "HTTP 503", saysNothingWasSent: false });
});
