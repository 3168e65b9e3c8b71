import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { countOf, refusal, signedCall, type Answer } from "../../support/sandbox/signed-call.js";

/** A summer's day: London is an hour ahead of UTC. */
const nowMs = Date.UTC(2026, 6, 1, 23, 30);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const locker = (parameters = "", token = "demo-token") => signedCall(sandbox.baseUrl, `user/locker?${parameters}`, { token, nowMs });
const buy = (call: string, token = "demo-token") => signedCall(sandbox.baseUrl, `user/purchase/${call}`, { token, nowMs });

const releasesIn = ({ text }: Answer) => [...text.matchAll(/<release id="(\d+)"/g)].map(([, id]) => Number(id));
const tracksIn = ({ text }: Answer) => [...text.matchAll(/<track id="(\d+)"/g)].map(([, id]) => Number(id));
const valuesOf = ({ text }: Answer, name: string) => [...text.matchAll(new RegExp(`<${name}>([^<]*)<`, "g"))].map(([, value]) => value);
const paging = ({ paths }: Answer) => ["page", "pageSize", "totalItems"].map((name) => paths.get(`response/locker/lockerReleases/${name}`));

describe("a locker", () => {
  it("user/locker: tells all releases somebody owns tracks of, by title", async () => {
    const answer = await locker();
    expect(paging(answer)).toEqual(["1", "10", "3"]);
    expect(releasesIn(answer)).toEqual([1302, 155408, 302123]);
    expect(countOf(answer, "lockerTrack")).toBe(12);
    expect(answer.headers["cache-control"]).toBe("no-cache, no-store");
  });

  it("user/locker: tells of the document's track what the document tells", async () => {
    const { paths } = await locker("releaseId=302123");
    const release = "response/locker/lockerReleases/lockerRelease/release";
    const track = "response/locker/lockerReleases/lockerRelease/lockerTracks/lockerTrack";
    expect([paths.get(`${release}/title`), paths.get(`${release}/artist/name`), paths.get(`${release}/releaseDate`)]).toEqual([
      "Original Album Classics",
      "Patti Smith",
      "2008-06-16T00:00:00+01:00",
    ]);
    expect([paths.get(`${track}/track/title`), paths.get(`${track}/track/version`)]).toEqual(["Gloria", "Digitally Remastered 1996"]);
    expect([paths.get(`${track}/remainingDownloads`), paths.get(`${track}/purchaseDate`)]).toEqual(["355", "2009-07-22T11:41:41+01:00"]);
    const format = `${track}/downloadUrls/downloadUrl/format`;
    const names = ["@id", "fileFormat", "bitRate", "drmFree"];
    expect(names.map((name) => paths.get(`${format}/${name}`))).toEqual(["17", "MP3", "320", "true"]);
  });

  it("user/locker: tells purchases, and whether the whole release was bought", async () => {
    const answer = await locker();
    expect([...new Set(valuesOf(answer, "purchaseId"))]).toEqual(["812485993", "812485994", "812485991"]);
    expect([...new Set(valuesOf(answer, "purchaseDate"))]).toEqual([
      "2012-12-01T20:15:00Z",
      "2014-04-16T16:08:55+01:00",
      "2009-07-22T11:41:41+01:00",
    ]);
    expect(valuesOf(answer, "completeAlbumPurchase").filter((value) => value === "true")).toHaveLength(10);
    expect(valuesOf(answer, "available")).toEqual(["true", "true", "true"]);
  });

  it("user/locker: has the tracks of a release in the order of the release", async () => {
    expect(tracksIn(await locker("releaseId=155408"))[0]).toBe(1628015);
    expect(valuesOf(await locker("releaseId=155408"), "trackNumber")).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9", "10"]);
  });

  it.each([
    ["releaseTitle", [1302, 155408, 302123]],
    ["releaseTitle%20desc", [302123, 155408, 1302]],
    ["purchaseDate", [302123, 1302, 155408]],
    ["purchaseDate%20desc", [155408, 1302, 302123]],
    // Patti Smith, The Dandy Warhols, The Whitest Boy Alive.
    ["artistName%20asc", [302123, 1302, 155408]],
    ["ARTISTNAME%20DESC", [155408, 1302, 302123]],
  ])("user/locker: sorted by %s", async (sort, releases) => {
    expect(releasesIn(await locker(`sort=${sort}`))).toEqual(releases);
  });

  it("user/locker: is paged by release", async () => {
    const answer = await locker("page=2&pageSize=2");
    expect([paging(answer), releasesIn(answer)]).toEqual([["2", "2", "3"], [302123]]);
    const beyond = await locker("page=9&pageSize=2");
    expect([paging(beyond), releasesIn(beyond)]).toEqual([["9", "2", "3"], []]);
  });

  it.each([
    ["releaseId=155408", 1, 10],
    ["releaseId=155408&trackId=1628015", 1, 1],
    ["trackId=12345", 1, 1],
    ["purchaseId=812485994", 1, 10],
    ["purchaseId=812485994&releaseId=1302", 0, 0],
    ["releaseId=1", 0, 0],
    ["purchaseId=99999", 0, 0],
  ])("user/locker: filtered by %s", async (filter, releases, tracks) => {
    const answer = await locker(filter);
    expect(answer.status).toBe(200);
    expect([releasesIn(answer).length, tracksIn(answer).length]).toEqual([releases, tracks]);
    expect(paging(answer)).toEqual(["1", "10", String(releases)]);
  });

  it.each([
    ["sort=price", "1006"],
    ["sort=releaseTitle%20up", "1006"],
    ["releaseId=x", "1002"],
    ["purchaseId=-1", "1002"],
    ["pageSize=501", "1003"],
  ])("user/locker: refuses %s", async (parameters, code) => {
    expect(refusal(await locker(parameters))).toEqual([400, code]);
  });

  it("user/locker: shows nobody what somebody else owns", async () => {
    expect(releasesIn(await locker("", "other-token"))).toEqual([786, 36567]);
    expect(releasesIn(await locker("releaseId=155408", "other-token"))).toEqual([]);
    expect(releasesIn(await locker("", "no-card-token"))).toEqual([]);
    await buy("item?releaseId=786&trackId=6598&price=0.99", "declined-card-token");
    await buy("priceditem?releaseId=786&trackId=6598&price=0.00", "no-card-token");
    expect(releasesIn(await locker("", "no-card-token"))).toEqual([786]);
    expect([releasesIn(await locker("", "declined-card-token")), releasesIn(await locker())]).toEqual([[], [1302, 155408, 302123]]);
  });

  it("user/locker: shows a track that was bought twice twice, with both purchases", async () => {
    for (let at = 0; at < 2; at++) await buy("item?releaseId=786&trackId=6598&price=0.99");
    const answer = await locker("releaseId=786&sort=purchaseDate%20desc");
    expect(tracksIn(answer)).toEqual([6598, 6598]);
    expect(valuesOf(answer, "purchaseId")).toEqual(["900000001", "900000002"]);
    expect(valuesOf(answer, "purchaseDate")).toEqual(["2026-07-02T00:30:00+01:00", "2026-07-02T00:30:00+01:00"]);
  });
});

describe("the locker of an early account", () => {
  it("tells no purchase ids that are of use, and less of each track", async () => {
    const answer = await locker("", "other-token");
    expect(valuesOf(answer, "purchaseId")).toEqual(["0"]);
    for (const name of ["isrc", "trackNumber", "completeAlbumPurchase", "available"]) expect(valuesOf(answer, name)).toEqual([]);
    expect(countOf(answer, "licensor")).toBe(0);
  });

  it("has no download of a track that is used up", async () => {
    const { paths } = await locker("releaseId=786", "other-token");
    const track = "response/locker/lockerReleases/lockerRelease/lockerTracks/lockerTrack";
    expect([paths.get(`${track}/remainingDownloads`), paths.get(`${track}/downloadUrls`)]).toEqual(["0", ""]);
  });
});

describe("download addresses", () => {
  const addressIn = ({ paths }: Answer) =>
    new URL(paths.get("response/locker/lockerReleases/lockerRelease/lockerTracks/lockerTrack/downloadUrls/downloadUrl/url") ?? "");

  it("lead to the sandbox's media, signed for this moment and this user", async () => {
    const url = addressIn(await locker("trackId=12345"));
    expect(`${url.origin}${url.pathname}`).toBe(`http://127.0.0.1:${sandbox.port}/media/user/downloadtrack`);
    expect(Object.fromEntries(url.searchParams)).toMatchObject({
      formatid: "17",
      releaseid: "1302",
      trackid: "12345",
      shopid: "34",
      userid: "1000001",
      presigned: "1",
      oauth_consumer_key: "sandbox",
      oauth_timestamp: String(nowMs / 1000),
    });
    expect(url.searchParams.has("oauth_token")).toBe(false);
  });

  it("are new in every answer", async () => {
    const first = addressIn(await locker("trackId=12345"));
    expect(addressIn(await locker("trackId=12345")).searchParams.get("oauth_signature")).not.toBe(
      first.searchParams.get("oauth_signature"),
    );
  });

  it("are missing for one track in ten", async () => {
    await buy("priceditem?releaseId=2108&price=0.00");
    const answer = await locker("releaseId=2108&pageSize=1");
    const empty = answer.text.split(/<downloadUrls\s*\/>|<downloadUrls><\/downloadUrls>/).length - 1;
    expect(countOf(answer, "lockerTrack")).toBe(109);
    expect(empty).toBeGreaterThan(3);
    expect(empty).toBeLessThan(20);
  });
});
