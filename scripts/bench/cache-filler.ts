/** Fills the cache of our client with pages of releases, and says what each release takes. A process of its own: it needs --expose-gc. */
import { createClient } from "../../src/client/client.js";
import type { CachedReleases } from "./curves.js";

const pageSize = 50;
const atOnce = 8;
/** 7digital lists no more for one window of days. */
const mostOfWindow = 10_000;
const firstYear = 1995;
const lookups = 20_000;
/** Of a chart, which has 200 releases. */
const warmUpPages = 20;

const client = createClient({
  consumerKey: "sandbox",
  baseUrl: process.argv[2],
  cacheBytes: 16 * 2 ** 30,
  timeoutMs: 60_000,
});

/** Pages of the months from 1995 on, as many as there are. */
async function* pages(): AsyncGenerator<Params> {
  for (let month = 0; ; month += 1) {
    const [fromDate, toDate] = [dayOf(month, 1), dayOf(month + 1, 0)];
    if (new Date(fromDate) > new Date()) return;
    let total = Infinity;
    for (let page = 1; (page - 1) * pageSize < Math.min(total, mostOfWindow); page += 1) {
      const params = { fromDate, toDate, page, pageSize };
      if (page === 1) total = Number((await client.call("release/bydate", params)).value.totalItems);
      yield params;
    }
  }
}

function dayOf(month: number, day: number): string {
  return new Date(Date.UTC(firstYear, month, day)).toISOString().slice(0, 10);
}

interface Params {
  readonly fromDate: string;
  readonly toDate: string;
  readonly page: number;
  readonly pageSize: number;
}

async function fill(most: number): Promise<readonly CachedReleases[]> {
  const points: CachedReleases[] = [];
  const asked: Params[] = [];
  // What V8 compiles for the first calls is not the cache's.
  for (let page = 1; page <= warmUpPages; page += 1) await client.call("release/chart", { page, pageSize: 10 });
  const before = heap();
  let releases = 0;
  let next = 1000;
  let waiting: Promise<number>[] = [];
  const take = async () => {
    releases += (await Promise.all(waiting)).reduce((sum, count) => sum + count, 0);
    waiting = [];
  };
  for await (const params of pages()) {
    asked.push(params);
    waiting.push(client.call("release/bydate", params).then(({ value }) => value.items.length));
    if (waiting.length === atOnce) await take();
    if (releases < next) continue;
    points.push({ releases, bytesEach: (heap() - before) / releases, lookupMicros: await lookupMicros(asked) });
    next *= 10;
    if (next > most) return points;
  }
  await take();
  points.push({ releases, bytesEach: (heap() - before) / releases, lookupMicros: await lookupMicros(asked) });
  return points;
}

/** Of cached pages, one after the other. */
async function lookupMicros(asked: readonly Params[]): Promise<number> {
  const before = process.cpuUsage();
  for (let index = 0; index < lookups; index += 1) {
    const params = asked[(index * 7919) % asked.length];
    if (params !== undefined) await client.call("release/bydate", params);
  }
  const { user, system } = process.cpuUsage(before);
  return (user + system) / lookups;
}

function heap(): number {
  for (let round = 0; round < 3; round += 1) globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

process.on("message", ({ most }: { most: number }) => {
  fill(most).then(
    (points) => process.send?.({ points }),
    (error: unknown) => process.send?.({ failed: String(error) }),
  );
});
process.once("disconnect", () => process.exit());
process.on("SIGINT", () => undefined);
