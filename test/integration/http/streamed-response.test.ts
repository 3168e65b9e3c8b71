/** What a response of several payloads does to the connection: comments while it waits, and clients that leave or do not read. */
import { createServer, type Server } from "node:http";
import { connect, type AddressInfo } from "node:net";
import { afterEach, expect, it, vi } from "vitest";
import { sendStream } from "../../../src/http/streamed-response.js";
import type { PayloadStream } from "../../../src/operation/request.js";
import { stream, type Streaming } from "../../support/streaming.js";

let server: Server;
afterEach(() => {
  vi.useRealTimers();
  server.closeAllConnections();
  server.close();
});

/** Payloads as the test gives them, and whether their reader has left. */
function payloads(next: () => Promise<string | undefined>) {
  const state = { left: 0 };
  const iterator: PayloadStream["payloads"] = {
    [Symbol.asyncIterator]: () => iterator,
    async next() {
      const value = await next();
      return value === undefined ? { done: true, value } : { done: false, value };
    },
    return() {
      state.left += 1;
      return Promise.resolve({ done: true, value: undefined });
    },
  };
  return { state, iterator };
}

async function serve(form: PayloadStream["form"], iterator: PayloadStream["payloads"]): Promise<string> {
  server = createServer((_request, response) => void sendStream(response, { form, payloads: iterator }));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

const never = () => new Promise<never>(() => undefined);
const get = (url: string): Promise<Streaming> => stream(url, {}, {});

it("sends comments while it waits for an event", async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  const answer = await get(await serve("events", payloads(never).iterator));
  expect(await answer.until(":\n\n")).toBe(":\n\n");
  vi.advanceTimersByTime(24_000);
  expect(await answer.until(":\n\n:\n\n:\n\n")).toBe(":\n\n:\n\n:\n\n");
  answer.leave();
});

it("leaves the payloads when the client has gone, even while it waits for one", async () => {
  const { state, iterator } = payloads(never);
  const answer = await get(await serve("parts", iterator));
  expect(state.left).toBe(0);
  answer.leave();
  await expect.poll(() => state.left).toBe(1);
});

it("cuts the connection where the payloads are interrupted", async () => {
  const answer = await get(await serve("events", payloads(() => Promise.reject(new Error("interrupted"))).iterator));
  await expect(answer.end()).rejects.toThrow();
});

it("disconnects a client that does not read, and stops producing", { timeout: 40_000 }, async () => {
  let produced = 0;
  const { state, iterator } = payloads(() => {
    produced += 1;
    return Promise.resolve("x".repeat(1_000_000));
  });
  const url = await serve("events", iterator);
  const socket = connect(Number(new URL(url).port), "127.0.0.1").pause();
  socket.on("error", () => undefined).write("GET / HTTP/1.1\r\nHost: x\r\n\r\n");
  await expect.poll(() => state.left, { timeout: 30_000 }).toBeGreaterThan(0);
  expect(produced).toBeLessThan(100);
  socket.destroy();
});
