/** Reading windows from lists that a tiny upstream pages, caps and cuts short as 7digital has been seen to do. */
import { isDeepStrictEqual } from "node:util";
import { describe, expect, it } from "vitest";
import type { Page } from "../../../src/shared/page.js";
import { planWhole, planWindow, type PageCall, type Window } from "../../../src/shared/window-plan.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";
import { PageSizeLimit, readWindow, type WindowRead } from "../../../src/shared/window-read.js";

interface Upstream {
  readonly length: number;
  /** Larger pages are cut to this. */
  readonly cap: number;
  /** What the answer says the list's length is. */
  readonly totalItems?: number | null;
  /** Whether a last page names its own length as its pageSize. */
  readonly shrinks?: boolean;
}

function upstream({ length, cap, totalItems = length, shrinks = false }: Upstream) {
  const calls: PageCall[] = [];
  const fetchPage = (call: PageCall): Page<number> => {
    calls.push(call);
    const size = Math.min(call.pageSize, cap);
    const start = (call.page - 1) * size;
    const items = Array.from({ length: Math.max(0, Math.min(size, length - start)) }, (_, index) => start + index);
    return { pageSize: shrinks ? items.length : size, totalItems, items };
  };
  return { calls, fetchPage };
}

function read(window: Window, source: Upstream, limit = new PageSizeLimit(500), plan = planWindow) {
  const { calls, fetchPage } = upstream(source);
  const result = readWindow<number, Page<number>>(window, { method: "artist/releases", plan, limit, fetchPage }) as WindowRead<
    number,
    Page<number>
  >;
  return { ...result, calls };
}

function sliced({ offset, count }: Window, length: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(count, length - offset)) }, (_, index) => offset + index);
}

/** Every third offset and every fourth length of those that the planner is tried with. */
function someWindows(): Window[] {
  const windows: Window[] = [];
  for (let offset = 0; offset <= 300; offset += 3) for (let count = 1; count <= 100; count += 4) windows.push({ offset, count });
  return windows;
}

describe.each([
  { limit: 500, shrinks: false, lengths: [0, 137, 1000] },
  { limit: 500, shrinks: true, lengths: [137] },
  { limit: 50, shrinks: false, lengths: [0, 137, 1000] },
  { limit: 50, shrinks: true, lengths: [137] },
])("with pages of at most $limit, where last pages shrink their pageSize: $shrinks", ({ limit, shrinks, lengths }) => {
  it.each(lengths)("gives what slicing a list of %i gives, in the planned number of calls", (length) => {
    const cap = new PageSizeLimit(limit);
    for (let offset = 0; offset <= 300; offset++) {
      for (let count = 1; count <= 100; count += 1) {
        const window = { offset, count };
        const { items, total, hasNext, calls } = read(window, { length, cap: limit, shrinks }, cap);
        const expected = sliced(window, length);
        const wrong = items.length !== expected.length || items.some((item, index) => item !== expected[index]);
        // A shrunk last page can look like one that was cut: then it is asked for again, in smaller pieces.
        const planned = shrinks ? 4 : planWindow(window, limit).length;
        if (wrong || total !== length || hasNext !== offset + count < length || calls.length > planned) {
          expect({ window, items, total, hasNext, calls }).toEqual({ window, items: expected, total: length });
        }
      }
    }
    expect(cap.value).toBe(limit);
  });
});

describe("a page size limit that upstream does not announce", () => {
  it.each([
    { length: 200, cap: 50 },
    { length: 137, cap: 50 },
    { length: 1000, cap: 50 },
    { length: 300, cap: 100 },
  ])("never puts items in wrong places: every window of a list of $length, cut to $cap", ({ length, cap }) => {
    const windows = someWindows().flatMap((window) => [false, true].map((shrinks) => ({ window, shrinks })));
    const wrong = windows.flatMap(({ window, shrinks }) => {
      const { items, hasNext } = read(window, { length, cap, shrinks });
      const right = isDeepStrictEqual(items, sliced(window, length)) && hasNext === window.offset + window.count < length;
      return right ? [] : [{ window, shrinks, items, hasNext }];
    });
    expect(wrong).toEqual([]);
  });

  it("is learned from the first page that was surely cut, and the window is still whole", () => {
    const limit = new PageSizeLimit(500);
    const { items, calls } = read({ offset: 0, count: 100 }, { length: 300, cap: 50 }, limit);
    expect(items).toEqual(sliced({ offset: 0, count: 100 }, 300));
    expect(calls).toHaveLength(2);
    expect(limit.value).toBe(50);
  });

  it("is not mistaken for a short last page, nor for one odd answer", () => {
    const limit = new PageSizeLimit(500);
    read({ offset: 0, count: 100 }, { length: 8, cap: 500, shrinks: true }, limit);
    read({ offset: 0, count: 100 }, { length: 3, cap: 500, totalItems: 55_177, shrinks: true }, limit);
    read({ offset: 0, count: 100 }, { length: 60, cap: 500, shrinks: true }, limit);
    expect(limit.value).toBe(500);
  });
});

describe("a list whose length is not told", () => {
  it("does not lower the limit, for nothing proves that its first page was cut", () => {
    const limit = new PageSizeLimit(500);
    read({ offset: 0, count: 100 }, { length: 60, cap: 500, totalItems: null, shrinks: true }, limit);
    expect(limit.value).toBe(500);
  });

  it("is read on where its first page may have been cut", () => {
    const { items } = read({ offset: 0, count: 100 }, { length: 300, cap: 50, totalItems: null });
    expect(items).toEqual(sliced({ offset: 0, count: 100 }, 300));
  });
});

describe("a page that names its size as the document does", () => {
  it("is known for cut by itemsPerPage, too", () => {
    const { fetchPage } = upstream({ length: 300, cap: 50 });
    const asDocumented = (call: PageCall): Page<number> => {
      const { pageSize, totalItems, items } = fetchPage(call);
      return { pageSize: undefined, itemsPerPage: pageSize, totalItems, items };
    };
    const source = { method: "artist/releases", plan: planWindow, limit: new PageSizeLimit(500), fetchPage: asDocumented };
    const { items } = readWindow<number, Page<number>>({ offset: 40, count: 60 }, source) as WindowRead<number, Page<number>>;
    expect(items).toEqual(sliced({ offset: 40, count: 60 }, 300));
  });
});

describe("a page with fewer items than it should have", () => {
  it("does not end the list", () => {
    const page = { pageSize: 10, totalItems: 24, items: [0, 1, 2, 3, 4, 5, 6, 7] };
    const source = { method: "artist/releases", plan: planWindow, limit: new PageSizeLimit(500), fetchPage: () => page };
    expect(readWindow<number, Page<number>>({ offset: 0, count: 10 }, source)).toMatchObject({ hasNext: true, total: 24 });
  });
});

describe("a page past the end that is an error upstream", () => {
  it("is the end", () => {
    const { fetchPage } = upstream({ length: 50, cap: 500, totalItems: null });
    const source = {
      method: "artist/releases",
      plan: planWindow,
      limit: new PageSizeLimit(50),
      fetchPage: (call: PageCall) => (call.page > 2 ? undefined : fetchPage(call)),
    };
    expect(readWindow<number, Page<number>>({ offset: 0, count: 120 }, source)).toMatchObject({ hasNext: false, items: { length: 50 } });
  });
});

describe("the end of a list", () => {
  it("is an empty page, whatever the total says", () => {
    const { items, hasNext, calls } = read({ offset: 0, count: 100 }, { length: 30, cap: 50, totalItems: 55_177 }, new PageSizeLimit(50));
    expect(items).toHaveLength(30);
    expect(hasNext).toBe(false);
    expect(calls).toHaveLength(2);
  });

  it("needs no further call where the total says it is reached", () => {
    expect(read({ offset: 0, count: 100 }, { length: 30, cap: 50 }, new PageSizeLimit(50)).calls).toHaveLength(1);
  });

  it("is open where no total is told and the window is full", () => {
    expect(read({ offset: 0, count: 10 }, { length: 30, cap: 50, totalItems: null }).hasNext).toBe(true);
  });
});

describe("a list that is read whole", () => {
  it("asks for the same first page for every window of it", () => {
    const windows = [
      { offset: 0, count: 5 },
      { offset: 3, count: 20 },
    ];
    const calls = windows.map((window) => read(window, { length: 12, cap: 500 }, new PageSizeLimit(500), planWhole).calls);
    expect(calls).toEqual([[{ page: 1, pageSize: 500 }], [{ page: 1, pageSize: 500 }]]);
  });
});

describe("an upstream that gives pages of its own size, whatever is asked", () => {
  it.each([
    { length: 1000, cap: 10, totalItems: 1000 },
    { length: 1000, cap: 7, totalItems: 1000 },
    { length: 47, cap: 10, totalItems: 55_177 },
    { length: 55, cap: 20, totalItems: null },
    { length: 55, cap: 20, totalItems: 550 },
  ])("never gives items wrong positions: $cap of $length, total $totalItems", ({ length, cap, totalItems }) => {
    for (const { offset, count } of someWindows()) {
      const { items, positions } = read({ offset, count }, { length, cap, totalItems });
      expect(positions, `${String(offset)}+${String(count)}`).toEqual(items.map((item) => item + 1));
    }
  });

  it("is read on in pages of that size", () => {
    const { items, hasNext } = read({ offset: 20, count: 20 }, { length: 55, cap: 10 });
    expect(items).toEqual(sliced({ offset: 20, count: 20 }, 55));
    expect(hasNext).toBe(true);
  });
});

describe("a last page that names its own number of items", () => {
  it.each([47, 55_177, null])(
    "is in its place, after as many calls as it takes to be sure of it, where the list's length is told as %s",
    (totalItems) => {
      const { items, positions, calls } = read({ offset: 40, count: 20 }, { length: 47, cap: 50, totalItems, shrinks: true });
      expect(items).toEqual(sliced({ offset: 40, count: 20 }, 47));
      expect(positions).toEqual(items.map((item) => item + 1));
      expect(calls.length).toBeLessThanOrEqual(6);
    },
  );
});

describe("the page that an answer says it is", () => {
  const answered = (page: Partial<Page<number>>, window: Window = { offset: 12, count: 3 }) =>
    readWindow<number, Page<number>>(window, {
      method: "artist/releases",
      plan: planWindow,
      limit: new PageSizeLimit(500),
      fetchPage: () => ({ pageSize: 3, totalItems: 25, items: [1, 2, 3], ...page }),
    }) as WindowRead<number, Page<number>>;

  it.each([
    ["another page", { page: 1 }],
    ["a page behind the one that was asked for", { page: 6 }],
    ["a larger page, which begins elsewhere", { page: 5, pageSize: 10 }],
  ])("keeps the items of %s from standing at wrong positions", (_what, page) => {
    expect(() => answered(page)).toThrow(expect.objectContaining({ code: "UPSTREAM_BAD_RESPONSE", method: "artist/releases" }) as Error);
  });

  it("is the one that was asked for where it does not say, or cannot be read", () => {
    const unreadable = new Unreadable("artist/releases", "page");
    for (const page of [
      { page: 5 },
      {},
      { page: unreadable, pageSize: new Unreadable("artist/releases", "pageSize") },
      { page: null, pageSize: null },
    ]) {
      expect(answered(page)).toMatchObject({ items: [1, 2, 3], positions: [13, 14, 15], total: 25, hasNext: true });
    }
  });

  it("does not matter where it holds nothing", () => {
    expect(answered({ page: 1, pageSize: 0, totalItems: 0, items: [] })).toMatchObject({ items: [], hasNext: false, total: 0 });
  });
});

describe("a length that cannot be read", () => {
  it("is passed on as such, and the list is read as if it were not told", () => {
    const total = new Unreadable("tag", "totalItems");
    const read = readWindow<number, Page<number>>(
      { offset: 0, count: 3 },
      {
        method: "tag",
        plan: planWindow,
        limit: new PageSizeLimit(50),
        fetchPage: () => ({ pageSize: 3, totalItems: total, items: [1, 2, 3] }),
      },
    );
    expect(read).toMatchObject({ total, hasNext: true });
  });
});

describe("items that cannot be read", () => {
  const bad = new Unreadable("artist/releases", "release");
  /** A list of which every third item cannot be read, in pages as they are asked for. */
  const holed = (window: Window, length: number, cap = 50) => {
    const fetchPage = ({ page, pageSize }: PageCall): Page<number> => {
      const size = Math.min(pageSize, cap);
      const start = (page - 1) * size;
      const items = Array.from({ length: Math.max(0, Math.min(size, length - start)) }, (_, index) =>
        (start + index) % 3 === 1 ? bad : start + index,
      );
      return { page, pageSize: size, totalItems: length, items };
    };
    const source = { method: "artist/releases", plan: planWindow, limit: new PageSizeLimit(500), fetchPage };
    return readWindow<number, Page<number>>(window, source) as WindowRead<number, Page<number>>;
  };

  it("leave the others where they are, in every window", () => {
    for (const window of someWindows()) {
      for (const cap of [50, 500]) {
        const { items, positions, end, hasNext, total } = holed(window, 137, cap);
        const sent = sliced(window, 137);
        expect(items).toEqual(sent.filter((item) => item % 3 !== 1));
        expect(positions).toEqual(items.map((item) => item + 1));
        expect([end, hasNext, total]).toEqual([window.offset + sent.length, window.offset + window.count < 137, 137]);
      }
    }
  });

  it("do not end a list when there are no others on a page", () => {
    const source = {
      method: "tag",
      plan: planWindow,
      limit: new PageSizeLimit(2),
      fetchPage: ({ page }: PageCall): Page<number> => ({ pageSize: 2, totalItems: null, items: page === 1 ? [bad, bad] : [page] }),
    };
    expect(readWindow<number, Page<number>>({ offset: 0, count: 4 }, source)).toMatchObject({ items: [2], positions: [3], end: 3 });
    expect(readWindow<number, Page<number>>({ offset: 0, count: 2 }, source)).toMatchObject({ items: [], end: 2, hasNext: true });
  });
});
