/** The processes of `npm run durability`: started, killed and started again. */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { buildSync } from "esbuild";
import type { Asked, Said } from "./messages.js";

/** One that has said something lives on for at most so long. */
const longestLifeMs = 250;
/** The first of them is never killed. */
const count = 3;

export interface WorkersOptions {
  readonly root: string;
  /** Leads to the store. */
  readonly environment: Readonly<Record<string, string>>;
  readonly kills: number;
  readonly hear: (said: Said) => Asked | undefined;
}

export class Workers {
  kills = 0;
  /** How those ended that we had not killed. */
  readonly deaths: string[] = [];
  private readonly script: string;
  private readonly children = new Map<number, ChildProcess>();
  private ended = false;

  constructor(readonly options: WorkersOptions) {
    // In the project, where its packages are found.
    this.script = join(options.root, "test-results", `durability-worker.${String(process.pid)}.mjs`);
    mkdirSync(dirname(this.script), { recursive: true });
    const entry = join(options.root, "scripts/durability/worker-process.ts");
    buildSync({ entryPoints: [entry], outfile: this.script, bundle: true, packages: "external", platform: "node", format: "esm" });
  }

  /** Resolves when as many have been killed as there should be. */
  async run(): Promise<void> {
    this.start(0, undefined);
    await Promise.all(Array.from({ length: count - 1 }, (_, n) => this.killAgainAndAgain(n + 1)));
  }

  async end(): Promise<void> {
    this.ended = true;
    const gone = [...this.children.values()].map((child) => new Promise((resolve) => child.once("close", resolve)));
    for (const child of this.children.values()) child.kill("SIGKILL");
    await Promise.all(gone);
    rmSync(this.script, { force: true });
  }

  private async killAgainAndAgain(index: number): Promise<void> {
    while (this.kills < this.options.kills && !this.ended) {
      const { child, heard, gone } = this.start(index, "SIGKILL");
      await Promise.race([heard, gone]);
      await wait(Math.random() * longestLifeMs);
      if (child.exitCode === null && child.signalCode === null) this.kills += 1;
      child.kill("SIGKILL");
      // What it had said by then is heard first.
      await gone;
    }
  }

  private start(index: number, expected: NodeJS.Signals | undefined) {
    const { environment, hear } = this.options;
    const env = { PATH: process.env["PATH"], ...environment };
    const child = spawn(process.execPath, [this.script], { env, stdio: ["pipe", "pipe", "pipe"] });
    this.children.set(index, child);
    let complaint = "";
    child.stderr.on("data", (chunk: Buffer) => (complaint += chunk.toString()));
    child.stdin.on("error", () => undefined);
    const gone = new Promise<void>((resolve) => {
      child.once("close", (code, signal) => {
        if (this.children.get(index) === child) this.children.delete(index);
        if (signal !== expected && !this.ended) this.deaths.push(`process ${String(index)}: ${String(signal ?? code)} ${complaint}`);
        resolve();
      });
    });
    const heard = new Promise<void>((resolve) => {
      createInterface({ input: child.stdout }).on("line", (line) => {
        resolve();
        const asked = hear(JSON.parse(line) as Said);
        if (asked !== undefined) this.ask((index + 1 + (this.kills % (count - 1))) % count, asked);
      });
    });
    return { child, heard, gone };
  }

  private ask(index: number, asked: Asked): void {
    const child = this.children.get(index);
    if (child?.exitCode === null && child.signalCode === null) child.stdin?.write(`${JSON.stringify(asked)}\n`);
  }
}
