/** What an answer costs that is not remembered: the very first of a fresh process, and those of one whose code is warm but which is told
 *  to remember nothing. One request at a time, so that nothing is shared between requests under way. */
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

export async function measureCold({ url, pid }: Service, query: string, { generator, calls, options }: Rig): Promise<Cold> {
  await ask(url, query);
  const load = { url, query, connections: 1 };
  const warmup = await perform(generator, { ...load, seconds: options.warmup });
  // A number instead of a time: none is left half answered, which would falsify the calls of each.
  const perSecond = warmup.requests / (warmup.elapsedMs / 1000);
  const requests = Math.max(fewestQueries, Math.round(perSecond * options.seconds));
  await calls.restart();
  const before = cpuMs(pid);
  const { p50Ms, p99Ms, requests: queries } = await perform(generator, { ...load, requests });
  const after = cpuMs(pid);
  return {
    queries,
    p50Ms,
    p99Ms,
    cpuMicrosPerQuery: before === undefined || after === undefined ? undefined : ((after - before) * 1000) / queries,
    callsPerQuery: (await calls.count()) / queries,
  };
}
