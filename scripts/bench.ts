/** `npm run bench`: what an answer of the built server costs, beside the least any server can cost and beside a bare graphql-yoga, in one
 *  interleaved run on loopback. Exits 1 where a request fails, an answer changes or a warm request asks upstream.
 *  How to read it: docs/bench.md. */
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { constants } from "node:os";
import { join, resolve } from "node:path";
import { Children } from "./bench/children.js";
import { firstAnswer, measureCold } from "./bench/cold.js";
import { UpstreamCalls } from "./bench/journal.js";
import { coresToUse, describeMachine, onCore } from "./bench/machine.js";
import { commandOf, usage, type BenchOptions } from "./bench/options.js";
import { memory } from "./bench/process-figures.js";
import { hello, q1, q2 } from "./bench/queries.js";
import { failures, report, type ColdFigures, type Figures } from "./bench/report.js";
import { measureRounds, type Subject } from "./bench/rounds.js";
import { startServers, type Build, type Servers } from "./bench/servers.js";

const root = resolve(import.meta.dirname, "..");

function progress(what: string): void {
  console.error(`bench: ${what}`);
}

/** Compiles what `npm start` would compile. */
function build(): void {
  const { status } = spawnSync(process.execPath, [join(root, "scripts/start.mjs"), "--version"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("The server cannot be built.");
}

function subjectsOf({ floor, yoga, ours, other }: Servers): readonly Subject[] {
  const asked = (name: string, { cached }: Build) => [
    { name: `${name} Q1: one artist`, ...cached, query: q1, asksUpstream: true },
    { name: `${name} Q2: chart of 50, tracks`, ...cached, query: q2, asksUpstream: true },
  ];
  return [
    { name: "floor: bare node:http", ...floor, query: q1, asksUpstream: false },
    { name: "bare Yoga: { hello }", ...yoga, query: hello, asksUpstream: false },
    ...asked("ours", ours),
    ...(other === undefined ? [] : asked("other", other)),
  ];
}

const oursAndPeers = 4;

async function measure(children: Children, options: BenchOptions): Promise<Figures> {
  const cores = coresToUse();
  const machine = describeMachine(root, cores);
  build();
  progress("starting the servers");
  const servers = await startServers(children, root, options.against, cores);
  const { sandbox, ours, other, generator } = servers;
  const calls = new UpstreamCalls(sandbox.url);
  // Before anything else, since an answer is the first only once.
  const firsts = [
    { name: "Q1", query: q1, first: await firstAnswer(ours.cached, q1, calls) },
    { name: "Q2", query: q2, first: await firstAnswer(ours.cached, q2, calls) },
  ];
  const warm = await measureRounds(subjectsOf(servers), { generator, calls, options, progress });
  const atEnd = memory(ours.cached.pid);
  const uncached = [ours, ...(other === undefined ? [] : [other])].map((build) => build.uncached);
  const cold: ColdFigures[] = [];
  for (const { name, query, first } of firsts) {
    progress(`cold: ${name}`);
    const [rounds = [], otherRounds] = await measureCold(uncached, query, { generator, calls, options });
    cold.push({ name, first, rounds, otherRounds });
  }
  return { machine, warm: warm.slice(0, oursAndPeers), otherWarm: warm.slice(oursAndPeers), cold, memory: atEnd };
}

async function bench(options: BenchOptions): Promise<void> {
  const children = new Children(join(root, "scripts/bench"));
  const interrupted = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    // Every time and not once: a terminal, npm and tsx each hand on the same Ctrl+C.
    process.on(signal, () => {
      interrupted.abort();
      void children.end().then(() => process.exit(128 + constants.signals[signal]));
    });
  }
  try {
    const figures = await measure(children, options);
    console.log(report(figures));
    if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify({ options, ...figures }, undefined, 2)}\n`);
    fail(failures(figures));
  } catch (error) {
    // What fails because its servers were just ended is no finding.
    if (!interrupted.signal.aborted) fail([error instanceof Error ? error.message : String(error)]);
  } finally {
    await children.end();
  }
}

/** In a process of its own, on one core and with a garbage collection that can be asked for. */
function benchXml(): void {
  const core = onCore(coresToUse()?.servers);
  const node = [process.execPath, "--expose-gc", "--import", "tsx", join(root, "scripts/bench/xml.ts")];
  const [command = "", ...args] = [...core, ...node];
  process.exitCode = spawnSync(command, args, { stdio: "inherit" }).status ?? 1;
}

function fail(reasons: readonly string[]): void {
  for (const reason of reasons) console.error(`FAIL ${reason}`);
  if (reasons.length > 0) process.exitCode = 1;
}

const command = commandOf(process.argv.slice(2));
if ("help" in command) console.log(usage);
else if ("problems" in command) {
  console.error([...command.problems, "", usage].join("\n"));
  process.exitCode = 2;
} else if ("xml" in command) benchXml();
else await bench(command.bench);
