/** Tracks by id, on a client that answers from memory. */
import { describe, expect, it } from "vitest";
import { Lists } from "../../../src/catalogue/lists.js";
import { createTrackLoader } from "../../../src/catalogue/track-loader.js";
import { PageSizeLimit } from "../../../src/shared/window-read.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { cannedClient } from "../../support/canned-client.js";

const session = { store: { country: "GB" } } as const;

interface Params {
  readonly trackId: string;
  readonly releaseId: string;
}

/** Release 7 lists tracks 1 to 3. The details of track 1 show it on release 7, those of track 2 on release 8. Track 3 has none here. */
function shop(batchSize = 0) {
  const limit = new PageSizeLimit(500);
  const { client, calls } = cannedClient((path, { trackId, releaseId }: Params) => {
    if (path === "release/tracks") {
      const items = releaseId === "7" ? ["1", "2", "3"].map((id) => ({ item: { trackId: id, title: `listed ${id}` } })) : [];
      return { page: 1, pageSize: 50, totalItems: items.length, items };
    }
    if (trackId === "3") throw new UpstreamError("NOT_AVAILABLE_IN_COUNTRY", "not here", { method: path });
    return { trackId, title: `details ${trackId}`, release: { releaseId: trackId === "1" ? "7" : "8" } };
  });
  const load = createTrackLoader({ client, session, batchSize, lists: new Lists(client, session, limit) });
  return { load, limit, calls: () => calls().map((call) => call.split(" ")[0]), batches: () => calls() };
}

describe("a track", () => {
  it("is found on its release, together with the others of that release, by one call", async () => {
    const { load, calls } = shop();
    const tracks = await Promise.all(["1", "2", "3", "1"].map(async (trackId) => load({ trackId, releaseId: "7" })));
    expect(tracks.map(({ title }) => title)).toEqual(["listed 1", "listed 2", "listed 3", "listed 1"]);
    expect(tracks[0]?.release).toEqual({ releaseId: "7" });
    expect(calls()).toEqual(["release/tracks"]);
  });

  it.each(["1", "2", "3"])("%s is found on its release alone, whatever its details would say", async (trackId) => {
    const { load, calls } = shop();
    expect(await load({ trackId, releaseId: "7" })).toMatchObject({ title: `listed ${trackId}` });
    expect(calls()).toEqual(["release/tracks"]);
  });

  it("is found by its details without a release, and is then known on that release too", async () => {
    const { load, calls } = shop();
    expect(await load({ trackId: "1", releaseId: undefined })).toMatchObject({ title: "details 1" });
    expect(await load({ trackId: "1", releaseId: "7" })).toMatchObject({ title: "details 1" });
    expect(calls()).toEqual(["track/details"]);
  });

  it("is not found on a release that does not list it", async () => {
    const { load } = shop();
    await expect(load({ trackId: "4", releaseId: "7" })).rejects.toMatchObject({ code: "NOT_FOUND" });
  });

  it("is given at once where the cache holds it, also when the largest page has sunk since", async () => {
    const { load, limit, calls } = shop();
    await load({ trackId: "1", releaseId: "7" });
    calls();
    limit.lowerTo(50);
    expect(load({ trackId: "2", releaseId: "7" })).toMatchObject({ title: "listed 2" });
    expect(calls()).toEqual([]);
  });
});

describe("tracks in batches", () => {
  it("are asked for by their IDs in one turn, each once", async () => {
    const { load, batches } = shop(50);
    const keys = ["1", "2", "1"].map((trackId) => ({ trackId, releaseId: undefined }));
    const tracks = await Promise.all(keys.map(async (key) => load(key)));
    expect(tracks.map(({ title }) => title)).toEqual(["details 1", "details 2", "details 1"]);
    expect(batches()).toEqual(['track/details/batch ["1","2"]']);
  });

  it("of many releases are found by their IDs, and on their release only where their details are of another, or not sold here", async () => {
    const { load, batches } = shop(50);
    const keys = [
      { trackId: "1", releaseId: "7" },
      { trackId: "2", releaseId: "7" },
      { trackId: "3", releaseId: "7" },
      { trackId: "2", releaseId: "8" },
    ];
    const tracks = await Promise.all(keys.map(async (key) => load(key)));
    expect(tracks.map(({ title, release }) => [title, release])).toEqual([
      ["details 1", { releaseId: "7" }],
      ["listed 2", { releaseId: "7" }],
      ["listed 3", { releaseId: "7" }],
      ["details 2", { releaseId: "8" }],
    ]);
    expect(batches()).toEqual(['track/details/batch ["1","2","3"]', 'release/tracks {"releaseId":"7","page":1,"pageSize":500}']);
  });

  it.each([
    ["of one release are found on it", ["7", "7", "7"]],
    ["alone is found on its release", ["7"]],
  ])("%s", async (_, releases) => {
    const { load, calls } = shop(50);
    await Promise.all(releases.map(async (releaseId, index) => load({ trackId: String(index + 1), releaseId })));
    expect(calls()).toEqual(["release/tracks"]);
  });

  it("are found on a release whose list the operation has already asked for", async () => {
    const { load, calls } = shop(50);
    await load({ trackId: "3", releaseId: "7" });
    calls();
    const keys = [
      { trackId: "9", releaseId: "7" },
      { trackId: "2", releaseId: "8" },
    ];
    const [missing, found] = await Promise.allSettled(keys.map(async (key) => load(key)));
    expect([missing?.status, found?.status]).toEqual(["rejected", "fulfilled"]);
    expect(calls()).toEqual(["track/details/batch"]);
  });
});
