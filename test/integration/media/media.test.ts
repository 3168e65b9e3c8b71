/** Links to media: signed here, followed by somebody else. What 7digital's media hosts make of them is asked of the sandbox's. */
import { createHmac } from "node:crypto";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { readMediaError } from "../../../src/redirects.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;

const demo = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
const operator = { "x-7d-operator-secret": "the-operators-own-secret" };
const partnerUser = { "x-7d-user-id": "partner-user", ...operator };

beforeAll(async () => {
  facade = await startFacade({
    environment: {
      TRUST_PLAIN_TOKENS: "true",
      OPERATOR_SECRET: "the-operators-own-secret",
      RETURN_ORIGINS: "https://shop.example",
    },
  });
});

beforeEach(() => {
  facade.sandbox.reset();
});

afterAll(async () => {
  await facade.close();
});

interface Signed {
  readonly url: string;
  readonly consumesDownload: boolean;
  readonly expiresAt: string;
}

async function ask<D>(query: string, headers: Readonly<Record<string, string>> = demo): Promise<D> {
  const { data, errors } = await facade.query<D>(query, {}, headers);
  expect(errors).toBeUndefined();
  return data;
}

const signed = `{ url consumesDownload expiresAt }`;

/** Of the demo user's one track with one download left. */
async function ownedTrack(
  field: string,
  headers = demo,
): Promise<{ link: Signed; downloads: { link: Signed; format: { formatId: string } }[] }> {
  const query = `{ viewer { locker(releaseId: "1302") { nodes { tracks { nodes { ${field} } } } } } }`;
  const { viewer } = await ask<{ viewer: { locker: { nodes: { tracks: { nodes: never[] } }[] } } }>(query, headers);
  return viewer.locker.nodes[0]?.tracks.nodes[0] as never;
}

async function catalogueTrack(field: string, headers: Readonly<Record<string, string>>): Promise<Signed> {
  const { track } = await ask<{ track: { link: Signed } }>(`{ track(id: "track:12345:1302") { link: ${field} ${signed} } }`, headers);
  return track.link;
}

const follow = (url: string) => request(url);
const paramsOf = ({ url }: Signed): Record<string, string> =>
  Object.fromEntries([...new URL(url).searchParams].filter(([name]) => !/^oauth_(?!token|consumer_key)/.test(name)));

/** RFC 5849, written out for URLs whose parameters need no encoding but the errorUrl's. */
function signatureOf(url: string, secrets: string): string {
  const { origin, pathname, searchParams } = new URL(url);
  const encode = (text: string): string =>
    encodeURIComponent(text).replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const pairs = [...searchParams].filter(([name]) => name !== "oauth_signature").map((pair) => pair.map(encode).join("="));
  const base = ["GET", origin + pathname, pairs.sort().join("&")].map(encode).join("&");
  return createHmac("sha1", secrets).update(base).digest("base64");
}

describe("a track that a user owns", () => {
  it("user/downloadtrack: is downloaded by a link that counts", async () => {
    const { downloads } = await ownedTrack(`downloads { format { formatId } link ${signed} }`);
    const link = downloads.find(({ format }) => format.formatId === "17")?.link as Signed;
    expect(facade.calls()).toEqual(["user/locker"]);
    expect(link.consumesDownload).toBe(true);
    expect(Math.abs(Date.parse(link.expiresAt) - 3_600_000 - Date.now())).toBeLessThan(5000);
    expect(new URL(link.url).pathname).toBe("/media/user/downloadtrack");
    expect(paramsOf(link)).toEqual({
      trackId: "12345",
      releaseId: "1302",
      formatId: "17",
      country: "GB",
      oauth_consumer_key: "sandbox",
      oauth_token: "demo-token",
    });
    expect(new URL(link.url).searchParams.get("oauth_signature")).toBe(signatureOf(link.url, "sandbox-secret&demo-token-secret"));
    const { statusCode, headers } = await follow(link.url);
    expect([statusCode, headers["content-disposition"]]).toEqual([200, expect.stringContaining("attachment") as string]);
    expect(await ownedTrack("remainingDownloads")).toEqual({ remainingDownloads: 0 });
  });

  it("user/streamtrack: is listened to by a link that does not count", async () => {
    const { link } = await ownedTrack(`link: stream(quality: KBPS_64) ${signed}`);
    expect(link.consumesDownload).toBe(false);
    expect(paramsOf(link)).toMatchObject({ trackId: "12345", releaseId: "1302", formatId: "50" });
    expect((await follow(link.url)).statusCode).toBe(200);
    expect(await ownedTrack("remainingDownloads")).toEqual({ remainingDownloads: 1 });
    expect(paramsOf((await ownedTrack(`link: stream ${signed}`)).link)).toMatchObject({ formatId: "26" });
  });

  it("leads to the shop's own page where it cannot be delivered", async () => {
    const url = "https://shop.example/back?page=2";
    const { downloads } = await ownedTrack(`downloads { link(errorUrl: "${url}") ${signed} }`);
    const [first = "", second = ""] = downloads.map(({ link }) => link.url);
    expect((await follow(first)).statusCode).toBe(200);
    const { statusCode, headers } = await follow(second);
    expect(statusCode).toBe(302);
    expect(String(headers["location"])).toMatch(/^https:\/\/shop\.example\/back\?page=2/);
    expect(readMediaError(String(headers["location"]))).toMatchObject({ errorCode: 2002 });
  });

  it("is not signed with an errorUrl that holds half of a pair", async () => {
    const query = `query ($url: URL) { viewer { locker(releaseId: "1302") { nodes { tracks { nodes { stream(errorUrl: $url) { url } } } } } } }`;
    const { errors } = await facade.query(query, { url: "https://shop.example/\ud800" }, demo);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT" } }]);
  });

  it.each([
    "https://evil.example/",
    "https://shop.example.evil.example/",
    "http://shop.example/",
    "https://shop.example@evil.example/",
    "https://shop.example/#error",
  ])("is not signed with the errorUrl %s", async (errorUrl) => {
    const query = `{ viewer { locker(releaseId: "1302") { nodes { tracks { nodes { stream(errorUrl: "${errorUrl}") { url } } } } } } }`;
    const { errors } = await facade.query(query, {}, demo);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "errorUrl" } }]);
  });

  it("of a partner's user is named by the partner's id instead of a token", async () => {
    const query = `{ viewer { locker { nodes { tracks { nodes { link: stream ${signed} } } } } } }`;
    const { viewer } = await ask<{ viewer: { locker: { nodes: { tracks: { nodes: { link: Signed }[] } }[] } } }>(query, partnerUser);
    const link = viewer.locker.nodes[0]?.tracks.nodes[0]?.link as Signed;
    expect(paramsOf(link)).toMatchObject({ trackId: "103818", releaseId: "10147", userId: "partner-user" });
    expect(paramsOf(link)).not.toHaveProperty("oauth_token");
    expect((await follow(link.url)).statusCode).toBe(200);
  });
});

describe("several tracks at once", () => {
  it("user/download/release: are downloaded as a ZIP file of a release", async () => {
    const query = `{ viewer { locker(releaseId: "155408") { nodes { any: zip ${signed} mp3: zip(formatId: "17") ${signed} } } } }`;
    const { viewer } = await ask<{ viewer: { locker: { nodes: { any: Signed; mp3: Signed }[] } } }>(query);
    const { any, mp3 } = viewer.locker.nodes[0] as { any: Signed; mp3: Signed };
    expect(paramsOf(any)).toEqual({ releaseId: "155408", country: "GB", oauth_consumer_key: "sandbox", oauth_token: "demo-token" });
    expect(paramsOf(mp3)).toMatchObject({ formatId: "17" });
    expect(any.consumesDownload).toBe(true);
    expect(facade.calls()).toEqual(["user/locker"]);
    for (const { url } of [any, mp3]) expect((await follow(url)).headers["content-type"]).toBe("application/zip");
  });

  it("user/download/purchase: are downloaded as a ZIP file of a purchase", async () => {
    const { viewer } = await ask<{ viewer: { purchase: { zip: Signed } } }>(
      `{ viewer { purchase(id: "812485994") { zip(errorUrl: "https://shop.example/e") ${signed} } } }`,
    );
    const { zip } = viewer.purchase;
    expect(paramsOf(zip)).toMatchObject({ purchaseId: "812485994", errorUrl: "https://shop.example/e" });
    expect(zip.consumesDownload).toBe(true);
    expect((await follow(zip.url)).headers["content-type"]).toBe("application/zip");
  });

  it("come in no format that is no number", async () => {
    const { errors } = await facade.query(`{ viewer { locker { nodes { zip(formatId: "17&x=1") { url } } } } }`, {}, demo);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument: "formatId" } });
  });
});

describe("any track of the catalogue", () => {
  it("has a clip for everybody, signed without a user and without a call", async () => {
    const link = await catalogueTrack("clip", demo);
    expect(facade.calls()).toEqual([]);
    expect(new URL(link.url).pathname).toBe("/clip/12345");
    expect(paramsOf(link)).toEqual({ country: "GB", oauth_consumer_key: "sandbox" });
    expect(new URL(link.url).searchParams.get("oauth_signature")).toBe(signatureOf(link.url, "sandbox-secret&"));
    expect(link.consumesDownload).toBe(false);
    const { statusCode, headers } = await follow(link.url);
    expect(statusCode).toBe(302);
    expect((await follow(String(headers["location"]))).headers["content-type"]).toBe("audio/wav");
  });

  it("track/stream: is listened to by the user who is signed in, or by whom the operator names", async () => {
    const own = await catalogueTrack(`catalogueStream(quality: KBPS_64, userId: "ignored")`, { ...operator, ...demo });
    expect(new URL(own.url).pathname).toBe("/media/track/stream");
    expect(paramsOf(own)).toEqual({
      trackId: "12345",
      releaseId: "1302",
      formatId: "50",
      country: "GB",
      oauth_consumer_key: "sandbox",
      oauth_token: "demo-token",
    });
    const named = await catalogueTrack(`catalogueStream(userId: "listener 7")`, operator);
    expect(paramsOf(named)).toMatchObject({ userId: "listener 7", formatId: "26" });
    expect(paramsOf(named)).not.toHaveProperty("oauth_token");
    const partners = await catalogueTrack("catalogueStream", partnerUser);
    expect(new URL(partners.url).searchParams.getAll("userId")).toEqual(["partner-user"]);
    expect(facade.calls()).toEqual([]);
    for (const { url } of [own, named, partners]) expect((await follow(url)).statusCode).toBe(200);
  });

  it("is listened to by nobody who has no name", async () => {
    const { data, errors } = await facade.query(`{ track(id: "track:12345:1302") { catalogueStream { url } } }`, {}, operator);
    expect(data).toEqual({ track: { catalogueStream: null } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "userId" } }]);
  });

  it("track/download: is downloaded without a token", async () => {
    const link = await catalogueTrack(`catalogueDownload(formatId: "17", userId: "u1", errorUrl: "https://shop.example/e")`, {
      ...operator,
      ...demo,
    });
    expect(new URL(link.url).pathname).toBe("/media/track/download");
    expect(paramsOf(link)).toEqual({
      trackId: "12345",
      formatId: "17",
      userId: "u1",
      errorUrl: "https://shop.example/e",
      country: "GB",
      oauth_consumer_key: "sandbox",
    });
    expect(paramsOf(await catalogueTrack(`catalogueDownload(formatId: "17")`, partnerUser))).toMatchObject({ userId: "partner-user" });
    expect((await follow(link.url)).statusCode).toBe(200);
  });

  it.each([`catalogueStream(userId: "u")`, `catalogueDownload(formatId: "17")`])(
    "is given whole to the operator alone: %s",
    async (field) => {
      for (const headers of [{}, demo]) {
        const { data, errors } = await facade.query(`{ track(id: "track:12345:1302") { link: ${field} { url } } }`, {}, headers);
        expect(data).toBeUndefined();
        expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
      }
    },
  );
});

describe("every link", () => {
  it("is in an answer that nobody on the way may keep", async () => {
    const { headers } = await request(facade.url, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ query: `{ track(id: "track:12345:1302") { clip { url } } }` }),
    });
    expect(headers["cache-control"]).toBe("no-store");
  });

  it("is signed anew, in the operation's store", async () => {
    const query = `query @inContext(shopId: "34") { track(id: "track:12345:1302") { one: clip { url } two: clip { url } } }`;
    const { track } = await ask<{ track: { one: Signed; two: Signed } }>(query);
    expect(track.one.url).not.toBe(track.two.url);
    expect(paramsOf(track.one)).toMatchObject({ shopId: "34" });
    expect(paramsOf(track.one)).not.toHaveProperty("country");
  });
});
