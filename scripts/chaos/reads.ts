/** Reads the catalogue while everything fails: things that a façade has in its memory, and things that Redis or another façade has. Every one of
 *  these reads has to give what the sandbox's catalogue has. */
import { setTimeout as wait } from "node:timers/promises";
import { request, type Dispatcher } from "undici";
import { createCatalogue } from "../../src/sandbox/catalogue/catalogue.js";
import { Chance } from "./chance.js";
import type { Facades } from "./facades.js";

/** Where an answer is that has been read before: in the façade that is asked, or only in Redis or other façades. */
type Warmth = "own" | "others";

interface Counts {
  readonly read: Record<Warmth | "cold", number>;
  /** Asked of a façade that was killed meanwhile, so another one was asked. */
  killed: number;
  failed: number;
  slowestMs: number;
}

const store = { country: "GB", shopId: null };
const firstId = 10_000;
const lastId = 1_000_000;
const document = `query ($ids: [ID!]!) @inContext(country: "GB") {
  nodes(ids: $ids) { ... on Release { id title artist { name } tracks(first: 3) { nodes { title } } price { current { amount } } } }
}`;
const pauseMs = 25;
const silenceMs = 20_000;
/** Releases of which one is read again now and then. */
const remembered = 300;

const catalogue = createCatalogue();

/** What an answer has to say of a release. Undefined where it is not sold. */
function truthOf(id: number): object | undefined {
  const release = catalogue.release(id);
  if (release === undefined || !catalogue.isAvailable(release, store)) return undefined;
  const artist = catalogue.artist(release.artistId);
  const { items } = catalogue.tracksOf(id, { offset: 0, limit: 3 });
  if (artist === undefined || items.some((track) => !catalogue.isAvailable(track, store))) return undefined;
  const amount = catalogue.priceOf(release, store).value;
  return {
    id: `release:${String(id)}`,
    title: release.title,
    artist: { name: artist.name },
    tracks: { nodes: items.map(({ title }) => ({ title })) },
    price: { current: amount === null ? null : { amount } },
  };
}

export class Readers {
  readonly counts: Counts = { read: { own: 0, others: 0, cold: 0 }, killed: 0, failed: 0, slowestMs: 0 };
  /** What was wrong, of each that failed. */
  readonly details: string[] = [];
  private readonly ended = new AbortController();
  private work: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly facades: Pick<Facades, "count" | "life" | "url">,
    private readonly connections: Dispatcher,
    private readonly seed: number,
  ) {}

  /** @param count Reads at once. */
  begin(count: number): void {
    const all = Array.from({ length: count }, (_, nth) => this.readAll(new Chance(this.seed, -10 - nth)));
    this.work = Promise.all(all).catch((error: unknown) => this.fail(`reads ended early: ${String(error)}`));
  }

  async end(): Promise<void> {
    this.ended.abort();
    await this.work;
  }

  private async readAll(chance: Chance): Promise<void> {
    const known: number[] = [];
    /** Lives of façades that have read an item, by item. */
    const readBy = new Map<number, Set<number>>();
    while (!this.ended.signal.aborted) {
      const id = chance.happens(0.3) || known.length === 0 ? newId(chance) : chance.pick(known as [number, ...number[]]);
      const lives = readBy.get(id) ?? new Set();
      const life = await this.read(id, chance.between(0, this.facades.count - 1), lives);
      if (life !== undefined) lives.add(life);
      if (!readBy.has(id)) known.push(id);
      readBy.set(id, lives);
      if (known.length > remembered) readBy.delete(known.shift() ?? 0);
      await wait(pauseMs, undefined, { signal: this.ended.signal }).catch(() => undefined);
    }
  }

  /** Asks one façade after the other until one is not killed meanwhile. @returns The life that has answered. */
  private async read(id: number, first: number, lives: ReadonlySet<number>): Promise<number | undefined> {
    for (let facade = first; !this.ended.signal.aborted; facade = (facade + 1) % this.facades.count) {
      const life = this.facades.life(facade);
      const url = this.facades.url(facade);
      if (life === undefined || url === undefined) {
        await wait(1);
        continue;
      }
      const beganMs = performance.now();
      const wrong = await this.wrongOf(id, url);
      const tookMs = performance.now() - beganMs;
      if (wrong?.isLost === true && this.facades.life(facade) !== life) {
        this.counts.killed += 1;
        continue;
      }
      this.count(lives.has(life) ? "own" : lives.size > 0 ? "others" : "cold", tookMs);
      if (wrong !== undefined)
        this.fail(`release ${String(id)} at façade ${String(facade)} after ${tookMs.toFixed(0)} ms: ${wrong.detail}`);
      return life;
    }
    return undefined;
  }

  private count(warmth: keyof Counts["read"], tookMs: number): void {
    this.counts.read[warmth] += 1;
    this.counts.slowestMs = Math.max(this.counts.slowestMs, tookMs);
  }

  private fail(detail: string): void {
    this.counts.failed += 1;
    this.details.push(detail);
  }

  /** What is wrong with an answer; `isLost` where there was none, for the connection broke. */
  private async wrongOf(id: number, url: string): Promise<{ readonly detail: string; readonly isLost: boolean } | undefined> {
    let status: number;
    let text: string;
    try {
      const { statusCode, body } = await request(url, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: document, variables: { ids: [`release:${String(id)}`] } }),
        dispatcher: this.connections,
        signal: AbortSignal.timeout(silenceMs),
      });
      status = statusCode;
      text = await body.text();
    } catch (error) {
      return { detail: String(error), isLost: true };
    }
    const expected = JSON.stringify({ nodes: [truthOf(id)] });
    const isRight = status === 200 && dataOf(text) === expected;
    return isRight ? undefined : { detail: `HTTP ${String(status)} ${text}, not ${expected}`, isLost: false };
  }
}

/** As JSON; undefined where the answer has errors or is no JSON, as that of something in between. */
function dataOf(text: string): string | undefined {
  try {
    const { data, errors } = JSON.parse(text) as { readonly data?: unknown; readonly errors?: unknown };
    return errors === undefined ? JSON.stringify(data) : undefined;
  } catch {
    return undefined;
  }
}

/** A release that almost certainly was not read before. */
function newId(chance: Chance): number {
  let id = 0;
  while (truthOf(id) === undefined) id = chance.between(firstId, lastId);
  return id;
}
