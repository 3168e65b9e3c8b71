/** All that a scenario needs: the sandbox, Redis, PostgreSQL and copies of the service, each as a process of its own on a free port. */
import { join } from "node:path";
import { PostgresServer } from "../databases/postgres-server.js";
import { RedisServer } from "../databases/redis-server.js";
import { start, until, type Started } from "../deploy/commands.js";
import { operatorSecret } from "./client.js";
import { Copy } from "./copy.js";
import { tag } from "./plan.js";

/** More than buy in any run. */
const buyers = 20_000;

interface Sale {
  readonly tags: Readonly<Record<string, string>>;
}

interface Journal {
  readonly total: number;
  readonly entries: readonly { readonly method: string; readonly params: Readonly<Record<string, string>> }[];
}

export class Stage {
  private constructor(
    readonly redis: RedisServer,
    readonly postgres: PostgresServer,
    readonly copies: readonly Copy[],
    private readonly sandbox: Started,
    private readonly apiUrl: string,
  ) {
    process.once("exit", this.kill);
  }

  /** @param main Path of `dist/main.js`. */
  static async open(main: string, copyCount: number, trustedProxies: number): Promise<Stage> {
    const program = [join(import.meta.dirname, "sandbox-process.ts"), String(buyers)];
    const sandbox = start(process.execPath, ["--import", import.meta.resolve("tsx"), ...program]);
    process.once("exit", () => sandbox.child.kill("SIGKILL"));
    const [redis, postgres] = await Promise.all([RedisServer.start(), PostgresServer.start()]);
    await until(() => Promise.resolve(/http\S+/.test(sandbox.said())), "the sandbox listens", sandbox.said);
    const apiUrl = /http\S+/.exec(sandbox.said())?.[0] ?? "";
    const settings = settingsOf({ apiUrl, redisUrl: redis.url, databaseUrl: await postgres.newDatabase(), trustedProxies });
    const copies = await Promise.all(Array.from({ length: copyCount }, () => Copy.of(main, settings)));
    const stage = new Stage(redis, postgres, copies, sandbox, apiUrl);
    // The first one makes the tables.
    for (const copy of copies) await copy.start();
    return stage;
  }

  /** How many calls the sandbox has got. */
  async calls(): Promise<number> {
    return (await this.ask<Journal>("journal")).total;
  }

  /** Keys of the latest purchases whose calls the sandbox has got, one for each call. */
  async moneyCalls(): Promise<readonly string[]> {
    const { entries } = await this.ask<Journal>("journal");
    return entries.flatMap(({ method, params }) => (method.startsWith("user/purchase/") ? [params[`tag_${tag}`] ?? ""] : []));
  }

  /** Keys of all that was sold, one for each sale. */
  async sold(): Promise<readonly string[]> {
    return (await this.ask<{ readonly sales: readonly Sale[] }>("sales")).sales.map(({ tags }) => tags[tag] ?? "");
  }

  async close(): Promise<void> {
    this.kill();
    process.off("exit", this.kill);
    await this.sandbox.ended;
    await Promise.all([this.redis.remove(), this.postgres.remove()]);
  }

  private async ask<T>(what: "journal" | "sales"): Promise<T> {
    return (await (await fetch(new URL(`/_sandbox/${what}`, this.apiUrl))).json()) as T;
  }

  private readonly kill = (): void => {
    for (const copy of this.copies) copy.kill();
    this.sandbox.child.kill("SIGKILL");
  };
}

interface Places {
  readonly apiUrl: string;
  readonly redisUrl: string;
  readonly databaseUrl: string;
  readonly trustedProxies: number;
}

/** As in production, but that all clients are on this machine, and that the sandbox may be as slow as a busy machine makes it. */
function settingsOf({ apiUrl, redisUrl, databaseUrl, trustedProxies }: Places): Readonly<Record<string, string>> {
  return {
    PROFILE: "locked",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: apiUrl,
    SEVENDIGITAL_SECURE_BASE_URL: apiUrl,
    SEVENDIGITAL_TIMEOUT_MS: "30000",
    LIMIT_OPERATION_MS: "60000",
    SEVENDIGITAL_ACCOUNT_URL: new URL(apiUrl).origin,
    SEALING_KEYS: `one:${Buffer.alloc(32, 1).toString("base64")}`,
    OPERATOR_SECRET: operatorSecret,
    TRUSTED_PROXIES: String(trustedProxies),
    LIMIT_SOCKETS: "2000",
    LIMIT_SOCKETS_PER_CLIENT: "0",
    QUOTA_CALLER_PERCENT: "100",
    REDIS_URL: redisUrl,
    DATABASE_URL: databaseUrl,
  };
}
