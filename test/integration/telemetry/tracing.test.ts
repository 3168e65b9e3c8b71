/** Traces: what comes in, what goes on to 7digital, what an SDK is told, and what it all costs where there is none. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { readdirSync, readFileSync } from "node:fs";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { join } from "node:path";
import { ROOT_CONTEXT, SpanKind, trace } from "@opentelemetry/api";
import { OperationTypeNode } from "graphql";
import { Registry } from "prom-client";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createLog } from "../../../src/telemetry/log.js";
import { createMetrics } from "../../../src/telemetry/metrics.js";
import { createTextRedactor } from "../../../src/telemetry/redact.js";
import { createOperationWatch } from "../../../src/telemetry/operation-watch.js";
import { endOperationSpan, startOperationSpan, traceOf } from "../../../src/telemetry/tracing.js";
import { ask, post } from "../../support/raw-client.js";
import { demo, operatorSecret } from "../../support/purchase/purchase-upstream.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { keepingTracer } from "../../support/spans.js";

const traceId = "0af7651916cd43dd8448eb211c80319c";
const given = `00-${traceId}-b7ad6b7169203331-01`;

function idOf(traceparent: string | null, tracestate: string | null = null) {
  const headers: Readonly<Record<string, string | null>> = { traceparent, tracestate };
  return trace.getSpanContext(traceOf((name) => headers[name] ?? null));
}

describe("traceparent", () => {
  it("is read as W3C writes it", () => {
    expect(idOf(given)).toMatchObject({ traceId, spanId: "b7ad6b7169203331", traceFlags: 1, isRemote: true });
    expect(idOf(`00-${traceId}-b7ad6b7169203331-00`)).toMatchObject({ traceFlags: 0 });
    expect(idOf(`cc-${traceId}-b7ad6b7169203331-ff-what-the-future-will-be-like`), "of a later version").toMatchObject({ traceFlags: 1 });
  });

  it.each([
    [null],
    [""],
    ["nonsense"],
    [given.toUpperCase()],
    [`ff-${traceId}-b7ad6b7169203331-01`],
    [`00-${traceId}-b7ad6b7169203331-01-more`],
    [`00-${traceId}-b7ad6b7169203331-1`],
    [`00-${"0".repeat(32)}-b7ad6b7169203331-01`],
    [`00-${traceId}-0000000000000000-01`],
    [`00-${traceId}-b7ad6b7169203331-01, ${given}`],
    [`${given}\r\nx: y`],
  ])("that is none begins a new trace: %j", (traceparent) => {
    expect(idOf(traceparent)).toBeUndefined();
  });

  it("brings its tracestate, without what is no part of one", () => {
    expect(idOf(given, "rojo=00f067aa0ba902b7,=x,congo=t61rcWkgMzE")?.traceState?.serialize()).toBe(
      "rojo=00f067aa0ba902b7,congo=t61rcWkgMzE",
    );
    expect(idOf(given, `a=${"x".repeat(600)}`)?.traceState?.serialize()).toBe("");
  });
});

interface Asked {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | object;
}

interface Seen {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
}

/** What the sandbox, which is in this process, is sent. */
const seen: Seen[] = [];

function see(message: unknown): void {
  const { url = "", headers } = (message as { request: IncomingMessage }).request;
  const path = /^\/1\.2\/([^?]*)/.exec(url)?.[1];
  if (path !== undefined) seen.push({ path, headers });
}

describe("a running server", () => {
  let facade: Facade;
  beforeAll(async () => {
    subscribe("http.server.request.start", see);
    facade = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret } });
  });
  afterAll(async () => {
    unsubscribe("http.server.request.start", see);
    expect(facade.spans.filter(({ ended }) => !ended)).toEqual([]);
    await facade.close();
  });
  beforeEach(() => {
    seen.length = 0;
  });
  afterEach(() => facade.sandbox.faults.clear());

  const spansOf = (id: string) => facade.spans.filter(({ context }) => context.traceId === id);

  it("passes the trace on to 7digital with a span of its own, and nothing else that came with it", async () => {
    const headers = { traceparent: given, tracestate: "rojo=1", baggage: "userId=alice", "x-request-id": "r1" };
    await facade.query(`query Named { artist(id: "11") { name } }`, {}, headers);
    const [server, client] = spansOf(traceId);
    expect(seen).toHaveLength(1);
    expect(seen[0]?.headers).toMatchObject({ traceparent: `00-${traceId}-${client?.context.spanId ?? ""}-01` });
    for (const name of ["tracestate", "baggage", "x-request-id"]) expect(seen[0]?.headers).not.toHaveProperty(name);
    expect(server).toMatchObject({
      name: "graphql query",
      kind: SpanKind.SERVER,
      parent: { spanId: "b7ad6b7169203331" },
      attributes: { "graphql.operation.name": "Named", "graphql.operation.type": "query" },
      ended: true,
    });
    expect(client).toMatchObject({
      name: "7digital artist/details",
      kind: SpanKind.CLIENT,
      parent: { spanId: server?.context.spanId },
      attributes: { "sevendigital.method": "artist/details", "sevendigital.outcome": "OK", "http.response.status_code": 200 },
      ended: true,
    });
  });

  it("makes neither another cache key nor another signature of a trace", async () => {
    const query = `{ artist(id: "12") { name } viewer { locker { totalCount } } }`;
    await facade.query(query, {}, { ...demo, traceparent: given });
    const { errors } = await facade.query(query, {}, { ...demo, traceparent: given.replace("0af", "0ae") });
    expect(errors).toBeUndefined();
    expect(seen.filter(({ path }) => path === "artist/details")).toHaveLength(1);
  });

  it("tells of a failure by its code alone", async () => {
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 500, body: "demo-token-secret" } });
    await facade.query(`{ artist(id: "13") { name } }`, {}, { traceparent: given.replace("0af", "0ad") });
    const [server, client] = spansOf(traceId.replace("0af", "0ad"));
    expect(server?.attributes["error.type"]).toMatch(/^UPSTREAM_/);
    expect(client?.attributes).toMatchObject({ "http.response.status_code": 500 });
    expect(client?.status).toBe(2);
  });

  it.each<[string, Asked, number]>([
    ["of a type that is not answered", { body: { query: "{ __typename }" }, headers: { accept: "text/html" } }, 406],
    ["of a type that is not taken", { body: { query: "{ __typename }" }, headers: { "content-type": "text/plain" } }, 415],
    ["that is no JSON", { body: "{" }, 400],
    ["that is a list", { body: [] }, 400],
    ["without a document", { body: {} }, 400],
    ["with a parameter of another name", { body: { query: "{ __typename }", other: 1 } }, 400],
    ["with variables that are a list", { body: { query: "{ __typename }", variables: [] } }, 400],
    ["with a document too long", { body: { query: `{ __typename } #${"x".repeat(20_000)}` } }, 400],
    ["with a document that cannot be read", { body: { query: "{" } }, 400],
    ["with a document that does not fit", { body: { query: "{ nothing }" } }, 400],
    ["with a variable that does not fit", { body: { query: "query ($id: ID!) { artist(id: $id) { name } }" } }, 400],
    ["for one operation of several", { body: { query: "query A { __typename } query B { __typename }" } }, 400],
    ["with a credential that is none", { body: { query: "{ __typename }" }, headers: { authorization: "Bearer x" } }, 401],
    ["for a mutation by GET", { path: "/graphql?query=mutation%7BbasketCreate%7Bbasket%7Bid%7D%7D%7D" }, 405],
    ["by HEAD", { method: "HEAD" }, 405],
    ["by PUT", { method: "PUT" }, 405],
  ])("ends the span of a request %s, once, with a code", async (_what, { body, headers, ...asked }, status) => {
    const before = facade.spans.length;
    const all = { "content-type": "application/json", traceparent: given, ...headers };
    const answer = await (body === undefined ? ask(facade, { ...asked, headers: all }) : post(facade, body, all));
    expect(answer.status).toBe(status);
    const [span, ...others] = facade.spans.slice(before);
    expect([span, others]).toMatchObject([
      { parent: { spanId: "b7ad6b7169203331" }, ended: true, status: 2, attributes: { "error.type": expect.any(String) as string } },
      [],
    ]);
  });

  it("tells a client that went away from a failure", async () => {
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 300 } });
    const before = facade.spans.length;
    const leaver = new AbortController();
    const body = JSON.stringify({ query: `{ artist(id: "15") { name } }` });
    const headers = { "content-type": "application/json", traceparent: given };
    const left = fetch(facade.url, { method: "POST", headers, body, signal: leaver.signal });
    await expect.poll(() => seen.map(({ path }) => path)).toContain("artist/details");
    leaver.abort();
    await expect(left).rejects.toThrow();
    await expect
      .poll(() => facade.spans.slice(before).find(({ name }) => name === "graphql query"))
      .toMatchObject({
        ended: true,
        attributes: { "error.type": "CLIENT_CLOSED_REQUEST" },
      });
  });

  it("A61: gives A and B, who share one call, their own answers, and each other call to 7digital its own credential and trace", async () => {
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 300 } });
    const query = `{ artist(id: "14") { name } viewer { locker { totalCount } } }`;
    const users = ["demo", "other"].map((name, n) => ({
      name,
      trace: traceId.replace("0af", `1a${String(n)}`),
      headers: { ...demo, "x-7d-oauth-token": `${name}-token`, "x-7d-oauth-token-secret": `${name}-token-secret` },
    }));
    const answers = await Promise.all(
      users.map(({ headers, trace }) => facade.query(query, {}, { ...headers, traceparent: given.replace(traceId, trace) })),
    );
    expect(answers.map(({ data }) => data)).toMatchObject([
      { viewer: { locker: { totalCount: 3 } } },
      { viewer: { locker: { totalCount: 2 } } },
    ]);
    const shared = seen.filter(({ path }) => path === "artist/details");
    expect(shared).toHaveLength(1);
    expect(shared[0]?.headers.authorization).toBeUndefined();
    for (const { name, trace } of users) {
      const own = seen.filter(({ headers }) => headers.authorization?.includes(`oauth_token="${name}-token"`));
      expect(own.map(({ path }) => path)).toEqual(["user/locker"]);
      expect(own[0]?.headers["traceparent"]).toContain(trace);
    }
  });
});

it("A61: keeps nothing in AsyncLocalStorage, from which shared code would read what is the first caller's", () => {
  const source = join(import.meta.dirname, "../../../src");
  const files = readdirSync(source, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".ts"));
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => /AsyncLocalStorage|async_hooks|context\.active\(/.test(readFileSync(join(source, file), "utf8")))).toEqual(
    [],
  );
});

it("writes an operation's name into a span as into the log: cut, and without what should be in neither", () => {
  const tracer = keepingTracer();
  const lines: string[] = [];
  const known = "what-nobody-may-know";
  const observe = createOperationWatch({
    log: createLog({ level: "info", secrets: [known], write: (line) => lines.push(line) }),
    metrics: createMetrics(new Registry()),
    tracer,
    redact: createTextRedactor([known]),
    newId: () => "id",
  });
  const given = [`jo.hn@mail.example.test ${known} oauth_token=abc ${"N".repeat(500)}`, `${"N".repeat(190)}${known}`, "Named"];
  for (const operationName of given) {
    const observation = observe({ header: () => null }, operationName);
    observation.prepared(OperationTypeNode.QUERY, "Named");
    observation.end({ codes: [] }, undefined);
  }
  const names = tracer.spans.map(({ attributes }) => attributes["graphql.operation.name"]);
  expect(names).toEqual([`[e-mail] [secret] [secret] ${"N".repeat(172)}…`, `${"N".repeat(190)}[secret]`, "Named"]);
  expect(lines.map((line) => (JSON.parse(line) as { operationName: unknown }).operationName)).toEqual(names);
});

it("costs next to nothing where there is no SDK", () => {
  const tracer = trace.getTracer("7digital-graphql");
  const nothing = (): null => null;
  const one = (): void => {
    const span = startOperationSpan(tracer, traceOf(nothing));
    trace.setSpan(ROOT_CONTEXT, span);
    endOperationSpan(span, { kind: "query", name: "Named", codes: [] });
  };
  const times = 50_000;
  const microseconds = Array.from({ length: 5 }, () => {
    const before = process.cpuUsage();
    for (let n = 0; n < times; n++) one();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / times;
  });
  // About half of one; of a request's 200.
  expect(Math.min(...microseconds)).toBeLessThan(10);
});
