import { request as httpsRequest } from "node:https";
import { gunzipSync } from "node:zlib";
import { Agent, request } from "undici";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, askExactly, pathsOf } from "../../support/sandbox/ask.js";

const noon = Date.UTC(2026, 4, 17, 12);
let nowMs = noon;
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs, dailyLimit: 3000 });
});
afterEach(() => {
  nowMs = noon;
  sandbox.reset();
});
afterAll(() => sandbox.close());

describe("one port", () => {
  it("speaks http and https", async () => {
    const dispatcher = new Agent({ connect: { ca: await sandbox.certificate() } });
    const plain = await ask(sandbox.baseUrl, "status");
    const secure = await askExactly(`${sandbox.secureBaseUrl}/status?oauth_consumer_key=k`, { dispatcher });
    expect([plain.status, secure.status]).toEqual([200, 200]);
    expect(sandbox.journal.entries().map((entry) => entry.secure)).toEqual([false, true]);
    await dispatcher.close();
  });

  it("is not trusted by a client that was not given its certificate", async () => {
    const refused = new Promise((resolve) => httpsRequest(`${sandbox.secureBaseUrl}/status`).on("error", resolve).end());
    expect(await refused).toMatchObject({ code: expect.stringMatching(/SELF_SIGNED|UNABLE_TO_VERIFY/) as string });
  });

  it("answers several calls on one connection", async () => {
    const dispatcher = new Agent({ connections: 1, pipelining: 1 });
    for (const id of [1, 14, 20]) {
      const answer = await request(`${sandbox.baseUrl}/artist/details?artistId=${id}&oauth_consumer_key=k`, { dispatcher });
      expect(pathsOf(await answer.body.text()).get("response/artist/@id")).toBe(String(id));
    }
    await dispatcher.close();
  });
});

describe("paths and verbs", () => {
  it("reads paths and parameter names without regard to case", async () => {
    const { text } = await ask(sandbox.baseUrl, "ARTIST/topTracks/?ARTISTID=1&PageSize=2");
    const paths = pathsOf(text);
    expect(paths.get("response/tracks/totalItems")).toBe("13");
    expect(paths.get("response/tracks/pageSize")).toBe("2");
    expect(sandbox.journal.count("artist/toptracks")).toBe(1);
  });

  it("answers a path it does not know with 404 in plain text", async () => {
    for (const url of [`${sandbox.baseUrl}/artist/nonsense`, `http://127.0.0.1:${sandbox.port}/1.1/status`]) {
      const { status, headers, text } = await askExactly(`${url}?oauth_consumer_key=k`);
      expect([status, headers["content-type"], text]).toEqual([404, "text/plain; charset=utf-8", "Not found"]);
    }
  });

  it("answers any verb but GET with 405", async () => {
    const { status, headers } = await askExactly(`${sandbox.baseUrl}/status?oauth_consumer_key=k`, { method: "POST", body: "" });
    expect([status, headers["allow"]]).toEqual([405, "GET"]);
  });
});

describe("headers", () => {
  it("tell how long a catalogue answer keeps", async () => {
    const keeping = async (call: string) => (await ask(sandbox.baseUrl, call)).headers;
    const details = await keeping("artist/details?artistId=1");
    expect(details).toMatchObject({
      "content-type": "text/xml; charset=utf-8",
      "cache-control": "private, max-age=432000",
      "last-modified": "Sun, 17 May 2026 12:00:00 GMT",
      date: "Sun, 17 May 2026 12:00:00 GMT",
    });
    expect((await keeping("release/chart"))["cache-control"]).toBe("private, max-age=3600");
    expect((await keeping("track/search?q=happy"))["cache-control"]).toBe("private, max-age=60");
    expect((await keeping("status"))["cache-control"]).toBe("no-cache, no-store");
    expect((await keeping("artist/details?artistId=999999999"))["cache-control"]).toBe("no-cache, no-store");
  });

  it("compress when asked to, and only then", async () => {
    const whole = await ask(sandbox.baseUrl, "artist/browse?letter=p");
    const answer = await request(`${sandbox.baseUrl}/artist/browse?letter=p&oauth_consumer_key=k`, {
      headers: { "accept-encoding": "deflate, gzip" },
    });
    const packed = Buffer.from(await answer.body.arrayBuffer());
    expect(whole.headers["content-encoding"]).toBeUndefined();
    expect(answer.headers["content-encoding"]).toBe("gzip");
    expect(gunzipSync(packed).toString("utf8")).toBe(whole.text);
  });
});

describe("the daily limit", () => {
  it("is counted for every key and told in headers", async () => {
    await ask(sandbox.baseUrl, "status?oauth_consumer_key=one");
    const second = await ask(sandbox.baseUrl, "status?oauth_consumer_key=one");
    const other = await ask(sandbox.baseUrl, "status?oauth_consumer_key=two");
    expect(second.headers).toMatchObject({ "x-ratelimit-limit": "3000", "x-ratelimit-current": "2", "x-ratelimit-reset": "43200" });
    expect(other.headers["x-ratelimit-current"]).toBe("1");
  });

  it("refuses calls above it until the UTC day ends", async () => {
    const small = await startSandbox({ now: () => nowMs, dailyLimit: 2 });
    const statuses = [];
    for (let call = 0; call < 3; call++) statuses.push((await ask(small.baseUrl, "status")).status);
    const refused = await ask(small.baseUrl, "status");
    nowMs += 12 * 3600 * 1000;
    const nextDay = await ask(small.baseUrl, "status");
    expect(statuses).toEqual([200, 200, 403]);
    expect(refused.headers).toMatchObject({
      "retry-after": "43200",
      "x-ratelimit-current": "2",
      "content-type": "text/plain; charset=utf-8",
    });
    expect([nextDay.status, nextDay.headers["x-ratelimit-current"]]).toEqual([200, "1"]);
    await small.close();
  });
});
