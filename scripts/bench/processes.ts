/** Two processes of our server against one, in turns. The servers have two cores and the load a third. Where there are only two, requests per second
 *  say nothing, and CPU per request tells what two cores could answer. */
import { join } from "node:path";
import type { Reading } from "./bars.js";
import type { Children, Service } from "./children.js";
import { perform } from "./load.js";
import { onCore, type Cores } from "./machine.js";
import { allowedCores, childrenOf, cpuMs } from "./process-figures.js";
import { listed, q1Shot, type Material } from "./reference.js";
import type { Rig } from "./rounds.js";
import { settings, type Servers } from "./servers.js";
import { figure, median } from "./table.js";

export interface ProcessRound {
  readonly requestsPerSecond: number;
  /** CPU of each process for a request of any of them; the primary process first, where there is one. */
  readonly cpuMicros: readonly number[];
  /** Share of one core that each took. */
  readonly busy: readonly number[];
  readonly generatorBusy: number;
}

export interface ProcessesFigures {
  /** Whether the load had a core of its own. */
  readonly apart: boolean;
  readonly one: readonly ProcessRound[];
  readonly two: readonly ProcessRound[];
}

interface Places {
  readonly root: string;
  readonly cores: Cores | undefined;
  readonly servers: Servers;
  readonly material: Material;
  readonly rig: Rig;
}

/** Undefined where processes cannot be kept on cores. */
export async function measureProcesses(children: Children, places: Places): Promise<ProcessesFigures | undefined> {
  const { root, cores, servers, material, rig } = places;
  if (cores === undefined) return undefined;
  const allowed = allowedCores();
  const env = { ...settings, SEVENDIGITAL_BASE_URL: servers.sandbox.url };
  const command = [...onCore(allowed.slice(-2).join(",")), process.execPath, "--max-semi-space-size=4", join(root, "dist/main.js")];
  const start = (count: number): Promise<Service> =>
    children.service({ name: `Our server, processes: ${count}`, command, env: { ...env, PROCESSES: String(count) } });
  const [one, two] = [await start(1), await start(2)];
  const [artist = { id: "", name: "" }] = material.artists;
  // The same for all, since each process has to make a call of its own for what it has not cached.
  const deck = listed(q1Shot(artist));
  const load = async ({ port }: Service, seconds: number, seed: number) =>
    perform(rig.generator, "Processes", { port, deck, seed, connections: rig.options.connections, seconds });
  const round = async (service: Service, seed: number): Promise<ProcessRound> => {
    const pids = [service.pid, ...childrenOf(service.pid)];
    const before = pids.map(cpuMs);
    const { requests, elapsedMs, generatorBusy } = await load(service, rig.options.seconds, seed);
    const cpu = pids.map((pid, nth) => (cpuMs(pid) ?? NaN) - (before[nth] ?? NaN));
    return {
      requestsPerSecond: requests / (elapsedMs / 1000),
      cpuMicros: cpu.map((ms) => (ms * 1000) / requests),
      busy: cpu.map((ms) => ms / elapsedMs),
      generatorBusy,
    };
  };
  rig.progress("one process and two");
  for (const service of [one, two]) await load(service, 2 * rig.options.warmup, 0);
  const rounds: { one: ProcessRound[]; two: ProcessRound[] } = { one: [], two: [] };
  for (let number = 1; number <= rig.options.rounds; number += 1) {
    rounds.one.push(await round(one, number));
    rounds.two.push(await round(two, number));
  }
  return { apart: allowed.length > 2, ...rounds };
}

/** Below it, a core was not used up. */
const busyAtLeast = 0.9;

/** Requests per second of two processes on two cores ÷ of one. */
export function twoByOne(figures: ProcessesFigures | undefined): Reading {
  if (figures === undefined) return { value: undefined, refused: "not measured" };
  const { apart, one, two } = figures;
  const byCpu = two.map(({ cpuMicros }, nth) => sum(one[nth]?.cpuMicros ?? []) / microsOnTwoCores(cpuMicros));
  const common = { byCpu: median(byCpu), best: Math.max(...byCpu) };
  const busy = [one, two].map((rounds) => median(rounds.map((round) => sum(round.busy))) ?? 0);
  const refused = refusal(apart, busy, median([...one, ...two].map(({ generatorBusy }) => generatorBusy)) ?? 0);
  if (refused !== undefined) return { ...common, value: undefined, refused };
  const [ofOne = NaN, ofTwo = NaN] = [one, two].map((rounds) => median(rounds.map(({ requestsPerSecond }) => requestsPerSecond)));
  return { ...common, value: ofTwo / ofOne };
}

/** Time between two requests where both cores are full, or the busiest process has one to itself. */
function microsOnTwoCores(cpuMicros: readonly number[]): number {
  return Math.max(sum(cpuMicros) / 2, ...cpuMicros);
}

function refusal(apart: boolean, [one = 0, two = 0]: readonly number[], generator: number): string | undefined {
  const percent = (share: number) => figure(share * 100);
  const shares = `one was ${percent(one)} % busy, two ${percent(two)} %, the generator ${percent(generator)} %`;
  if (!apart) return `the load has no core of its own: ${shares}`;
  return one < busyAtLeast || two < 2 * busyAtLeast || generator > busyAtLeast ? shares : undefined;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
