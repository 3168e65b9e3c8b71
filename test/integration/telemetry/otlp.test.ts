/** The SDK of deploy/otel in a process of its own: what a collector gets of an operation and its calls, also when the process stops. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { request } from "undici";
import { afterEach, expect, it } from "vitest";
import { attributesOf, startOtlpReceiver, type OtlpReceiver } from "../../support/otlp-receiver.js";
import { killProcesses, startProcess, type Process } from "../../support/process.js";
import { until } from "../../support/stand.js";

const sdk = pathToFileURL(join(import.meta.dirname, "../../../deploy/otel/otel.mjs")).href;
const trace = "0af7651916cd43dd8448eb211c80319c";
const parent = "b7ad6b7169203331";

let receiver: OtlpReceiver | undefined;
afterEach(() => {
  killProcesses();
  receiver?.close();
});

function start(environment: Readonly<Record<string, string>>): Process {
  return startProcess(environment, `await import(${JSON.stringify(sdk)});`);
}

async function ask({ url }: Process, query: string): Promise<unknown> {
  const { body } = await request(await url, {
    method: "POST",
    headers: { "content-type": "application/json", traceparent: `00-${trace}-${parent}-01` },
    body: JSON.stringify({ query }),
  });
  return body.json();
}

const query = `query Names { artist(id: "1") { name releases(first: 1) { nodes { title } } } }`;

it("an operation and its calls are one trace, within that of the client", async () => {
  receiver = await startOtlpReceiver();
  const { spans, resources } = receiver;
  const facade = start({
    OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint,
    OTEL_BSP_SCHEDULE_DELAY: "50",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=test",
  });
  expect(await ask(facade, query)).toMatchObject({ data: { artist: { name: "Keane" } } });
  await until(() => spans.some(({ name }) => name === "graphql query"), "the span of the operation arrives");
  const operation = spans.find(({ name }) => name === "graphql query");
  expect(operation).toMatchObject({ traceId: trace, parentSpanId: parent, kind: 2 });
  expect(attributesOf(operation?.attributes ?? [])).toMatchObject({ "graphql.operation.name": "Names", "graphql.operation.type": "query" });
  const calls = spans.filter(({ kind }) => kind === 3);
  expect(calls.map(({ name }) => name).sort()).toEqual(["7digital artist/details", "7digital artist/releases"]);
  for (const call of calls) {
    expect(call).toMatchObject({ traceId: trace, parentSpanId: operation?.spanId });
    expect(attributesOf(call.attributes)).toMatchObject({
      "sevendigital.effect": "read",
      "sevendigital.outcome": "OK",
      "http.response.status_code": 200,
    });
  }
  expect(resources[0]).toMatchObject({
    "service.name": "7digital-graphql",
    "service.instance.id": expect.any(String) as unknown,
    "deployment.environment.name": "test",
  });
});

it.each([
  ["one process", "1"],
  ["several processes", "2"],
])("what was not sent yet is sent when the service stops: %s", async (_, processes) => {
  receiver = await startOtlpReceiver();
  const { spans } = receiver;
  const facade = start({ OTEL_EXPORTER_OTLP_ENDPOINT: receiver.endpoint, OTEL_BSP_SCHEDULE_DELAY: "600000", PROCESSES: processes });
  await ask(facade, query);
  expect(spans).toEqual([]);
  facade.child.kill("SIGTERM");
  expect(await facade.code).toBe(0);
  expect(spans.map(({ name }) => name)).toEqual(expect.arrayContaining(["graphql query", "7digital artist/details"]));
});

it("a collector that is not there delays nothing and breaks nothing", async () => {
  receiver = await startOtlpReceiver();
  const { endpoint } = receiver;
  receiver.close();
  const facade = start({ OTEL_EXPORTER_OTLP_ENDPOINT: endpoint });
  expect(await ask(facade, query)).toMatchObject({ data: { artist: { name: "Keane" } } });
  facade.child.kill("SIGTERM");
  expect(await facade.code).toBe(0);
});

it("without an endpoint no SDK is loaded", async () => {
  const facade = startProcess(
    {},
    `await import(${JSON.stringify(sdk)});
     const { trace } = await import(${JSON.stringify(import.meta.resolve("@opentelemetry/api"))});
     if (trace.getTracer("any").startSpan("any").isRecording()) process.exit(3);`,
  );
  await expect(facade.url).resolves.toMatch(/graphql$/);
});
