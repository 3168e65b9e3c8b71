import { request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import type { User } from "../../../src/sandbox/accounts/model.js";
import { signedAddress } from "./signed-address.js";
import { zipEntries } from "./zip-entries.js";

const startMs = Date.UTC(2026, 4, 17, 12);
const denied = "OAuth authentication error: Access to resource denied";
let nowMs = startMs;
let sandbox: Sandbox;
let origin: string;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
  origin = `http://127.0.0.1:${sandbox.port}`;
});
afterEach(() => {
  sandbox.reset();
  nowMs = startMs;
});
afterAll(() => sandbox.close());

type Asked = Readonly<Record<string, string | number>>;

/** As the demo user unless another token is named, or null for the consumer alone. */
const link = (path: string, parameters: Asked = {}, token: string | null = "demo-token") =>
  signedAddress(`${origin}/${path}`, parameters, { nowMs: startMs, ...(token === null ? {} : { token }) });

async function fetched(url: string, options: Parameters<typeof request>[1] = {}) {
  const { statusCode, headers, body } = await request(url, options);
  return { status: statusCode, headers, body: Buffer.from(await body.arrayBuffer()) };
}

/** What the document's examples ask for has to be owned first. */
const demoUser = () => sandbox.accounts.accessToken("demo-token")?.user as User;
const deliverExample = () =>
  sandbox.accounts.deliver(
    demoUser(),
    [{ releaseId: 123456, trackId: 123456, wholeRelease: true }],
    { country: "GB", shopId: null },
    nowMs,
  );
const remaining = (trackId: number) => sandbox.accounts.lockerOf(demoUser()).find((item) => item.trackId === trackId)?.remainingDownloads;

/** errorUrl of the document's examples, and where it leads with an error. */
const errorUrl = "http://example.com/error";
const redirected = async (url: string) => {
  const { status, headers } = await fetched(url);
  return { status, location: headers["location"] };
};

describe("an example of the API document is answered as the document shows", () => {
  it("user/downloadtrack: the file to be saved, for one download", async () => {
    deliverExample();
    const { status, headers, body } = await fetched(
      link("media/user/downloadtrack", { trackid: 123456, releaseid: 123456, formatid: 17, errorUrl }),
    );
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      date: "Sun, 17 May 2026 12:00:00 GMT",
      "content-length": "32044",
      "content-disposition": 'attachment; filename="David Hasselhoff - Jump In My Car.wav"',
      "content-type": "audio/wav",
    });
    expect(body.toString("latin1", 0, 12)).toBe("RIFF$}\0\0WAVE");
    expect(remaining(123456)).toBe(4);
    expect(sandbox.downloads.entries()).toEqual([
      { at: startMs, method: "user/downloadtrack", userId: 1_000_001, formatId: 17, trackIds: [123456] },
    ]);
  });

  it("user/streamtrack: the file to be played, for no download", async () => {
    deliverExample();
    const { status, headers } = await fetched(
      link("media/user/streamtrack", { trackid: 123456, releaseid: 123456, formatid: 50, errorUrl }),
    );
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe('inline; filename="David Hasselhoff - Jump In My Car.wav"');
    expect(remaining(123456)).toBe(5);
    expect(sandbox.downloads.count("user/streamtrack")).toBe(1);
  });

  it("user/download/release: a ZIP of the release, for a download of each track", async () => {
    const { status, headers, body } = await fetched(link("media/user/download/release", { releaseid: 155408, errorUrl }));
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe('attachment; filename="The Whitest Boy Alive - Dreams.zip"');
    expect(headers["content-type"]).toBe("application/zip");
    const entries = zipEntries(body);
    expect(entries.size).toBe(10);
    expect([...entries.keys()][0]).toBe("The Whitest Boy Alive - Dreams/1-01 The Whitest Boy Alive - Burning.wav");
    expect([...entries.values()].every((content) => content.toString("latin1", 0, 4) === "RIFF")).toBe(true);
    expect([1628015, 889, 913].map(remaining)).toEqual([4, 4, 4]);
  });

  it("user/download/purchase: a ZIP of the purchase, for a download of each track", async () => {
    const purchaseId = deliverExample();
    const { status, headers, body } = await fetched(link("media/user/download/purchase", { purchaseId, errorUrl }));
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe('attachment; filename="7digital_Downloads_17-05-2026.zip"');
    expect([...zipEntries(body).keys()]).toHaveLength(1);
    expect(remaining(123456)).toBe(4);
  });

  it("track/stream: any track of the catalogue to be played, for anybody the caller can name", async () => {
    const parameters = { trackid: 123456, releaseid: 123456, formatid: 50, country: "DE", userId: "john2004" };
    const { status, headers } = await fetched(link("media/track/stream", parameters, null));
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      date: "Sun, 17 May 2026 12:00:00 GMT",
      "content-length": "32044",
      "content-disposition": 'inline; filename="David Hasselhoff - Jump In My Car.wav"',
      "content-type": "audio/wav",
    });
  });

  it("track/download: any track of the catalogue to be saved", async () => {
    const { status, headers } = await fetched(link("media/track/download", { trackid: 123456, formatid: 50, country: "DE" }, null));
    expect(status).toBe(200);
    expect(headers["content-disposition"]).toBe('attachment; filename="David Hasselhoff - Jump In My Car.wav"');
  });

  it("of an error redirect", async () => {
    const { status, location } = await redirected(link("media/user/downloadtrack", { errorUrl: "http://example.com/error/" }));
    expect(status).toBe(302);
    expect(location).toBe("http://example.com/error/?errorCode=1001&errorMsg=Error%3a+Missing+%27trackId%27+query+parameter.");
  });
});

describe("previews", () => {
  it("lead to a clip anybody may play", async () => {
    const { status, location } = await redirected(link("clip/12345", {}, null));
    expect({ status, location }).toEqual({ status: 302, location: `${origin}/clips/12345/12345.clip.wav` });
    const clip = await fetched(String(location), { headers: { "accept-encoding": "gzip" } });
    expect(clip.headers).toMatchObject({ "content-type": "audio/wav", "accept-ranges": "bytes" });
    expect(clip.body).toHaveLength(32_044);
  });

  it("need a signature", async () => {
    expect((await fetched(`${origin}/clip/12345?oauth_consumer_key=sandbox`)).status).toBe(401);
  });

  it("are only of tracks that are there, and sold in the country", async () => {
    expect((await fetched(link("clip/999999999", {}, null))).status).toBe(404);
    expect((await fetched(link("clip/12816", { country: "DE" }, null))).body.toString()).toBe(
      "Track is not available in this country/shop",
    );
  });
});

describe("errors are redirected", () => {
  const owned = { trackId: 12345, releaseId: 1302, formatId: 17 };
  const at = (code: number, message: string) => `${errorUrl}?errorCode=${code}&errorMsg=${message}`;
  const noLicences = at(2002, "No+licences+found+for+the+download+request.");

  it.each([
    ["user/downloadtrack", { ...owned, trackId: "" }, at(1001, "Error%3a+Missing+%27trackId%27+query+parameter.")],
    ["user/downloadtrack", { trackId: 12345, formatId: 17 }, at(1001, "Error%3a+Missing+%27releaseId%27+query+parameter.")],
    ["user/downloadtrack", { trackId: 12345, releaseId: 1302 }, at(1001, "Error%3a+Missing+%27formatId%27+query+parameter.")],
    ["user/downloadtrack", { ...owned, trackId: "1o1" }, at(1002, "Invalid+value+for+%27trackId%27%3a+1o1")],
    ["user/downloadtrack", { ...owned, formatId: 26 }, at(1002, "Invalid+value+for+%27formatId%27%3a+26")],
    ["user/downloadtrack", { ...owned, releaseId: 155408 }, noLicences],
    ["user/streamtrack", { ...owned, trackId: 123456 }, noLicences],
    ["user/streamtrack", owned, at(1002, "Invalid+value+for+%27formatId%27%3a+17")],
    ["user/download/release", {}, at(1001, "Error%3a+Missing+%27releaseId%27+query+parameter.")],
    ["user/download/release", { releaseId: 155408, formatId: 45 }, at(1002, "Invalid+value+for+%27formatId%27%3a+45")],
    ["user/download/release", { releaseId: 36567 }, noLicences],
    ["user/download/purchase", {}, at(1001, "Error%3a+Missing+%27purchaseId%27+query+parameter.")],
    ["user/download/purchase", { purchaseId: 1 }, noLicences],
    ["track/download", { trackId: 123456, formatId: 999 }, at(1002, "Invalid+value+for+%27formatId%27%3a+999")],
    ["track/download", { trackId: 999999999, formatId: 17 }, at(2001, "Track+not+found")],
    ["track/download", { trackId: 12816, formatId: 17, country: "DE" }, at(2002, "Track+is+not+available+in+this+country%2fshop")],
  ])("%s of %j", async (method, parameters, location) => {
    expect(await redirected(link(`media/${method}`, { ...parameters, errorUrl }))).toEqual({ status: 302, location });
    expect(sandbox.downloads.entries()).toEqual([]);
  });

  it("behind a query that is there already, and before a fragment", async () => {
    const { location } = await redirected(link("media/user/download/purchase", { purchaseId: 1, errorUrl: "http://example.com/?a=1#top" }));
    expect(location).toBe("http://example.com/?a=1&errorCode=2002&errorMsg=No+licences+found+for+the+download+request.#top");
  });

  it.each([undefined, "javascript:alert(1)", "nowhere"])("to a page of the sandbox where errorUrl is %s", async (nowhere) => {
    const { location } = await redirected(link("media/user/download/purchase", { purchaseId: 1, ...(nowhere && { errorUrl: nowhere }) }));
    expect(location).toMatch(new RegExp(`^${origin}/media/error\\?errorCode=2002&`));
    const page = await fetched(String(location).replace("2002", "%3Cb%3E"));
    expect(page.headers["content-type"]).toBe("text/html; charset=utf-8");
    expect(page.body.toString()).toContain("No licences found for the download request.");
    expect(page.body.toString()).not.toContain("<b>");
  });

  it("but not of track/stream, and not of track/download without errorUrl", async () => {
    const answered = async (method: string, parameters: Asked) => {
      const { status, headers, body } = await fetched(link(`media/${method}`, parameters));
      return { status, type: headers["content-type"], text: body.toString() };
    };
    const type = "text/plain; charset=utf-8";
    const missing = { status: 400, type, text: "Error: Missing 'trackId' query parameter." };
    expect(await answered("track/stream", { errorUrl })).toEqual(missing);
    expect(await answered("track/download", {})).toEqual(missing);
    const unknown = { status: 404, type, text: "Track not found" };
    expect(await answered("track/stream", { trackId: 999999999, errorUrl })).toEqual(unknown);
    expect(await answered("track/stream", { trackId: 12345, formatId: 17, errorUrl })).toEqual({
      status: 400,
      type,
      text: "Invalid value for 'formatId': 17",
    });
  });

  it("but not before a signature has been found good", async () => {
    for (const path of ["user/downloadtrack", "user/download/release", "track/stream", "track/download"]) {
      const forged = link(`media/${path}`, { ...owned, errorUrl }).replace("trackId=12345", "trackId=12346");
      const { status, headers, body } = await fetched(forged);
      expect({ status, location: headers["location"] }).toEqual({ status: 401, location: undefined });
      expect([body.toString(), headers["x-sandbox-reason"]]).toEqual([denied, "Invalid signature"]);
    }
  });
});

describe("a link", () => {
  const burning = { trackId: 1628015, releaseId: 155408, formatId: 17 };

  it("is good for an hour", async () => {
    const url = link("media/user/downloadtrack", burning);
    nowMs = startMs + 59 * 60_000;
    expect((await fetched(url)).status).toBe(200);
    nowMs = startMs + 61 * 60_000;
    const late = await fetched(url);
    expect([late.status, late.body.toString(), late.headers["x-sandbox-reason"]]).toEqual([401, denied, "Timestamp is out of bounds"]);
  });

  it("is one download however often it is fetched, and no other link may have its nonce", async () => {
    const url = link("media/user/downloadtrack", burning);
    for (const headers of [{ range: "bytes=0-99" }, { range: "bytes=100-" }, {}]) await fetched(url, { headers });
    expect(remaining(1628015)).toBe(4);
    expect(sandbox.downloads.count("user/downloadtrack")).toBe(1);
    const nonce = new URL(url).searchParams.get("oauth_nonce") ?? "";
    const other = { ...burning, trackId: 889 };
    const again = signedAddress(`${origin}/media/user/downloadtrack`, other, { nowMs: startMs, token: "demo-token", nonce });
    expect((await fetched(again)).headers["x-sandbox-reason"]).toBe("Nonce has been used before");
  });

  it("stays good when it took the last download, the next one finds none left", async () => {
    const last = { trackId: 12345, releaseId: 1302, formatId: 45 };
    const url = link("media/user/downloadtrack", last);
    expect((await fetched(url)).status).toBe(200);
    expect((await fetched(url)).status).toBe(200);
    expect(remaining(12345)).toBe(0);
    const { location } = await redirected(link("media/user/downloadtrack", { ...last, errorUrl }));
    expect(location).toBe(`${errorUrl}?errorCode=2002&errorMsg=No+licences+available+for+download+request.`);
    expect((await fetched(link("media/user/streamtrack", { ...last, formatId: 26 }))).status).toBe(200);
  });

  it("may be asked about without being used", async () => {
    const { status, headers, body } = await fetched(link("media/user/downloadtrack", burning), { method: "HEAD" });
    expect([status, headers["content-length"], body.length]).toEqual([200, "32044", 0]);
    expect(remaining(1628015)).toBe(5);
  });

  it("is read in any case", async () => {
    expect((await fetched(link("MEDIA/User/DownloadTrack", { TRACKID: 1628015, ReleaseId: 155408, formatid: 17 }))).status).toBe(200);
  });

  it("may speak for a partner's user", async () => {
    const parameters = { trackId: 103818, releaseId: 10147, formatId: 17, userId: "partner-user" };
    expect((await fetched(link("media/user/downloadtrack", parameters, null))).status).toBe(200);
    expect(sandbox.downloads.entries()[0]?.userId).toBe(1_000_006);
  });

  it("may have been signed by 7digital, which knows users by its own ids", async () => {
    const parameters = { formatid: 17, presigned: 1, releaseid: 155408, shopid: 34, trackid: 1628015, userid: 1_000_001 };
    expect((await fetched(link("media/user/downloadtrack", parameters, null))).status).toBe(200);
    expect(remaining(1628015)).toBe(4);
  });

  it("that speaks for nobody is refused", async () => {
    const nobody = await redirected(link("media/user/downloadtrack", { ...burning, errorUrl }, null));
    expect(nobody.location).toBe(`${errorUrl}?errorCode=1001&errorMsg=Error%3a+Missing+%27oauth_token%27+query+parameter.`);
    const stranger = await redirected(link("media/user/downloadtrack", { ...burning, userId: "nobody", errorUrl }, null));
    expect(stranger.location).toContain("errorCode=2002&errorMsg=No+licences+found");
  });

  it("takes no other verb", async () => {
    expect((await fetched(link("media/track/stream", { trackId: 12345 }), { method: "POST" })).status).toBe(405);
  });
});

describe("a ZIP", () => {
  it("leaves out tracks without a download left", async () => {
    for (let times = 0; times < 5; times++) sandbox.accounts.countDownload(demoUser(), 889, 155408);
    const { body } = await fetched(link("media/user/download/release", { releaseId: 155408 }));
    expect(zipEntries(body).size).toBe(9);
    expect([889, 1628015].map(remaining)).toEqual([0, 4]);
  });

  it("is the same file in every part", async () => {
    const url = link("media/user/download/release", { releaseId: 155408 });
    const whole = await fetched(url);
    const parts: Buffer[] = [];
    const half = Math.floor(whole.body.length / 2);
    for (const range of [`bytes=0-${half}`, `bytes=${half + 1}-`]) parts.push((await fetched(url, { headers: { range } })).body);
    expect(Buffer.concat(parts).equals(whole.body)).toBe(true);
  });
});

describe("a part of a file", () => {
  it.each([
    ["bytes=0-43", "bytes 0-43/32044", 44],
    ["bytes=32000-", "bytes 32000-32043/32044", 44],
    ["bytes=-4", "bytes 32040-32043/32044", 4],
    ["bytes=32000-99999", "bytes 32000-32043/32044", 44],
  ])("%s is %s", async (range, contentRange, length) => {
    const url = link("media/track/stream", { trackId: 12345 });
    const { status, headers, body } = await fetched(url, { headers: { range, "accept-encoding": "gzip" } });
    expect([status, headers["content-range"], headers["content-encoding"], body.length]).toEqual([206, contentRange, undefined, length]);
  });

  it.each(["bytes=32044-", "bytes=-0"])("%s is not there, and is no download", async (range) => {
    const burning = { trackId: 1628015, releaseId: 155408, formatId: 17 };
    const { status, headers } = await fetched(link("media/user/downloadtrack", burning), { headers: { range } });
    expect([status, headers["content-range"]]).toEqual([416, "bytes */32044"]);
    expect(remaining(1628015)).toBe(5);
  });

  it.each(["bytes=5-4", "bytes=0-1,3-4", "lines=1-2", "bytes=-"])("%s is not read", async (range) => {
    expect((await fetched(link("media/track/stream", { trackId: 12345 }), { headers: { range } })).status).toBe(200);
  });
});

it("names a file in two ways where its name is not plain", async () => {
  const { headers } = await fetched(link("media/track/stream", { trackId: 89022 }));
  expect(headers["content-disposition"]).toBe(
    "inline; filename=\"Emeka Lockton - In The Wise Ch_teau.wav\"; filename*=UTF-8''Emeka%20Lockton%20-%20In%20The%20Wise%20Ch%C3%A2teau.wav",
  );
});

it("tells another process what was delivered, until it is reset", async () => {
  await fetched(link("media/track/stream", { trackId: 12345 }));
  const entries = async () => JSON.parse((await fetched(`${origin}/_sandbox/downloads`)).body.toString()) as unknown;
  expect(await entries()).toEqual({
    entries: [{ at: startMs, method: "track/stream", userId: 1_000_001, formatId: 26, trackIds: [12345] }],
  });
  sandbox.reset();
  expect(await entries()).toEqual({ entries: [] });
});

describe("a page of another origin may read", () => {
  const page = { origin: "http://localhost:5173" };
  const open = { "access-control-allow-origin": "*" };
  const burning = { trackId: 1628015, releaseId: 155408, formatId: 17 };

  it.each([
    ["a clip", () => `${origin}/clips/12345/12345.clip.wav`, 200],
    ["the redirect to a clip", () => link("clip/12345", {}, null), 302],
    ["a stream", () => link("media/user/streamtrack", { ...burning, formatId: 50 }), 200],
    ["a download", () => link("media/user/downloadtrack", burning), 200],
    ["a ZIP", () => link("media/user/download/release", { releaseId: 155408 }), 200],
    ["that a link is not signed", () => `${origin}/clip/12345?oauth_consumer_key=sandbox`, 401],
    ["that there is no such track", () => link("media/track/stream", { trackId: 999999999 }), 404],
    ["where an error leads", () => link("media/user/downloadtrack", { ...burning, formatId: 1, errorUrl }), 302],
  ])("%s", async (_what, urlOf, status) => {
    const response = await fetched(urlOf(), { headers: page });
    expect(response.status).toBe(status);
    expect(response.headers).toMatchObject(open);
    expect(response.headers["access-control-allow-credentials"]).toBeUndefined();
  });

  it("a part of a file, and which part it is", async () => {
    const url = `${origin}/clips/12345/12345.clip.wav`;
    const part = await fetched(url, { headers: { ...page, range: "bytes=0-" } });
    expect(part.status).toBe(206);
    expect(part.headers).toMatchObject({ ...open, "content-range": "bytes 0-32043/32044", "accept-ranges": "bytes" });
    const beyond = await fetched(url, { headers: { ...page, range: "bytes=32044-" } });
    expect([beyond.status, beyond.headers["access-control-allow-origin"]]).toEqual([416, "*"]);
    for (const { headers } of [part, beyond]) expect(headers["access-control-expose-headers"]).toMatch(/\bContent-Range\b/);
  });

  it("the length of a file", async () => {
    const { status, headers, body } = await fetched(`${origin}/clips/12345/12345.clip.wav`, { method: "HEAD", headers: page });
    expect([status, headers["content-length"], body.length]).toEqual([200, "32044", 0]);
    expect(headers).toMatchObject({ ...open, "accept-ranges": "bytes" });
  });

  it("what it asked leave for, which is no download", async () => {
    const headers = { ...page, "access-control-request-method": "GET", "access-control-request-headers": "range" };
    const preflight = await fetched(link("media/user/downloadtrack", burning), { method: "OPTIONS", headers });
    expect(preflight.status).toBe(204);
    expect(preflight.headers).toMatchObject({
      ...open,
      "access-control-allow-methods": "GET, HEAD",
      "access-control-allow-headers": "Range",
    });
    expect(sandbox.downloads.entries()).toEqual([]);
  });
});
