/** The interleaved rounds. Every server is loaded in every round, every second round in reverse order, so that what else the machine does
 *  meets all of them alike. */
import type { ChildProcess } from "node:child_process";
import type { Upstream } from "./journal.js";
import { perform, type LoadFigures } from "./load.js";
import type { BenchOptions } from "./options.js";
import { cpuMs } from "./process-figures.js";
import type { Subject, SubjectId } from "./subjects.js";
import { median } from "./table.js";

export interface Round extends LoadFigures {
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number | undefined;
  /** Share of one core that the server took. */
  readonly serverBusy: number | undefined;
  readonly upstreamCalls: number | undefined;
}

type Medians = Record<
  "requestsPerSecond" | "p50Ms" | "p99Ms" | "cpuMicrosPerRequest" | "serverBusy" | "generatorBusy" | "answerBytes",
  number | undefined
>;

export interface Measured {
  readonly id: SubjectId;
  readonly name: string;
  readonly build: Subject["build"];
  readonly connections: number;
  /** Of all rounds together; undefined where nothing can be asked upstream. */
  readonly upstreamCalls: number | undefined;
  readonly median: Medians;
  readonly rounds: readonly Round[];
}

export interface Rig {
  readonly generator: ChildProcess;
  readonly upstream: Upstream;
  readonly options: BenchOptions;
  readonly progress: (what: string) => void;
}

/** @throws Error where a response is not the expected one */
export async function measureRounds(subjects: readonly Subject[], rig: Rig): Promise<Measured[]> {
  const { options, progress } = rig;
  for (const subject of subjects) await warmUp(subject, rig);
  const rounds = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
  for (let number = 1; number <= options.rounds; number += 1) {
    progress(`round ${number} of ${options.rounds}`);
    for (const subject of number % 2 === 1 ? subjects : subjects.toReversed()) {
      rounds.get(subject)?.push(await measureRound(subject, rig, number));
    }
  }
  return [...rounds].map(([subject, ofSubject]) => summary(subject, options, ofSubject));
}

async function warmUp({ name, service: { port }, deck, prime, connections }: Subject, rig: Rig): Promise<void> {
  const { generator, options, progress } = rig;
  progress(`warm-up: ${name}`);
  const load = { port, seed: 0, connections: connections ?? options.connections };
  if (prime !== undefined) await perform(generator, name, { ...load, deck: prime, seconds: 60 });
  await perform(generator, name, { ...load, deck, seconds: options.warmup });
}

/** @param seed Each round has other random requests. */
export async function measureRound(
  { name, service: { port, pid }, deck, connections, build }: Subject,
  { generator, upstream, options }: Rig,
  seed: number,
): Promise<Round> {
  if (build !== undefined) await upstream.restart();
  const before = cpuMs(pid);
  const load = { port, deck, seed, connections: connections ?? options.connections, seconds: options.seconds };
  const figures = await perform(generator, name, load);
  const after = cpuMs(pid);
  const cpu = before === undefined || after === undefined ? undefined : after - before;
  return {
    ...figures,
    requestsPerSecond: figures.requests / (figures.elapsedMs / 1000),
    cpuMicrosPerRequest: cpu === undefined ? undefined : (cpu * 1000) / figures.requests,
    serverBusy: cpu === undefined ? undefined : cpu / figures.elapsedMs,
    upstreamCalls: build === undefined ? undefined : await upstream.count(),
  };
}

/** Below this share of a core a server could have answered more, or other programs used the core. */
const serverBusyAtLeast = 0.9;
/** Above this one the generator may have been the limit. */
const generatorBusyAtMost = 0.9;

/** Whether requests per second say what the server can do. */
export function tellsLimit({ serverBusy, generatorBusy }: Pick<Medians, "serverBusy" | "generatorBusy">): boolean {
  return serverBusy !== undefined && serverBusy >= serverBusyAtLeast && (generatorBusy ?? 0) <= generatorBusyAtMost;
}

/** Medians of the rounds that tell the server's limit, if at least half of them do. */
export function summary(subject: Subject, options: BenchOptions, rounds: readonly Round[]): Measured {
  const { id, name, build, connections = options.connections } = subject;
  const telling = rounds.filter(tellsLimit);
  const used = telling.length * 2 >= rounds.length ? telling : rounds;
  const medianOf = (which: keyof Medians) => median(used.map((round) => round[which]));
  return {
    id,
    name,
    build,
    connections,
    upstreamCalls: build === undefined ? undefined : rounds.reduce((sum, { upstreamCalls = 0 }) => sum + upstreamCalls, 0),
    median: {
      requestsPerSecond: medianOf("requestsPerSecond"),
      p50Ms: medianOf("p50Ms"),
      p99Ms: medianOf("p99Ms"),
      cpuMicrosPerRequest: medianOf("cpuMicrosPerRequest"),
      serverBusy: medianOf("serverBusy"),
      generatorBusy: medianOf("generatorBusy"),
      answerBytes: medianOf("answerBytes"),
    },
    rounds,
  };
}
