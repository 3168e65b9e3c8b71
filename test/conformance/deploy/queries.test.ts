/** Alerts and board ask Prometheus only for metrics, labels and values that a running server has. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { request } from "undici";
import { RedisServer } from "../../../scripts/databases/redis-server.js";
import { errorCodes } from "../../../src/shared/error-codes.js";
import { answerWith } from "../../support/answers.js";
import { attemptIn, buyAt, openStand, quoteAt, type Stand } from "../../support/stand.js";
import { readExposition, readQuery, type Exposition, type Selector } from "./promql.js";
import { boardFiles, queries } from "../../../scripts/deploy/rules.js";

/** Prometheus itself adds job and instance to what it reads, and makes `up` and `ALERTS`. */
const ofPrometheus: ReadonlyMap<string, readonly string[]> = new Map([
  ["up", ["job", "instance"]],
  ["ALERTS", ["alertname", "alertstate", "job", "instance", "severity"]],
]);

/** As docs/operations.md lists them. */
const values: Readonly<Record<string, readonly string[]>> = {
  outcome: [...Object.keys(errorCodes), "OK", "OTHER", "ok", "failed", "skipped", "hit", "miss", "joined", "unavailable"],
  kind: ["query", "mutation", "subscription", "none"],
  sent: ["true", "false"],
  effect: ["read", "write", "money"],
  how: ["fresh", "stale", "joined"],
  calls: ["read", "signedRead", "write", "money"],
  difference: ["UNKNOWN_ELEMENT", "MISSING", "UNREADABLE", "SKIPPED_ITEM"],
  state: ["BEGUN", "SUCCEEDED", "REJECTED", "NOT_SENT", "UNKNOWN"],
  job: ["7digital-graphql"],
  alertstate: ["firing"],
};

let redis: RedisServer;
let stand: Stand;
let metrics: Exposition;

/** A server with Redis that has answered, called, failed, sold and left something out, so that every metric has all its labels. */
beforeAll(async () => {
  redis = await RedisServer.start();
  stand = await openStand({ REDIS_URL: redis.url });
  const facade = await stand.start();
  expect(attemptIn(await buyAt(facade, await quoteAt(facade), "key-of-the-queries-01"))).toMatchObject({ status: "SUCCEEDED" });
  await facade.ask(`{ artist(id: "1") { name } }`);
  await facade.ask(`{ artist(id: "1") { name slug } }`);
  answerWith(stand, "release/chart", `<chart><chartItem><position>1</position><release xsi:nil="true"/></chartItem></chart>`);
  await facade.ask(`{ releaseChart { nodes { id } } }`);
  const { body } = await request(new URL("/metrics", facade.graph));
  metrics = readExposition(await body.text());
});
afterAll(async () => {
  await stand.close();
  await redis.remove();
});

function missing({ metric, matchers }: Selector): readonly string[] {
  const labels =
    ofPrometheus.get(metric) ?? (metrics.has(metric) ? [...(metrics.get(metric)?.keys() ?? []), "job", "instance"] : undefined);
  if (labels === undefined) return [metric];
  const unknown = matchers.filter(({ label }) => !labels.includes(label)).map(({ label }) => `${metric}{${label}}`);
  const odd = matchers.flatMap(({ label, values: named = [] }) =>
    named.filter((value) => !(values[label] ?? []).includes(value)).map((value) => `${metric}{${label}="${value}"}`),
  );
  return [...unknown, ...odd];
}

function oddIn(expression: string): readonly string[] {
  const { selectors, groupedBy } = readQuery(expression);
  const known = selectors.flatMap(({ metric }) => [...(ofPrometheus.get(metric) ?? []), ...(metrics.get(metric)?.keys() ?? [])]);
  const groups = groupedBy.filter((label) => !["job", "instance", ...known].includes(label)).map((label) => `by (${label})`);
  return [...selectors.flatMap(missing), ...groups];
}

describe("of alerts and board", () => {
  it.each(queries())("%s", (_, expression) => {
    expect(readQuery(expression).selectors.length).toBeGreaterThan(0);
    expect(oddIn(expression)).toEqual([]);
  });

  it("are checked: a wrong metric, label, value and group are found, and what is not PromQL", () => {
    expect(oddIn("rate(sevendigital_graphql_operation_total[5m])")).toEqual(["sevendigital_graphql_operation_total"]);
    expect(oddIn('sevendigital_graphql_operations_total{code="OK"}')).toContain("sevendigital_graphql_operations_total{code}");
    expect(oddIn('sevendigital_graphql_operations_total{outcome="FINE"}')).toEqual([
      'sevendigital_graphql_operations_total{outcome="FINE"}',
    ]);
    expect(oddIn("sum by (method) (sevendigital_graphql_operations_total)")).toEqual(["by (method)"]);
    expect(() => readQuery("sum(rate(up[5m])")).toThrow("Not PromQL");
  });

  it("leave out no metric of ours", () => {
    const asked = new Set(queries().flatMap(([, expression]) => readQuery(expression).selectors.map(({ metric }) => metric)));
    const ours = [...metrics.keys()].filter((name) => name.startsWith("sevendigital_graphql_") && !/_(?:sum|count)$/.test(name));
    expect(ours.length).toBeGreaterThan(17);
    expect(ours.filter((name) => !asked.has(name))).toEqual([]);
  });
});

it("the board answers its six questions in their order", () => {
  const [board] = boardFiles();
  const rows = board?.panels.filter(({ type }) => type === "row").map(({ title }) => title);
  expect(rows).toEqual([
    "Are answers right?",
    "How many calls are left?",
    "Who spends them?",
    "What is slow?",
    "What fails?",
    "Is money settled?",
    "The processes",
  ]);
});
