/** A Redis server of one's own, from the binary that Debian installs, on a free port and without files. */
import { spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { setTimeout as wait } from "node:timers/promises";
import { Redis } from "ioredis";
import { freePort } from "../free-port.js";

const binary = "/usr/bin/redis-server";
const startMs = 10_000;

export function hasRedis(): boolean {
  return existsSync(binary);
}

export class RedisServer {
  private child: ChildProcess | undefined;

  private constructor(
    private readonly port: number,
    private readonly settings: readonly string[],
    private readonly password: string | undefined,
  ) {
    process.once("exit", this.kill);
  }

  /** @param settings As on its command line. @param password Where they set one. @throws Error where it cannot be started. */
  static async start(settings: readonly string[] = [], password?: string): Promise<RedisServer> {
    const server = new RedisServer(await freePort(), settings, password);
    await server.run();
    return server;
  }

  get url(): string {
    return `redis://${this.password === undefined ? "" : `:${this.password}@`}127.0.0.1:${String(this.port)}`;
  }

  /** Resolves when it answers. */
  async run(): Promise<void> {
    const place = ["--bind", "127.0.0.1", "--port", String(this.port), "--save", "", "--appendonly", "no"];
    const child = spawn(binary, [...place, ...this.settings], { stdio: "ignore" });
    this.child = child;
    const untilMs = performance.now() + startMs;
    while (!(await this.answers())) {
      if (child.exitCode !== null || performance.now() > untilMs) throw new Error("Redis did not start.");
      await wait(20);
    }
  }

  /** It hangs: connections stay open, and nothing is answered. */
  freeze(): void {
    this.child?.kill("SIGSTOP");
  }

  thaw(): void {
    this.child?.kill("SIGCONT");
  }

  async stop(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    if (child?.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await gone;
  }

  async remove(): Promise<void> {
    await this.stop();
    process.off("exit", this.kill);
  }

  /** What a client of one's own does. */
  async use<T>(task: (redis: Redis) => Promise<T>): Promise<T> {
    const redis = this.client();
    await redis.connect();
    try {
      return await task(redis);
    } finally {
      redis.disconnect();
    }
  }

  /** Connects with its first command, and once only. */
  client(): Redis {
    const redis = new Redis(this.url, { lazyConnect: true, retryStrategy: () => null, connectTimeout: 1000 });
    redis.on("error", () => undefined);
    return redis;
  }

  private async answers(): Promise<boolean> {
    try {
      await this.use((redis) => redis.ping());
      return true;
    } catch {
      return false;
    }
  }

  private readonly kill = (): void => {
    this.child?.kill("SIGKILL");
  };
}
