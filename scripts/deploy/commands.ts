/** Runs programs, and waits for what they start. */
import { spawn, type ChildProcess, type SpawnOptions } from "node:child_process";
import { setTimeout as wait } from "node:timers/promises";

/** What npm tells the scripts that it runs would reach the npm in here. */
export const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_/i.test(name)));

/** @returns What it said. @throws Error with that, where it fails. */
export async function succeed(command: string, args: readonly string[], options: SpawnOptions = {}): Promise<string> {
  const child = spawn(command, args, { env: environment, ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((settle, fail) => child.once("error", fail).once("close", settle));
  if (code !== 0) throw new Error(`${command} ${args.join(" ")}: exit code ${String(code)}\n${output}`);
  return output;
}

export interface Started {
  readonly child: ChildProcess;
  /** Its exit code; null where a signal ended it. */
  readonly ended: Promise<number | null>;
  /** All that it has said. */
  readonly said: () => string;
}

export function start(command: string, args: readonly string[], options: SpawnOptions = {}): Started {
  const child = spawn(command, args, { env: environment, ...options, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<number | null>((settle) => child.once("error", () => settle(127)).once("close", settle));
  return { child, ended, said: () => output };
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
