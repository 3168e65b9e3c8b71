import { describe, expect, it } from "vitest";
import { lifetimeOf } from "../../src/upstream/cache-policy.js";

const seconds = 1000;
const hours = 3600 * seconds;

describe("how long an answer is fresh", () => {
  it.each([
    ["private, max-age=432000", 432_000 * seconds],
    ["private, max-age=60", 60 * seconds],
    ["max-age=60, private", 60 * seconds],
    ["PRIVATE,MAX-AGE=60", 60 * seconds],
    ['private, max-age="60"', 60 * seconds],
    ["max-age=300, max-age=60", 60 * seconds],
    ["max-age=999999999", 7 * 24 * hours],
    [undefined, 60 * seconds],
    ["", 60 * seconds],
    ["private", 60 * seconds],
    ["public, s-maxage=9", 60 * seconds],
  ])("told %j", (told, freshMs) => {
    expect(lifetimeOf(told)?.freshMs).toBe(freshMs);
  });

  it.each([
    "no-cache, no-store",
    "no-store",
    "private, no-cache, max-age=60",
    "NO-STORE, max-age=60",
    'no-cache="set-cookie"',
    "max-age=0",
    "max-age=-1",
    "max-age=sixty",
    "max-age=",
    "max-age",
    "max-age=1e9",
    "max-age=60, max-age=x",
    "%%%",
  ])("is not at all, told %j", (told) => {
    expect(lifetimeOf(told)).toBeUndefined();
  });
});

describe("how long it is served beyond that", () => {
  it.each([
    ["max-age=60", 30 * seconds],
    ["max-age=1000", 100 * seconds],
    ["max-age=432000", 1 * hours],
  ])("while one call renews it, told %j", (told, lateMs) => {
    const lifetime = lifetimeOf(told);
    expect((lifetime?.revalidateMs ?? 0) - (lifetime?.freshMs ?? 0)).toBe(lateMs);
  });

  it("is a day when 7digital fails", () => {
    const lifetime = lifetimeOf("max-age=60");
    expect((lifetime?.keepMs ?? 0) - (lifetime?.freshMs ?? 0)).toBe(24 * hours);
  });

  it("is not at all, told must-revalidate", () => {
    expect(lifetimeOf("max-age=60, must-revalidate")).toEqual({ freshMs: 60_000, revalidateMs: 60_000, keepMs: 60_000 });
  });
});
