/** What makes the figures of `npm run bench` believable: random requests have known responses, and a ratio that a run cannot tell is not told. */
import { describe, expect, it } from "vitest";
import { bars, leastOfQuick, refusal, slownessOf } from "../../../scripts/bench/bars.js";
import { deckOf, type ChartSpec, type SubsetSpec } from "../../../scripts/bench/deck.js";
import { twoByOne } from "../../../scripts/bench/processes.js";
import { tooLow } from "../../../scripts/bench/report.js";
import type { Measured } from "../../../scripts/bench/rounds.js";

describe("random requests", () => {
  const subsets: SubsetSpec = {
    kind: "subsets",
    root: "release",
    fields: [
      ["title", "title"],
      ["label", "label { name }"],
    ],
    objects: [{ id: "7", values: [`"One"`, `{"name":"Two"}`] }],
    tail: `,"extensions":{}`,
  };

  function texts(spec: SubsetSpec | ChartSpec, seed: number, count: number): readonly string[] {
    const deck = deckOf(spec, seed);
    return Array.from({ length: count }, () => {
      const { request, answer } = deck() ?? { request: Buffer.alloc(0), answer: [] };
      return `${request.toString().split("\r\n\r\n")[1] ?? ""} -> ${Buffer.concat(answer).toString()}`;
    });
  }

  it("select any fields of an object and expect exactly these", () => {
    const query = (fields: string) => `{"query":"query($id: ID!) { release(id: $id) { ${fields} } }","variables":{"id":"7"}}`;
    expect(new Set(texts(subsets, 1, 100))).toEqual(
      new Set([
        `${query("title")} -> {"data":{"release":{"title":"One"}},"extensions":{}}`,
        `${query("label { name }")} -> {"data":{"release":{"label":{"name":"Two"}}},"extensions":{}}`,
        `${query("title label { name }")} -> {"data":{"release":{"title":"One","label":{"name":"Two"}}},"extensions":{}}`,
      ]),
    );
  });

  it("are the same for the same seed", () => {
    expect(texts(subsets, 5, 50)).toEqual(texts(subsets, 5, 50));
    expect(texts(subsets, 5, 50)).not.toEqual(texts(subsets, 6, 50));
  });
});

describe("bars", () => {
  const measured = (id: Measured["id"], requestsPerSecond: number, busy: { serverBusy: number; generatorBusy: number }): Measured => {
    const cpuMicrosPerRequest = (busy.serverBusy * 1e6) / requestsPerSecond;
    const common = { p50Ms: 1, p99Ms: 1, answerBytes: 1, requestsPerSecond, cpuMicrosPerRequest, ...busy };
    const round = { ...common, requests: 1, elapsedMs: 1, upstreamCalls: 0 };
    return { id, name: id, build: undefined, connections: 32, upstreamCalls: 0, median: common, rounds: [round] };
  };
  const full = { serverBusy: 1, generatorBusy: 0.5 };
  const figures = (...warm: Measured[]) => ({
    machine: "",
    warm,
    firsts: [],
    cold: [],
    memory: undefined,
    curves: undefined,
    xml: undefined,
    processes: undefined,
  });
  const [bar] = bars;

  it("are ratios of requests per second", () => {
    expect(bar?.read(figures(measured("q1", 9000, full), measured("yoga", 1000, full)))).toMatchObject({ value: 9, byCpu: 9, best: 9 });
  });

  it("are refused where the generator was the limit, or the server did not have its core", () => {
    const yoga = measured("yoga", 1000, full);
    const busy = measured("q1", 9000, { serverBusy: 0.95, generatorBusy: 0.93 });
    expect(bar?.read(figures(busy, yoga))).toMatchObject({ value: undefined, refused: "q1: the server was 95 % busy, the generator 93 %" });
    const idle = measured("q1", 9000, { serverBusy: 0.8, generatorBusy: 0.2 });
    expect(bar?.read(figures(idle, yoga))).toMatchObject({
      value: undefined,
      refused: "q1: the server was 80 % busy, the generator 20 %",
      byCpu: 11.25,
    });
    expect(refusal(yoga)).toBeUndefined();
  });

  describe("of two processes", () => {
    const round = (requestsPerSecond: number, cpuMicros: readonly number[], busy: readonly number[]) => ({
      requestsPerSecond,
      cpuMicros,
      busy,
      generatorBusy: 0.5,
    });
    const one = [round(1000, [100], [1])];

    it("are requests per second, where the load has a core of its own and the servers were the limit", () => {
      expect(twoByOne({ apart: true, one, two: [round(1800, [1, 54, 55], [0, 0.97, 0.98])] })).toMatchObject({ value: 1.8 });
      expect(twoByOne({ apart: true, one, two: [round(1800, [1, 50, 50], [0, 0.8, 0.8])] })).toMatchObject({
        value: undefined,
        refused: "one was 100 % busy, two 160 %, the generator 50 %",
      });
      expect(twoByOne({ apart: false, one, two: [round(1800, [1, 50, 50], [0, 1, 1])] })).toMatchObject({
        value: undefined,
        refused: "the load has no core of its own: one was 100 % busy, two 200 %, the generator 50 %",
      });
      expect(twoByOne(undefined)).toMatchObject({ value: undefined, refused: "not measured" });
    });

    it("are half of their CPU, or that of the busiest", () => {
      expect(twoByOne({ apart: false, one, two: [round(1, [10, 50, 50], [0, 1, 1])] }).byCpu).toBeCloseTo(100 / 55);
      expect(twoByOne({ apart: false, one, two: [round(1, [0, 20, 80], [0, 1, 1])] }).byCpu).toBeCloseTo(100 / 80);
    });
  });

  it("are halved in quick runs, and less where a figure is known to be lower", () => {
    const common = { figure: "", least: 6, aim: 8, read: () => ({ value: undefined }) };
    expect(leastOfQuick({ ...common, more: true })).toBe(3);
    expect(leastOfQuick({ ...common, more: true, known: 1.5 })).toBe(1);
    expect(leastOfQuick({ ...common, more: true, known: 100 })).toBe(3);
    expect(leastOfQuick({ ...common, more: false })).toBe(12);
    expect(leastOfQuick({ ...common, more: false, known: 10 })).toBe(15);
    expect(leastOfQuick({ ...common, more: false, known: 1 })).toBe(12);
  });

  it("allow times, and nothing else, to be longer where the machine is slower: by as much as the smallest server takes longer", () => {
    const common = { figure: "", least: 6, aim: 8, read: () => ({ value: undefined }) };
    expect(leastOfQuick({ ...common, more: false, known: 10, unit: "µs" }, 2)).toBe(30);
    expect(leastOfQuick({ ...common, more: false, known: 10 }, 2)).toBe(15);
    expect(leastOfQuick({ ...common, more: true, known: 1.5 }, 2)).toBe(1);
    expect(slownessOf(figures())).toBe(1);
    expect(slownessOf(figures(measured("floor-post", 1e9, full)))).toBe(1);
    // 100 µs of CPU.
    expect(slownessOf(figures(measured("floor-post", 10_000, full)))).toBe(6.25);
  });

  it("fail a quick run that is far below", () => {
    expect(tooLow(figures(measured("q1", 10, full), measured("yoga", 1000, full)))).toEqual([
      expect.stringMatching(/^warm Q1 ÷ empty Yoga: 0.01x/),
    ]);
    expect(tooLow(figures(measured("q1", 9000, full), measured("yoga", 1000, full)))).toEqual([]);
  });
});
