/** Runs programs, and ends what they leave behind. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** What npm tells the scripts that it runs would reach the npm in here. */
export const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

const running = new Set<ChildProcess>();

export interface Started {
  readonly child: ChildProcess;
  /** Its exit code; null where a signal ended it, 127 where there is no such program. */
  readonly ended: Promise<number | null>;
  /** All that it has said. */
  readonly said: () => string;
}

export function start(command: string, args: readonly string[], options: SpawnOptions = {}): Started {
  // In a process group of its own, which ends as a whole: a shell does not take its commands along, nor npm its compiler.
  const child = spawn(command, args, { env: environment, ...options, detached: true, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((settle) => child.once("error", () => settle(127)).once("close", settle));
  running.add(child);
  void ended.then(() => running.delete(child));
  return { child, ended, said: () => output };
}

/** @returns What it said. @throws Error with that, where it fails. */
export async function succeed(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const { ended, said } = start(command, args, options);
  const code = await ended;
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${String(code)}\n${said()}`);
  return said();
}

/** At once, with all that they have started. */
export function killAll(): void {
  for (const { pid } of running) kill(pid);
}

/** @param pid Of the first of a process group. */
export function kill(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended.
  }
}

/** Kills what still runs, and resolves when it is gone. */
export async function endAll(): Promise<void> {
  killAll();
  await until(() => Promise.resolve(running.size === 0), "all processes have ended");
}

/** @throws Error where it is not so within half a minute. */
export async function until(isSo: () => Promise<boolean>, what: string, said: () => string = () => ""): Promise<void> {
  const untilMs = performance.now() + 30_000;
  while (!(await isSo().catch(() => false))) {
    if (performance.now() > untilMs) throw new Error(`It never came to this: ${what}\n${said()}`);
    await wait(100);
  }
}

export function ensure(isSo: boolean, otherwise: string): void {
  if (!isSo) throw new Error(otherwise);
}
