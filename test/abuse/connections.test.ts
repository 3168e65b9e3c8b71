/** What clients take of connections, and what is left for others. All clients here have one address, that of the prober, too. */
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { Connections } from "../../src/http/connections.js";
import { OwnCounts } from "../../src/shared/client-counts.js";
import { startFacade, type Facade } from "../support/facade.js";
import { ask, dial, exchange, expectToWork, post, untilClosed, type Answered } from "../support/raw-client.js";

type Environment = Readonly<Record<string, string>>;

async function withFacade(environment: Environment, run: (facade: Facade) => Promise<void>): Promise<void> {
  const facade = await startFacade({ environment });
  try {
    await run(facade);
  } finally {
    await facade.close();
  }
}

const body = JSON.stringify({ query: "{ __typename }" });
const head = (...lines: readonly string[]) =>
  `${["POST /graphql HTTP/1.1", "Host: x", "Content-Type: application/json", ...lines].join("\r\n")}\r\n\r\n`;
const request = head(`Content-Length: ${String(body.length)}`) + body;

async function dialled(facade: Facade, bytes = ""): Promise<Socket> {
  const socket = dial(facade);
  await once(socket, "connect");
  if (bytes !== "") socket.write(bytes);
  return socket;
}

/** Connections that were answered once, and stay open. */
async function idle(facade: Facade): Promise<Socket> {
  const socket = await dialled(facade, request);
  await once(socket, "data");
  return socket;
}

function several<T>(count: number, make: () => Promise<T>): Promise<T[]> {
  return Promise.all(Array.from({ length: count }, make));
}

async function callsUnderWay(facade: Facade): Promise<number> {
  return Number(/^sevendigital_graphql_upstream_in_flight (\d+)$/m.exec(await facade.metrics())?.[1]);
}

async function probe(facade: Facade): Promise<readonly (readonly [number, string])[]> {
  const answers = [await ask(facade, { path: "/health" }), await ask(facade, { path: "/ready" })];
  return answers.map(({ status, body: said }) => [status, said]);
}

const isWell = [
  [200, ""],
  [200, `{"status":"ready","reasons":[]}`],
];

function expectCrowded({ status, headers, body: said }: Answered): void {
  expect([status, headers["retry-after"], headers.connection]).toEqual([503, "1", "close"]);
  expect(JSON.parse(said)).toMatchObject({ errors: [{ extensions: { code: "OVERLOADED" } }] });
}

describe.each<readonly [string, Environment]>([
  ["there are", { LIMIT_SOCKETS: "5" }],
  ["one client may have", { LIMIT_SOCKETS_PER_CLIENT: "5" }],
])("where all the connections that %s are taken", (_whose, environment) => {
  it.each([
    ["say nothing", ""],
    ["send half a head", "POST /graphql HTTP/1.1\r\nHost: x\r\n"],
    ["send half a body", head("Content-Length: 1000")],
    ["send half a body in chunks", `${head("Transfer-Encoding: chunked")}1\r\nx\r\n`],
  ])("by clients that %s, probes are answered, and nobody else", async (_what, bytes) => {
    await withFacade(environment, async (facade) => {
      const kept = await several(5, () => dialled(facade, bytes));
      await expect.poll(async () => (await post(facade, body)).status).toBe(503);
      expect(await probe(facade)).toEqual(isWell);
      expectCrowded(await post(facade, body));
      expectCrowded(await ask(facade, { path: "/metrics" }));
      expect(kept.every((socket) => !socket.closed)).toBe(true);
      for (const socket of kept) socket.destroy();
      await expect.poll(async () => (await post(facade, body)).status).toBe(200);
    });
  });

  it("A8: those beyond are closed soon, break none of the others, and keep no probe out", { timeout: 30_000 }, async () => {
    await withFacade(environment, async (facade) => {
      const [first, ...others] = await several(5, () => dialled(facade));
      if (first === undefined) throw new Error("There is no first connection.");
      const beyond = await several(100, async () => untilClosed(await dialled(facade)));
      expect(await probe(facade)).toEqual(isWell);
      expect(beyond.map(({ answer }) => answer).join("")).toBe("");
      expect(Math.max(...beyond.map(({ ms }) => ms))).toBeLessThan(4000);
      first.write(`${head("Connection: close", `Content-Length: ${String(body.length)}`)}${body}`);
      expect((await untilClosed(first)).status).toBe(200);
      for (const socket of others) socket.destroy();
      await expect.poll(async () => (await post(facade, body)).status).toBe(200);
    });
  });

  it("by clients that were answered, the one that has been idle for longest makes room", async () => {
    await withFacade(environment, async (facade) => {
      const kept: Socket[] = [];
      for (let count = 0; count < 5; count += 1) kept.push(await idle(facade));
      const [first, second] = kept;
      first?.write(request);
      await once(first as Socket, "data");
      const closed = once(second as Socket, "close");
      expect((await post(facade, body)).status).toBe(200);
      await closed;
      expect(kept.map((socket) => socket.closed)).toEqual([false, true, false, false, false]);
    });
  });
});

describe("of one client", () => {
  it("are not counted behind trusted proxies, whose they are", async () => {
    await withFacade({ LIMIT_SOCKETS_PER_CLIENT: "2", TRUSTED_PROXIES: "1" }, async (facade) => {
      const kept = await several(20, () => dialled(facade));
      await expectToWork(facade);
      for (const socket of kept) socket.destroy();
    });
  });

  it("are not counted where there is no bound", async () => {
    await withFacade({ LIMIT_SOCKETS_PER_CLIENT: "0" }, async (facade) => {
      const kept = await several(150, () => dialled(facade));
      await expectToWork(facade);
      for (const socket of kept) socket.destroy();
    });
  });

  it("are 100 where nothing else is said", async () => {
    await withFacade({}, async (facade) => {
      const kept = await several(100, () => dialled(facade));
      await expect.poll(async () => (await post(facade, body)).status).toBe(503);
      kept.pop()?.destroy();
      await expect.poll(async () => (await post(facade, body)).status).toBe(200);
      for (const socket of kept) socket.destroy();
    });
  });

  it("have so many requests under way behind trusted proxies, by its own address and network", async () => {
    const secret = "the-secret-of-the-operator";
    await withFacade({ LIMIT_SOCKETS_PER_CLIENT: "2", TRUSTED_PROXIES: "1", OPERATOR_SECRET: secret }, async (facade) => {
      facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 1000 } });
      let id = 0;
      const from = (address: string, headers = {}) => {
        id += 1;
        return post(facade, { query: `{ artist(id: "${String(id)}") { name } }` }, { "x-forwarded-for": address, ...headers });
      };
      const held = [from("2001:db8:0:1::1"), from("2001:db8:0:1::2")];
      await expect.poll(() => callsUnderWay(facade)).toBe(2);
      const refused = await from("2001:db8:0:1::3");
      expect([refused.status, refused.headers["retry-after"]]).toEqual([429, "1"]);
      expect(JSON.parse(refused.body)).toMatchObject({ errors: [{ extensions: { code: "RATE_LIMITED", retryAfterSeconds: 1 } }] });
      const admitted = [from("2001:db8:0:2::1"), from("192.0.2.1"), from("2001:db8:0:1::1", { "x-7d-operator-secret": secret })];
      expect((await Promise.all([...held, ...admitted])).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
      expect((await from("2001:db8:0:1::3")).status).toBe(200);
    });
  });
});

describe("requests that are sent before the last one is answered", () => {
  it("are answered in turn, one after the other", async () => {
    await withFacade({}, async (facade) => {
      facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 500 } });
      const asking = (id: number, ...lines: readonly string[]): string => {
        const text = JSON.stringify({ query: `{ artist(id: "${String(id)}") { id } }` });
        return head(...lines, `Content-Length: ${String(text.length)}`) + text;
      };
      const socket = await dialled(facade, asking(1) + asking(2));
      const answered = untilClosed(socket);
      await expect.poll(() => callsUnderWay(facade)).toBe(1);
      await wait(50);
      expect(await callsUnderWay(facade)).toBe(1);
      socket.write(asking(3, "Connection: close"));
      const { answer } = await answered;
      expect(answer.match(/artist:\d+/g)).toEqual(["artist:1", "artist:2", "artist:3"]);
    });
  });

  it("are not executed behind an answer that ends the connection", async () => {
    const connections = new Connections({ sockets: 10, socketsPerClient: 10, trustedProxies: 0 }, new OwnCounts());
    const executed: (string | undefined)[] = [];
    const server = createServer(
      connections.inTurn(({ url }, response) => {
        executed.push(url);
        response.setHeader("Connection", url === "/2" ? "close" : "keep-alive");
        setTimeout(() => response.end(url), 50);
      }),
    );
    connections.watch(server);
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const socket = connect((server.address() as AddressInfo).port, "127.0.0.1");
    socket.write(["/1", "/2", "/3"].map((path) => `GET ${path} HTTP/1.1\r\nHost: x\r\n\r\n`).join(""));
    const { answer } = await untilClosed(socket);
    expect(answer.match(/^\/\d/gm)).toEqual(["/1", "/2"]);
    await wait(100);
    expect(executed).toEqual(["/1", "/2"]);
    await new Promise((resolve) => server.close(resolve));
  });

  it("are sixteen at most: a connection with more is closed, and nothing of it is done", async () => {
    await withFacade({}, async (facade) => {
      facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 500 } });
      const ids = Array.from({ length: 200 }, (_, nth) => nth + 1);
      const lines = ids.map((id) => `GET /graphql?query={artist(id:${String(id)}){id}} HTTP/1.1\r\nHost: x\r\n\r\n`);
      const { answer, ms } = await exchange(facade, lines.join(""));
      expect(answer).toBe("");
      expect(ms).toBeLessThan(5000);
      expect(facade.calls().length).toBeLessThanOrEqual(1);
      await expectToWork(facade);
    });
  });
});

// What follows waits for times to be over, all beside each other.
describe.concurrent("idle connections", () => {
  it("A8: of which there are 1000 leave no more than 500 open, and those not for long", { timeout: 60_000 }, async () => {
    await withFacade({ LIMIT_SOCKETS_PER_CLIENT: "0" }, async (facade) => {
      const silent = Array.from({ length: 1000 }, () => {
        const socket = dial(facade);
        return { socket, closed: untilClosed(socket) };
      });
      await expect.poll(() => silent.filter(({ socket }) => !socket.closed).length, { timeout: 8000 }).toBeLessThanOrEqual(532);
      const closed = await Promise.all(silent.map((one) => one.closed));
      expect(Math.max(...closed.map(({ ms }) => ms))).toBeLessThan(15_000);
      await expectToWork(facade);
    });
  });

  it("are kept for 75 seconds, longer than load balancers do, and longer than headers may take", { timeout: 30_000 }, async () => {
    await withFacade({}, async (facade) => {
      const socket = await dialled(facade, request);
      expect(String(await once(socket, "data"))).toContain("Keep-Alive: timeout=75");
      await wait(9000);
      socket.write(request);
      expect(String(await once(socket, "data"))).toMatch(/^HTTP\/1\.1 200/);
      socket.destroy();
    });
  });

  it("A8: are closed after the time that is set", { timeout: 20_000 }, async () => {
    await withFacade({ KEEP_ALIVE_MS: "2000" }, async (facade) => {
      const { status, answer, ms } = await exchange(facade, request);
      expect([status, answer]).toEqual([200, expect.stringContaining("Keep-Alive: timeout=2")]);
      expect(ms).toBeGreaterThan(1500);
      expect(ms).toBeLessThan(6000);
    });
  });
});

describe.concurrent("a client that does not read", () => {
  let facade: Facade;
  let asset = "";
  const served: Socket[] = [];

  function remember(message: unknown): void {
    const { socket, url } = (message as { readonly request: IncomingMessage }).request;
    if (url === asset && !served.includes(socket)) served.push(socket);
  }

  beforeAll(async () => {
    facade = await startFacade();
    const page = await ask(facade, { headers: { accept: "text/html" } });
    const paths = [...page.body.matchAll(/(?:src|href)="(\/graphiql\/[^"]+\.js)"/g)].map(([, path]) => path ?? "");
    const sizes = await Promise.all(paths.map(async (path) => (await ask(facade, { path })).body.length));
    asset = paths[sizes.indexOf(Math.max(...sizes))] ?? "";
    // Far more than all buffers between hold.
    expect(Math.max(...sizes) * 16).toBeGreaterThan(16 * 1024 * 1024);
    subscribe("http.server.request.start", remember);
  }, 60_000);
  afterAll(async () => {
    unsubscribe("http.server.request.start", remember);
    await facade.close();
  });

  const sixteenTimes = (): string => `GET ${asset} HTTP/1.1\r\nHost: x\r\n\r\n`.repeat(16);

  it(
    "is cut off when its answer has made no progress for ten seconds; one that reads slowly is not",
    { timeout: 60_000 },
    async ({ expect }) => {
      const slow = await dialled(facade, sixteenTimes());
      const deaf = await dialled(facade, sixteenTimes());
      deaf.pause();
      let read = 0;
      slow.on("data", (chunk: Buffer) => {
        read += chunk.length;
        slow.pause();
      });
      const reading = setInterval(() => slow.resume(), 200);
      const ofDeaf = (): Socket | undefined => served.find(({ remotePort }) => remotePort === deaf.localPort);
      await expect.poll(() => served.length).toBe(2);
      const server = ofDeaf() as Socket;
      const startedMs = performance.now();
      await once(server, "close");
      expect(performance.now() - startedMs).toBeGreaterThan(8000);
      expect(performance.now() - startedMs).toBeLessThan(25_000);
      const before = read;
      await expect.poll(() => read, { timeout: 5000 }).toBeGreaterThan(before);
      expect(slow.closed).toBe(false);
      clearInterval(reading);
      slow.destroy();
      deaf.destroy();
      await expectToWork(facade);
    },
  );
});
