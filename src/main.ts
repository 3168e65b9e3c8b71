#!/usr/bin/env node
/** Starts the service: configuration, the embedded sandbox where there is no key, and the server. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createAmbient } from "./app/ambient.js";
import { endOnFailure, stopOnSignal } from "./app/process-end.js";
import type { ServerConfig } from "./app/server-config.js";
import type { RunningServer } from "./app/server.js";
import { ConfigError, describeSettings, readProcessConfig, type Config } from "./config/config.js";
import { startWarnings } from "./config/start-warnings.js";

const root = join(import.meta.dirname, "..");

const help = `7digital-graphql: the 7digital music API as one GraphQL graph

Usage: npm start
       npm start -- --help | --version

Settings, from the environment or a file .env in the current folder:
${describeSettings()}

Calls to the real API go through HTTPS_PROXY or HTTP_PROXY, except to the hosts in NO_PROXY.
`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { help: { type: "boolean", short: "h" }, version: { type: "boolean", short: "v" } } });
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${version()}\n`);
  const listening = stopOnSignal();
  const config = readProcessConfig();
  const embedded = config.upstream === undefined ? await embeddedSandbox() : undefined;
  const sandbox = embedded?.sandbox;
  const serverConfig = embedded === undefined ? withUpstream(config) : onSandbox(config, embedded);
  const ambient = createAmbient(serverConfig, { version: version(), rootDirectory: root });
  const { log } = ambient;
  // It takes by far the longest to load, so signals are handled before.
  const { startServer } = await import("./app/server.js");
  const server = await startServer(serverConfig, ambient).catch(async (error: unknown) => {
    await sandbox?.close();
    throw error;
  });
  endOnFailure(log);
  listening({ server, sandbox, log });
  const warnings = [...config.unknownNames, ...(sandbox === undefined ? startWarnings(serverConfig) : [])];
  for (const warning of warnings) log.warn(warning);
  process.stdout.write(landing(server, serverConfig, sandbox !== undefined));
}

type EmbeddedSandbox = Awaited<ReturnType<typeof embeddedSandbox>>;

async function embeddedSandbox() {
  const [{ startSandbox }, { cheatSheet }] = await Promise.all([import("./sandbox/sandbox.js"), import("./sandbox/cheat-sheet.js")]);
  return { sandbox: await startSandbox({ images: "sandbox" }), sheet: cheatSheet() };
}

function withUpstream({ upstream, ...config }: Config): ServerConfig {
  if (upstream === undefined) throw new Error("there is neither a key nor a sandbox.");
  return { ...config, dataDirectory: config.dataDirectory ?? "data", upstream };
}

/** The sandbox answers for all of 7digital, within this process, so plain http is safe. The sealing key is public on purpose: a browser
 *  keeps the demo user's token, which must stay good after a restart, and no real key may seal a token that is published. */
function onSandbox(config: Config, { sandbox: { baseUrl }, sheet }: EmbeddedSandbox): ServerConfig {
  const { origin } = new URL(baseUrl);
  return {
    ...config,
    sealingKeys: [{ kid: "sandbox", secret: Buffer.alloc(32, "sandbox") }],
    demo: { user: { key: "demo-token", secret: "demo-token-secret" }, sheet, returnsHere: config.returnOrigins.length === 0 },
    dataDirectory: config.dataDirectory ?? folderOfThisProcess(),
    upstream: {
      baseUrl,
      secureBaseUrl: baseUrl,
      accountUrl: origin,
      mediaUrl: `${origin}/media`,
      streamUrl: `${origin}/media`,
      streamServiceUrl: origin,
      previewUrl: origin,
      consumerKey: "sandbox",
      consumerSecret: "sandbox-secret",
    },
  };
}

/** Removed when the process ends, for whatever reason. */
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

function version(): string {
  return (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string }).version;
}

main().catch((error: unknown) => {
  const message =
    error instanceof ConfigError ? error.message : `It could not start: ${error instanceof Error ? error.message : "unknown"}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
