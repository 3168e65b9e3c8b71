/** Copies of the service, as far as their caches go: each with the store and the rules of `src/upstream/cache`, and optionally a second cache that
 *  they share. A call takes no time, so identical calls at once count as one. */
import { lifetimeOf } from "../../src/upstream/cache/policy.js";
import { CacheStore, useOf } from "../../src/upstream/cache/store.js";
import type { Sample } from "./samples.js";
import type { SharedKey } from "../../src/upstream/request/request.js";

export interface FleetOptions {
  readonly copies: number;
  /** Of each copy. */
  readonly cacheBytes: number;
  /** Of the cache that all share; 0 where there is none. */
  readonly sharedBytes: number;
}

export interface Counts {
  /** What pages asked for. */
  readonly reads: number;
  /** Answered without waiting for 7digital. */
  readonly hits: number;
  readonly calls: number;
}

export class Fleet {
  private readonly stores: readonly CacheStore[];
  private readonly shared: CacheStore | undefined;
  private reads = 0;
  private waits = 0;
  private calls = 0;

  constructor({ copies, cacheBytes, sharedBytes }: FleetOptions) {
    this.stores = Array.from({ length: copies }, () => new CacheStore(cacheBytes));
    this.shared = sharedBytes > 0 ? new CacheStore(sharedBytes) : undefined;
  }

  get counts(): Counts {
    return { reads: this.reads, hits: this.reads - this.waits, calls: this.calls };
  }

  /** Of the fullest copy. */
  get bytes(): number {
    return Math.max(...this.stores.map((store) => store.bytes));
  }

  /** @param lot In [0, 1): which copy it is. */
  read(lot: number, key: SharedKey, sample: Sample, nowMs: number): void {
    this.reads += 1;
    const store = this.stores[Math.floor(lot * this.stores.length)];
    if (store === undefined) return;
    const entry = store.find(key, nowMs);
    const use = entry === undefined ? "lastResort" : useOf(entry, nowMs);
    if (use === "serve") return;
    const callsBefore = this.calls;
    const madeAtMs = this.ask(key, sample, nowMs);
    if (use !== "renew" && this.calls > callsBefore) this.waits += 1;
    keep(store, key, sample, { madeAtMs, nowMs });
  }

  /** @returns When 7digital made the answer. */
  private ask(key: SharedKey, sample: Sample, nowMs: number): number {
    const known = this.shared?.find(key, nowMs);
    if (known !== undefined && useOf(known, nowMs) === "serve") return known.madeAtMs;
    this.calls += 1;
    if (this.shared !== undefined) keep(this.shared, key, sample, { madeAtMs: nowMs, nowMs });
    return nowMs;
  }
}

/** As the service does with an answer that arrives, whose `Age` says how long the shared cache has had it. */
function keep(
  store: CacheStore,
  key: SharedKey,
  { cacheControl, value }: Sample,
  { madeAtMs, nowMs }: { madeAtMs: number; nowMs: number },
): void {
  const headers: Readonly<Record<string, string>> = { "cache-control": cacheControl, age: String(Math.floor((nowMs - madeAtMs) / 1000)) };
  const lifetime = lifetimeOf((name) => headers[name], { askedAtMs: nowMs, answeredAtMs: nowMs });
  if (lifetime === undefined) store.delete(key);
  else store.setValue(key, value, lifetime, nowMs);
}
