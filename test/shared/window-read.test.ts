/** Reading windows from lists that a tiny upstream pages, caps and cuts short as 7digital has been seen to do. */
import { describe, expect, it } from "vitest";
import type { Page } from "../../src/shared/page.js";
import { planWhole, planWindow, type PageCall, type Window } from "../../src/shared/window-plan.js";
import { PageSizeLimit, readWindow, type WindowRead } from "../../src/shared/window-read.js";

interface Upstream {
  readonly length: number;
  /** Larger pages are cut to this. */
  readonly cap: number;
  /** What the answer says the list's length is. */
  readonly told?: number | null;
  /** Whether a last page names its own length as its pageSize. */
  readonly shrinks?: boolean;
}

function upstream({ length, cap, told = length, shrinks = false }: Upstream) {
  const calls: PageCall[] = [];
  const fetchPage = (call: PageCall): Page<number> => {
    calls.push(call);
    const size = Math.min(call.pageSize, cap);
    const start = (call.page - 1) * size;
    const items = Array.from({ length: Math.max(0, Math.min(size, length - start)) }, (_, index) => start + index);
    return { page: call.page, pageSize: shrinks ? items.length : size, totalItems: told, items };
  };
  return { calls, fetchPage };
}

function read(window: Window, source: Upstream, limit = new PageSizeLimit(500), plan = planWindow) {
  const { calls, fetchPage } = upstream(source);
  const result = readWindow<number, Page<number>>(window, { plan, limit, fetchPage }) as WindowRead<number, Page<number>>;
  return { ...result, calls };
}

function sliced({ offset, count }: Window, length: number): number[] {
  return Array.from({ length: Math.max(0, Math.min(count, length - offset)) }, (_, index) => offset + index);
}

describe.each([
  { limit: 500, shrinks: false, lengths: [0, 137, 1000] },
  { limit: 500, shrinks: true, lengths: [137] },
  { limit: 50, shrinks: false, lengths: [0, 137, 1000] },
  { limit: 50, shrinks: true, lengths: [137] },
])("with pages of at most $limit, where last pages shrink their pageSize: $shrinks", ({ limit, shrinks, lengths }) => {
  it.each(lengths)("gives what slicing a list of %i gives, in the planned number of calls at most", (length) => {
    const cap = new PageSizeLimit(limit);
    for (let offset = 0; offset <= 300; offset++) {
      for (let count = 1; count <= 100; count += 1) {
        const window = { offset, count };
        const { items, total, hasNext, calls } = read(window, { length, cap: limit, shrinks }, cap);
        const expected = sliced(window, length);
        const wrong = items.length !== expected.length || items.some((item, index) => item !== expected[index]);
        const planned = planWindow(window, limit).length;
        if (wrong || total !== length || hasNext !== offset + count < length || calls.length > planned) {
          expect({ window, items, total, hasNext, calls }).toEqual({ window, items: expected, total: length });
        }
      }
    }
    expect(cap.value).toBe(limit);
  });
});

describe("a page size limit that upstream does not announce", () => {
  it("is learned from the first page that was cut, and the window is still whole", () => {
    const limit = new PageSizeLimit(500);
    const { items, calls } = read({ offset: 0, count: 100 }, { length: 300, cap: 50 }, limit);
    expect(items).toEqual(sliced({ offset: 0, count: 100 }, 300));
    expect(calls).toHaveLength(2);
    expect(limit.value).toBe(50);
  });

  it("is found out even where the cut page lies before the window", () => {
    const { items } = read({ offset: 120, count: 60 }, { length: 300, cap: 50 });
    expect(items).toEqual(sliced({ offset: 120, count: 60 }, 300));
  });

  it("is not mistaken for the end of a short list", () => {
    const limit = new PageSizeLimit(500);
    read({ offset: 0, count: 100 }, { length: 8, cap: 500, shrinks: true }, limit);
    expect(limit.value).toBe(500);
  });
});

describe("the end of a list", () => {
  it("is an empty page, whatever the total says", () => {
    const { items, hasNext, calls } = read({ offset: 0, count: 100 }, { length: 30, cap: 50, told: 55_177 }, new PageSizeLimit(50));
    expect(items).toHaveLength(30);
    expect(hasNext).toBe(false);
    expect(calls).toHaveLength(2);
  });

  it("needs no further call where the total says it is reached", () => {
    expect(read({ offset: 0, count: 100 }, { length: 30, cap: 50 }, new PageSizeLimit(50)).calls).toHaveLength(1);
  });

  it("is open where no total is told and the window is full", () => {
    expect(read({ offset: 0, count: 10 }, { length: 30, cap: 50, told: null }).hasNext).toBe(true);
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
