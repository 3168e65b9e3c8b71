/** An operator sees where 7digital's answers differ from what is known: counted by method and path, and logged once a minute at most. */
import { describe, expect, it } from "vitest";
import { createDriftWatch, type Drift } from "../../../src/telemetry/drift.js";
import type { Log } from "../../../src/telemetry/log.js";
import { Reading } from "../../../src/upstream/xml/reading.js";
import { answerWith } from "../../support/answers.js";
import { startFacade } from "../../support/facade.js";

function watching() {
  const counted: Drift[] = [];
  const lines: Readonly<Record<string, unknown>>[] = [];
  let nowMs = 1_000_000;
  const log = { warn: (facts: Record<string, unknown>, msg: string) => lines.push({ ...facts, msg }) } as unknown as Log;
  const noticed = createDriftWatch(
    log,
    () => nowMs,
    (drift) => counted.push(drift),
  );
  return { counted, lines, noticed, pass: (ms: number) => (nowMs += ms) };
}

function readingOf(method: string, ...found: readonly (readonly [Parameters<Reading["note"]>[0], string])[]): Reading {
  const reading = new Reading(method);
  for (const [difference, path] of found) reading.note(difference, path);
  return reading;
}

const msg = "7digital's answers differ from what is known";

describe("a façade", () => {
  it("counts and logs what it left out, without a value", async () => {
    const facade = await startFacade();
    const item = (inside: string) => `<chartItem><position>1</position>${inside}</chartItem>`;
    const chart = `<chart><promo/><totalItems>3</totalItems>${item(`<release id="1"><title>T</title><year>secret-word</year></release>`)}${item("<release/>")}${item(`<release xsi:nil="true"/>`)}</chart>`;
    answerWith(facade, "release/chart", chart);
    answerWith(facade, "artist/details", "<artist><name>x</name></artist>");
    await facade.query("{ releaseChart { nodes { id } } }");
    await facade.query(`{ artist(id: "1") { name } }`);
    const metrics = await facade.metrics();
    const series = metrics.split("\n").filter((line) => line.startsWith("sevendigital_graphql_upstream_differences_total{"));
    const counted = (method: string, path: string, difference: string, count: number) =>
      `sevendigital_graphql_upstream_differences_total{method="${method}",path="${path}",difference="${difference}"} ${String(count)}`;
    expect(new Set(series.filter((line) => line.includes("release/chart")))).toEqual(
      new Set([
        counted("release/chart", "chart/promo", "UNKNOWN_ELEMENT", 1),
        counted("release/chart", "chart/chartItem/release/year", "UNREADABLE", 1),
        counted("release/chart", "chart/chartItem/release", "MISSING", 2),
        counted("release/chart", "chart/chartItem", "SKIPPED_ITEM", 2),
      ]),
    );
    const others = series.filter((line) => !line.includes("release/chart"));
    expect(others).toEqual([expect.stringContaining('{method="artist/details",path="artist/@id",difference="MISSING"}')]);
    const logged = facade.logged.filter((line) => line.msg === msg);
    expect(logged).toMatchObject([{ level: "warn", count: 6 }]);
    expect(JSON.stringify([metrics, facade.logged])).not.toContain("secret-word");
    await facade.close();
  });

  it("counts an answer once, however often it is served from memory", async () => {
    const facade = await startFacade();
    const body = `<response status="ok"><artist id="1"><name>x</name><new/></artist></response>`;
    const headers = { "cache-control": "max-age=60" };
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 200, body, contentType: "text/xml", headers } });
    for (let time = 0; time < 3; time += 1) await facade.query(`{ artist(id: "1") { name } }`);
    expect(await facade.metrics()).toContain('{method="artist/details",path="artist/new",difference="UNKNOWN_ELEMENT"} 1');
    await facade.close();
  });
});

describe("the log", () => {
  it("has one line a minute, with all that came since the line before", () => {
    const { lines, noticed, pass } = watching();
    noticed(readingOf("tag", ["UNKNOWN_ELEMENT", "tags/a"]));
    noticed(readingOf("tag", ["UNKNOWN_ELEMENT", "tags/b"], ["UNKNOWN_ELEMENT", "tags/b"]));
    pass(59_999);
    noticed(readingOf("tag", ["SKIPPED_ITEM", "tags/tag"]));
    expect(lines).toEqual([{ count: 1, paths: ["UNKNOWN_ELEMENT tag tags/a"], msg }]);
    pass(1);
    noticed(readingOf("tag", ["SKIPPED_ITEM", "tags/tag"]));
    expect(lines.slice(1)).toEqual([{ count: 4, paths: ["UNKNOWN_ELEMENT tag tags/b", "SKIPPED_ITEM tag tags/tag"], msg }]);
  });

  it("names twenty places at most", () => {
    const { lines, noticed, pass } = watching();
    noticed(readingOf("tag", ["MISSING", "first"]));
    noticed(readingOf("tag", ...Array.from({ length: 300 }, (_, index) => ["MISSING", `p${String(index)}`] as const)));
    pass(60_000);
    noticed(readingOf("tag", ["MISSING", "last"]));
    expect(lines[1]).toMatchObject({ count: 301 });
    expect(lines[1]?.["paths"]).toHaveLength(20);
  });
});

describe("the labels", () => {
  it("are bounded, whatever elements 7digital makes up", () => {
    const { counted, noticed } = watching();
    for (let answer = 0; answer < 200; answer += 1) {
      const found = Array.from(
        { length: 50 },
        (_, index) => ["UNKNOWN_ELEMENT", `artist/made-up-${String(answer)}-${String(index)}`] as const,
      );
      noticed(readingOf("artist/details", ...found));
    }
    expect(counted.reduce((sum, { count }) => sum + count, 0)).toBe(10_000);
    const paths = new Set(counted.map(({ path }) => path));
    expect(paths.size).toBe(51);
    expect(paths).toContain("artist/OTHER");
  });

  it("are bounded over all methods together", () => {
    const { counted, noticed } = watching();
    for (let nth = 0; nth < 2000; nth += 1) noticed(readingOf(`m${String(nth)}`, ["MISSING", "a/@id"]));
    expect(counted.filter(({ path }) => path === "a/@id")).toHaveLength(500);
    expect(counted.filter(({ path }) => path === "OTHER")).toHaveLength(1500);
  });

  it("hold no name that is not a short one of XML's usual kind", () => {
    const reading = new Reading("tag");
    for (const name of ["ok", "a".repeat(41), "ünïcode", "x y", "a:b"]) {
      reading.unknown({ name });
    }
    expect(reading.findings()).toEqual([
      { difference: "UNKNOWN_ELEMENT", path: "ok", count: 1 },
      { difference: "UNKNOWN_ELEMENT", path: "OTHER", count: 3 },
      { difference: "UNKNOWN_ELEMENT", path: "a:b", count: 1 },
    ]);
  });

  it("are bounded in one answer, which is counted in full", () => {
    const found = Array.from({ length: 5000 }, (_, index) => ["SKIPPED_ITEM", `i${String(index)}`] as const);
    const findings = readingOf("tag", ...found).findings();
    expect(findings.length).toBe(1001);
    expect(findings.at(-1)).toEqual({ difference: "SKIPPED_ITEM", path: "OTHER", count: 4000 });
  });
});
