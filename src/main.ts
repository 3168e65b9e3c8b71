#!/usr/bin/env node
/** Starts the service: configuration, the embedded sandbox where there is no key, the server, and a graceful stop. The only place that
 *  takes clock, random and environment from its surroundings. */
import { randomBytes } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { parseArgs } from "node:util";
import { trace } from "@opentelemetry/api";
import { collectDefaultMetrics, Registry } from "prom-client";
import { ConfigError, describeSettings, readProcessConfig, type Config } from "./config.js";
import { reportFailure } from "./server/failure-report.js";
import { createLog, type Log } from "./server/log.js";
import { secretsOf } from "./server/scrub.js";
import type { ServerAmbient, ServerConfig } from "./server/server-config.js";
import type { RunningServer } from "./server/server.js";
import { startWarnings } from "./start-warnings.js";

const root = join(import.meta.dirname, "..");

/** Time for whoever sends requests here to hear that others should get them. */
const drainMs = 2000;

const help = `7digital-graphql: the 7digital music API as one GraphQL graph

Usage: npm start
       npm start -- --help | --version

Settings, from the environment or a file .env in the current folder:
${describeSettings()}

Calls to the real API go through HTTPS_PROXY or HTTP_PROXY, except to the hosts in NO_PROXY.
`;

interface Stoppable {
  close(): Promise<void>;
}

/** What a signal stops. */
interface Running {
  readonly server: RunningServer;
  readonly sandbox: Stoppable | undefined;
  readonly log: Log;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } });
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${version()}\n`);
  const listening = stopOnSignal();
  const config = readProcessConfig();
  const sandbox = config.upstream === undefined ? await embeddedSandbox() : undefined;
  const serverConfig = sandbox === undefined ? withUpstream(config) : onSandbox(config, sandbox.baseUrl);
  const log = createLog({ level: config.logLevel, secrets: secretsOf(serverConfig), write: (line) => process.stderr.write(line) });
  // By far the most to load, so signals are listened to before.
  const { startServer } = await import("./server/server.js");
  const server = await startServer(serverConfig, ambientOf(log)).catch(async (error: unknown) => {
    await sandbox?.close();
    throw error;
  });
  endOnFailure(log);
  listening({ server, sandbox, log });
  const warnings = [...config.unknownNames, ...(sandbox === undefined ? startWarnings(serverConfig) : [])];
  for (const warning of warnings) log.warn(warning);
  process.stdout.write(landing(server, serverConfig, sandbox !== undefined));
}

function ambientOf(log: Log): ServerAmbient {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  return {
    now: () => Date.now(),
    nonce: () => randomBytes(16).toString("hex"),
    random: () => Math.random(),
    log,
    registry,
    // Of an SDK, where the process was started with one; otherwise its spans come to nothing.
    tracer: trace.getTracer("7digital-graphql", version()),
    operationsDirectory: join(root, "schema", "operations"),
  };
}

async function embeddedSandbox(): Promise<Stoppable & { readonly baseUrl: string }> {
  const { startSandbox } = await import("./sandbox/sandbox.js");
  return startSandbox();
}

function withUpstream({ upstream, ...config }: Config): ServerConfig {
  if (upstream === undefined) throw new Error("there is neither a key nor a sandbox.");
  return { ...config, dataDirectory: config.dataDirectory ?? "data", upstream };
}

/** All of 7digital is the sandbox, which is in this process: nothing leaves the machine, so nothing has to be encrypted. Its sealing key
 *  is no secret, so that what a browser keeps of the demo user is still good after the next start; none that is set may seal what is
 *  published here for years. */
function onSandbox(config: Config, baseUrl: string): ServerConfig {
  const { origin } = new URL(baseUrl);
  return {
    ...config,
    sealingKeys: [{ kid: "sandbox", secret: Buffer.alloc(32, "sandbox") }],
    demo: { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: config.returnOrigins.length === 0 },
    dataDirectory: config.dataDirectory ?? folderOfThisProcess(),
    upstream: {
      baseUrl,
      secureBaseUrl: baseUrl,
      accountUrl: origin,
      mediaUrl: `${origin}/media`,
      streamUrl: `${origin}/media`,
      previewUrl: origin,
      consumerKey: "sandbox",
      consumerSecret: "sandbox-secret",
    },
  };
}

/** Gone when the process ends, however it does. */
function folderOfThisProcess(): string {
  const folder = mkdtempSync(join(tmpdir(), "7digital-graphql-"));
  process.once("exit", () => {
    rmSync(folder, { recursive: true, force: true });
  });
  return folder;
}

function landing({ url }: RunningServer, { upstream: { baseUrl } }: ServerConfig, isSandbox: boolean): string {
  const sandbox = `the embedded sandbox, a made-up catalogue, at ${new URL(baseUrl).origin} (docs/sandbox.md)`;
  const source = isSandbox ? sandbox : `the real API at ${baseUrl}`;
  return `7digital GraphQL on ${url} - open it in a browser to explore. It answers from ${source}.\n`;
}

/** The first signal stops, a second one ends at once. Whoever presses Ctrl-C is alone and does not wait for others to hear of it.
 *  @returns To be told when it listens. Until then nobody has asked for anything, so there is nobody to wait for. */
function stopOnSignal(): (listening: Running) => void {
  let running: Running | undefined;
  let stopping = false;
  const stop = async ({ server, sandbox }: Running, waitMs: number): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    server.drain();
    await wait(waitMs);
    await server.close();
    await sandbox?.close();
    process.exit(0);
  };
  const onSignal = (waitMs: number): void => {
    if (running === undefined) process.exit(0);
    const { log } = running;
    stop(running, waitMs).catch((error: unknown) => {
      reportFailure(log, error, "failure while stopping");
      process.exit(1);
    });
  };
  process.on("SIGINT", () => onSignal(0));
  process.on("SIGTERM", () => onSignal(drainMs));
  return (listening) => {
    running = listening;
  };
}

/** Nobody knows what a failure that nobody caught has left behind: the process ends. Purchases under way are written down, and settle at
 *  the next start. */
function endOnFailure(log: Log): void {
  for (const kind of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(kind, (error: unknown) => {
      reportFailure(log, error, kind === "uncaughtException" ? "uncaught exception" : "unhandled rejection");
      process.exit(1);
    });
  }
}

function version(): string {
  return (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
}

main().catch((error: unknown) => {
  const message =
    error instanceof ConfigError ? error.message : `It could not start: ${error instanceof Error ? error.message : "unknown"}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
