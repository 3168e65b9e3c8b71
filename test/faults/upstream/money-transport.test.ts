/** What a failed purchase call proves. Titles that begin with F name rows of the fault matrix. */
import { generate } from "selfsigned";
import { describe, expect, it } from "vitest";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { artistXml, fakeUpstream, reset, respond, sendRaw, type FakeUpstream, silence } from "../../support/fake-upstream.js";
import { clientOf, Clock, failureOf, inBritain, purchase, signedRead, within } from "../../support/test-client.js";

async function boughtAt(url: string, options: Parameters<typeof clientOf>[1] = {}): Promise<UpstreamError> {
  const failure = await failureOf(clientOf({ url }, options).call(purchase, { artistId: "1" }, inBritain));
  expect(failure).toBeInstanceOf(UpstreamError);
  return failure as UpstreamError;
}

async function tlsUpstream(): Promise<{ readonly upstream: FakeUpstream; readonly certificate: string }> {
  const { private: key, cert } = await generate([{ name: "commonName", value: "localhost" }], {
    extensions: [{ name: "subjectAltName", altNames: [{ type: 7, ip: "127.0.0.1" }] }],
  });
  return { upstream: await fakeUpstream(respond(artistXml()), { tls: { key, cert } }), certificate: cert };
}

describe("a purchase call that fails before its connection stands was not sent", () => {
  it("F1: where the connection is refused", async () => {
    expect(await boughtAt("http://127.0.0.1:1")).toMatchObject({ notSent: true });
  });

  it("F2: where the name has no address", async () => {
    expect(await boughtAt("http://nowhere.invalid")).toMatchObject({ notSent: true });
  });

  it("F3: where the TLS handshake is never answered", async () => {
    const upstream = await fakeUpstream(silence);
    expect(await within(2500, boughtAt(upstream.url.replace("http:", "https:")))).toMatchObject({ notSent: true });
  });

  it("F3: where its time is over before the connection stands", async () => {
    const upstream = await fakeUpstream(silence);
    const url = upstream.url.replace("http:", "https:");
    expect(await boughtAt(url, { purchaseTimeoutMs: 100 })).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: true });
  });

  it("F4: where nobody vouches for the certificate, and it is not tried without TLS", async () => {
    const { upstream } = await tlsUpstream();
    expect(await boughtAt(upstream.url)).toMatchObject({ code: "UPSTREAM_UNAVAILABLE", notSent: true });
    expect(upstream.sockets).toHaveLength(1);
    expect(upstream.asked).toEqual([]);
  });
});

describe("a purchase call that fails later may have been executed", () => {
  it.each([
    ["F6: reset after the request", reset],
    ["F7: closed after the request", sendRaw("", "end")],
  ])("where it is %s, and it is sent once", async (_how, behaviour) => {
    const upstream = await fakeUpstream(behaviour);
    expect(await boughtAt(upstream.url)).toMatchObject({ notSent: false });
    expect(upstream.asked).toHaveLength(1);
  });

  it("F5: where no answer comes in its own time, which is not that of other calls", async () => {
    const upstream = await fakeUpstream(silence);
    const failure = await boughtAt(upstream.url, { timeoutMs: 5000, purchaseTimeoutMs: 150 });
    expect(failure).toMatchObject({ code: "UPSTREAM_TIMEOUT", notSent: false });
  });
});

describe("signed calls", () => {
  it("go by https, to whom the given certificate vouches for", async () => {
    const { upstream, certificate } = await tlsUpstream();
    const plain = await fakeUpstream((response) => response.end(artistXml()));
    const client = clientOf(plain, { secureBaseUrl: `${upstream.url}/1.2`, ca: certificate });
    await client.call(signedRead, { artistId: "1" }, inBritain);
    await client.call(purchase, { artistId: "1" }, inBritain);
    expect(upstream.asked.map(({ path }) => path)).toEqual(["/1.2/user/details", "/1.2/user/purchase/item"]);
    expect(plain.asked).toHaveLength(0);
  });

  it("F33: are signed and sent once more where 7digital's clock is another", async () => {
    const clock = new Clock();
    const theirs = clock.ms + 20 * 60_000;
    const stamps: number[] = [];
    const upstream = await fakeUpstream((response, asked) => {
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
    const upstream = await fakeUpstream((response) => {
      response.setHeader("date", new Date(clock.ms + 30_000).toUTCString());
      response.writeHead(401).end("OAuth authentication error");
    });
    await failureOf(clientOf(upstream, {}, clock).call(signedRead, { artistId: "1" }, inBritain));
    expect(upstream.asked).toHaveLength(1);
  });
});
