/** Many clients that never finish what they send, while others go on. */
import type { Socket } from "node:net";
import { Agent, request } from "undici";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startFacade, type Facade } from "../support/facade.js";
import { dial, expectToWork, untilClosed, type Closed } from "../support/raw-client.js";

let facade: Facade;
const connection = new Agent({ connections: 1 });

beforeAll(async () => {
  // All of them, and whoever waits, have one address.
  facade = await startFacade({ environment: { LIMIT_SOCKETS_PER_CLIENT: "0" } });
});
afterAll(async () => {
  await connection.close();
  await facade.close();
});

async function query(): Promise<number> {
  const startMs = performance.now();
  const { statusCode, body } = await request(facade.url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: `{ artist(id: "1") { name } }` }),
    dispatcher: connection,
  });
  await body.dump();
  expect(statusCode).toBe(200);
  return performance.now() - startMs;
}

const samples = 400;

/** Of normal queries one after the other, in milliseconds. */
async function p99(): Promise<number> {
  const took: number[] = [];
  for (let sample = 0; sample < samples; sample += 1) took.push(await query());
  took.sort((one, other) => one - other);
  return took[Math.floor(samples * 0.99)] ?? Infinity;
}

interface Slow {
  readonly socket: Socket;
  readonly closed: Promise<Closed>;
  readonly drop: string;
}

function slowClient(start: string, drop: string): Slow {
  const socket = dial(facade);
  const closed = untilClosed(socket);
  socket.write(start);
  return { socket, closed, drop };
}

const head = "POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n";

/** A hundred that never end their headers, and a hundred that never end their bodies. */
function slowClients(): readonly Slow[] {
  return Array.from({ length: 200 }, (_, nth) =>
    nth % 2 === 0 ? slowClient(head, "X-A: b\r\n") : slowClient(`${head}Content-Length: 90000\r\n\r\n`, "x"),
  );
}

/** What each of them sends a second. */
function dripping(clients: readonly Slow[]): NodeJS.Timeout {
  return setInterval(() => {
    for (const { socket, drop } of clients) if (socket.writable) socket.write(drop);
  }, 1000);
}

const tries = 3;

it(`A7: two hundred of them are all gone within 10 s, and nobody else waits twice as long`, { timeout: 90_000 }, async () => {
  await p99();
  const ratios: number[] = [];
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const before = await p99();
    const clients = slowClients();
    const timer = dripping(clients);
    const during = await p99();
    const wereThere = clients.every(({ socket }) => !socket.closed);
    const closed = await Promise.all(clients.map((client) => client.closed));
    clearInterval(timer);
    expect(closed.every(({ status }) => status === 408)).toBe(true);
    // A busy machine is later.
    expect(Math.max(...closed.map(({ ms }) => ms))).toBeLessThan(11_500);
    const after = await p99();
    // A machine so busy that they are gone before it is measured tells nothing.
    ratios.push(wereThere ? during / Math.max(before, after) : Infinity);
    if (Math.min(...ratios) < 2) break;
  }
  expect(Math.min(...ratios)).toBeLessThan(2);
  await expectToWork(facade);
});
