#!/usr/bin/env node
/** The command line: reads the command and runs it. */
import cluster from "node:cluster";
import { readFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { version } from "./app/installation.js";
import { announce } from "./app/landing.js";
import { endOnFailure, stopOnSignal } from "./app/process-end.js";
import { setUpHeap } from "./app/heap-settings.js";
import { ConfigError } from "./config/config-error.js";
import { describeSettings, readProcessConfig } from "./config/config.js";
import { prepare } from "./entries/prepare.js";
import { startService } from "./entries/service.js";

const help = `7digital-graphql: the 7digital music API as one GraphQL graph

Usage: 7digital-graphql [start]      starts the service (in this repository: npm start)
       7digital-graphql sandbox      starts the sandbox of the 7digital API alone; --help lists its options
       7digital-graphql schema       prints the schema; with --subgraph or --stitching as gateways read it, with --prefix Music for type names
       7digital-graphql explain FILE says which calls an operation may cost, without running it;
                                     with --operation NAME, --variables JSON, --country DE or --shop-id 34
       7digital-graphql doctor       checks key, signature, clock, hosts, responses, purchase records and Redis
       7digital-graphql records confirm
                                     lets purchases go on after a restore or a failover of their PostgreSQL database
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

const withoutOptions: ReadonlyMap<string, () => Promise<void>> = new Map([
  ["", start],
  ["start", start],
  ["doctor", doctor],
  ["records confirm", confirmRecords],
]);

async function main(): Promise<void> {
  if (process.argv[2] === "sandbox") {
    process.argv.splice(2, 1);
    await import("./sandbox/cli/cli.js");
    return;
  }
  const { values, positionals } = parseArgs({ options, allowPositionals: true });
  const [command, file] = positionals;
  if (values.help) return void process.stdout.write(help);
  if (values.version) return void process.stdout.write(`${version()}\n`);
  const run = withoutOptions.get(positionals.join(" "));
  if (run !== undefined) return run();
  if (command === "worker" && cluster.isWorker) return worker();
  if (command === "schema") return void process.stdout.write((await import("./app/commands/schema.js")).printedSchema(values));
  if (command === "explain" && file !== undefined) return void process.stdout.write(await explanation(file, values));
  throw new UsageError(`Not a command: ${positionals.join(" ")}. --help lists all.`);
}

async function worker(): Promise<void> {
  const { work } = await import("./entries/worker.js");
  work();
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
  const { config, ambient, release } = await prepare(readProcessConfig());
  const { diagnose, printed } = await import("./app/commands/doctor.js");
  const diagnosis = await diagnose(config, ambient);
  process.stdout.write(printed(diagnosis));
  if (!diagnosis.isGood) process.exitCode = 1;
  await release();
}

async function confirmRecords(): Promise<void> {
  const { databaseUrl } = readProcessConfig();
  if (databaseUrl === undefined) throw new UsageError("DATABASE_URL is not set. Only records in PostgreSQL are confirmed.");
  const { confirmPostgresRecords } = await import("./app/commands/records.js");
  try {
    process.stdout.write(await confirmPostgresRecords(databaseUrl));
  } catch (error) {
    throw new UsageError(`Not confirmed: ${error instanceof Error ? error.message : "the database fails"}.`);
  }
}

/** What the user can mend. */
class UsageError extends Error {
  override readonly name = "UsageError";
}

async function start(): Promise<void> {
  setUpHeap();
  // Signals are handled from here on, although starting takes a while.
  const listening = stopOnSignal();
  const config = readProcessConfig();
  const service =
    config.processes === 1 ? await startService(config) : await (await import("./entries/processes.js")).startProcesses(config);
  endOnFailure(service.log);
  listening({ ...service, drainMs: config.stopDrainMs });
  announce(service);
}

main().catch((error: unknown) => {
  const message =
    error instanceof ConfigError || error instanceof UsageError
      ? error.message
      : `It could not start: ${error instanceof Error ? error.message : "unknown"}`;
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
});
