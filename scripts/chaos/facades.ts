/** The façades of a run of chaos: built once, started, killed and started again. They share one record of purchases, as copies behind a load
 *  balancer do. */
import { spawn, spawnSync, type ChildProcess } from "node:child_process";
import { cpSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";
import { Reports } from "./reports.js";

const startMs = 60_000;
const graceMs = 3000;
const keptLines = 20;
/** A busy machine may take too long for one; more of them have a reason. */
const mostFailedStarts = 5;

/** What a façade is when it is up. */
interface Up {
  readonly child: ChildProcess;
  readonly url: string;
}

export class Facades {
  kills = 0;
  /** How often one ended that we had not killed. */
  deaths = 0;
  readonly reports = new Reports();
  /** The last things they complained of. */
  readonly complaints: string[] = [];
  private readonly folder: string;
  private readonly up: (Up | undefined)[];
  private readonly children = new Set<ChildProcess>();
  private ended = false;
  private failedStarts = 0;

  /** @param environment Returns the settings of a façade, by its number. */
  constructor(
    root: string,
    readonly count: number,
    readonly environment: (index: number) => Readonly<Record<string, string>>,
  ) {
    this.folder = build(root);
    this.up = Array.from({ length: count }, () => undefined);
    process.once("exit", this.killAll);
  }

  async start(): Promise<void> {
    await Promise.all(this.up.map((_, index) => this.launch(index)));
    await this.allUp();
  }

  /** Where it is served; undefined while it is down. */
  url(index: number): string | undefined {
    return this.up[index]?.url;
  }

  /** Another number each time that it was started; undefined while it is down. */
  life(index: number): number | undefined {
    return this.up[index]?.child.pid;
  }

  async allUp(): Promise<void> {
    while (this.up.includes(undefined)) {
      if (this.ended) throw new Error(["The façades are ended.", ...this.complaints].join("\n"));
      await wait(20);
    }
  }

  /** At once; it is started again by and by. Does nothing to one that is down. */
  kill(index: number): void {
    const up = this.up[index];
    if (up === undefined || this.ended) return;
    this.up[index] = undefined;
    this.kills += 1;
    up.child.kill("SIGKILL");
  }

  async end(): Promise<void> {
    this.ended = true;
    const children = [...this.children];
    for (const child of children) child.kill("SIGTERM");
    const timer = setTimeout(() => children.forEach((child) => child.kill("SIGKILL")), graceMs);
    while (this.children.size > 0) await wait(20);
    clearTimeout(timer);
    process.off("exit", this.killAll);
    this.killAll();
  }

  /** With all that they need. */
  private readonly killAll = (): void => {
    for (const child of this.children) child.kill("SIGKILL");
    rmSync(this.folder, { recursive: true, force: true });
  };

  private complain(line: string): void {
    this.complaints.push(line);
    if (this.complaints.length > keptLines) this.complaints.shift();
  }

  private async launch(index: number): Promise<void> {
    const child = spawn(process.execPath, [join(this.folder, "dist/main.js")], {
      cwd: this.folder,
      env: { ...environmentOfOurs(), ...this.environment(index), PORT: "0" },
      stdio: ["ignore", "pipe", "pipe"],
    });
    this.children.add(child);
    createInterface({ input: child.stderr }).on("line", (line) => {
      if (!this.reports.take(line)) this.complain(line);
    });
    child.once("exit", (code, signal) => this.gone(index, child, String(signal ?? code)));
    try {
      const url = await address(child);
      this.up[index] = { child, url };
    } catch (error) {
      this.complain(`Façade ${String(index)} does not come up: ${String(error)}`);
      this.failedStarts += 1;
      if (this.failedStarts >= mostFailedStarts) this.ended = true;
      // Its end starts it again.
      child.kill("SIGKILL");
    }
  }

  private gone(index: number, child: ChildProcess, how: string): void {
    this.children.delete(child);
    if (this.ended) return;
    // One that is up was not killed by us.
    if (this.up[index]?.child === child) {
      this.deaths += 1;
      this.complain(`Façade ${String(index)} ended by itself: ${how}`);
      this.up[index] = undefined;
    }
    void this.launch(index);
  }
}

/** A folder with all that the service needs to run, which no other build changes. */
function build(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "chaos-"));
  const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
  const args = [tsc, "-p", "tsconfig.build.json", "--noCheck", "--sourceMap", "false", "--outDir", join(folder, "dist")];
  const { status } = spawnSync(process.execPath, args, { cwd: root, stdio: ["ignore", "inherit", "inherit"] });
  if (status !== 0) throw new Error("The service cannot be built.");
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  for (const name of ["node_modules", "schema"]) symlinkSync(join(root, name), join(folder, name));
  return folder;
}

/** Ours without settings of the service, and without options that a loader or a debugger left for Node. */
function environmentOfOurs(): NodeJS.ProcessEnv {
  const changes =
    /^(?:SEVENDIGITAL_|PURCHASE|DATABASE_|DATA_|REDIS_|SEALING_|CACHE_|LIMIT_|QUOTA_|PROFILE$|LOG_LEVEL$|NODE_OPTIONS$|HOST$|HTTPS?_PROXY$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !changes.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

function address(child: ChildProcess): Promise<string> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("A façade said no address in time.")), startMs);
    const failed = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`A façade ended with ${why} before it listened.`));
    };
    let said = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      const url = /https?:\/\/\S+\/graphql/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once("error", (error) => failed(error.message));
    child.once("exit", (code, signal) => failed(String(signal ?? code)));
  });
}
