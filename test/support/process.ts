/** The product as a process of its own, started from its sources, for tests of what it says and how it ends. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, renameSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { text } from "node:stream/consumers";
import { buildSync } from "esbuild";

const root = join(import.meta.dirname, "../..");
/** As deep as `src/app`, because it looks for its files from there. */
const main = join(root, "test-results", "command", "main.mjs");
/** What a developer may have set for their own. */
const kept = /^(?:PATH|HOME|TMPDIR|TEMP|TMP|SYSTEMROOT|NODE_EXTRA_CA_CERTS)$/i;
const clean = Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name)));
const children = new Set<ChildProcess>();

export interface Process {
  readonly child: ChildProcess;
  /** What it says when it is up. */
  readonly landing: Promise<string>;
  /** Where the graph is served. */
  readonly url: Promise<string>;
  /** Its exit code; null where it was killed. */
  readonly code: Promise<number | null>;
  /** All of its stdout, when it has ended. */
  readonly output: Promise<string>;
  /** All of its stderr, when it has ended. */
  readonly errors: Promise<string>;
}

/** In one file: compiling every source at every start takes longer than all else. Moved into place, because other test files do the same. */
function bundle(): void {
  const outfile = `${main}.${String(process.pid)}`;
  mkdirSync(dirname(main), { recursive: true });
  buildSync({ entryPoints: [join(root, "src/main.ts")], outfile, bundle: true, packages: "external", platform: "node", format: "esm" });
  renameSync(outfile, main);
}
bundle();

/** @param preload JavaScript that runs before it.
 *  @param folder Where it runs; by default one without a file .env. */
export function startProcess(environment: Readonly<Record<string, string>>, preload = "", folder = tmpdir()): Process {
  const child = spawn(process.execPath, ["--import", `data:text/javascript,${encodeURIComponent(preload)}`, main], {
    cwd: folder,
    env: { ...clean, PORT: "0", ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  children.add(child);
  const landing = new Promise<string>((resolve, reject) => {
    child.stdout.on("data", (chunk: Buffer) => {
      if (/http:\/\/\S+\/graphql/.test(chunk.toString())) resolve(chunk.toString());
    });
    child.once("close", () => reject(new Error("It ended before it was up.")));
  });
  landing.catch(() => undefined);
  const url = landing.then((said) => /http:\/\/\S+\/graphql/.exec(said)?.[0] ?? "");
  url.catch(() => undefined);
  const code = new Promise<number | null>((resolve) => {
    child.once("close", (exitCode) => {
      children.delete(child);
      resolve(exitCode);
    });
  });
  return { child, landing, url, code, output: text(child.stdout), errors: text(child.stderr) };
}

/** Whatever a test has left. */
export function killProcesses(): void {
  for (const child of children) child.kill("SIGKILL");
}

/** Lines of a log. */
export function linesOf(errors: string): readonly Readonly<Record<string, unknown>>[] {
  return errors
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
}
