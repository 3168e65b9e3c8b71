/** Starts everything a run talks to: the sandbox, our server, what it is compared with, and the load generator. */
import type { ChildProcess } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Children, Program, Service } from "./children.js";
import { onCore, type Cores } from "./machine.js";
import { q1, q1Hash } from "./queries.js";

export interface Servers {
  readonly sandbox: Service;
  readonly floors: { readonly get: Service; readonly post: Service; readonly postHeaders: Service };
  readonly yoga: Service;
  /** Undefined where their packages are not installed. */
  readonly mercurius: Service | undefined;
  readonly naive: Service | undefined;
  readonly ours: Build;
  /** Our server of another checkout. */
  readonly other: Build | undefined;
  readonly generator: ChildProcess;
  /** Makes upstream calls without a server. */
  readonly byHand: ChildProcess;
}

/** The server of one checkout, three times. */
export interface Build {
  readonly warm: Service;
  /** With CACHE_MAX_BYTES=0. */
  readonly uncached: Service;
  /** With its cache, for things that were never requested before. */
  readonly fresh: Service;
}

/** In `scripts/bench/peers`. */
const peersNeed = "node_modules/@apollo/server";

/** More than any run asks for, so that no quota is part of what is measured. */
const dailyLimit = "1000000000";

/** Locked, as with any key. The rate is counted for each caller as always, but is the highest that can be set: each of the generator's connections
 *  is one caller, and sends in a second what a caller may send in a minute. */
export const settings = {
  PORT: "0",
  PROFILE: "locked",
  METRICS_SECRET: "metrics-of-the-benchmark",
  SEVENDIGITAL_CONSUMER_KEY: "sandbox",
  SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
  LIMIT_OPERATIONS_PER_MINUTE: "1000000",
  // For 512 connections; not all systems let each have an address of its own.
  LIMIT_SOCKETS: "1000",
  LIMIT_SOCKETS_PER_CLIENT: "1000",
  QUOTA_CALLER_PERCENT: "100",
};

export function startSandbox(children: Children, root: string, cores: Cores | undefined): Promise<Service> {
  const program = [process.execPath, join(root, "dist/sandbox/cli/cli.js"), "--port", "0", "--daily-limit", dailyLimit];
  return children.service({ name: "The sandbox", command: [...onCore(cores?.generator), ...program] });
}

interface Places {
  readonly root: string;
  /** Of the other checkout. */
  readonly against: string | undefined;
  readonly cores: Cores | undefined;
  readonly sandbox: Service;
  /** Body of a floor's response. */
  readonly floorAnswer: string;
}

export async function startServers(children: Children, { root, against, cores, sandbox, floorAnswer }: Places): Promise<Servers> {
  const script = (name: string) => join(root, "scripts/bench", name);
  const beside = [...onCore(cores?.generator), process.execPath];
  const measured = [...onCore(cores?.servers), process.execPath];
  const start = (name: string, ...args: string[]) => children.service({ name, command: [...measured, ...args] });
  const helper = (name: string, on: readonly string[], file: string, ...args: string[]): Program => ({
    name,
    command: [...on, "--import", import.meta.resolve("tsx"), script(file), ...args],
  });
  const registered = join(children.logs, "operations.json");
  writeFileSync(registered, JSON.stringify({ [q1Hash]: q1 }));
  const env = { ...settings, SEVENDIGITAL_BASE_URL: sandbox.url, PERSISTED_OPERATIONS: registered };
  const build = async (name: string, directory: string): Promise<Build> => {
    // As `npm start` does.
    const command = [...measured, "--max-semi-space-size=4", join(directory, "dist/main.js")];
    const [warm, uncached, fresh] = await Promise.all([
      children.service({ name, command, env }),
      children.service({ name: `${name} without a cache`, command, env: { ...env, CACHE_MAX_BYTES: "0" } }),
      children.service({ name: `${name} for what is new`, command, env }),
    ]);
    return { warm, uncached, fresh };
  };
  const floor = (kind: string) => start(`The floor ${kind}`, script("floor-server.mjs"), kind, q1, floorAnswer);
  const hasPeers = existsSync(script(join("peers", peersNeed)));
  const [get, post, postHeaders, yoga, mercurius, naive, ours, other, generator, byHand] = await Promise.all([
    floor("get"),
    floor("post"),
    floor("post-headers"),
    start("Empty Yoga", script("yoga-server.mjs")),
    hasPeers ? start("Mercurius", script("peers/mercurius-server.mjs")) : undefined,
    hasPeers ? start("The naive façade", script("peers/naive-server.mjs"), sandbox.url) : undefined,
    build("Our server", root),
    against === undefined ? undefined : build("The other server", against),
    children.helper(helper("The load generator", beside, "load-generator.ts")),
    children.helper(helper("The client by hand", measured, "by-hand.ts", sandbox.url)),
  ]);
  return { sandbox, floors: { get, post, postHeaders }, yoga, mercurius, naive, ours, other, generator, byHand };
}
