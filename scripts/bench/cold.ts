/** What an answer costs without the cache: the very first of a fresh process, and those of a process whose code is warm but whose cache is
 *  off. One request at a time, so that requests in flight share nothing. */
import type { ChildProcess } from "node:child_process";
import type { UpstreamCalls } from "./journal.js";
import { perform } from "./load.js";
import type { BenchOptions } from "./options.js";
import { cpuMs } from "./process-figures.js";
import { ask } from "./queries.js";
import type { Service } from "./children.js";

export interface FirstAnswer {
  readonly ms: number;
  readonly calls: number;
}

export async function firstAnswer({ url }: Service, query: string, calls: UpstreamCalls): Promise<FirstAnswer> {
  await calls.restart();
  const { ms } = await ask(url, query);
  return { ms, calls: await calls.count() };
}

export interface Cold {
  readonly queries: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
  readonly cpuMicrosPerQuery: number | undefined;
  readonly callsPerQuery: number;
}

interface Rig {
  readonly generator: ChildProcess;
  readonly calls: UpstreamCalls;
  readonly options: BenchOptions;
}

/** Fewer would be less than /proc can tell apart. */
const fewestQueries = 5;

/** The rounds of each server, which take turns as in the warm rounds. */
export async function measureCold(servers: readonly Service[], query: string, rig: Rig): Promise<Cold[][]> {
  const requests = new Map<Service, number>();
  for (const server of servers) requests.set(server, await warmUp(server, query, rig));
  const rounds = new Map<Service, Cold[]>(servers.map((server) => [server, []]));
  for (let number = 1; number <= rig.options.rounds; number += 1) {
    for (const server of number % 2 === 1 ? servers : servers.toReversed()) {
      rounds.get(server)?.push(await measureRound(server, query, requests.get(server) ?? fewestQueries, rig));
    }
  }
  return [...rounds.values()];
}

/** Gives how many requests fill the seconds of a round. A number instead of a time: none is left half answered, which would falsify the
 *  calls of each. */
async function warmUp({ url }: Service, query: string, { generator, options }: Rig): Promise<number> {
  await ask(url, query);
  const { requests, elapsedMs } = await perform(generator, { url, query, connections: 1, seconds: options.warmup });
  return Math.max(fewestQueries, Math.round((requests / elapsedMs) * 1000 * options.seconds));
}

async function measureRound({ url, pid }: Service, query: string, requests: number, { generator, calls }: Rig): Promise<Cold> {
  await calls.restart();
  const before = cpuMs(pid);
  const { p50Ms, p99Ms, requests: queries } = await perform(generator, { url, query, connections: 1, requests });
  const after = cpuMs(pid);
  return {
    queries,
    p50Ms,
    p99Ms,
    cpuMicrosPerQuery: before === undefined || after === undefined ? undefined : ((after - before) * 1000) / queries,
    callsPerQuery: (await calls.count()) / queries,
  };
}
