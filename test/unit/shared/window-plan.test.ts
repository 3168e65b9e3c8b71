/** The window planner against brute force: every window of offset 0–300 × first 1–100, for both page limits 7digital has had. */
import { describe, expect, it } from "vitest";
import { planWhole, planWindow, type Window } from "../../../src/shared/window-plan.js";

interface Cost {
  readonly calls: number;
  readonly items: number;
}

/** Tries every chain of pages from the left, one call at a time, until one reaches the end. Pages may have different sizes. */
function cheapest({ offset, count }: Window, limit: number): Cost {
  const end = offset + count;
  let reached = new Map<number, number>([[offset, 0]]);
  for (let calls = 1; ; calls++) {
    const next = extend(reached, end, limit);
    const finished = next.get(end);
    if (finished !== undefined) return { calls, items: finished };
    reached = next;
  }
}

/** How far one more page gets from each place, and for how many items in all; everything from the end on counts as the end. */
function extend(reached: ReadonlyMap<number, number>, end: number, limit: number): Map<number, number> {
  const next = new Map<number, number>();
  for (const [from, items] of reached) {
    for (let size = 1; size <= limit; size++) {
      const to = Math.min(end, (Math.floor(from / size) + 1) * size);
      if (items + size < (next.get(to) ?? Infinity)) next.set(to, items + size);
    }
  }
  return next;
}

function everyWindow(): Window[] {
  const windows: Window[] = [];
  for (let offset = 0; offset <= 300; offset++) for (let count = 1; count <= 100; count++) windows.push({ offset, count });
  return windows;
}

describe.each([500, 50])("with pages of at most %i", (limit) => {
  it("covers every window by the fewest calls and, among those, the fewest items", () => {
    const wrong = everyWindow().flatMap((window) => {
      const plan = planWindow(window, limit);
      const covered = new Set(plan.flatMap(({ page, pageSize }) => positions(page, pageSize)));
      const missing = positionsOf(window).filter((position) => !covered.has(position));
      const cost = { calls: plan.length, items: plan.reduce((sum, { pageSize }) => sum + pageSize, 0) };
      const best = cheapest(window, limit);
      const possible = plan.every(({ page, pageSize }) => page >= 1 && pageSize >= 1 && pageSize <= limit);
      const right = missing.length === 0 && possible && cost.calls === best.calls && cost.items === best.items;
      return right ? [] : [{ window, plan, missing, best }];
    });
    expect(wrong).toEqual([]);
  });
});

function positions(page: number, pageSize: number): number[] {
  return Array.from({ length: pageSize }, (_, index) => (page - 1) * pageSize + index);
}

function positionsOf({ offset, count }: Window): number[] {
  return Array.from({ length: count }, (_, index) => offset + index);
}

describe("planWindow", () => {
  it("asks for one larger page rather than two small ones", () => {
    expect(planWindow({ offset: 20, count: 40 }, 500)).toEqual([{ page: 1, pageSize: 60 }]);
  });

  it("takes an aligned page where there is one", () => {
    expect(planWindow({ offset: 40, count: 20 }, 500)).toEqual([{ page: 3, pageSize: 20 }]);
  });

  it("finds a page far down a list", () => {
    expect(planWindow({ offset: 1_000_000, count: 10 }, 500)).toEqual([{ page: 100_001, pageSize: 10 }]);
  });

  it("needs no call for an empty window", () => {
    expect(planWindow({ offset: 5, count: 0 }, 500)).toEqual([]);
  });
});

describe("planWhole", () => {
  it("asks for the whole first page, whichever part of it is wanted", () => {
    expect(planWhole({ offset: 0, count: 5 }, 500)).toEqual([{ page: 1, pageSize: 500 }]);
    expect(planWhole({ offset: 30, count: 20 }, 50)).toEqual([{ page: 1, pageSize: 50 }]);
  });

  it("plans as for any list behind the first page", () => {
    expect(planWhole({ offset: 50, count: 20 }, 50)).toEqual(planWindow({ offset: 50, count: 20 }, 50));
  });
});
