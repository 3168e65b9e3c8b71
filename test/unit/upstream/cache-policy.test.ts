import { describe, expect, it } from "vitest";
import { lifetimeOf, type Lifetime } from "../../../src/upstream/cache/policy.js";

const seconds = 1000;
const hours = 3600 * seconds;
const answeredAtMs = Date.UTC(2026, 10, 22, 12, 0, 0);

function of(headers: Readonly<Record<string, string | undefined>>, delayMs = 0): Lifetime | undefined {
  return lifetimeOf((name) => headers[name], { askedAtMs: answeredAtMs - delayMs, answeredAtMs });
}

function lifetimeBy(cacheControl: string | undefined): Lifetime | undefined {
  return of({ "cache-control": cacheControl });
}

const inMinutes = (minutes: number): string => new Date(answeredAtMs + minutes * 60 * seconds).toUTCString();

describe("how long an answer is fresh", () => {
  it.each([
    ["private, max-age=432000", 432_000 * seconds],
    ["private, max-age=60", 60 * seconds],
    ["max-age=60, private", 60 * seconds],
    ["PRIVATE,MAX-AGE=60", 60 * seconds],
    ['private, max-age="60"', 60 * seconds],
    ["max-age=300, max-age=60", 60 * seconds],
    ["max-age=999999999", 7 * 24 * hours],
    ["max-age=99999999999999999999", 7 * 24 * hours],
    ['max-age=60, community="a, no-store"', 60 * seconds],
    ['community="UCI"', 60 * seconds],
    [undefined, 60 * seconds],
    ["", 60 * seconds],
    ["private", 60 * seconds],
    ["public, s-maxage=9", 60 * seconds],
  ])("told %j", (cacheControl, freshMs) => {
    expect(lifetimeBy(cacheControl)?.freshMs).toBe(freshMs);
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
  ])("is not at all, told %j", (cacheControl) => {
    expect(lifetimeBy(cacheControl)).toBeUndefined();
  });

  it.each<[string, Record<string, string>, number]>([
    ["by Expires", { expires: inMinutes(5) }, 300],
    ["by Expires, counted from Date and not from our clock", { date: inMinutes(-60), expires: inMinutes(-55) }, 300],
    ["by Expires beside a directive that tells no time", { "cache-control": "private", expires: inMinutes(5) }, 300],
    ["by max-age rather than Expires", { "cache-control": "max-age=60", expires: inMinutes(5) }, 60],
    ["by max-age though Expires makes no sense", { "cache-control": "max-age=60", expires: "0" }, 60],
    ["by Expires in the form of RFC 850", { expires: "Sunday, 22-Nov-26 12:05:00 GMT" }, 300],
    ["by Expires in the form of asctime", { expires: "Sun Nov 22 12:05:00 2026" }, 300],
    ["at most for seven days", { expires: inMinutes(60 * 24 * 365) }, 7 * 24 * 3600],
    ["less its Age", { "cache-control": "max-age=60", age: "20" }, 40],
    ["less its Age, where nothing else is told", { age: "20" }, 40],
    ["less its Age, of which the first counts", { "cache-control": "max-age=60", age: "20, 50" }, 40],
    ["by Expires beside a directive that nobody knows", { "cache-control": 'community="UCI"', expires: inMinutes(5) }, 300],
    ["not at all for an Age beyond all numbers", { "cache-control": "max-age=60", age: "99999999999999999999" }, 0],
    ["not longer for an Age that is none", { "cache-control": "max-age=60", age: "-20" }, 60],
    ["not longer for an Age that is no number", { "cache-control": "max-age=60", age: "soon" }, 60],
    ["whatever headers it varies with, for ours are always the same", { vary: "Accept-Encoding, Accept" }, 60],
    ["with an old word that Cache-Control overrides", { "cache-control": "max-age=60", pragma: "no-cache" }, 60],
  ])("%s", (_what, headers, fresh) => {
    expect(of(headers)?.freshMs).toBe(fresh * seconds);
  });

  it.each<[string, Record<string, string>]>([
    ["Expires in the past", { expires: inMinutes(-5) }],
    ["Expires at the time of Date", { date: inMinutes(5), expires: inMinutes(5) }],
    ["Expires: 0", { expires: "0" }],
    ["Expires: -1", { expires: "-1" }],
    ["Expires that is no date", { expires: "Thu, 99 Foo 2026 00:00:00 GMT" }],
    ["Expires twice", { expires: `${inMinutes(5)}, ${inMinutes(5)}` }],
    ["Pragma", { pragma: "no-cache" }],
    ["Pragma beside Expires", { pragma: "No-Cache", expires: inMinutes(5) }],
    ["Vary: *", { "cache-control": "max-age=60", vary: "*" }],
    ["Vary: Accept, *", { "cache-control": "max-age=60", vary: "Accept, *" }],
  ])("is not at all, told %s", (_what, headers) => {
    expect(of(headers)).toBeUndefined();
  });

  it("counts the time that asking took as age", () => {
    expect(of({ "cache-control": "max-age=60", age: "20" }, 3 * seconds)).toMatchObject({ ageMs: 23 * seconds, freshMs: 37 * seconds });
  });
});

describe("an answer that is older than its life when it arrives", () => {
  it("is stale at once, and kept only for when 7digital fails", () => {
    expect(of({ "cache-control": "max-age=10", age: "4000" })).toEqual({
      ageMs: 4000 * seconds,
      freshMs: 0,
      revalidateMs: 0,
      keepMs: 24 * hours,
    });
  });

  it("is not kept at all, told must-revalidate", () => {
    expect(of({ "cache-control": "max-age=10, must-revalidate", age: "10" })).toBeUndefined();
  });
});

describe("how long it is served beyond that", () => {
  it.each([
    ["max-age=60", 30 * seconds],
    ["max-age=1000", 100 * seconds],
    ["max-age=432000", 1 * hours],
  ])("while one call renews it, told %j", (cacheControl, lateMs) => {
    const lifetime = lifetimeBy(cacheControl);
    expect((lifetime?.revalidateMs ?? 0) - (lifetime?.freshMs ?? 0)).toBe(lateMs);
  });

  it("is a day when 7digital fails", () => {
    const lifetime = lifetimeBy("max-age=60");
    expect((lifetime?.keepMs ?? 0) - (lifetime?.freshMs ?? 0)).toBe(24 * hours);
  });

  it("is not at all, told must-revalidate", () => {
    expect(lifetimeBy("max-age=60, must-revalidate")).toEqual({ ageMs: 0, freshMs: 60_000, revalidateMs: 60_000, keepMs: 60_000 });
  });
});
