/** The interleaved rounds. Every server is loaded in every round, every second round in reverse order, so that what else the machine does
 *  meets all of them alike. */
import type { ChildProcess } from "node:child_process";
import type { UpstreamCalls } from "./journal.js";
import { perform, type LoadFigures } from "./load.js";
import type { BenchOptions } from "./options.js";
import { cpuMs } from "./process-figures.js";
import { ask } from "./queries.js";
import { median } from "./table.js";

/** A server and what it is asked. */
export interface Subject {
  readonly name: string;
  readonly url: string;
  readonly pid: number;
  readonly query: string;
  /** Whether its answers come from the upstream API in the end. */
  readonly asksUpstream: boolean;
}

export interface Round extends LoadFigures {
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number | undefined;
  /** Share of one core that the server took. */
  readonly serverBusy: number | undefined;
  readonly upstreamCalls: number | undefined;
}

type Medians = Record<"requestsPerSecond" | "p50Ms" | "p99Ms" | "cpuMicrosPerRequest" | "serverBusy" | "generatorBusy", number | undefined>;

export interface Measured {
  readonly name: string;
  readonly query: string;
  readonly answerBytes: number;
  /** Of all rounds together; undefined where nothing can be asked upstream. */
  readonly upstreamCalls: number | undefined;
  readonly median: Medians;
  readonly rounds: readonly Round[];
}

interface Rig {
  readonly generator: ChildProcess;
  readonly calls: UpstreamCalls;
  readonly options: BenchOptions;
  readonly progress: (what: string) => void;
}

/** What a server has not answered when its time is over must not be on the next one's bill. */
const settleMs = 250;

/** @throws Error where a request fails, or an answer after the rounds is another than before */
export async function measureRounds(subjects: readonly Subject[], rig: Rig): Promise<Measured[]> {
  const { options, progress } = rig;
  const before = await warmedUp(subjects, rig);
  const rounds = new Map<Subject, Round[]>(subjects.map((subject) => [subject, []]));
  for (let number = 1; number <= options.rounds; number += 1) {
    for (const subject of number % 2 === 1 ? subjects : subjects.toReversed()) {
      progress(`round ${number} of ${options.rounds}: ${subject.name}`);
      rounds.get(subject)?.push(await measureRound(subject, rig));
    }
  }
  for (const [{ name, url, query }, body] of before) {
    if ((await ask(url, query)).body !== body) throw new Error(`${name} answers otherwise after the rounds than before them.`);
  }
  return [...rounds].map(([subject, ofSubject]) => summary(subject, before.get(subject) ?? "", ofSubject));
}

/** Gives what each answers. */
async function warmedUp(subjects: readonly Subject[], { generator, options, progress }: Rig): Promise<ReadonlyMap<Subject, string>> {
  const answers = new Map<Subject, string>();
  for (const subject of subjects) {
    const { name, url, query } = subject;
    progress(`warm-up: ${name}`);
    await perform(generator, { url, query, connections: options.connections, seconds: options.warmup });
    answers.set(subject, (await ask(url, query)).body);
  }
  return answers;
}

async function measureRound({ url, pid, query, asksUpstream }: Subject, { generator, calls, options }: Rig): Promise<Round> {
  const { connections, seconds } = options;
  await new Promise((resolve) => setTimeout(resolve, settleMs));
  if (asksUpstream) await calls.restart();
  const before = cpuMs(pid);
  const figures = await perform(generator, { url, query, connections, seconds });
  const after = cpuMs(pid);
  const cpu = before === undefined || after === undefined ? undefined : after - before;
  return {
    ...figures,
    requestsPerSecond: figures.requests / (figures.elapsedMs / 1000),
    cpuMicrosPerRequest: cpu === undefined ? undefined : (cpu * 1000) / figures.requests,
    serverBusy: cpu === undefined ? undefined : cpu / figures.elapsedMs,
    upstreamCalls: asksUpstream ? await calls.count() : undefined,
  };
}

function summary({ name, query, asksUpstream }: Subject, answer: string, rounds: readonly Round[]): Measured {
  const medianOf = (which: keyof Medians) => median(rounds.map((round) => round[which]));
  return {
    name,
    query,
    answerBytes: Buffer.byteLength(answer),
    upstreamCalls: asksUpstream ? rounds.reduce((sum, { upstreamCalls = 0 }) => sum + upstreamCalls, 0) : undefined,
    median: {
      requestsPerSecond: medianOf("requestsPerSecond"),
      p50Ms: medianOf("p50Ms"),
      p99Ms: medianOf("p99Ms"),
      cpuMicrosPerRequest: medianOf("cpuMicrosPerRequest"),
      serverBusy: medianOf("serverBusy"),
      generatorBusy: medianOf("generatorBusy"),
    },
    rounds,
  };
}
