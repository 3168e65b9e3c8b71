/** `npm run bench`: what an answer of the built server costs, beside the least any server can cost and beside other servers, in one interleaved
 *  run on loopback. Exits 1 where a response is not the expected one, a warm request asks upstream, or `--quick` finds a figure too low; 3 where
 *  the run cannot tell a figure. How to read it: docs/bench.md. */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { constants, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { Children } from "./bench/children.js";
import { firstAnswers, measureCold } from "./bench/cold.js";
import { cacheCurve, concurrencyCurve, listCurve } from "./bench/curves.js";
import type { Curves, Figures, XmlFigures } from "./bench/figures.js";
import { Upstream } from "./bench/journal.js";
import { coresToUse, describeMachine, onCore, type Cores } from "./bench/machine.js";
import { commandOf, usage, type BenchOptions } from "./bench/options.js";
import { writePage } from "./bench/page.js";
import { measureProcesses } from "./bench/processes.js";
import { memory } from "./bench/process-figures.js";
import { materialOf, Reference, subsetDeck, type Material } from "./bench/reference.js";
import { failures, refusals, report, tooLow } from "./bench/report.js";
import { measureRounds, type Rig } from "./bench/rounds.js";
import { startServers, startSandbox, type Servers } from "./bench/servers.js";
import { floorAnswerOf, subjectsOf } from "./bench/subjects.js";

const root = resolve(import.meta.dirname, "..");
/** Of a run that cannot tell all figures. */
const refusedExit = 3;

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

async function measure(children: Children, options: BenchOptions): Promise<Figures> {
  const cores = coresToUse();
  build();
  const machine = describeMachine(root, cores);
  progress("starting the servers");
  const sandbox = await startSandbox(children, root, cores);
  const reference = new Reference(sandbox.url);
  try {
    const material = await materialOf(reference, options.ids);
    const floorAnswer = floorAnswerOf(material);
    const servers = await startServers(children, { root, against: options.against, cores, sandbox, floorAnswer });
    const rig: Rig = { generator: servers.generator, upstream: new Upstream(sandbox.url), options, progress };
    // Before anything else, since an answer is the first only once.
    const firsts = await firstAnswers(servers.ours, material, rig);
    const subsets = options.quick ? undefined : await subsetDeck(reference, servers.ours.uncached.url);
    const warm = await measureRounds(subjectsOf(servers, { material, subsets }, options.quick), rig);
    const atEnd = memory(servers.ours.warm.pid);
    const cold = await measureCold(servers, material, reference, rig);
    const processes = await measureProcesses(children, { root, cores, servers, material, rig });
    const curves = options.quick ? undefined : await measureCurves(children, { servers, material, rig, cores });
    return { machine, warm, firsts, cold, memory: atEnd, curves, xml: measureXml(options.quick), processes };
  } finally {
    await reference.close();
  }
}

interface CurveRig {
  readonly servers: Servers;
  readonly material: Material;
  readonly rig: Rig;
  readonly cores: Cores | undefined;
}

async function measureCurves(children: Children, { servers, material, rig, cores }: CurveRig): Promise<Curves> {
  const lists = await listCurve(servers, rig);
  const concurrency = await concurrencyCurve(servers, material, rig);
  progress(`a cache of ${rig.options.entities} releases`);
  const memory = ["--expose-gc", "--max-old-space-size=12000"];
  const program = [...memory, "--import", import.meta.resolve("tsx"), join(root, "scripts/bench/cache-filler.ts"), servers.sandbox.url];
  const filler = await children.helper({ name: "The cache", command: [...onCore(cores?.servers), process.execPath, ...program] });
  return { lists, concurrency, cached: await cacheCurve(filler, rig.options.entities) };
}

/** In a process of its own, on one core and with a garbage collection that can be asked for. */
function measureXml(isQuick: boolean): XmlFigures {
  progress("the XML reader");
  const node = [process.execPath, "--expose-gc", "--import", import.meta.resolve("tsx"), join(root, "scripts/bench/xml.ts")];
  const [command = "", ...args] = [...onCore(coresToUse()?.servers), ...node, ...(isQuick ? ["--quick"] : [])];
  const { status, stdout } = spawnSync(command, args, { stdio: ["ignore", "pipe", "inherit"], encoding: "utf8" });
  if (status !== 0) throw new Error("The XML reader cannot be measured.");
  return JSON.parse(stdout) as XmlFigures;
}

async function bench(options: BenchOptions): Promise<void> {
  const logs = mkdtempSync(join(tmpdir(), "bench-"));
  const children = new Children(join(root, "scripts/bench"), logs);
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
    if (options.write) await writePage(root, figures);
    judge(figures, options);
  } catch (error) {
    // What fails because its servers were just ended is no finding.
    if (!interrupted.signal.aborted) fail([error instanceof Error ? error.message : String(error)]);
  } finally {
    await children.end();
    rmSync(logs, { recursive: true });
  }
}

function judge(figures: Figures, { quick }: BenchOptions): void {
  const refused = quick ? [] : refusals(figures);
  for (const reason of refused) console.error(`REFUSED ${reason}`);
  if (refused.length > 0) process.exitCode = refusedExit;
  fail([...failures(figures), ...(quick ? tooLow(figures) : [])]);
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
} else if ("xml" in command) measureXml(false);
else await bench(command.bench);
