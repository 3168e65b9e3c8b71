/** What `npm run simulate` predicts from: chance, the day, the caches of copies, and its command line. */
import { describe, expect, it } from "vitest";
import { Fleet, type FleetOptions } from "../../../scripts/simulate/fleet.js";
import { commandOf } from "../../../scripts/simulate/options.js";
import { dayMs, Visits } from "../../../scripts/simulate/visits.js";
import { Zipf } from "../../../scripts/simulate/zipf.js";
import type { SharedKey } from "../../../src/upstream/request/request.js";

const hourMs = 3_600_000;
const forAMinute = { cacheControl: "private, max-age=60", value: "x".repeat(1000) };
const [first, second] = ["GET artist/details\0artistId=1", "GET artist/details\0artistId=2"] as [SharedKey, SharedKey];
const large: FleetOptions = { copies: 1, cacheBytes: 1_000_000, sharedBytes: 0 };
/** Lots of two copies. */
const [left, right] = [0.2, 0.7];

describe("Zipf", () => {
  it("requests the k-th of three things as often as 1 ÷ k: 6, 3 and 2 times of 11", () => {
    const zipf = new Zipf(3, 1);
    const shares = [0, 5.99 / 11, 6.01 / 11, 8.99 / 11, 9.01 / 11, 0.999_999];
    expect(shares.map((share) => zipf.rankOf(share))).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it("knows but one of one", () => {
    expect(new Zipf(1, 0.9).rankOf(0.5)).toBe(1);
  });
});

describe("the visits of a day", () => {
  const day = [...new Visits(50_000, 0.9, 7).of(1)];

  it("are as many as wanted, in order, within the day", () => {
    expect(Math.abs(day.length - 50_000)).toBeLessThan(1000);
    expect(day.every(({ atMs }, index) => atMs >= (day[index - 1]?.atMs ?? 0) && atMs < dayMs)).toBe(true);
  });

  it("are nine times as many at the peak as in the night", () => {
    const inHourAround = (hour: number) => day.filter(({ atMs }) => Math.abs(atMs - hour * hourMs) < hourMs / 2).length;
    expect(inHourAround(16) / inHourAround(4)).toBeGreaterThan(7.5);
    expect(inHourAround(16) / inHourAround(4)).toBeLessThan(10);
  });

  it("are the same for the same seed, and others for another", () => {
    const summary = (seed: number) => [...new Visits(500, 0.9, seed).of(1)].map(({ atMs, page, subject }) => [atMs, page.name, subject]);
    expect(summary(7)).toEqual(summary(7));
    expect(summary(8)).not.toEqual(summary(7));
  });
});

describe("copies", () => {
  it("serve what is fresh, renew what is a little late in the background, and wait for what is too late", () => {
    const fleet = new Fleet(large);
    // Fresh for 60 s, then served late for 30 s more while it is renewed.
    for (const seconds of [0, 59, 61, 120]) fleet.read(left, first, forAMinute, seconds * 1000);
    expect(fleet.counts).toEqual({ reads: 4, hits: 3, calls: 2 });
    fleet.read(left, first, forAMinute, 152_000);
    expect(fleet.counts).toEqual({ reads: 5, hits: 3, calls: 3 });
  });

  it("make a call each where they share nothing", () => {
    const fleet = new Fleet({ ...large, copies: 2 });
    for (const lot of [left, right, left, right]) fleet.read(lot, first, forAMinute, 0);
    expect(fleet.counts).toEqual({ reads: 4, hits: 2, calls: 2 });
  });

  it("make one call together where they share a cache, and what comes from it is as old as it is", () => {
    const fleet = new Fleet({ ...large, copies: 2, sharedBytes: 1_000_000 });
    fleet.read(left, first, forAMinute, 0);
    fleet.read(right, first, forAMinute, 50_000);
    expect(fleet.counts).toEqual({ reads: 2, hits: 1, calls: 1 });
    fleet.read(right, first, forAMinute, 61_000);
    expect(fleet.counts).toEqual({ reads: 3, hits: 2, calls: 2 });
    // The shared cache has the new one.
    fleet.read(left, first, forAMinute, 100_000);
    expect(fleet.counts).toEqual({ reads: 4, hits: 3, calls: 2 });
  });

  it("forget the least recently used where a cache is full", () => {
    const fleet = new Fleet({ ...large, cacheBytes: 2000 });
    for (const key of [first, second, first, second]) fleet.read(left, key, forAMinute, 0);
    expect(fleet.counts).toEqual({ reads: 4, hits: 0, calls: 4 });
    expect(fleet.bytes).toBeLessThanOrEqual(2000);
  });

  it("keep nothing that must not be cached", () => {
    const fleet = new Fleet(large);
    for (const seconds of [0, 1]) fleet.read(left, first, { ...forAMinute, cacheControl: "no-cache, no-store" }, seconds * 1000);
    expect(fleet.counts).toEqual({ reads: 2, hits: 0, calls: 2 });
  });
});

describe("the command line", () => {
  it("takes lists", () => {
    const command = commandOf(["--copies", "1,3", "--cache-mb", "8", "--redis-mb", "0,512", "--exponent", "0.8,1.1", "--days", "3"]);
    expect(command).toMatchObject({
      simulation: {
        copies: [1, 3],
        cacheBytes: [8 * 2 ** 20],
        sharedBytes: [0, 512 * 2 ** 20],
        exponents: [0.8, 1.1],
        days: 3,
        measure: false,
      },
    });
  });

  it.each([
    [["--copies", "0"], "--copies must be numbers from 1 to 64, separated by commas"],
    [["--copies", "1,,2"], "--copies must be numbers from 1 to 64, separated by commas"],
    [["--exponent", "x"], "--exponent must be numbers from 0.1 to 2, separated by commas"],
    [["--days", "1,2"], "--days must be one number"],
    [["--cache=1"], "Unknown option --cache"],
    [["10"], "Unknown argument 10"],
    [["--measure", "--write"], "--write is for the table of the simulation, without --measure"],
  ])("says what is wrong with %j", (args, problem) => {
    expect(commandOf(args)).toEqual({ problems: [problem] });
  });
});
