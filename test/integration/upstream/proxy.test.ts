/** Calls through an HTTP proxy: what goes through it, and what its failures prove of a purchase. */
import type { Duplex } from "node:stream";
import { afterEach, describe, expect, it } from "vitest";
import type { ProxyAddress } from "../../../src/config/proxy-settings.js";
import type { Client, ClientOptions } from "../../../src/upstream/client.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { certificateFor, openProxy, type Proxy } from "../../support/proxy.js";
import { artistXml, fakeUpstream, respond, silence, type Behaviour, type FakeUpstream } from "../../support/fake-upstream.js";
import { clientOf, details, failureOf, inBritain, purchase } from "../../support/test-client.js";

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** Only a proxy knows where this is. */
const host = "api.sevendigital.test";
const authorization = `Basic ${Buffer.from("shop:pr0xy-pass").toString("base64")}`;
const certificate = await certificateFor(host);
const stranger = await certificateFor(host);

function addressOf({ port }: { readonly port: number }): ProxyAddress {
  return { tls: false, host: "127.0.0.1", port, authorization };
}

/** A client whose calls all go to `https://api.sevendigital.test` through the proxy. */
function clientBehind(proxy: { readonly port: number }, options: Partial<ClientOptions> = {}): Client {
  const both = { proxy: addressOf(proxy), secureProxy: addressOf(proxy) };
  return clientOf({ url: `https://${host}` }, { ca: certificate.cert, ...both, ...options });
}

function originOf(behaviour: Behaviour = respond(artistXml()), shown = certificate): Promise<FakeUpstream> {
  return fakeUpstream(behaviour, { tls: shown });
}

async function proxyOf(...how: Parameters<typeof openProxy>): Promise<Proxy> {
  const proxy = await openProxy(...how);
  closing.push(() => proxy.close());
  return proxy;
}

function buy(client: Client): Promise<unknown> {
  return Promise.resolve(client.call(purchase, { artistId: "1" }, inBritain));
}

describe("calls through a proxy", () => {
  it("go through a tunnel to the origin, which sees nothing of the proxy's credentials", async () => {
    const origin = await originOf();
    const proxy = await proxyOf(origin.port);
    expect(await details(clientBehind(proxy))).toEqual({ id: "1", name: "Keane" });
    expect(proxy.connects).toEqual([{ authority: `${host}:443`, authorization }]);
    expect(origin.asked).toMatchObject([{ path: "/1.2/artist/details", headers: { host } }]);
    expect(origin.asked[0]?.headers).not.toHaveProperty("proxy-authorization");
  });

  it("go through a tunnel even by plain http, so that no answer of the proxy is taken for one of 7digital's", async () => {
    const upstream = await fakeUpstream((response) => response.end(artistXml()));
    const proxy = await proxyOf(upstream.port);
    const client = clientOf({ url: `http://${host}:8080` }, { proxy: addressOf(proxy) });
    expect(await details(client)).toEqual({ id: "1", name: "Keane" });
    expect(proxy.connects).toEqual([{ authority: `${host}:8080`, authorization }]);
    expect(upstream.asked[0]?.headers).toMatchObject({ host: `${host}:8080` });
    expect(upstream.asked[0]?.headers).not.toHaveProperty("proxy-authorization");
  });

  it("share tunnels, as many at once as there may be connections", async () => {
    const origin = await originOf();
    const proxy = await proxyOf(origin.port);
    const client = clientBehind(proxy, { maxConnections: 2, maxWaitMs: 5000 });
    await Promise.all(Array.from({ length: 12 }, (_, nth) => details(client, String(nth + 1))));
    await details(client, "99");
    expect(origin.asked).toHaveLength(13);
    expect(proxy.connects).toHaveLength(2);
  });

  it("end their tunnels when the client is closed", async () => {
    const origin = await originOf();
    const proxy = await proxyOf(origin.port);
    const client = clientBehind(proxy);
    await details(client);
    expect(proxy.open()).toBe(1);
    await client.close();
    await expect.poll(() => proxy.open()).toBe(0);
  });

  it.each([
    [502, 2, true],
    [503, 2, true],
    [407, 1, false],
    [403, 1, false],
  ])("that the proxy refuses with %i make %i tries, and say why", async (status, tries, retryable) => {
    const proxy = await proxyOf((socket) => socket.end(`HTTP/1.1 ${String(status)} No\r\nContent-Length: 0\r\n\r\n`));
    const failure = await failureOf(details(clientBehind(proxy)));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable });
    expect((failure as Error).message).toBe(`7digital could not be reached for artist/details (PROXY_${String(status)}).`);
    expect(proxy.connects).toHaveLength(tries);
  });
});

describe("a purchase through a proxy", () => {
  it("has a tunnel of its own, which ends with it", async () => {
    const origin = await originOf();
    const proxy = await proxyOf(origin.port);
    const client = clientBehind(proxy);
    for (let nth = 0; nth < 3; nth += 1) await buy(client);
    await Promise.all([buy(client), buy(client)]);
    expect(origin.asked).toHaveLength(5);
    expect(proxy.connects).toHaveLength(5);
    await expect.poll(() => proxy.open()).toBe(0);
  });

  const refusals: readonly (readonly [string, (socket: Duplex) => void])[] = [
    ["refuses with 403", (socket) => socket.end("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")],
    [
      "wants other credentials",
      (socket) => socket.end('HTTP/1.1 407 No\r\nProxy-Authenticate: Basic realm="x"\r\nContent-Length: 2\r\n\r\nno'),
    ],
    ["cannot reach the origin", (socket) => socket.end("HTTP/1.1 502 Bad Gateway\r\n\r\n<html>")],
    ["answers with a redirect", (socket) => socket.end("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1/\r\n\r\n")],
    ["closes", (socket) => socket.end()],
    ["resets", (socket) => socket.destroy(new Error("reset"))],
    ["says nothing", () => undefined],
    ["speaks something else", (socket) => socket.write("SSH-2.0-OpenSSH\r\n")],
    ["sends an answer of its own behind a 200", (socket) => socket.write("HTTP/1.1 200 OK\r\n\r\nHTTP/1.1 200 OK\r\n\r\n")],
    ["opens a tunnel that closes", (socket) => socket.end("HTTP/1.1 200 OK\r\n\r\n")],
    ["opens a tunnel in which nobody answers", (socket) => socket.write("HTTP/1.1 200 OK\r\n\r\n")],
  ];
  it.each(refusals)("was not sent where the proxy %s, and is tried once", async (_how, act) => {
    const proxy = await proxyOf(act);
    const startedMs = Date.now();
    const failure = await failureOf(buy(clientBehind(proxy, { purchaseTimeoutMs: 20_000 })));
    expect(failure).toBeInstanceOf(UpstreamError);
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true });
    expect(proxy.connects).toHaveLength(1);
    expect(Date.now() - startedMs, "long before its own time is over").toBeLessThan(10_000);
    const text = `${(failure as Error).message} ${(failure as Error).stack ?? ""} ${JSON.stringify(failure)} ${String((failure as Error).cause)}`;
    for (const hidden of ["pr0xy-pass", authorization, String(proxy.port)]) expect(text).not.toContain(hidden);
  });

  it("was not sent where the proxy is down", async () => {
    const failure = await failureOf(buy(clientBehind({ port: 1 })));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true, retryable: true });
  });

  it("was not sent where its time is over before the tunnel stands", async () => {
    const proxy = await proxyOf(() => undefined);
    const failure = await failureOf(buy(clientBehind(proxy, { purchaseTimeoutMs: 100 })));
    expect(failure).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: true });
  });

  it("is not sent by a tunnel that stands when its time is over", async () => {
    const origin = await originOf();
    let openLate: () => void = () => undefined;
    const proxy = await proxyOf((_socket, open) => (openLate = open), { port: origin.port });
    const failure = await failureOf(buy(clientBehind(proxy, { purchaseTimeoutMs: 100 })));
    expect(failure).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: true });
    openLate();
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(origin.asked).toEqual([]);
  });

  it("was not sent where nobody vouches for the origin behind the tunnel", async () => {
    const origin = await originOf(silence, stranger);
    const proxy = await proxyOf(origin.port);
    expect(await failureOf(buy(clientBehind(proxy)))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true });
    expect(origin.asked).toEqual([]);
    expect(proxy.connects).toHaveLength(1);
  });

  it("may have been executed where the origin broke off behind the tunnel, and is sent once", async () => {
    const origin = await originOf((response) => response.destroy());
    const proxy = await proxyOf(origin.port);
    expect(await failureOf(buy(clientBehind(proxy)))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: false });
    expect(origin.asked).toHaveLength(1);
  });

  it("may have been executed where no answer comes in time", async () => {
    const upstream = await fakeUpstream(silence);
    const proxy = await proxyOf(upstream.port);
    const client = clientOf({ url: `http://${host}` }, { secureProxy: addressOf(proxy), purchaseTimeoutMs: 200 });
    expect(await failureOf(buy(client))).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: false });
    expect(upstream.asked).toHaveLength(1);
  });
});
