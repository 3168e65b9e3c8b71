/** What a failed purchase call proves. Titles that begin with F name rows of the fault matrix. */
import { createServer as createTlsServer } from "node:tls";
import type { AddressInfo } from "node:net";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it } from "vitest";
import { UpstreamError } from "../../../src/upstream/errors.js";
import {
  artistXml,
  Clock,
  clientOf,
  failureOf,
  httpUpstream,
  inBritain,
  purchase,
  signedRead,
  tcpUpstream,
} from "../../support/faulty-upstream.js";

async function boughtAt(url: string, options: Parameters<typeof clientOf>[1] = {}): Promise<UpstreamError> {
  const failure = await failureOf(clientOf({ url }, options).call(purchase, { artistId: "1" }, inBritain));
  expect(failure).toBeInstanceOf(UpstreamError);
  return failure as UpstreamError;
}

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function tlsUpstream(): Promise<{ readonly url: string; readonly certificate: string; readonly received: string[] }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  const received: string[] = [];
  const server = createTlsServer({ key, cert }, (socket) => {
    socket.on("error", () => undefined);
    socket.once("data", (data: Buffer) => {
      received.push(data.toString("latin1"));
      const body = artistXml();
      socket.end(`HTTP/1.1 200 OK\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`);
    });
  });
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closing.push(
    () =>
      new Promise((resolve) =>
        server.close(() => {
          resolve();
        }),
      ),
  );
  return { url: `https://127.0.0.1:${String((server.address() as AddressInfo).port)}`, certificate: cert, received };
}

describe("a purchase call that fails before its connection stands was not sent", () => {
  it("F1: where the connection is refused", async () => {
    expect(await boughtAt("http://127.0.0.1:1")).toMatchObject({ notSent: true });
  });

  it("F2: where the name has no address", async () => {
    expect(await boughtAt("http://nowhere.invalid")).toMatchObject({ notSent: true });
  });

  it("F3: where the TLS handshake is never answered", async () => {
    const upstream = await tcpUpstream(() => undefined);
    const startedMs = Date.now();
    expect(await boughtAt(upstream.url.replace("http:", "https:"))).toMatchObject({ notSent: true });
    expect(Date.now() - startedMs).toBeLessThan(2500);
  });

  it("F3: where its time is over before the connection stands", async () => {
    const upstream = await tcpUpstream(() => undefined);
    const url = upstream.url.replace("http:", "https:");
    expect(await boughtAt(url, { purchaseTimeoutMs: 100 })).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: true });
  });

  it("F4: where nobody vouches for the certificate, and it is not tried without TLS", async () => {
    const upstream = await tlsUpstream();
    expect(await boughtAt(upstream.url)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true });
    expect(upstream.received).toEqual([]);
  });
});

describe("a purchase call that fails later may have been executed", () => {
  it.each([
    ["F6: reset after the request", (socket: { resetAndDestroy(): void }) => socket.resetAndDestroy()],
    ["F7: closed after the request", (socket: { end(): void }) => socket.end()],
  ])("where it is %s, and it is sent once", async (_how, deed) => {
    const upstream = await tcpUpstream((socket) => {
      deed(socket);
    });
    expect(await boughtAt(upstream.url)).toMatchObject({ notSent: false });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F5: where no answer comes in its own time, which is not that of other calls", async () => {
    const upstream = await tcpUpstream(() => undefined);
    const failure = await boughtAt(upstream.url, { timeoutMs: 5000, purchaseTimeoutMs: 150 });
    expect(failure).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: false });
  });
});

describe("signed calls", () => {
  it("go by https, to whom the given certificate vouches for", async () => {
    const upstream = await tlsUpstream();
    const plain = await httpUpstream((response) => response.end(artistXml()));
    const client = clientOf(plain, { secureBaseUrl: `${upstream.url}/1.2`, ca: upstream.certificate });
    await client.call(signedRead, { artistId: "1" }, inBritain);
    await client.call(purchase, { artistId: "1" }, inBritain);
    expect(upstream.received.map((text) => text.split(" ")[1]?.split("?")[0])).toEqual(["/1.2/user/details", "/1.2/user/purchase/item"]);
    expect(plain.asked).toHaveLength(0);
  });

  it("F33: are signed and sent once more where 7digital's clock is another", async () => {
    const clock = new Clock();
    const theirs = clock.ms + 20 * 60_000;
    const stamps: number[] = [];
    const upstream = await httpUpstream((response, asked) => {
      stamps.push(Number(/oauth_timestamp="(\d+)"/.exec(asked.headers.authorization ?? "")?.[1]));
      response.setHeader("date", new Date(theirs).toUTCString());
      if (stamps.length === 1) response.writeHead(401).end("OAuth timestamp is out of bounds");
      else response.end(artistXml());
    });
    const client = clientOf(upstream, {}, clock);
    await client.call(signedRead, { artistId: "1" }, inBritain);
    await client.call(signedRead, { artistId: "2" }, inBritain);
    expect(stamps.map((stamp) => Math.round((stamp * 1000 - clock.ms) / 60_000))).toEqual([0, 20, 20]);
  });

  it("are not sent again for a refusal at the same time", async () => {
    const clock = new Clock();
    const upstream = await httpUpstream((response) => {
      response.setHeader("date", new Date(clock.ms + 30_000).toUTCString());
      response.writeHead(401).end("OAuth authentication error");
    });
    await failureOf(clientOf(upstream, {}, clock).call(signedRead, { artistId: "1" }, inBritain));
    expect(upstream.asked).toHaveLength(1);
  });
});
