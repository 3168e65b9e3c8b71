#!/usr/bin/env node
/** The command line. Without a command it starts the service: configuration, the embedded sandbox where there is no key, and the server. */
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

Usage: 7digital-graphql [start]      starts the service (in this repository: npm start)
       7digital-graphql sandbox      starts the sandbox of the 7digital API alone; --help lists its options
       7digital-graphql schema       prints the schema; with --subgraph or --stitching as gateways read it, with --prefix Music for type names
       7digital-graphql explain FILE says which calls an operation may cost, without running it;
                                     with --operation NAME, --variables JSON, --country DE or --shop-id 34
       7digital-graphql doctor       checks key, signature, clock, hosts, responses and purchase records
       7digital-graphql --help | --version

Settings, from the environment or a file .env in the current folder:
${describeSettings()}

Calls to the real API go through HTTPS_PROXY or HTTP_PROXY, except to the hosts in NO_PROXY.
`;

const options = {
  help: { type: "boolean", short: "h" },
  version: { type: "boolean", short: "v" },
  subgraph: { type: "boolean", default: false },
  stitching: { type: "boolean", default: false },
  prefix: { type: "string", default: "" },
  operation: { type: "string" },
  variables: { type: "string", default: "{}" },
  country: { type: "string" },
  "shop-id": { type: "string" },
} as const;

type Values = ReturnType<typeof parseArgs<{ readonly options: typeof options; readonly allowPositionals: true }>>["values"];

async function main(): Promise<void> {
  if (process.argv[2] === "sandbox") {
    process.argv.splice(2, 1);
    await import("./sandbox/cli/cli.js");
    return;
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command = "start", file] = positionals;
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${version()}\n`);
  if (command === "start" && file === undefined) return start();
  if (command === "doctor" && file === undefined) return doctor();
  if (command === "schema") return void process.stdout.write((await import("./app/commands/schema.js")).printedSchema(values));
  if (command === "explain" && file !== undefined) return void process.stdout.write(await explanation(file, values));
  throw new UsageError(`Not a command: ${positionals.join(" ")}. --help lists all.`);
}

async function explanation(file: string, { operation: operationName, variables, country, "shop-id": shopId }: Values): Promise<string> {
  const { explained } = await import("./app/commands/explain.js");
  const { defaultStore, batchSize, pageSizeLimit } = readProcessConfig();
  const named = shopId === undefined ? country && { country: country.toUpperCase() } : { shopId };
  try {
    const parsed = JSON.parse(variables) as Record<string, unknown>;
    const store = named === undefined || named === "" ? defaultStore : named;
    return explained(readFileSync(file, "utf8"), { operationName, variables: parsed, store, batchSize, pageSize: pageSizeLimit });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : "It cannot be explained.");
  }
}

async function doctor(): Promise<void> {
  const { serverConfig, sandbox } = await configured();
  const { diagnose, printed } = await import("./app/commands/doctor.js");
  const diagnosis = await diagnose(serverConfig, createAmbient(serverConfig, { version: version(), rootDirectory: root }));
  process.stdout.write(printed(diagnosis));
  if (!diagnosis.isGood) process.exitCode = 1;
  await sandbox?.close();
}

/** The configuration of this process; without a key, with the embedded sandbox in 7digital's place. */
async function configured() {
  const config = readProcessConfig();
  const embedded = config.upstream === undefined ? await embeddedSandbox() : undefined;
  const serverConfig = embedded === undefined ? withUpstream(config) : onSandbox(config, embedded);
  return { config, serverConfig, sandbox: embedded?.sandbox };
}

/** What the user can mend. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

async function start(): Promise<void> {
  const listening = stopOnSignal();
  const { config, serverConfig, sandbox } = await configured();
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
    error instanceof ConfigError || error instanceof UsageError
      ? error.message
      : `It could not start: ${error instanceof Error ? error.message : "unknown"}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
