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

/** The largest page 7digital gives. It begins as configured and sinks to what an answer shows: 500 by the document, 50 later. */
export class PageSizeLimit {
  constructor(private current: number) {}

  get value(): number {
    return this.current;
  }

  lowerTo(value: number): void {
    if (value > 0 && value < this.current) this.current = value;
  }
}

/** How a list is read: by which plan, from where, and up to which page size. */
export interface PageSource<P> {
  readonly plan: typeof planWindow;
  readonly limit: PageSizeLimit;
  readonly fetchPage: (call: PageCall) => MaybePromise<P>;
}

/** A window together with the answer that came first, for what that tells beside its items (a chart's dates). */
export type WindowRead<T, P> = WindowOf<T> & { readonly first: P | undefined };

export function readWindow<T, P extends Page<T>>(window: Window, source: PageSource<P>): MaybePromise<WindowRead<T, P>> {
  const reading = new Reading<T, P>(window);
  return andThen(proceed(reading, source), () => reading.result());
}

function proceed<T, P extends Page<T>>(reading: Reading<T, P>, source: PageSource<P>): MaybePromise<void> {
  const [call] = source.plan(reading.missing(), source.limit.value);
  if (call === undefined) return undefined;
  return andThen(source.fetchPage(call), (page) => {
    reading.take(call, page, source.limit);
    return proceed(reading, source);
  });
}

class Reading<T, P extends Page<T>> {
  private readonly items: T[] = [];
  private readonly end: number;
  private next: number;
  private total: number | null = null;
  private ended = false;
  private first: P | undefined;

  constructor(private readonly window: Window) {
    this.next = window.offset;
    this.end = window.offset + window.count;
  }

  /** What is still to be asked for. */
  missing(): Window {
    return { offset: this.next, count: this.ended ? 0 : this.end - this.next };
  }

  take(call: PageCall, page: P, limit: PageSizeLimit): void {
    this.first ??= page;
    this.total = page.totalItems ?? this.total;
    const given = givenSize(call, page);
    if (given < call.pageSize) limit.lowerTo(given);
    const start = (call.page - 1) * given;
    const covered = start + given;
    // A capped page may lie before the window; the new limit then gives a plan that reaches it.
    if (covered <= this.next && page.items.length > 0) return;
    this.items.push(...page.items.slice(this.next - start, this.end - start));
    this.next = Math.min(this.end, covered);
    if (page.items.length === 0 || (this.total !== null && covered >= this.total)) this.ended = true;
  }

  result(): WindowRead<T, P> {
    const { items, total, first } = this;
    const reached = this.window.offset + items.length;
    const full = items.length === this.window.count;
    return { offset: this.window.offset, items, total, hasNext: full && (total === null || reached < total), first };
  }
}

/** The page size the answer was really cut to. A last page may name its own number of items as its pageSize, so the name alone
 *  proves nothing: the page was capped only when it holds less than the list's length says it should. */
function givenSize(call: PageCall, page: Page<unknown>): number {
  const { pageSize, totalItems, items } = page;
  if (typeof pageSize !== "number" || typeof totalItems !== "number") return call.pageSize;
  const due = Math.min(call.pageSize, totalItems - (call.page - 1) * call.pageSize);
  const capped = pageSize > 0 && pageSize < call.pageSize && items.length === pageSize && items.length < due;
  return capped ? pageSize : call.pageSize;
}
