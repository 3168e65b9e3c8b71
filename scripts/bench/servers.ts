/** Starts everything a run talks to: the sandbox, our server with and without a cache, what it is compared with, and the load generator. */
import type { ChildProcess } from "node:child_process";
import { join } from "node:path";
import type { Children, Service } from "./children.js";
import { onCore, type Cores } from "./machine.js";
import { q1 } from "./queries.js";

export interface Servers {
  readonly sandbox: Service;
  readonly floor: Service;
  readonly yoga: Service;
  readonly ours: Build;
  /** Our server of another checkout. */
  readonly other: Build | undefined;
  readonly generator: ChildProcess;
}

/** The server of one checkout. */
export interface Build {
  readonly cached: Service;
  /** The same program with CACHE_MAX_BYTES=0. */
  readonly uncached: Service;
}

/** More than any run asks for, so that no quota is part of what is measured. */
const dailyLimit = "1000000000";

export async function startServers(
  children: Children,
  root: string,
  against: string | undefined,
  cores: Cores | undefined,
): Promise<Servers> {
  const script = (name: string) => join(root, "scripts/bench", name);
  const beside = [...onCore(cores?.generator), process.execPath];
  const measured = [...onCore(cores?.servers), process.execPath];
  const sandbox = await children.service({
    name: "The sandbox",
    command: [...beside, join(root, "dist/sandbox/cli/cli.js"), "--port", "0", "--daily-limit", dailyLimit],
  });
  const env = {
    PORT: "0",
    SEVENDIGITAL_BASE_URL: sandbox.url,
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    // One caller asks all of it.
    LIMIT_OPERATIONS_PER_MINUTE: "0",
    LIMIT_SOCKETS_PER_CLIENT: "0",
    QUOTA_CALLER_PERCENT: "100",
  };
  const build = async (name: string, directory: string): Promise<Build> => {
    const command = [...measured, join(directory, "dist/main.js")];
    return {
      cached: await children.service({ name, command, env }),
      uncached: await children.service({ name: `${name} without a cache`, command, env: { ...env, CACHE_MAX_BYTES: "0" } }),
    };
  };
  return {
    sandbox,
    floor: await children.service({ name: "The floor", command: [...measured, script("floor-server.mjs"), q1] }),
    yoga: await children.service({ name: "Bare Yoga", command: [...measured, script("yoga-server.mjs")] }),
    ours: await build("Our server", root),
    other: against === undefined ? undefined : await build("The other server", against),
    generator: await children.helper({
      name: "The load generator",
      command: [...beside, "--import", import.meta.resolve("tsx"), script("load-generator.ts")],
    }),
  };
}
