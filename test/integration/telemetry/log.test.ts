/** The log holds what it is told and nothing that somebody should not read. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createCallLog } from "../../../src/telemetry/call-log.js";
import { createLog, type Log } from "../../../src/telemetry/log.js";
import { secretsOf } from "../../../src/telemetry/redact.js";
import { startFacade, type Facade } from "../../support/facade.js";

let lines: string[];
let log: Log;

const sealing = Buffer.alloc(32, 7);
const secrets = secretsOf({
  upstream: {
    consumerSecret: 'canary-con"sumer/1',
    secureProxy: { tls: false, host: "proxy.example", port: 3128, authorization: `Basic ${btoa("canary-proxy-token:")}` },
    proxy: { tls: false, host: "proxy.example", port: 3128, authorization: `Basic ${btoa("shop:canary-proxy:1")}` },
  },
  operatorSecret: "canary-operator-secret",
  gatewaySecret: "canary-gateway-secret",
  metricsSecret: undefined,
  sealingKeys: [{ kid: "one", secret: sealing }],
  databaseUrl: "postgres://records:canary%2Fpassword@db.example/shop",
  redisUrl: "rediss://:canary%2Fredis@redis.example",
});

function logAt(level: Parameters<typeof createLog>[0]["level"]): Log {
  return createLog({ level, secrets, write: (line) => lines.push(line) });
}

beforeEach(() => {
  lines = [];
  log = logAt("info");
});

function only(): Record<string, unknown> {
  expect(lines).toHaveLength(1);
  return JSON.parse(lines[0] ?? "") as Record<string, unknown>;
}

describe("a line", () => {
  it("is JSON, ended, with its level in words and its time", () => {
    log.warn({ method: "artist/details" }, "upstream failure");
    expect(lines[0]).toMatch(/^\{[^\n]*\}\n$/);
    expect(only()).toEqual({
      level: "warn",
      time: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/) as string,
      method: "artist/details",
      msg: "upstream failure",
    });
  });

  it("is not written below the level", () => {
    log.debug({}, "nobody asked");
    logAt("silent").error({}, "nobody listens");
    expect(lines).toEqual([]);
  });

  it("stays one line whatever it holds, for terminals too", () => {
    const nasty = 'a\r\n{"level":"error"}\u001b[2J\u009b31m\u2028\u202egpj';
    log.info({ operationName: nasty }, "operation");
    expect(lines[0]).toMatch(/^[\x20-\x7e]*\n$/);
    expect(only()["operationName"]).toBe(nasty);
  });
});

describe("a secret", () => {
  it.each([
    ["as it is", 'canary-con"sumer/1'],
    ["in a URL", "canary-con%22sumer%2F1"],
    ["in base64", Buffer.from("canary-operator-secret").toString("base64")],
    ["of the gateway", "canary-gateway-secret"],
    ["of the database", "postgres://records:canary%2Fpassword@db.example/shop"],
    ["of the database, as it is meant", "canary/password"],
    ["of Redis", "rediss://:canary%2Fredis@redis.example"],
    ["of Redis, as it is meant", "canary/redis"],
    ["that seals", sealing.toString("base64")],
    ["of a proxy", "canary-proxy:1"],
    ["of a proxy, as it is sent", btoa("shop:canary-proxy:1")],
    ["of a proxy that has no password", "canary-proxy-token"],
    ["that seals, in hex", sealing.toString("hex")],
  ])("%s is not written", (_how, secret) => {
    log.error({ frames: [`at f (${secret})`] }, `it was ${secret}!`);
    expect(only()).toMatchObject({ frames: ["at f ([secret])"], msg: "it was [secret]!" });
  });

  it.each([
    ["a signature", "GET /1.2/x?oauth_signature=abc%3D&oauth_token=tok&page=2", "GET /1.2/x?[secret]&[secret]&page=2"],
    ["a header of OAuth's", 'OAuth oauth_consumer_key="k", oauth_token="t"', "OAuth [secret], [secret]"],
    ["a bearer", "authorization: Bearer abc.def-ghi_jkl~+/==", "authorization: [secret]"],
    ["a sealed token", "eyJhbGciOiJkaXIifQ..AAAA.BBBB.CCCC is bad", "[secret] is bad"],
    ["a signed URL", "see https://media.test/media/track?sig=abc&x=1 now", "see https://media.test/media/track?[secret] now"],
    ["a URL with a user", "see https://joe:pw@host.test/x now", "see https://[secret]@host.test/x now"],
    ["a database with a user", "see postgresql://joe:pw@host.test/x now", "see postgresql://[secret]@host.test/x now"],
    ["an e-mail address", "user jo.hn+x@mail.example.test left", "user [e-mail] left"],
  ])("that looks like %s is not written", (_what, text, expected) => {
    log.error({}, text);
    expect(only()["msg"]).toBe(expected);
  });

  it("of OAuth's is not written where somebody logs it by its name, and the line is still JSON", () => {
    log.error({ oauth_token: 'x"1', a: { oauth_signature: "x2" } }, "failed");
    expect(lines[0]).not.toMatch(/x\d|x\\/);
    expect(only()["msg"]).toBe("failed");
  });

  it.each(["\noauth_token=x1", "\nhttps://user:x1@host/", "\tBearer x1", "\neyJx1.x2", "\nx1@example.test", "%3Foauth_token%3Dx1"])(
    "is not written behind a sign that JSON writes with a letter: %j",
    (text) => {
      log.error({ operationName: text }, text);
      expect(lines[0]).not.toMatch(/x\d/);
      expect(Object.keys(only())).toContain("operationName");
    },
  );

  it("is looked for in long texts in no time, for they are cut", () => {
    const before = process.cpuUsage();
    log.error({ text: "a".repeat(100_000) }, "failed");
    expect(process.cpuUsage(before).user).toBeLessThan(1_000_000);
    expect(lines[0]?.length).toBeLessThan(2500);
  });

  it("under a name that tells is not written, nor below one", () => {
    log.error({ token: "x1", request: { headers: { a: "x2" }, url: "x3" }, a: { b: { password: "x4" } }, kept: "y" }, "failed");
    expect(lines[0]).not.toMatch(/x\d/);
    expect(only()["kept"]).toBe("y");
  });

  it("is not looked for in the frames of a stack, which stay whole", () => {
    const frame = "at run (file:///srv/node_modules/@graphql-tools/utils/x.js:1:2)";
    log.error({ frames: [frame] }, "unforeseen failure");
    expect(only()["frames"]).toEqual([frame]);
  });
});

describe("calls to 7digital", () => {
  const call = { method: "artist/details", auth: "key", effect: "read", httpStatus: 500, sent: true, durationMs: 12 } as const;

  it("that failed are warned of, with method, code and time; what is an answer is not", () => {
    const tell = createCallLog(log, () => 0);
    tell({ ...call, outcome: "UPSTREAM_ERROR" });
    for (const outcome of ["OK", "NOT_FOUND", "NOT_AVAILABLE_IN_COUNTRY", "UNAUTHENTICATED"] as const) tell({ ...call, outcome });
    expect(only()).toMatchObject({ level: "warn", method: "artist/details", code: "UPSTREAM_ERROR", httpStatus: 500, durationMs: 12 });
  });

  it("fill no disk while 7digital is down", () => {
    let nowMs = 5000;
    const tell = createCallLog(log, () => nowMs);
    for (let n = 0; n < 1000; n++) tell({ ...call, outcome: "UPSTREAM_UNAVAILABLE" });
    expect(lines).toHaveLength(10);
    nowMs = 6000;
    tell({ ...call, outcome: "UPSTREAM_UNAVAILABLE" });
    expect(JSON.parse(lines[10] ?? "")).toMatchObject({ msg: "upstream failures not logged", count: 990 });
    expect(lines).toHaveLength(12);
  });
});

describe("an operation", () => {
  let facade: Facade;
  beforeEach(async () => {
    facade = await startFacade();
  });
  afterEach(() => facade.close());

  const operations = () => facade.logged.filter(({ msg }) => msg === "operation");

  it("has one line, with its name, kind, time, calls, outcome and ids", async () => {
    const traceparent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
    await facade.query(`query Artist { artist(id: "1") { name } }`, {}, { "x-request-id": "from-the-proxy-1", traceparent });
    expect(operations()).toEqual([
      {
        level: "info",
        time: expect.any(String) as string,
        operationName: "Artist",
        kind: "query",
        durationMs: expect.any(Number) as number,
        upstreamCalls: 1,
        outcome: "OK",
        requestId: "from-the-proxy-1",
        traceId: "0af7651916cd43dd8448eb211c80319c",
        msg: "operation",
      },
    ]);
  });

  it("that failed tells its codes, each once, and gets an id of its own where it brings none that can be one", async () => {
    await facade.query(`{ a: artist(id: "x") { name } b: artist(id: "y") { name } }`, {}, { "x-request-id": "jo@example.test" });
    const [line] = operations();
    expect(line).toMatchObject({
      outcome: "ERRORS",
      codes: ["BAD_USER_INPUT"],
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
    });
  });

  it("that cannot be read or does not fit the schema has its line too", async () => {
    await facade.query(`{ artist(`);
    await facade.query(`query Wrong { nothing }`);
    expect(operations()).toMatchObject([
      { kind: "none", codes: ["GRAPHQL_PARSE_FAILED"] },
      { kind: "none", codes: ["GRAPHQL_VALIDATION_FAILED"] },
    ]);
  });

  it("A64: cannot write lines of its own: its name is escaped and cut, and what it searches for is not written", async () => {
    const nasty = `x\r\n{"level":"error"}\u001b[31m`;
    const body = JSON.stringify({
      query: `query A { search(query: ${JSON.stringify(nasty)}) { artists { totalCount } } }`,
      operationName: nasty + "y".repeat(300),
    });
    await (await fetch(facade.url, { method: "POST", headers: { "content-type": "application/json" }, body })).text();
    await facade.query(`query ($q: String!) { search(query: $q) { artists { totalCount } } }`, { q: nasty });
    const [named, searched, ...others] = operations();
    expect(String(named?.["operationName"])).toHaveLength(200);
    expect(facade.logged.map((line) => JSON.stringify(line)).join("")).toMatch(/^[\x20-\x7e…]*$/);
    expect([searched, others]).toMatchObject([{ outcome: "OK", upstreamCalls: 1 }, []]);
    expect(JSON.stringify(searched)).not.toContain("31m");
  });
});
