/** What a response costs that nothing is cached for, with and without time on the way to 7digital. Q1 asks for an artist that was never requested, 32 at
 *  once. Q2 asks a server without a cache, one request at a time, so that requests in flight share nothing; in turns with it, the same calls are
 *  made by hand. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import type { ByHandFigures, ByHandOrder } from "./by-hand.js";
import type { Service } from "./children.js";
import type { DeckSpec, ListedShot } from "./deck.js";
import { perform } from "./load.js";
import type { BenchOptions } from "./options.js";
import { cpuMs } from "./process-figures.js";
import { ask, q1, q2 } from "./queries.js";
import { q1Shot, q2Deck, type Reference, type Material } from "./reference.js";
import type { Rig } from "./rounds.js";
import type { Build, Servers } from "./servers.js";

export interface FirstAnswer {
  readonly name: string;
  readonly ms: number;
  readonly calls: number;
}

/** The very first of a fresh process. */
export async function firstAnswers({ warm: { url } }: Build, { artists: [artist] }: Material, { upstream }: Rig) {
  const first = async (name: string, query: string, variables?: object): Promise<FirstAnswer> => {
    await upstream.restart();
    const { ms } = await ask(url, query, variables);
    return { name, ms, calls: await upstream.count() };
  };
  return [await first("Q1", q1, { id: artist?.id }), await first("Q2", q2)];
}

export interface ColdRound {
  readonly queries: number;
  readonly p50Ms: number;
  readonly cpuMicrosPerQuery: number | undefined;
  readonly callsPerQuery: number;
}

export interface Cold {
  readonly id: "q1" | "q2" | "by-hand";
  readonly name: string;
  readonly who: "ours" | "other" | "by hand";
  /** Of the sandbox, for each call. */
  readonly delayMs: number;
  readonly rounds: readonly ColdRound[];
}

/** Of the sandbox before each of its answers; quick runs have the last only. */
const delays = [0, 20];
/** More than it answers in a second. */
const q1PerSecond = 1500;
/** Above all that the warm rounds ask for. */
const firstFreshId = 60_000;

type Turn = Pick<Cold, "id" | "name" | "who"> & { readonly measure: (seconds: number) => Promise<ColdRound> };

export async function measureCold(servers: Servers, material: Material, reference: Reference, rig: Rig): Promise<readonly Cold[]> {
  const { upstream, options, progress } = rig;
  const measured: Cold[] = [];
  const fresh = await FreshArtists.read(reference, rig, servers.other === undefined ? 1 : 2);
  const turns = [...(await turnsOf("ours", servers.ours, material, fresh, rig)), await handTurn(servers, rig)];
  if (servers.other !== undefined) turns.push(...(await turnsOf("other", servers.other, material, fresh, rig)));
  for (const delayMs of delaysOf(options)) {
    progress(`cold, ${delayMs} ms upstream`);
    await upstream.delay(delayMs);
    const rounds = turns.map((): ColdRound[] => []);
    for (const turn of turns) await turn.measure(options.coldWarmup);
    for (let number = 1; number <= options.rounds; number += 1) {
      for (const [index, turn] of turns.entries()) rounds[index]?.push(await turn.measure(options.seconds));
    }
    for (const [index, { id, name, who }] of turns.entries()) measured.push({ id, name, who, delayMs, rounds: rounds[index] ?? [] });
  }
  await upstream.delay(0);
  return measured;
}

function delaysOf({ quick }: BenchOptions): readonly number[] {
  return quick ? delays.slice(-1) : delays;
}

/** Artists to ask for once. */
class FreshArtists {
  private constructor(private readonly left: ListedShot[]) {}

  static async read(reference: Reference, { options }: Rig, builds: number): Promise<FreshArtists> {
    const seconds = delaysOf(options).length * (options.rounds * options.seconds + options.coldWarmup);
    const artists = await reference.artists(firstFreshId, Math.ceil(seconds * q1PerSecond) * builds);
    return new FreshArtists(artists.map((one) => q1Shot(one)));
  }

  take(seconds: number): DeckSpec {
    return { kind: "once", shots: this.left.splice(0, Math.ceil(seconds * q1PerSecond)) };
  }
}

async function turnsOf(who: "ours" | "other", build: Build, material: Material, fresh: FreshArtists, rig: Rig): Promise<Turn[]> {
  const { connections } = rig.options;
  await ask(build.uncached.url, q2);
  return [
    {
      id: "q1",
      name: `Q1, ${connections} at once`,
      who,
      measure: (seconds) => measure(build.fresh, { deck: fresh.take(seconds), connections, seconds }, rig),
    },
    {
      id: "q2",
      name: "Q2, one at a time",
      who,
      measure: (seconds) => measure(build.uncached, { deck: q2Deck(material), connections: 1, seconds }, rig),
    },
  ];
}

interface ColdLoad {
  readonly deck: DeckSpec;
  readonly connections: number;
  readonly seconds: number;
}

async function measure({ port, pid }: Service, load: ColdLoad, { generator, upstream }: Rig): Promise<ColdRound> {
  await upstream.restart();
  const before = cpuMs(pid);
  const { p50Ms, requests: queries } = await perform(generator, "cold", { port, seed: 0, ...load });
  const after = cpuMs(pid);
  return {
    queries,
    p50Ms,
    cpuMicrosPerQuery: before === undefined || after === undefined ? undefined : ((after - before) * 1000) / queries,
    callsPerQuery: (await upstream.count()) / queries,
  };
}

async function handTurn({ ours, byHand }: Servers, { upstream }: Rig): Promise<Turn> {
  await upstream.restart();
  await ask(ours.uncached.url, q2);
  const calls = await upstream.entries();
  return { id: "by-hand", name: "the calls of Q2", who: "by hand", measure: (seconds) => orderByHand(byHand, { calls, seconds }) };
}

async function orderByHand(byHand: ChildProcess, order: ByHandOrder): Promise<ColdRound> {
  const report = once(byHand, "message") as Promise<[{ figures: ByHandFigures } | { failed: string }]>;
  byHand.send(order);
  const [message] = await report;
  if ("failed" in message) throw new Error(`The calls by hand failed: ${message.failed}`);
  const { queries, times, cpuMicrosPerQuery } = message.figures;
  const sorted = times.toSorted((a, b) => a - b);
  return { queries, p50Ms: sorted[Math.floor(sorted.length / 2)] ?? NaN, cpuMicrosPerQuery, callsPerQuery: order.calls.length };
}
