/** Counts by name in periods of time, for limits on how often something may be done. */
import { LRUCache } from "lru-cache";
import type { MaybePromise } from "./maybe-promise.js";

/** The limits that are counted. */
export type WindowKind = "operations" | "purchases" | "vouchers" | "passwords" | "calls";

/** Counts of one limit. Where several processes share it, an answer may take a message between them; the count is theirs together. */
export interface Window {
  /** Counts one more where there is room for it. @param most In any period; 0 for no bound. */
  take(name: string, most: number): MaybePromise<boolean>;
  /** The same without waiting: of several processes, each may count some more before it learns that there is no room.
   *  @param most Undefined for no bound, 0 for none. */
  takeNow(name: string, most: number | undefined): boolean;
  /** Whether there is room for one more. @param most 0 for no bound. */
  has(name: string, most: number): MaybePromise<boolean>;
  /** Counts one more, whether or not there is room. */
  add(name: string): void;
  /** Until there is room for one more, at least 1. */
  secondsLeft(name: string, most: number): number;
}

/** Counts of one process. */
export interface Usage {
  readonly count: number;
  /** In the period before. */
  readonly before: number;
}

/** Changed in place: it is counted with every request. */
interface Count {
  period: number;
  count: number;
  before: number;
}

/** Counts are kept of those seen last. */
export const mostNames = 20_000;

/** A sliding window. */
export class SlidingWindow implements Window {
  private readonly counts = new LRUCache<string, Count>({ max: mostNames });

  /** @param now Epoch milliseconds. */
  constructor(
    private readonly periodMs: number,
    private readonly now: () => number,
  ) {}

  take(name: string, most: number): boolean {
    return most === 0 || this.takeNow(name, most);
  }

  takeNow(name: string, most: number | undefined): boolean {
    const nowMs = this.now();
    const current = this.current(name, nowMs);
    if (most !== undefined && this.room(current, most, nowMs) === 0) return false;
    current.count += 1;
    return true;
  }

  has(name: string, most: number): boolean {
    return most === 0 || this.left(name, most) > 0;
  }

  add(name: string, more: Usage = { count: 1, before: 0 }): void {
    const current = this.current(name, this.now());
    current.count += more.count;
    current.before += more.before;
  }

  secondsLeft(name: string, most: number): number {
    return Math.max(1, Math.ceil(Math.round(this.msLeft(name, most)) / 1000));
  }

  /** Until there is room for one more; 0 or less where there is. */
  msLeft(name: string, most: number): number {
    const nowMs = this.now();
    return msUntilRoom(this.current(name, nowMs), most, { periodMs: this.periodMs, nowMs });
  }

  /** How many more there may be of so many in any period. */
  left(name: string, most: number): number {
    const nowMs = this.now();
    return this.room(this.current(name, nowMs), most, nowMs);
  }

  usage(name: string): Usage {
    const { count, before } = this.current(name, this.now());
    return { count, before };
  }

  forget(name: string): void {
    this.counts.delete(name);
  }

  private room(usage: Usage, most: number, nowMs: number): number {
    return roomIn(usage, most, { periodMs: this.periodMs, nowMs });
  }

  private current(name: string, nowMs: number): Count {
    const period = Math.floor(nowMs / this.periodMs);
    const known = this.counts.get(name);
    if (known?.period === period) return known;
    const begun = { period, count: 0, before: known?.period === period - 1 ? known.count : 0 };
    this.counts.set(name, begun);
    return begun;
  }
}

interface Moment {
  readonly periodMs: number;
  readonly nowMs: number;
}

/** How many more there may be. The period before is taken to be used evenly. */
export function roomIn({ count, before }: Usage, most: number, { periodMs, nowMs }: Moment): number {
  const used = count + before * (1 - (nowMs % periodMs) / periodMs);
  return Math.max(0, Math.floor(most - used));
}

/** Until there is room for one more; 0 or less where there is. */
export function msUntilRoom({ count, before }: Usage, most: number, { periodMs, nowMs }: Moment): number {
  const gone = nowMs % periodMs;
  const untilRoom = (old: number, since: number): number => periodMs * Math.max(0, 1 - (most - 1 - since) / old);
  return count < most ? untilRoom(before, count) - gone : periodMs - gone + untilRoom(count, 0);
}
