/** What the processes of one service have in common: counts, turns, and what is known of the quota. A process that is alone has its own. */
import type { QuotaPeers } from "../upstream/limits/quota.js";
import { OwnCounts, type ClientCounts, type CountKind } from "./client-counts.js";
import { KeyedMutex } from "./keyed-mutex.js";
import { SlidingWindow, type Window, type WindowKind } from "./window.js";

/** Runs tasks of one name one after the other. */
export interface Turns {
  run<T>(name: string, task: () => Promise<T>): Promise<T>;
}

export interface Peers {
  /** @param now Epoch milliseconds. */
  window(kind: WindowKind, periodMs: number, now: () => number): Window;
  /** @param most Of one client. */
  counts(kind: CountKind, most: number): ClientCounts;
  readonly turns: Turns;
  /** Undefined where there are no others. */
  readonly quota?: QuotaPeers;
  /** The metrics of all processes as text; undefined where there are no others. */
  readonly metrics?: () => Promise<string>;
}

export function alone(): Peers {
  return {
    window: (_kind, periodMs, now) => new SlidingWindow(periodMs, now),
    counts: () => new OwnCounts(),
    turns: new KeyedMutex(),
  };
}
