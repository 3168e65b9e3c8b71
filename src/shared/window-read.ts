/** Reads a window of a list by the calls of its plan, one after the other, for what one page tells may save the next call. */
import { andThen, type MaybePromise } from "./maybe-promise.js";
import type { Page } from "./page.js";
import type { PageCall, planWindow, Window } from "./window-plan.js";

/** The items of a window, in order, and where they stand. */
export interface WindowOf<T> {
  /** Zero-based position of the first item in the whole list. */
  readonly offset: number;
  readonly items: readonly T[];
  /** Length of the whole list as 7digital tells it; null where it does not. */
  readonly total: number | null;
  readonly hasNext: boolean;
}

/** The smallest page that 7digital has been seen to cut larger ones to. A page that names a smaller size is a short last page. */
const smallestCap = 50;

/** The largest page 7digital gives. It begins as configured and sinks to what an answer shows: 500 by the document, 50 later. */
export class PageSizeLimit {
  constructor(private current: number) {}

  get value(): number {
    return this.current;
  }

  lowerTo(cap: number): void {
    if (cap >= smallestCap && cap < this.current) this.current = cap;
  }
}

/** How a list is read: by which plan, up to which page size, and by which call. */
export interface PageSource<P> {
  readonly plan: typeof planWindow;
  readonly limit: PageSizeLimit;
  /** Undefined where the page lies past the end. */
  readonly fetchPage: (call: PageCall) => MaybePromise<P | undefined>;
}

/** A window together with the answer that came first, for what that tells beside its items (a chart's dates). */
export type WindowRead<T, P> = WindowOf<T> & { readonly first: P | undefined };

export function readWindow<T, P extends Page<T>>(window: Window, source: PageSource<P>): MaybePromise<WindowRead<T, P>> {
  const reading = new Reading<T, P>(window, source);
  return andThen(reading.proceed(), () => reading.result());
}

class Reading<T, P extends Page<T>> {
  private readonly items: T[] = [];
  private readonly end: number;
  /** Position up to which the window is read. */
  private next: number;
  private total: number | null = null;
  /** Whether a page came that holds nothing: whatever the total says, there is no more. */
  private exhausted = false;
  private first: P | undefined;
  private limit: number;

  constructor(
    private readonly window: Window,
    private readonly source: PageSource<P>,
  ) {
    this.next = window.offset;
    this.end = window.offset + window.count;
    this.limit = source.limit.value;
  }

  proceed(): MaybePromise<void> {
    if (this.exhausted || (this.total !== null && this.next >= this.total)) return undefined;
    const [call] = this.source.plan({ offset: this.next, count: this.end - this.next }, this.limit);
    if (call === undefined) return undefined;
    return andThen(this.source.fetchPage(call), (page) => {
      if (page === undefined) this.exhausted = true;
      else this.take(call, page);
      return this.proceed();
    });
  }

  result(): WindowRead<T, P> {
    const { items, total, first } = this;
    const hasNext = !this.exhausted && (total === null ? items.length === this.window.count : this.next < total);
    return { offset: this.window.offset, items, total, hasNext, first };
  }

  private take(call: PageCall, page: P): void {
    this.first ??= page;
    this.total = page.totalItems ?? this.total;
    this.exhausted = page.items.length === 0;
    const size = this.honouredSize(call, page);
    if (size === undefined) return;
    const start = (call.page - 1) * size;
    this.items.push(...page.items.slice(this.next - start, this.end - start));
    // A first page that was cut may end before the window begins; the lower limit then gives a plan that reaches it.
    this.next = Math.max(this.next, Math.min(this.end, start + size));
  }

  /** The page size the answer was made with; undefined where that can not be told, and so neither can where its items stand. Two
   *  things look alike: a page that was cut to the cap, and a last page that names its own number of items as its pageSize. */
  private honouredSize(call: PageCall, { pageSize, itemsPerPage, totalItems, items }: P): number | undefined {
    const named = pageSize ?? itemsPerPage;
    if (typeof named !== "number" || named >= call.pageSize || call.pageSize <= smallestCap) return call.pageSize;
    const due = itemsDue(call, totalItems);
    const maybeCut = named >= smallestCap && items.length === named;
    if (maybeCut && due !== undefined && items.length !== due) this.source.limit.lowerTo(named);
    if (call.page === 1) {
      if (!maybeCut || items.length === due) return call.pageSize;
      this.limit = named;
      return named;
    }
    if (named < smallestCap && due !== undefined && items.length <= due) return call.pageSize;
    // Asked again in pages that are small enough to be sure of.
    this.limit = smallestCap;
    return undefined;
  }
}

/** How many items the page holds if its size was honoured; undefined where the list's length is not told. */
function itemsDue({ page, pageSize }: PageCall, total: number | null | undefined): number | undefined {
  return typeof total === "number" ? Math.min(pageSize, total - (page - 1) * pageSize) : undefined;
}
