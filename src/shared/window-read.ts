/** Reads a window of a list by the calls of its plan, one after the other, because one page may show that the next is not needed. */
import { UpstreamError } from "../upstream/errors.js";
import { ifReadable, Unreadable } from "../upstream/xml/unreadable.js";
import { andThen, type MaybePromise } from "./maybe-promise.js";
import type { Page } from "./page.js";
import { bound } from "./scope.js";
import type { PageCall, planWindow, Window } from "./window-plan.js";

/** The readable items of a window, in order, and where they stand. */
export interface WindowOf<T> {
  /** Zero-based position at which the window begins. */
  readonly offset: number;
  /** Zero-based position up to which items were sent, readable or not. */
  readonly end: number;
  readonly items: readonly T[];
  /** Of each item in the whole list, from 1. */
  readonly positions: readonly number[];
  /** Length of the whole list by 7digital; null where it gives none. */
  readonly total: number | Unreadable | null;
  readonly hasNext: boolean;
}

/** The smallest size that 7digital has been seen to cut pages to. A page that names a smaller size is a short last page. */
const smallestCap = 50;

/** The largest page that 7digital gives. It begins as configured and sinks to what an answer shows: 500 by the document, 50 later. */
export class PageSizeLimit {
  private former: readonly number[] = [];

  /** @param lowered Called when it was lowered. */
  constructor(
    private current: number,
    private readonly lowered: () => void = () => undefined,
  ) {}

  get value(): number {
    return this.current;
  }

  /** Values that it had before, the last one first: the cache may hold pages of these sizes. */
  get formerValues(): readonly number[] {
    return this.former;
  }

  lowerTo(cap: number): void {
    if (cap < smallestCap || cap >= this.current) return;
    this.former = [this.current, ...this.former];
    this.current = cap;
    this.lowered();
  }
}

/** Catalogue and locker may cut their pages differently. */
export interface PageSizeLimits {
  readonly catalogue: PageSizeLimit;
  readonly locker: PageSizeLimit;
}

/** The largest pages that are known to be given. */
export interface PageSizes {
  readonly catalogue: number;
  readonly locker: number;
}

export const pageSizeLimits = bound<PageSizeLimits>("page size limits");

/** How a list is read: by which method and plan, up to which page size, and by which call. */
export interface PageSource<P> {
  /** For errors. */
  readonly method: string;
  readonly plan: typeof planWindow;
  readonly limit: PageSizeLimit;
  /** Undefined where the page lies past the end. */
  readonly fetchPage: (call: PageCall) => MaybePromise<P | undefined>;
}

/** A window with its first page, for what that says besides its items (the dates of a chart). */
export type WindowRead<T, P> = WindowOf<T> & { readonly first: P | undefined };

export function readWindow<T, P extends Page<T>>(window: Window, source: PageSource<P>): MaybePromise<WindowRead<T, P>> {
  const reader = new WindowReader<T, P>(window, source);
  return andThen(reader.proceed(), () => reader.result());
}

class WindowReader<T, P extends Page<T>> {
  private readonly items: T[] = [];
  private readonly positions: number[] = [];
  private readonly end: number;
  /** Position up to which the window is read. */
  private next: number;
  /** Position up to which items were sent. */
  private sentUpTo: number;
  private total: number | null = null;
  private statedTotal: number | Unreadable | null = null;
  /** Whether an empty page came: there is no more, whatever the total says. */
  private exhausted = false;
  private first: P | undefined;
  private limit: number;
  /** Pages up to this size are surely given as asked for. */
  private sure = 0;

  constructor(
    private readonly window: Window,
    private readonly source: PageSource<P>,
  ) {
    this.next = window.offset;
    this.sentUpTo = window.offset;
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
    const { items, positions, sentUpTo, total, statedTotal, first, window } = this;
    const hasNext = !this.exhausted && (total === null ? sentUpTo === this.end : this.next < total);
    return { offset: window.offset, end: sentUpTo, items, positions, total: statedTotal, hasNext, first };
  }

  private take(call: PageCall, page: P): void {
    this.first ??= page;
    this.statedTotal = page.totalItems ?? this.statedTotal;
    this.total = ifReadable(this.statedTotal) ?? null;
    this.exhausted = page.items.length === 0;
    if (this.exhausted) return;
    this.checkNumber(call, page);
    const size = this.honouredSize(call, page);
    if (size === undefined) return;
    const start = (call.page - 1) * size;
    const { items } = page;
    const last = Math.min(this.end - start, items.length);
    for (let i = this.next - start; i < last; i += 1) this.place(items[i] as T | Unreadable, start + i + 1);
    // A first page that was cut may end before the window begins. The lower limit then gives a plan that reaches it.
    this.next = Math.max(this.next, Math.min(this.end, start + size));
  }

  private place(item: T | Unreadable, position: number): void {
    this.sentUpTo = position;
    if (item instanceof Unreadable) return;
    this.items.push(item);
    this.positions.push(position);
  }

  /** Items of another page would get the positions, and so the cursors, of other items. */
  private checkNumber(call: PageCall, { page }: P): void {
    if (typeof page === "number" && page !== call.page) throw this.wrongPage();
  }

  /** The page size that the answer was made with; undefined where it cannot be known, and then the places of its items are not known either.
   *  Two things look alike: a page that was cut, and a last page that gives its own number of items as its pageSize. */
  private honouredSize(call: PageCall, page: P): number | undefined {
    const named = page.pageSize ?? page.itemsPerPage;
    if (typeof named !== "number" || named === 0 || named === call.pageSize) return call.pageSize;
    const { totalItems, items } = page;
    const allDue = items.length === itemsDue(call, totalItems);
    const maybeCut = !allDue && named < call.pageSize && items.length === named;
    if (maybeCut && typeof totalItems === "number") this.source.limit.lowerTo(named);
    if (call.page === 1) return this.firstPageSize(call, maybeCut ? named : undefined);
    if (named > call.pageSize) throw this.wrongPage();
    if ((allDue && named < smallestCap) || call.pageSize <= this.sure) return call.pageSize;
    // Asked again in pages that are small enough to be sure of.
    this.sure = this.limit = Math.min(smallestCap, named);
    return undefined;
  }

  /** A first page begins the list in any case. One that was cut below all caps serves as far as it reaches into the window. */
  private firstPageSize(call: PageCall, cutTo: number | undefined): number {
    if (cutTo === undefined || (cutTo < smallestCap && this.next < cutTo)) return call.pageSize;
    this.limit = cutTo;
    return cutTo;
  }

  private wrongPage(): UpstreamError {
    const { method } = this.source;
    return new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with another page than the one asked for.`, { method });
  }
}

/** How many items the page has if its size was honoured; undefined where the length of the list is not known. */
function itemsDue({ page, pageSize }: PageCall, total: Page<unknown>["totalItems"]): number | undefined {
  return typeof total === "number" ? Math.min(pageSize, total - (page - 1) * pageSize) : undefined;
}
