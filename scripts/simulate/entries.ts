/** What one entry of a cache weighs, and how long it is fresh, by method: the mean over what visits request. */
import { lifetimeOf } from "../../src/upstream/cache/policy.js";
import { CacheStore } from "../../src/upstream/cache/store.js";
import { figure, markdownTable } from "../bench/table.js";
import type { Samples } from "./samples.js";
import type { Visits } from "./visits.js";

const unbounded = 2 ** 40;

interface Weighed {
  readonly cacheControl: string;
  readonly store: CacheStore;
  readonly keys: Set<string>;
}

/** @param visits Of one day. */
export function entriesTable(visits: Visits, samples: Samples): string {
  const methods = new Map<string, Weighed>();
  for (const { page, subject, rank } of visits.of(1)) {
    for (const reading of page.reads) {
      const { cacheControl, value } = samples(reading, rank);
      const weighed = methods.get(reading.path) ?? { cacheControl, store: new CacheStore(unbounded), keys: new Set() };
      methods.set(reading.path, weighed);
      const lifetime = lifetimeOf((name) => (name === "cache-control" ? cacheControl : undefined), { askedAtMs: 0, answeredAtMs: 0 });
      const key = reading.keyOf(subject);
      weighed.keys.add(key);
      if (lifetime !== undefined) weighed.store.setValue(key, value, lifetime, 0);
    }
  }
  const rows = [...methods].map(([path, { cacheControl, store, keys }]) => [path, cacheControl, figure(store.bytes / keys.size)]);
  return markdownTable({ head: ["method", "Cache-Control", "bytes of an entry"], rows });
}
