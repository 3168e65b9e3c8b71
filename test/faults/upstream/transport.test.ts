/** What happens to a read when the upstream, or the way to it, misbehaves. Titles that begin with F name rows of the fault matrix. */
import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { artistXml, drip, fakeUpstream, sendRaw, silence } from "../../support/fake-upstream.js";
import { clientOf, details, failureOf, key, secret, within } from "../../support/test-client.js";

const xml = artistXml();

function whole(body: string, headers = ""): string {
  return `HTTP/1.1 200 OK\r\n${headers}Content-Length: ${String(Buffer.byteLength(body))}\r\n\r\n${body}`;
}

/** The failure of one read, which must tell neither address nor key. */
async function failureAt(upstream: { url: string }, timeoutMs = 5000): Promise<UpstreamError> {
  const failure = await failureOf(details(clientOf(upstream, { timeoutMs })));
  expect(failure).toBeInstanceOf(UpstreamError);
  const error = failure as UpstreamError;
  const text = `${error.message} ${error.stack ?? ""} ${JSON.stringify(error)} ${String(error.cause)}`;
  for (const hidden of [key, secret, "oauth_consumer_key", upstream.url]) expect(text).not.toContain(hidden);
  expect(error.method).toBe("artist/details");
  return error;
}

describe("an upstream that cannot be reached", () => {
  it("F1: refuses connections", async () => {
    const { url, server } = await fakeUpstream(silence);
    await new Promise((resolve) => server.close(resolve));
    const failure = await failureAt({ url });
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: true });
  });

  it("F2: has no address", async () => {
    const failure = await failureAt({ url: "http://nowhere.invalid" });
    expect(failure.code).toBe("UPSTREAM_UNAVAILABLE");
  });

  it("F3: never finishes the TLS handshake", async () => {
    const upstream = await fakeUpstream(silence);
    const failure = await within(2500, failureAt({ url: upstream.url.replace("http:", "https:") }));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: false });
  });

  it("F4: does not speak TLS where it should", async () => {
    const upstream = await fakeUpstream(silence);
    upstream.server.on("clientError", (_error, socket) => socket.end(whole(xml)));
    const failure = await failureAt({ url: upstream.url.replace("http:", "https:") });
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", retryable: false });
    expect(upstream.sockets).toHaveLength(1);
  });
});

describe("an upstream that breaks off", () => {
  const half = xml.slice(0, 60);
  it.each([
    ["F6: resets before it answers", ""],
    ["F8: resets within the body", `HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n${half}`],
  ])("%s", async (_how, sent) => {
    const upstream = await fakeUpstream(sendRaw(sent, "reset"));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(upstream.asked).toHaveLength(2);
  });

  it.each([
    ["F7: closes before it answers", "", "UPSTREAM_UNAVAILABLE"],
    ["closes within the headers", "HTTP/1.1 200 OK\r\nContent-Le", "UPSTREAM_UNAVAILABLE"],
    ["F8: closes within a body of known length", `HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n${half}`, "UPSTREAM_UNAVAILABLE"],
    ["F9: closes within chunks", `HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3c\r\n${half}\r\n`, "UPSTREAM_UNAVAILABLE"],
    [
      "F10: closes within a body that ends with the connection",
      `HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n${half}`,
      "UPSTREAM_BAD_RESPONSE",
    ],
  ])("%s", async (_how, sent, code) => {
    const upstream = await fakeUpstream(sendRaw(sent, "end"));
    expect(await failureAt(upstream)).toMatchObject({ code });
    expect(upstream.asked).toHaveLength(2);
  });

  it("F49: once, on a connection that was kept open, is asked again", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) =>
      nth === 2 ? response.destroy() : sendRaw(whole(xml), "stay")(response),
    );
    const client = clientOf(upstream);
    await details(client, "1");
    expect(await details(client, "2")).toEqual({ id: "1", name: "Keane" });
    expect(upstream.asked).toHaveLength(3);
  });
});

describe("an upstream that takes its time", () => {
  const timeoutMs = 250;

  it.each([
    ["F5: never answers", silence],
    ["F11: drips its body", drip("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")],
    ["F12: drips its headers", drip("HTTP/1.1 200 OK\r\nX-Slow: ")],
  ])("%s", async (_how, behaviour) => {
    const upstream = await fakeUpstream(behaviour);
    const failure = await within(2 * timeoutMs, failureAt(upstream, timeoutMs));
    expect(failure).toMatchObject({ code: "UPSTREAM_TIMEOUT", retryable: false });
    expect(upstream.asked).toHaveLength(1);
    await expect.poll(() => upstream.sockets[0]?.destroyed).toBe(true);
  });

  it("makes calls wait for a connection no longer than their own time", async () => {
    const upstream = await fakeUpstream(silence);
    const client = clientOf(upstream, { timeoutMs: 1000, maxConnections: 1 });
    const [first, ...others] = ["1", "2", "3"].map((id) => failureOf(details(client, id)));
    expect(await first).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
    const late = { code: expect.stringMatching(/^(?:UPSTREAM_TIMEOUT|OVERLOADED)$/) as string };
    // A call that began to count when its connection was free would need as long as the first.
    expect(await within(500, Promise.all(others))).toMatchObject([late, late]);
    await expect.poll(() => upstream.sockets.every((socket) => socket.destroyed), { timeout: 5000 }).toBe(true);
  });

  it("for the second try as well has no more than the whole call's time", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) setTimeout(() => response.writeHead(503).end(), 300);
    });
    expect(await within(1000, failureAt(upstream, 800))).toMatchObject({ code: "UPSTREAM_TIMEOUT" });
    expect(upstream.asked).toHaveLength(2);
  });
});

describe("a body that is too large", () => {
  it("F13: as a gzip bomb is not inflated", async () => {
    const bomb = gzipSync(Buffer.alloc(50_000_000, " "));
    expect(bomb.length).toBeLessThan(60_000);
    const upstream = await fakeUpstream((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(bomb));
    const before = process.memoryUsage.rss();
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", retryable: false });
    expect(process.memoryUsage.rss() - before).toBeLessThan(32 * 1024 * 1024);
  });

  it("F14: is read no further than the cap", async () => {
    let sent = 0;
    const upstream = await fakeUpstream((response) => {
      const block = Buffer.alloc(64 * 1024, " ");
      const more = (): void => {
        while (!response.destroyed && sent < 100_000_000) {
          sent += block.length;
          if (!response.write(block)) return void response.once("drain", more);
        }
      };
      more();
    });
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", httpStatus: 200 });
    await expect.poll(() => upstream.sockets[0]?.destroyed).toBe(true);
    expect(sent).toBeLessThan(30_000_000);
  });

  it("by one byte is refused, and not below", async () => {
    const upstream = await fakeUpstream((response) => response.end(xml));
    const bytes = Buffer.byteLength(xml);
    expect(await details(clientOf(upstream, { maxAnswerBytes: bytes }))).toBeDefined();
    expect(await failureOf(details(clientOf(upstream, { maxAnswerBytes: bytes - 1 })))).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });
});

describe("an answer that is not what it says", () => {
  const gzipped = gzipSync(xml);

  it.each([
    ["F15: gzip, truncated", gzipped.subarray(0, 60), "gzip"],
    ["a compression nobody asked for", gzipped, "br"],
    ["another, beside the one that was", gzipped, "gzip, deflate"],
  ])("%s", async (_what, body, encoding) => {
    const upstream = await fakeUpstream((response) => response.writeHead(200, { "content-encoding": encoding }).end(body));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });

  it.each([
    ["gzip that is gzip", gzipped, "gzip"],
    ["F15: gzip that is plain", Buffer.from(xml), "gzip"],
    ["gzip that says so twice", gzipped, "gzip, gzip"],
    ["gzip within gzip", gzipSync(gzipped), "gzip, gzip"],
    ["gzip beside identity", gzipped, "identity, x-gzip"],
    ["gzip that does not say so", gzipped, "identity"],
    ["a charset in the place of a compression", Buffer.from(xml), "utf-8"],
  ])("%s is read", async (_what, body, encoding) => {
    const upstream = await fakeUpstream((response) => response.writeHead(200, { "content-encoding": encoding }).end(body));
    expect(await details(clientOf(upstream))).toEqual({ id: "1", name: "Keane" });
  });

  it("gzip within gzip within gzip is refused: it could go on for ever", async () => {
    const body = gzipSync(gzipSync(gzipped));
    const upstream = await fakeUpstream((response) => response.writeHead(200, { "content-encoding": "gzip" }).end(body));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });

  it.each([
    ["F16: HTML", "<html><body>Back soon</body></html>"],
    ["F17: nothing", ""],
    ["F17: JSON", '{"status":"ok"}'],
    ["F18: the first half of an answer", xml.slice(0, 90)],
    ["F30: an unknown status", '<response status="bang"/>'],
    ["F46: a document type", `<!DOCTYPE response>${xml}`],
  ])("%s", async (_what, body) => {
    const upstream = await fakeUpstream((response) => response.end(body));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });

  it.each([301, 302, 307])("F39: HTTP %i, which is not followed", async (status) => {
    const elsewhere = await fakeUpstream((response) => response.end(xml));
    const upstream = await fakeUpstream((response) => response.writeHead(status, { location: elsewhere.url }).end());
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", httpStatus: status });
    expect(elsewhere.sockets).toHaveLength(0);
    expect(upstream.asked).toHaveLength(1);
  });

  it("F41: words of a provisional kind before the answer, which are passed over", async () => {
    const early = "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 102 Processing\r\n\r\n";
    const upstream = await fakeUpstream(sendRaw(early + whole(xml), "stay"));
    expect(await details(clientOf(upstream))).toEqual({ id: "1", name: "Keane" });
    expect(upstream.asked).toHaveLength(1);
  });

  it.each([
    ["F42: not HTTP at all", "SSH-2.0-OpenSSH_9.2\r\n"],
    ["F42: a bad status line", "HTTP/1.1 abc OK\r\n\r\n"],
    ["F43: huge headers", `HTTP/1.1 200 OK\r\nX-Huge: ${"x".repeat(40_000)}\r\n\r\n`],
  ])("%s", async (_what, sent) => {
    const upstream = await fakeUpstream(sendRaw(sent, "end"));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F44: text in Latin letters where UTF-8 should be", async () => {
    const upstream = await fakeUpstream((response) => response.end(Buffer.from(artistXml("Beyoncé"), "latin1")));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
  });

  it("F44: text in Latin letters that says so is read", async () => {
    const type = { "content-type": "text/xml; charset=windows-1252" };
    const upstream = await fakeUpstream((response) => response.writeHead(200, type).end(Buffer.from(artistXml("Beyoncé \x80"), "latin1")));
    expect(await details(clientOf(upstream))).toEqual({ id: "1", name: "Beyoncé €" });
  });

  it.each([500, 502, 503, 504])("F34: HTTP %i", async (status) => {
    const upstream = await fakeUpstream((response) => response.writeHead(status).end("<html>Oops</html>"));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", httpStatus: status });
    expect(upstream.asked).toHaveLength(2);
  });

  it("F32: 401", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(401).end(`OAuth authentication error: ${key}`));
    expect(await failureAt(upstream)).toMatchObject({ code: "UPSTREAM_AUTH" });
    expect(upstream.asked).toHaveLength(1);
  });
});

describe("connections", () => {
  it("are kept and used again", async () => {
    const upstream = await fakeUpstream((response) => response.end(xml));
    const client = clientOf(upstream);
    for (let n = 0; n < 20; n += 1) await details(client, String(n));
    expect(upstream.asked).toHaveLength(20);
    // undici gives a connection back one turn of the event loop after its answer, so two take turns.
    expect(upstream.sockets.length).toBeLessThanOrEqual(2);
  });

  it("are never more than allowed", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(xml), 5));
    const client = clientOf(upstream, { maxConnections: 4 });
    await Promise.all(Array.from({ length: 40 }, (_, n) => details(client, String(n))));
    expect(upstream.sockets).toHaveLength(4);
  });

  it("are closed once everything under way has ended, and refuse what comes after", async () => {
    const upstream = await fakeUpstream((response) => setTimeout(() => response.end(xml), 50));
    const client = clientOf(upstream);
    const underWay = details(client);
    await client.close();
    expect(await underWay).toEqual({ id: "1", name: "Keane" });
    expect(await failureOf(details(client, "2"))).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
  });
});
