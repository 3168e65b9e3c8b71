/** The client of the load generator of `npm run bench` finds every wrong response. */
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, it } from "vitest";
import { ClientConnection } from "../../../scripts/bench/client-connection.js";
import { post } from "../../../scripts/bench/http-text.js";

const stops: (() => void)[] = [];
afterEach(() => {
  for (const stop of stops.splice(0)) stop();
});

/** A server that sends one body for everything, in pieces. */
async function serverOf(body: string, { status = 200, pieces = 1 } = {}): Promise<number> {
  const server = createServer((_request, response) => {
    const bytes = Buffer.from(body);
    response.writeHead(status, { "Content-Length": bytes.length });
    const length = Math.ceil(bytes.length / pieces);
    let sent = 0;
    const send = (): void => {
      response.write(bytes.subarray(sent, sent + length));
      sent += length;
      if (sent < bytes.length) setTimeout(send, 1);
      else response.end();
    };
    send();
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  stops.push(() => server.close());
  return (server.address() as AddressInfo).port;
}

/** Sends two requests on one connection. @returns "2 answered", or why it failed. */
function outcome(port: number, answer: readonly string[]): Promise<string> {
  const parts = answer.map((part) => Buffer.from(part));
  const shot = { request: Buffer.from(post("{ a }")), answer: parts, answerBytes: Buffer.concat(parts).length };
  return new Promise((resolve) => {
    let answered = 0;
    new ClientConnection(port, undefined, {
      next: () => (answered < 2 ? shot : undefined),
      answered: () => (answered += 1),
      failed: resolve,
      ended: () => resolve(`${answered} answered`),
    });
  });
}

it("takes the expected response, also where it comes and is expected in pieces", async () => {
  const port = await serverOf(`{"data":"${"x".repeat(200_000)}"}`, { pieces: 7 });
  expect(await outcome(port, [`{"data":"`, "x".repeat(200_000), `"}`])).toBe("2 answered");
});

it("fails on one wrong byte", async () => {
  expect(await outcome(await serverOf(`{"data":{"a":1}}`), [`{"data":{"a":`, `2}}`])).toMatch(
    /got \{"data":\{"a":1\}\}\s+instead of \{"data":\{"a":2\}\}/,
  );
});

it("fails on another length and another status", async () => {
  expect(await outcome(await serverOf(`{"data":{"a":12}}`), [`{"data":{"a":1}}`])).toMatch(/expected 200 with 16 bytes/);
  expect(await outcome(await serverOf(`{"data":{"a":1}}`, { status: 429 }), [`{"data":{"a":1}}`])).toMatch(/HTTP\/1.1 429/);
});
