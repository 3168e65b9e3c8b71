#!/usr/bin/env node
/** Starts the service: configuration, the embedded sandbox where there is no key, the server, and a graceful stop. The only place that
 *  takes clock, random and environment from its surroundings. */
import { randomBytes } from "node:crypto";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadEnvFile } from "node:process";
import { parseArgs } from "node:util";
import { ConfigError, describeSettings, readProcessConfig, type Config } from "./config.js";
import { failureReport } from "./server/failure-report.js";
import type { ServerAmbient, ServerConfig } from "./server/server-config.js";
import { startServer, type RunningServer } from "./server/server.js";
import { startWarnings } from "./start-warnings.js";

const root = join(import.meta.dirname, "..");

const ambient: ServerAmbient = {
  now: () => Date.now(),
  nonce: () => randomBytes(16).toString("hex"),
  random: () => Math.random(),
  report: (error) => {
    process.stderr.write(failureReport(error));
  },
  operationsDirectory: join(root, "schema", "operations"),
};

const help = `7digital-graphql: the 7digital music API as one GraphQL graph

Usage: npm start
       npm start -- --help | --version

Settings, from the environment or a file .env in the current folder:
${describeSettings()}
`;

interface Stoppable {
  close(): Promise<void>;
}

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } });
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${version()}\n`);
  if (existsSync(".env")) loadEnvFile(".env");
  const config = readProcessConfig();
  const sandbox = config.upstream === undefined ? await embeddedSandbox() : undefined;
  const serverConfig = sandbox === undefined ? withUpstream(config) : onSandbox(config, sandbox.baseUrl);
  const server = await startServer(serverConfig, ambient).catch(async (error: unknown) => {
    await sandbox?.close();
    throw error;
  });
  stopOnSignal(sandbox === undefined ? [server] : [server, sandbox]);
  if (sandbox === undefined) for (const warning of startWarnings(serverConfig)) process.stderr.write(`Warning: ${warning}\n`);
  process.stdout.write(landing(server, serverConfig, sandbox !== undefined));
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

/** The first signal stops, a second one ends at once. */
function stopOnSignal(stoppables: readonly Stoppable[]): void {
  let stopping = false;
  const stop = async (): Promise<void> => {
    if (stopping) process.exit(1);
    stopping = true;
    for (const stoppable of stoppables) await stoppable.close();
    process.exit(0);
  };
  const onSignal = (): void => {
    stop().catch((error: unknown) => {
      ambient.report(error);
      process.exit(1);
    });
  };
  process.on("SIGINT", onSignal);
  process.on("SIGTERM", onSignal);
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
