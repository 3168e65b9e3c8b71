/** `npm run node-versions`: runs the tests that depend on Node itself on each version that production may run. The last line is
 *  `N passed, N failed`. Without npm's registry, or a package of Node for this machine, it reports that it is skipped, which is a failure under
 *  CI_NO_SKIP=1. */
import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const work = mkdtempSync(join(tmpdir(), "node-versions-"));

/** `.ci/run` itself runs on the oldest version that package.json allows. */
const versions = ["22", "24"];
/** Those with binaries in npm's registry. */
const machines = ["linux-x64", "linux-arm64"];
/** What reaches Node itself: processes and signals, sockets and TLS, native modules, clocks, V8. What GraphQL answers is the same code on every version. */
const tests = [
  "test/integration/main.test.ts",
  "test/integration/app/heap-flags.test.ts",
  "test/integration/scripts/start.test.ts",
  "test/integration/stop",
  "test/integration/processes/hardship.test.ts",
  "test/integration/processes/processes.test.ts",
  "test/integration/purchase/attempt-store.test.ts",
  "test/conformance",
  "test/faults",
];
/** They read the sources and nothing else. */
const excluded = ["test/conformance/architecture/**", "test/conformance/deploy/**", "test/conformance/client-types.test.ts"];

interface Counts {
  readonly passed: number;
  readonly failed: number;
}

interface Report {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly testResults: readonly { readonly status: string; readonly assertionResults: readonly { readonly status: string }[] }[];
}

/** What npm and Vitest tell the programs that they run would reach the npm and Vitest in here. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|VITEST|NODE_OPTIONS$)/i.test(name)));

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** @param shown Whether its output goes to ours; otherwise it is in the result. */
function run(command: readonly string[], shown: boolean, folder = ""): Promise<Ran> {
  const [program = "", ...args] = command;
  const path = [...(folder === "" ? [] : [folder]), process.env["PATH"] ?? ""].join(delimiter);
  const stdio = shown ? "inherit" : "pipe";
  const child = spawn(program, args, { cwd: root, env: { ...environment, PATH: path }, stdio: ["ignore", stdio, stdio] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((settle) => {
    child.once("error", (error) => settle({ code: null, output: error.message }));
    child.once("close", (code) => settle({ code, output }));
  });
}

/** @returns The folder of the binary. @throws Error where npm's registry does not have it. */
async function install(version: string): Promise<string> {
  const name = `node-${process.platform}-${process.arch}`;
  const prefix = join(work, version);
  const options = ["--prefix", prefix, "--no-save", "--no-audit", "--no-fund", "--ignore-scripts"];
  const { code, output } = await run(["npm", "install", ...options, `${name}@${version}`], false);
  const folder = join(prefix, "node_modules", name, "bin");
  if (code !== 0 || !existsSync(join(folder, "node"))) throw new Error(`${name}@${version} cannot be installed.\n${output.trimEnd()}`);
  return folder;
}

/** A file that cannot be loaded fails once, and so does an exit code that no test explains. */
function countsOf(report: string, code: number | null): Counts {
  if (!existsSync(report)) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, testResults } = JSON.parse(readFileSync(report, "utf8")) as Report;
  const broken = testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.every((test) => test.status !== "failed"),
  );
  const failed = numFailedTests + broken.length;
  return { passed: numPassedTests, failed: code !== 0 && failed === 0 ? 1 : failed };
}

async function test(version: string, folder: string): Promise<Counts> {
  const node = join(folder, "node");
  const exact = (await run([node, "--version"], false)).output.trim();
  if (!exact.startsWith(`v${version}.`)) throw new Error(`Node ${version} says that it is ${exact}.`);
  console.log(`\nNode ${exact}`);
  const report = join(work, `${version}.json`);
  const startedMs = performance.now();
  const vitest = [node, join(root, "node_modules/vitest/vitest.mjs"), "run", ...tests, ...excluded.map((files) => `--exclude=${files}`)];
  // The folder comes first in PATH: some tests start `node` and `npm` by name.
  const { code } = await run([...vitest, "--reporter=dot", "--reporter=json", `--outputFile.json=${report}`], true, folder);
  const counts = countsOf(report, code);
  const seconds = ((performance.now() - startedMs) / 1000).toFixed(0);
  console.log(`Node ${exact}: ${String(counts.passed)} passed, ${String(counts.failed)} failed (${seconds} s)`);
  return counts;
}

/** Undefined where the versions can be tested. */
async function obstacle(): Promise<string | undefined> {
  const machine = `${process.platform}-${process.arch}`;
  if (!machines.includes(machine)) return `npm's registry has no Node for ${machine}, only for ${machines.join(" and ")}.`;
  const { code } = await run(["npm", "view", `node-${machine}`, "version", "--fetch-retries=0", "--fetch-timeout=5000"], false);
  return code === 0 ? undefined : "npm's registry cannot be reached.";
}

async function main(): Promise<Counts> {
  const reason = await obstacle();
  if (reason !== undefined) {
    console.log(`Skipped: ${reason}`);
    return { passed: 0, failed: process.env["CI_NO_SKIP"] === "1" ? 1 : 0 };
  }
  const all: Counts[] = [];
  for (const version of versions) {
    all.push(
      await install(version)
        .then((folder) => test(version, folder))
        .catch((error: unknown) => {
          console.log(error instanceof Error ? error.message : String(error));
          return { passed: 0, failed: 1 };
        }),
    );
  }
  const sum = (count: (one: Counts) => number): number => all.reduce((total, one) => total + count(one), 0);
  return { passed: sum(({ passed }) => passed), failed: sum(({ failed }) => failed) };
}

const { passed, failed } = await main().finally(() => rmSync(work, { recursive: true, force: true }));
console.log(`${String(passed)} passed, ${String(failed)} failed`);
process.exitCode = failed === 0 ? 0 : 1;
