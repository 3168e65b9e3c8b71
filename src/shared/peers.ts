/** What the processes of one service have in common: counts, turns, and what is known of the quota. A process that is alone has its own. */
import type { QuotaPeers } from "../upstream/limits/quota.js";
import { OwnCounts, type ClientCounts, type CountKind } from "./client-counts.js";
import { KeyedMutex } from "./keyed-mutex.js";
import type { PageSizes } from "./window-read.js";
import { SlidingWindow, type Window, type WindowKind } from "./window.js";

/** Runs tasks of one name one after the other. */
export interface Turns {
  run<T>(name: string, task: () => Promise<T>): Promise<T>;
}

/** The other processes that read the same lists. */
export interface PageSizePeers {
  /** This process found that pages are smaller. @param read Gives the sizes, when the others are to hear of them. */
  changed(read: () => PageSizes): void;
  /** @param take Takes what another has found. */
  watch(take: (sizes: PageSizes) => void): void;
}

export interface Peers {
  /** @param now Epoch milliseconds. */
  window(kind: WindowKind, periodMs: number, now: () => number): Window;
  /** @param most Of one client. */
  counts(kind: CountKind, most: number): ClientCounts;
  readonly turns: Turns;
  /** Undefined where there are no others. */
  readonly quota?: QuotaPeers | undefined;
  /** Undefined where there are no others. */
  readonly pageSizes?: PageSizePeers | undefined;
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
