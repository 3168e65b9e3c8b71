/** Abuse below GraphQL: sizes, encodings, heads and connections. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage } from "node:http";
import type { Socket } from "node:net";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";
import { cpuOf } from "../support/asking.js";
import { ask, dial, exchange, expectToWork, json, post, typename, untilClosed } from "../support/raw-client.js";

let facade: Facade;
const served: Socket[] = [];

/** The server's sides of the connections, to see what it has read. */
function remember(message: unknown): void {
  const { request } = message as { readonly request: IncomingMessage };
  if (request.socket.localPort === Number(new URL(facade.url).port)) served.push(request.socket);
}

beforeAll(async () => {
  facade = await startFacade();
  subscribe("http.server.request.start", remember);
});
afterAll(async () => {
  unsubscribe("http.server.request.start", remember);
  await facade.close();
});
afterEach(() => expectToWork(facade));

const mebibyte = 1024 * 1024;
const operation = JSON.stringify({ query: "{ __typename }" });
const head = (...lines: readonly string[]) =>
  `${["POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", ...lines].join("\r\n")}\r\n\r\n`;

describe("a body", () => {
  const tooLarge = expect.stringContaining(
    `{"errors":[{"message":"Send at most 100000 bytes.","extensions":{"code":"REQUEST_ENTITY_TOO_LARGE"}}]}`,
  ) as string;

  it("A1: is refused at 10 MB, by a client that sends all before it listens as well", async () => {
    const body = JSON.stringify({ query: "#".repeat(10 * mebibyte) });
    const { status, headers, body: answer } = await post(facade, body);
    expect([status, headers.connection, answer]).toEqual([413, "close", tooLarge]);
    const answered = await fetch(facade.url, { method: "POST", headers: json, body });
    expect([answered.status, await answered.text()]).toEqual([413, tooLarge]);
  });

  it("A1: is taken up to its limit, and no byte more", async () => {
    const padded = (length: number) => operation.padEnd(length, " ");
    expect((await post(facade, padded(100_000))).status).toBe(200);
    expect((await post(facade, padded(100_001))).status).toBe(413);
    const roomy = await startFacade({ environment: { LIMIT_BODY_BYTES: "2000" } });
    expect([(await post(roomy, padded(2000))).status, (await post(roomy, padded(2001))).status]).toEqual([200, 413]);
    await roomy.close();
  });

  it.each([
    ["of a length that it tells", `Content-Length: ${String(50 * mebibyte)}`, "x".repeat(mebibyte)],
    ["in chunks", "Transfer-Encoding: chunked", `100000\r\n${"x".repeat(mebibyte)}\r\n`],
  ])("A2: of 50 MB %s is refused, and at most 200 KB of it are read", async (_how, line, part) => {
    served.length = 0;
    const socket = dial(facade);
    const closed = untilClosed(socket);
    socket.write(head(line));
    for (let sent = 0; sent < 50 && socket.writable; sent += 1) socket.write(part);
    const { status, answer, ms } = await closed;
    expect([status, answer]).toEqual([413, tooLarge]);
    expect(served[0]?.bytesRead).toBeLessThanOrEqual(200_000);
    expect(ms).toBeLessThan(5000);
  });

  it("A2: in chunks is taken where it is small", async () => {
    const { status } = await exchange(facade, `${head("Transfer-Encoding: chunked", "Connection: close")}1a\r\n${operation}\r\n0\r\n\r\n`);
    expect([operation.length, status]).toEqual([0x1a, 200]);
  });

  it("A2: at another path is no more read there", async () => {
    served.length = 0;
    const socket = dial(facade);
    const closed = untilClosed(socket);
    socket.write(head("Transfer-Encoding: chunked").replace("/graphql", "/nothing"));
    for (let sent = 0; sent < 50 && socket.writable; sent += 1) socket.write(`100000\r\n${"x".repeat(mebibyte)}\r\n`);
    expect((await closed).status).toBe(404);
    expect(served[0]?.bytesRead).toBeLessThanOrEqual(200_000);
  });

  it("A3: that is compressed is refused, and nothing is inflated", async () => {
    const inflated = JSON.stringify({ query: `{ __typename } #${"#".repeat(20 * mebibyte)}` });
    for (const encoding of ["gzip", "GZIP", "deflate", "br", "gzip, identity"]) {
      const { status, headers } = await post(facade, gzipSync(inflated), { "content-encoding": encoding });
      expect([status, headers["accept-encoding"]]).toEqual([415, "identity"]);
    }
    const small = gzipSync(inflated);
    expect(await cpuOf(() => post(facade, small, { "content-encoding": "gzip" }), 5)).toBeLessThan(20);
    expect((await post(facade, operation, { "content-encoding": "identity" })).status).toBe(200);
  });
});

describe("a head", () => {
  it("A4: with 17 KB of headers is refused, in one header and in many", async () => {
    const many = Object.fromEntries(Array.from({ length: 17 }, (_, nth) => [`x-${String(nth)}`, "a".repeat(1000)]));
    for (const headers of [{ "x-long": "a".repeat(17_000) }, many]) {
      expect((await ask(facade, { path: `/graphql?query=${typename}`, headers })).status).toBe(431);
    }
    expect((await ask(facade, { path: `/graphql?query=${typename}`, headers: { "x-long": "a".repeat(15_000) } })).status).toBe(200);
    const { status } = await exchange(facade, `GET /graphql HTTP/1.1\r\nHost: x\r\nX-Long: ${"a".repeat(mebibyte)}`);
    expect(status).toBe(431);
  });

  it("A4: with more than 8 KB of URL is refused", async () => {
    const pathOf = (length: number) => `/graphql?query=${typename}&`.padEnd(length, "a");
    expect((await ask(facade, { path: pathOf(8192) })).status).not.toBe(414);
    for (const length of [8193, 17_000, 30_000]) {
      for (const method of ["GET", "POST"]) expect((await ask(facade, { path: pathOf(length), method })).status).toBe(414);
    }
  });

  it("A5: with more than 64 headers is refused", async () => {
    const lines = (count: number) => Array.from({ length: count }, (_, nth) => `x-${String(nth)}: a`);
    const statusOf = async (count: number) =>
      (await exchange(facade, head("Connection: close", `Content-Length: ${String(operation.length)}`, ...lines(count - 4)) + operation))
        .status;
    expect([await statusOf(64), await statusOf(65), await statusOf(300), await statusOf(3000)]).toEqual([200, 431, 431, 431]);
    expect((await exchange(facade, head("Connection: close", ...Array.from({ length: 300 }, () => "x: a")))).status).toBe(431);
  });

  const length = `Content-Length: ${String(operation.length)}`;
  it.each([
    ["a length and chunks", head(length, "Transfer-Encoding: chunked") + `0\r\n\r\n${operation}`],
    ["chunks and a length", head("Transfer-Encoding: chunked", length) + `0\r\n\r\n${operation}`],
    ["two lengths", head(length, "Content-Length: 1") + operation],
    ["two lengths in one", head("Content-Length: 26, 1") + operation],
    ["no length in digits", head("Content-Length: +26") + operation],
    ["chunks that are not the last encoding", head("Transfer-Encoding: chunked, gzip") + `0\r\n\r\n`],
    ["a length of a chunk that is none", `${head("Transfer-Encoding: chunked")}x\r\n`],
    ["no host", `POST /graphql HTTP/1.1\r\nContent-Type: application/json\r\n${length}\r\n\r\n${operation}`],
    ["two hosts", head("Host: y", "Connection: close", length) + operation],
    ["a space before a colon", head("X-A : b", length) + operation],
    ["a folded header", head("X-A: b\r\n c", length) + operation],
    ["line feeds alone", head(length).replaceAll("\r\n", "\n") + operation],
    ["no HTTP at all", "\x16\x03\x01\x02\0\x01\0\x01\xfc\x03\x03\r\n\r\n"],
  ])("A6: with %s is refused, and its connection closed", async (_what, bytes) => {
    facade.calls();
    // What follows must not be taken for a request of its own.
    const { answer, status } = await exchange(facade, bytes + `GET /health HTTP/1.1\r\nHost: x\r\n\r\n`);
    expect([status, answer.match(/HTTP\/1\.1/g)]).toEqual([400, ["HTTP/1.1"]]);
    expect(facade.calls()).toEqual([]);
  });
});

// What follows waits for times to be over, all beside each other.
describe.concurrent("a client that takes its time", () => {
  it.each([
    ["headers", 6000, "POST /graphql HTTP/1.1\r\nHost: x\r\n", "X-A: b\r\n"],
    ["nothing at all", 6000, "", ""],
    ["body", 10_000, head("Content-Length: 1000"), "x"],
    ["body in chunks", 10_000, head("Transfer-Encoding: chunked"), "1\r\nx\r\n"],
  ])("A7: over its %s is told so within %i ms", { timeout: 30_000 }, async (_what, withinMs, start, drop) => {
    const socket = dial(facade);
    const closed = untilClosed(socket);
    if (start !== "") socket.write(start);
    const dripping = setInterval(() => {
      if (drop !== "" && socket.writable) socket.write(drop);
    }, 500);
    const { status, ms } = await closed;
    clearInterval(dripping);
    expect(status).toBe(408);
    // A busy machine is later.
    expect(ms).toBeLessThan(withinMs + 1500);
  });
});
