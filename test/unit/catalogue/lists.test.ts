/** Lists by window and searched for one item, on a client that answers from memory. */
import { describe, expect, it } from "vitest";
import { releaseTracks } from "../../../src/catalogue/endpoints/release.js";
import { Lists } from "../../../src/catalogue/lists.js";
import { PageSizeLimit } from "../../../src/shared/window-read.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";
import { cannedClient } from "../../support/canned-client.js";

interface PageParams {
  readonly page: number;
  readonly pageSize: number;
}

const session = { store: { country: "GB" } } as const;
const release = { releaseId: "7" };

/** A list of numbered tracks in pages of at most `cap`. */
function listOf(length: number, { cap = 500, unreadable = [] as readonly number[], forgets = false } = {}) {
  const limit = new PageSizeLimit(500);
  const { client, calls } = cannedClient(
    (_, { page, pageSize }: PageParams) => {
      const size = Math.min(pageSize, cap);
      const start = (page - 1) * size;
      if (page > 1 && start >= length)
        throw new UpstreamError("UPSTREAM_REJECTED_INPUT", "no such page", { method: "release/tracks", sevendigitalCode: "1003" });
      const count = Math.max(0, Math.min(size, length - start));
      const items = Array.from({ length: count }, (__, index) => start + index + 1);
      const read = (number: number) => (unreadable.includes(number) ? new Unreadable("track", "") : { item: { trackId: String(number) } });
      return { page, pageSize: size, totalItems: length, items: items.map(read) };
    },
    { forgets },
  );
  return { lists: new Lists(client, session, limit), calls, limit };
}

/** A place in memory, for one item. */
function place(page?: number) {
  const remembered: (number | undefined)[] = [];
  return { page, remembered, remember: (found: number | undefined) => void remembered.push(found) };
}

const call = (page: number, pageSize: number): string => `release/tracks ${JSON.stringify({ ...release, page, pageSize })}`;

describe("a list that is read whole", () => {
  it("is asked for by its first page at full size, which serves every window", async () => {
    const { lists, calls } = listOf(30);
    const first = await lists.readWhole(releaseTracks, release, { offset: 0, count: 3 });
    expect(first.items.map(({ item }) => item.trackId)).toEqual(["1", "2", "3"]);
    expect(calls()).toEqual([call(1, 500)]);
  });

  it("is asked for once in an operation, though nothing is cached", async () => {
    const { lists, calls } = listOf(30, { forgets: true });
    await Promise.all([0, 10, 20].map(async (offset) => lists.readWhole(releaseTracks, release, { offset, count: 10 })));
    await lists.readWhole(releaseTracks, release, { offset: 5, count: 10 });
    expect(calls()).toEqual([call(1, 500)]);
  });

  it("is served by a page of the former size when the largest page has sunk", async () => {
    const { lists, calls, limit } = listOf(30);
    await lists.readWhole(releaseTracks, release, { offset: 0, count: 30 });
    limit.lowerTo(50);
    calls();
    const { items, hasNext, total } = await lists.readWhole(releaseTracks, release, { offset: 20, count: 20 });
    expect(items.map(({ item }) => item.trackId)).toEqual(Array.from({ length: 10 }, (_, index) => String(index + 21)));
    expect([hasNext, total]).toEqual([false, 30]);
    expect(calls()).toEqual([]);
  });

  it("keeps every place when a page of the former size holds more than one page now does", async () => {
    const { lists, limit } = listOf(120);
    await lists.readWhole(releaseTracks, release, { offset: 0, count: 10 });
    limit.lowerTo(50);
    const { items, positions } = await lists.readWhole(releaseTracks, release, { offset: 40, count: 30 });
    expect(items.map(({ item }) => item.trackId)).toEqual(positions.map(String));
    expect(positions).toEqual(Array.from({ length: 30 }, (_, index) => index + 41));
  });
});

describe("the first page", () => {
  it("is not known before it was asked for", () => {
    const { lists, calls } = listOf(30);
    expect(lists.peekFirst(releaseTracks, release)).toBeUndefined();
    expect(calls()).toEqual([]);
  });

  it("is known in whatever size it was asked for", async () => {
    const { lists, calls, limit } = listOf(30);
    await lists.readWhole(releaseTracks, release, { offset: 0, count: 3 });
    calls();
    for (const cap of [200, 50]) {
      limit.lowerTo(cap);
      expect(lists.peekFirst(releaseTracks, release)?.items).toHaveLength(30);
    }
    expect(calls()).toEqual([]);
  });
});

describe("looking for one item", () => {
  const numbered = (number: number) => (one: { item: { trackId: string } }) => one.item.trackId === String(number);

  it("reads no further than it stands", async () => {
    const { lists, calls } = listOf(1200);
    expect(await lists.find(releaseTracks, release, numbered(499))).toEqual({ item: { trackId: "499" } });
    expect(calls()).toEqual([call(1, 500)]);
    expect(await lists.find(releaseTracks, release, numbered(777))).toEqual({ item: { trackId: "777" } });
    expect(calls()).toEqual([call(2, 500)]);
  });

  it("gives undefined where no item matches", async () => {
    const { lists } = listOf(60, { cap: 50 });
    expect(await lists.find(releaseTracks, release, numbered(61))).toBeUndefined();
  });

  it("rejects where no item matches and one cannot be read", async () => {
    const { lists } = listOf(60, { unreadable: [12] });
    await expect(lists.find(releaseTracks, release, numbered(12))).rejects.toMatchObject({ code: "UPSTREAM_BAD_RESPONSE" });
    expect(await lists.find(releaseTracks, release, numbered(13))).toEqual({ item: { trackId: "13" } });
  });

  it("begins on the page where it was found before", async () => {
    const { lists, calls } = listOf(1200);
    const first = place();
    expect(await lists.find(releaseTracks, release, numbered(777), first)).toEqual({ item: { trackId: "777" } });
    expect([calls(), first.remembered]).toEqual([[call(1, 500), call(2, 500)], [2]]);
    const fresh = listOf(1200);
    expect(await fresh.lists.find(releaseTracks, release, numbered(777), place(2))).toEqual({ item: { trackId: "777" } });
    expect(fresh.calls()).toEqual([call(2, 500)]);
  });

  it("goes on from the start where it stands there no more, and remembers where it is now", async () => {
    const moved = place(3);
    const { lists, calls } = listOf(1200);
    expect(await lists.find(releaseTracks, release, numbered(4), moved)).toEqual({ item: { trackId: "4" } });
    expect([calls(), moved.remembered]).toEqual([[call(3, 500), call(1, 500)], [1]]);
    const gone = place(3);
    expect(await lists.find(releaseTracks, release, numbered(1201), gone)).toBeUndefined();
    expect(gone.remembered).toEqual([undefined]);
    const beyond = place(9);
    expect(await listOf(60).lists.find(releaseTracks, release, numbered(60), beyond)).toEqual({ item: { trackId: "60" } });
    expect(beyond.remembered).toEqual([1]);
  });
});

describe("a page past the end", () => {
  it("is an empty window, but an error of a first page is an error", async () => {
    const { lists } = listOf(10);
    expect(await lists.read(releaseTracks, release, { offset: 1000, count: 10 })).toMatchObject({ items: [], hasNext: false });
    const failing = cannedClient(() => {
      throw new UpstreamError("UPSTREAM_REJECTED_INPUT", "no", { method: "release/tracks", sevendigitalCode: "1003" });
    });
    const none = new Lists(failing.client, session, new PageSizeLimit(500));
    await expect(none.read(releaseTracks, release, { offset: 0, count: 10 })).rejects.toMatchObject({
      method: "release/tracks",
      sevendigitalCode: "1003",
    });
  });
});
