/** The cache of one client, shared by all operations of the process. Everything outside this folder uses this file alone.
 *
 *  - Read path: `find` and `useOf`, before any call exists; `findFailure` for items that failed within the last seconds.
 *  - Write path: `around`, which calls go through: coalesce.ts → write.ts (store, or fall back on a stale value) → remember-failures.ts.
 *  - Policy: policy.ts says how long. Stores: store.ts for values, recent-failures.ts for failures. */
import { coalesce } from "./coalesce.js";
import { RecentFailures, type RecentFailure } from "./recent-failures.js";
import { rememberFailures } from "./remember-failures.js";
import { CacheStore, type Entry } from "./store.js";
import { write, type Served } from "./write.js";
import { stack, type Answer, type Send } from "../pipeline.js";
import type { SharedKey } from "../request/request.js";

export { useOf, type Entry } from "./store.js";
export type { RecentFailure } from "./recent-failures.js";
export type { Served } from "./write.js";

export class Cache {
  private readonly store: CacheStore;
  private readonly failures = new RecentFailures();

  /** @param maxBytes 0 stores no values. @param now Epoch milliseconds, as all times here. */
  constructor(
    maxBytes: number,
    private readonly now: () => number,
  ) {
    this.store = new CacheStore(maxBytes);
  }

  /** A value or a negative answer, fresh or not: `useOf` tells what it is good for. */
  find(key: SharedKey, nowMs: number): Entry | undefined {
    return this.store.find(key, nowMs);
  }

  /** @param key Of the call: see request/call-key.ts. */
  findFailure(key: string, nowMs: number): RecentFailure | undefined {
    return this.failures.find(key, nowMs);
  }

  /** Makes calls that are joined, stored, and answered with a stale value when they fail. */
  around(send: Send<Answer>): Send<Served> {
    const { store, failures, now } = this;
    return stack([coalesce()], write(store, now)(rememberFailures(failures, now)(send)));
  }

  /** What the stored values take on the heap. */
  get bytes(): number {
    return this.store.bytes;
  }
}
