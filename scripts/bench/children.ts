/** The processes of a run: starts each, waits until it says where it listens, and ends every one of them by its id. */
import { spawn, type ChildProcess, type StdioOptions } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { join } from "node:path";

export interface Program {
  /** What to call it where it fails. */
  readonly name: string;
  readonly command: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface Service {
  readonly pid: number;
  /** The first address it printed. */
  readonly url: string;
  readonly port: number;
}

const startMs = 30_000;
const graceMs = 3000;
const shownOfLog = 2000;

export class Children {
  private readonly running = new Map<ChildProcess, Promise<unknown>>();
  private ended = false;

  /** @param directory Where they run: one without a `.env`, which would change what is measured. @param logs Where what each says on stderr is
   *  written, as in production: to a file. */
  constructor(
    readonly directory: string,
    readonly logs: string,
  ) {}

  /** A program that prints its address once it listens. @throws Error where it ends or says nothing for too long */
  async service(program: Program): Promise<Service> {
    const log = join(this.logs, `${this.running.size}.log`);
    const stderr = openSync(log, "a");
    try {
      const child = this.spawn(program, ["ignore", "pipe", stderr]);
      const url = await address(child, program.name);
      return { pid: Number(child.pid), url, port: Number(new URL(url).port) };
    } catch (error) {
      const { message } = error as Error;
      throw new Error(`${message}\n${readFileSync(log, "utf8").slice(0, shownOfLog)}`, { cause: error });
    } finally {
      closeSync(stderr);
    }
  }

  /** A program that is talked to by messages. */
  async helper(program: Program): Promise<ChildProcess> {
    const child = this.spawn(program, ["ignore", "inherit", "inherit", "ipc"]);
    await once(child, "spawn");
    return child;
  }

  /** Asks every one to stop, and makes those stop that do not. Nothing can be started afterwards. */
  async end(): Promise<void> {
    this.ended = true;
    await Promise.all([...this.running].map(([child, exited]) => endOne(child, exited)));
  }

  private spawn({ name, command: [file = "", ...args], env }: Program, stdio: StdioOptions): ChildProcess {
    if (this.ended) throw new Error(`${name} is not started: the run is over.`);
    const child = spawn(file, args, { cwd: this.directory, env: { ...environment(), ...env }, stdio });
    const exited = new Promise((resolve) => {
      for (const event of ["exit", "error"]) child.once(event, resolve);
    });
    this.running.set(child, exited);
    void exited.then(() => this.running.delete(child));
    return child;
  }
}

/** Ours without what would change the servers: their settings, and options that a loader or a debugger left for Node. All run as
 *  `npm start` runs us, which tells graphql-js that this is no development. */
function environment(): NodeJS.ProcessEnv {
  const changes =
    /^(SEVENDIGITAL_|CACHE_|LIMIT_|QUOTA_|PERSISTED_|PROFILE$|LOG_LEVEL$|NODE_OPTIONS$|NODE_ENV$|PORT$|HOST$|PROCESSES$|HTTPS?_PROXY$)/i;
  const kept = Object.entries(process.env).filter(([name]) => !changes.test(name));
  return { ...Object.fromEntries(kept), NODE_ENV: "production" };
}

function address(child: ChildProcess, name: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const fail = (reason: string) => {
      clearTimeout(timer);
      reject(new Error(`${name} ${reason}`));
    };
    const timer = setTimeout(() => fail("said no address in time."), startMs);
    let said = "";
    // Read to the end of its life: a full pipe would stop it.
    child.stdout?.on("data", (chunk: Buffer) => {
      if (said.length < 10_000) said += chunk.toString();
      const url = /https?:\/\/[^\s)]+(?=\s)/.exec(said)?.[0];
      if (url === undefined) return;
      clearTimeout(timer);
      resolve(url);
    });
    child.once("error", (error) => fail(`cannot be started: ${error.message}`));
    child.once("exit", (code) => fail(`ended with ${String(code)} before it listened.`));
  });
}

async function endOne(child: ChildProcess, exited: Promise<unknown>): Promise<void> {
  child.kill("SIGTERM");
  const timer = setTimeout(() => child.kill("SIGKILL"), graceMs);
  await exited;
  clearTimeout(timer);
}
