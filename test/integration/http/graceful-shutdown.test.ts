/** The end of a server: nobody who was being answered is cut off, and nobody can hold it up. */
import { createServer, type Server, type ServerResponse } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import { afterEach, beforeEach, expect, it } from "vitest";
import { createGracefulShutdown, type GracefulShutdown } from "../../../src/http/graceful-shutdown.js";

let server: Server;
let shutdown: GracefulShutdown;
let waiting: ServerResponse[];
let sockets: Socket[];

beforeEach(async () => {
  waiting = [];
  sockets = [];
  server = createServer((_request, response) => waiting.push(response));
  shutdown = createGracefulShutdown(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  server.closeAllConnections();
});

function dial(): Socket {
  const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
  sockets.push(socket);
  return socket;
}

const get = "GET / HTTP/1.1\r\nHost: x\r\n\r\n";
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function asked(count: number): Promise<void> {
  while (waiting.length < count) await pause(5);
}

it("lets requests under way finish and tells their connections to close", async () => {
  const socket = dial();
  socket.write(get);
  await asked(1);
  const stopped = shutdown.stop(5000);
  await pause(20);
  waiting[0]?.end("done");
  const [answer] = await Promise.all([text(socket), stopped]);
  expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n/);
  expect(answer).toMatch(/done$/);
});

it("closes a connection as it becomes idle although its answer promised to keep it", async () => {
  const socket = dial();
  socket.write(get);
  await asked(1);
  waiting[0]?.write("half");
  const stopped = shutdown.stop(5000);
  waiting[0]?.end("whole");
  const startMs = Date.now();
  const [answer] = await Promise.all([text(socket), stopped]);
  expect(answer).toMatch(/Connection: keep-alive/);
  expect(answer).toContain("whole");
  expect(Date.now() - startMs).toBeLessThan(2000);
});

it("closes idle connections at once and takes no new ones", async () => {
  const socket = dial();
  socket.write(get);
  await asked(1);
  waiting[0]?.end("done");
  await pause(20);
  const startMs = Date.now();
  await Promise.all([text(socket), shutdown.stop(5000)]);
  expect(Date.now() - startMs).toBeLessThan(2000);
  expect(server.listening).toBe(false);
});

it("cuts off whoever is still there when the time is over", async () => {
  const [silent, unanswered] = [dial(), dial()];
  unanswered.write(get);
  await asked(1);
  const startMs = Date.now();
  const ends = [silent, unanswered].map((socket) => new Promise((resolve) => socket.on("error", () => undefined).on("close", resolve)));
  await shutdown.stop(150);
  expect(Date.now() - startMs).toBeGreaterThanOrEqual(140);
  expect(Date.now() - startMs).toBeLessThan(2000);
  await Promise.all(ends);
});

it("answers whoever comes while it drains, and ends their connections with their answers", async () => {
  const [before, idle] = [dial(), dial()];
  before.write(get);
  await asked(1);
  shutdown.drain();
  const after = dial();
  after.write(get);
  idle.write(get);
  await asked(3);
  for (const response of waiting) response.end("done");
  for (const socket of [before, idle, after]) expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\nConnection: close\r\n[^]*done$/);
  expect(server.listening).toBe(true);
  await shutdown.stop(5000);
  expect(server.listening).toBe(false);
});

it.each([
  ["says nothing", ""],
  ["sends half a head", "GET / HTTP/1.1\r\nHost:"],
  ["sends a head and no body", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n"],
])("does not wait for a connection that %s", async (_, said) => {
  const socket = dial();
  socket.write(said);
  const other = dial();
  other.write(get);
  await asked(1);
  await pause(50);
  const startedMs = performance.now();
  const stopped = shutdown.stop(20_000);
  await pause(1500);
  waiting.find(({ req }) => req.method === "GET")?.end("done");
  const [answer] = await Promise.all([text(other), stopped]);
  expect(answer).toMatch(/done$/);
  expect(performance.now() - startedMs).toBeLessThan(10_000);
});
