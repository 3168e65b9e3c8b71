/** Streams of the later host, for users with a subscription and for radio: signed here, opened at the sandbox's. */
import { createHmac } from "node:crypto";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "the-operators-own-secret" };
const as = (token: string) => ({ "x-7d-oauth-token": token, "x-7d-oauth-token-secret": `${token}-secret` });
const partnerUser = { "x-7d-user-id": "partner-user", ...operator };

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true", OPERATOR_SECRET: "the-operators-own-secret" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

interface Signed {
  readonly url: string;
  readonly consumesDownload: boolean;
}

async function linkOf(field: string, headers: Readonly<Record<string, string>>): Promise<Signed> {
  const { data, errors } = await facade.query<{ track: { link: Signed } }>(
    `{ track(id: "track:12345:1302") { link: ${field} { url consumesDownload } } }`,
    {},
    headers,
  );
  expect(errors).toBeUndefined();
  expect(facade.calls()).toEqual([]);
  return data.track.link;
}

const paramsOf = ({ url }: Signed): Record<string, string> =>
  Object.fromEntries([...new URL(url).searchParams].filter(([name]) => !/^oauth_(?!token|consumer_key)/.test(name)));

/** RFC 5849, written out for URLs whose parameters need no encoding. */
function signatureOf(url: string, secrets: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const pairs = [...searchParams].filter(([name]) => name !== "oauth_signature").map((pair) => pair.map(encodeURIComponent).join("="));
  const base = ["GET", origin + pathname, pairs.sort().join("&")].map(encodeURIComponent).join("&");
  return createHmac("sha1", secrets).update(base).digest("base64");
}

async function open({ url }: Signed): Promise<readonly [number, string | string[] | undefined, string]> {
  const { statusCode, headers, body } = await request(url);
  return [statusCode, headers["content-type"], Buffer.from(await body.arrayBuffer()).toString("latin1")];
}

describe("a stream for a subscription", () => {
  it("stream/subscription: is signed with the user's token, and plays", async () => {
    const link = await linkOf(`subscriptionStream(format: MP3_128, clientId: "phone-1")`, as("demo-token"));
    expect(new URL(link.url).pathname).toBe("/stream/subscription");
    expect(paramsOf(link)).toEqual({
      ...{ trackId: "12345", releaseId: "1302", formatId: "26", clientId: "phone-1", country: "GB" },
      ...{ oauth_consumer_key: "sandbox", oauth_token: "demo-token" },
    });
    expect(new URL(link.url).searchParams.get("oauth_signature")).toBe(signatureOf(link.url, "sandbox-secret&demo-token-secret"));
    expect(link.consumesDownload).toBe(false);
    const [status, type, sound] = await open(link);
    expect([status, type, sound.slice(0, 4)]).toEqual([200, "audio/wav", "RIFF"]);
    expect(facade.sandbox.downloads.entries()).toMatchObject([{ method: "stream/subscription", userId: 1_000_001, formatId: 26 }]);
  });

  it("names a partner's user, who has no token", async () => {
    const link = await linkOf("subscriptionStream", partnerUser);
    expect(paramsOf(link)).toMatchObject({ userId: "partner-user", formatId: "56" });
    expect(paramsOf(link)).not.toHaveProperty("oauth_token");
    expect((await open(link))[0]).toBe(200);
  });

  it("stream/subscription.m3u8: is a playlist for players of HTTP Live Streaming", async () => {
    const link = await linkOf("subscriptionStream(delivery: HLS, format: HE_AAC_64)", as("demo-token"));
    expect(new URL(link.url).pathname).toBe("/stream/subscription.m3u8");
    const [status, type, playlist] = await open(link);
    expect([status, type]).toEqual([200, "application/vnd.apple.mpegurl"]);
    expect(playlist).toMatch(/^#EXTM3U\n/);
    const segment = playlist.split("\n").find((line) => line.startsWith("/")) ?? "";
    expect((await open({ url: new URL(segment, link.url).href, consumesDownload: false }))[1]).toBe("audio/wav");
  });

  it.each(["expired-card-token", "other-token"])(
    "is refused by 7digital, and only by 7digital, without a subscription: %s",
    async (token) => {
      const [status, , text] = await open(await linkOf("subscriptionStream", as(token)));
      expect([status, text]).toEqual([404, "User does not have a valid subscription"]);
    },
  );

  it("is null where nobody is signed in", async () => {
    expect(await linkOf("subscriptionStream", {})).toBeNull();
  });

  it.each(["", "a\\nb", "x".repeat(101)])("names no device by what is no ID: %j", async (clientId) => {
    const document = `{ track(id: "track:12345:1302") { subscriptionStream(clientId: "${clientId}") { url } } }`;
    const { errors } = await facade.query(document, {}, as("demo-token"));
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "clientId" } }]);
  });
});

describe("a stream for radio", () => {
  it("stream/catalogue: is signed without a user, whoever is signed in", async () => {
    const link = await linkOf("radioStream(format: AAC_320)", { ...operator, ...as("demo-token") });
    expect(new URL(link.url).pathname).toBe("/stream/catalogue");
    expect(paramsOf(link)).toEqual({ trackId: "12345", formatId: "33", country: "GB", oauth_consumer_key: "sandbox" });
    expect(new URL(link.url).searchParams.get("oauth_signature")).toBe(signatureOf(link.url, "sandbox-secret&"));
    expect((await open(link)).slice(0, 2)).toEqual([200, "audio/wav"]);
  });

  it("stream/catalogue.m3u8: is a playlist, too", async () => {
    const link = await linkOf("radioStream(delivery: HLS)", operator);
    expect(new URL(link.url).pathname).toBe("/stream/catalogue.m3u8");
    expect((await open(link)).slice(0, 2)).toEqual([200, "application/vnd.apple.mpegurl"]);
  });

  it("is for the operator's own servers only", async () => {
    const { data, errors } = await facade.query(`{ track(id: "track:12345:1302") { radioStream { url } } }`, {}, as("demo-token"));
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
  });

  it("does not open with a signature that is changed", async () => {
    const link = await linkOf("radioStream", operator);
    expect((await open({ ...link, url: link.url.replace("trackId=12345", "trackId=123456") }))[0]).toBe(401);
  });
});
