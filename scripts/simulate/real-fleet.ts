/** Real servers over the sandbox, one for each copy, whose clocks are set by hand: a day takes as long as they need to answer its visits. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { settings } from "../bench/servers.js";
import type { Page, Subject } from "./pages.js";
import { TimedRedis } from "./timed-redis.js";
import type { Visits } from "./visits.js";

const startMs = 30_000;

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

interface FleetPlan {
  /** What is run: `dist/main.js`. */
  readonly program: string;
  readonly copies: number;
  readonly cacheBytes: number;
  /** Of a Redis that they share; 0 where they share none. */
  readonly sharedBytes: number;
  /** Of the sandbox. */
  readonly baseUrl: string;
  readonly days: number;
}

/** All visits, one after the other, as they come. @returns How many there were. @throws Error where an answer has errors. */
export async function answerVisits(visits: Visits, { copies, days, sharedBytes, ...plan }: FleetPlan): Promise<number> {
  const redis = sharedBytes > 0 ? await TimedRedis.start(sharedBytes) : undefined;
  const children: ChildProcess[] = [];
  const killAll = (): void => {
    for (const child of children) child.kill("SIGKILL");
  };
  process.once("exit", killAll);
  try {
    const servers = await Promise.all(
      Array.from({ length: copies }, () => {
        const child = run({ ...plan, redisUrl: redis?.url });
        children.push(child);
        return listening(child);
      }),
    );
    const startedMs = Date.now();
    let count = 0;
    for (const { atMs, page, subject, lot } of visits.of(days)) {
      const server = servers[Math.floor(lot * servers.length)];
      if (server === undefined) continue;
      const nowMs = startedMs + atMs;
      await redis?.expire(nowMs);
      await setClock(server, nowMs);
      await ask(server, page, subject);
      // When the server has heard it once more, it has sent to Redis what the answer brought.
      if (redis !== undefined) await setClock(server, nowMs);
      await redis?.note(nowMs);
      count += 1;
    }
    return count;
  } finally {
    await Promise.all(children.map(stop));
    process.off("exit", killAll);
    await redis?.remove();
  }
}

interface ServerPlan {
  readonly program: string;
  readonly cacheBytes: number;
  readonly baseUrl: string;
  readonly redisUrl: string | undefined;
}

/** Copies that share answers share keys. In `locked` they would also need a PostgreSQL, for purchases that no visit makes. */
function sharing(redisUrl: string): Record<string, string> {
  return { REDIS_URL: redisUrl, SEALING_KEYS: `simulation:${Buffer.alloc(32, 1).toString("base64")}`, PROFILE: "open" };
}

function run({ program, cacheBytes, baseUrl, redisUrl }: ServerPlan): ChildProcess {
  const environment = {
    ...settings,
    ...(redisUrl === undefined ? {} : sharing(redisUrl)),
    SEVENDIGITAL_BASE_URL: baseUrl,
    CACHE_MAX_BYTES: String(cacheBytes),
    NODE_ENV: "production",
    LOG_LEVEL: "error",
  };
  const command = ["--import", join(import.meta.dirname, "set-clock.mjs"), "--max-semi-space-size=4", program];
  return spawn(process.execPath, command, {
    cwd: import.meta.dirname,
    env: { PATH: process.env["PATH"], ...environment },
    stdio: ["ignore", "pipe", "inherit", "ipc"],
  });
}

async function listening(child: ChildProcess): Promise<Server> {
  const url = await new Promise<string>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error("A server said no address in time.")), startMs);
    child.stdout?.on("data", (chunk: Buffer) => {
      const said = /http:\/\/\S+\/graphql/.exec(chunk.toString())?.[0];
      if (said === undefined) return;
      clearTimeout(timer);
      resolve(said);
    });
    child.once("close", (code) => {
      clearTimeout(timer);
      reject(new Error(`A server ended with ${String(code)} before it listened.`));
    });
  });
  return { child, url };
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = once(child, "close");
  child.kill("SIGTERM");
  await ended;
}

/** Resolves when the server's clock shows it. */
async function setClock({ child }: Server, nowMs: number): Promise<void> {
  const heard = once(child, "message");
  child.send(nowMs);
  await heard;
}

async function ask({ url }: Server, { name, document }: Page, subject: Subject): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: document, variables: { subject } }),
  });
  const { errors, data } = (await response.json()) as { errors?: unknown; data?: unknown };
  if (errors !== undefined || data === undefined) throw new Error(`The page ${name} of "${subject}": ${JSON.stringify(errors)}`);
}
