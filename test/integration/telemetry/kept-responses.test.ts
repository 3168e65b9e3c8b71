/** A response that is kept is observed like one that is not: in metrics, log and trace. */
import { expect, it, onTestFinished } from "vitest";
import { startFacade, type LogLine } from "../../support/facade.js";
import { json, post } from "../../support/raw-client.js";
import { countRecalls } from "../../support/recalls.js";

const query = `query Both { artist(id: "1") { name } other: artist(id: "2") { name } }`;
const traceId = "4bf92f3577b34da6a3ce929d0e0e4736";
const headers = { ...json, "x-request-id": "request-7", traceparent: `00-${traceId}-00f067aa0ba902b7-01` };

const times = 6;

/** What is observed of the same requests. @param bytes For kept responses. */
async function observed(bytes: number, body: object) {
  const facade = await startFacade({ environment: { RESPONSE_CACHE_MAX_BYTES: String(bytes) } });
  onTestFinished(() => facade.close());
  const recalls = countRecalls();
  for (let time = 0; time < times; time += 1) await post(facade, body, headers);
  const lines: readonly LogLine[] = facade.logged
    .filter(({ msg }) => msg === "operation")
    .map((line) => ({ ...line, time: "", durationMs: 0, traceId: "" }));
  const measured = (await facade.metrics())
    .split("\n")
    .filter((line) => /^\w+_(operations_total|cache_answers_total|operation_duration_seconds_count)\{/.test(line));
  const spans = facade.spans.filter(({ name }) => name.startsWith("graphql"));
  return {
    recalls: recalls(),
    lines,
    measured,
    traces: spans.map(({ context, attributes, status, ended }) => ({ traceId: context.traceId, attributes, status, ended })),
    calls: facade.calls().length,
  };
}

it.each([
  ["by its body", { query }],
  ["with operationName null", { query, operationName: null }],
  ["with operationName", { query, operationName: "Both" }],
])("a kept response is observed like any other: %s", { timeout: 60_000 }, async (_what, body) => {
  const kept = await observed(1_000_000, body);
  const unkept = await observed(0, body);
  expect([kept.recalls, unkept.recalls]).toEqual([times - 2, 0]);
  expect({ ...kept, recalls: 0 }).toEqual(unkept);
  expect(kept.lines).toHaveLength(times);
  for (const line of kept.lines)
    expect(line).toMatchObject({ operationName: "Both", kind: "query", outcome: "OK", requestId: "request-7" });
  expect(kept.lines.map((line) => line["upstreamCalls"])).toEqual([2, 0, 0, 0, 0, 0]);
  expect(kept.measured.join("\n")).toMatch(/cache_answers_total\{how="fresh"\} 10$/m);
  expect(new Set(kept.traces.map((span) => span.traceId))).toEqual(new Set([traceId]));
});
