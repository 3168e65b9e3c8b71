/** Plans the pages that cover a window of a list with the fewest calls and, among those, the fewest items. 7digital takes only `page` and
 *  `pageSize`, so a call begins at a multiple of its own size. Pure arithmetic. */

/** A part of a list: zero-based start, and how many items. */
export interface Window {
  readonly offset: number;
  readonly count: number;
}

/** One call: items (page − 1) × pageSize up to page × pageSize. */
export interface PageCall {
  /** From 1. */
  readonly page: number;
  readonly pageSize: number;
}

/** The calls that cover the window, in order. `limit` is the largest page that 7digital gives. */
export function planWindow(window: Window, limit: number): readonly PageCall[] {
  if (window.count <= 0) return [];
  const one = coveringPage(window, limit);
  return one === undefined ? cheapestCover(window, limit) : [one];
}

/** For short lists that are mostly wanted whole, such as the tracks of a release: one first page at full size serves every window in it. */
export function planWhole(window: Window, limit: number): readonly PageCall[] {
  const inFirstPage = window.count > 0 && window.offset + window.count <= limit;
  return inFirstPage ? [firstPage(limit)] : planWindow(window, limit);
}

/** The first page at full size: the one that `planWhole` asks for first. */
export function firstPage(limit: number): PageCall {
  return { page: 1, pageSize: limit };
}

/** The smallest single page that holds the whole window, if there is one. */
function coveringPage({ offset, count }: Window, limit: number): PageCall | undefined {
  for (let pageSize = count; pageSize <= limit; pageSize++) {
    const page = Math.floor(offset / pageSize) + 1;
    if (page * pageSize >= offset + count) return { page, pageSize };
  }
  return undefined;
}

interface Cover {
  readonly calls: number;
  readonly items: number;
  readonly first: PageCall;
}

/** Finds the best cover from every position to the end, backwards. Pages of different sizes may follow each other. */
function cheapestCover({ offset, count }: Window, limit: number): readonly PageCall[] {
  const end = offset + count;
  const best: (Cover | undefined)[] = new Array<Cover | undefined>(count);
  for (let from = end - 1; from >= offset; from--) {
    for (let pageSize = 1; pageSize <= limit; pageSize++) {
      const page = Math.floor(from / pageSize) + 1;
      const rest = page * pageSize >= end ? undefined : best[page * pageSize - offset];
      const calls = 1 + (rest?.calls ?? 0);
      const items = pageSize + (rest?.items ?? 0);
      const known = best[from - offset];
      if (known === undefined || calls < known.calls || (calls === known.calls && items < known.items)) {
        best[from - offset] = { calls, items, first: { page, pageSize } };
      }
    }
  }
  const plan: PageCall[] = [];
  for (let from = offset; from < end;) {
    const { first } = best[from - offset] as Cover;
    plan.push(first);
    from = first.page * first.pageSize;
  }
  return plan;
}
