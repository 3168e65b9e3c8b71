/** The real server on a real sandbox, both on sockets of their own, for tests. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { SpanKind } from "@opentelemetry/api";
import { Registry } from "prom-client";
import { request } from "undici";
import { print, type DocumentNode } from "graphql";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { readConfig } from "../../src/config/config.js";
import { cheatSheet } from "../../src/sandbox/cheat-sheet.js";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.js";
import { createLog } from "../../src/telemetry/log.js";
import type { ServerConfig } from "../../src/app/server-config.js";
import { startServer } from "../../src/app/server.js";
import { canariesIn, canariesKeptIn } from "./canaries.js";
import { keepingTracer, type KeptSpan } from "./spans.js";

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Answer<D> {
  readonly data: D;
  readonly errors?: readonly GraphError[];
}

export type LogLine = Readonly<Record<string, unknown>> & { readonly level: string; readonly msg: string };

export interface Facade {
  /** Where the graph is served. */
  readonly url: string;
  readonly sandbox: Sandbox;
  /** Sends an operation as clients do. */
  query<D = unknown, V extends object = object>(
    document: string | TypedDocumentNode<D, V> | DocumentNode,
    variables?: V,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<D>>;
  /** What was logged, from debug on, oldest first. */
  readonly logged: readonly LogLine[];
  /** What was traced. */
  readonly spans: readonly KeptSpan[];
  /** How many requests have come, answered or not. */
  requests(): number;
  /** As Prometheus would read them. */
  metrics(): Promise<string>;
  /** Paths of the methods the sandbox was asked since the last look, in order. */
  calls(): readonly string[];
  close(): Promise<void>;
}

interface FacadeOptions {
  readonly sandbox?: SandboxOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told of the log's lines about failures nobody foresaw; without it they fail the test by being thrown. */
  readonly report?: (line: LogLine) => void;
  /** As on the embedded sandbox, where all is a play. */
  readonly demo?: Omit<NonNullable<ServerConfig["demo"]>, "sheet">;
  /** Milliseconds that the server's clock is ahead of the real one. */
  readonly ahead?: () => number;
}

export async function startFacade(options: FacadeOptions = {}): Promise<Facade> {
  const sandbox = await startSandbox(options.sandbox);
  const config = readConfig({
    PORT: "0",
    PROFILE: "open",
    LIMIT_PURCHASES_PER_MINUTE: "0",
    LIMIT_VOUCHERS_PER_MINUTE: "0",
    LIMIT_PASSWORDS_PER_MINUTE: "0",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    ...onSandbox(sandbox),
    ...options.environment,
  });
  if (config.upstream === undefined) throw new Error("The facade needs an API to ask.");
  const dataDirectory = config.dataDirectory ?? mkdtempSync(join(tmpdir(), "facade-"));
  const ownName = randomUUID();
  let nonces = 0;
  const logged: LogLine[] = [];
  const registry = new Registry();
  const tracer = keepingTracer();
  const server = await startServer(
    { ...config, upstream: config.upstream, dataDirectory, demo: options.demo && { ...options.demo, sheet: cheatSheet() } },
    {
      now: () => Date.now() + (options.ahead?.() ?? 0),
      nonce: () => `nonce-${ownName}-${String(nonces++)}`,
      random: () => 0.5,
      // Knows no secret to look for: it is the canaries that are looked for, and the traces of its own filter.
      log: createLog({
        level: "debug",
        secrets: [],
        write: (text) => {
          const line = JSON.parse(text) as LogLine;
          logged.push(line);
          if (line.msg === "unforeseen failure") (options.report ?? fail)(line);
        },
      }),
      registry,
      tracer,
      rootDirectory: join(import.meta.dirname, "../.."),
    },
  );
  return {
    url: server.url,
    sandbox,
    async query(document, variables, headers = {}) {
      const query = typeof document === "string" ? document : print(document);
      const { body } = await request(server.url, {
        method: "POST",
        headers: { "content-type": "application/json", ...headers },
        body: JSON.stringify({ query, variables }),
      });
      const { errors, extensions, ...answer } = (await body.json()) as Answer<never> & { extensions?: unknown };
      const leaked = canariesIn(JSON.stringify([errors, extensions]));
      if (leaked.length > 0) throw new Error(`Errors or extensions tell secrets: ${leaked.join(", ")}`);
      return errors === undefined ? answer : { ...answer, errors };
    },
    logged,
    spans: tracer.spans,
    requests: () => tracer.spans.filter(({ kind }) => kind === SpanKind.SERVER).length,
    metrics: () => registry.metrics(),
    calls() {
      const methods = sandbox.journal.entries().map(({ method }) => method);
      sandbox.journal.clear();
      return methods;
    },
    async close() {
      await server.close();
      const written = { logs: logged, metrics: await registry.metrics(), traces: tracer.spans };
      const leaked = Object.entries(written).map(([where, what]) => [where, canariesIn(JSON.stringify(what))] as const);
      for (const [where, canaries] of [...leaked, ["records of purchases", canariesKeptIn(dataDirectory)] as const]) {
        if (canaries.length > 0) throw new Error(`Secrets are told in ${where}: ${canaries.join(", ")}`);
      }
      await sandbox.close();
    },
  };
}

/** Every host of 7digital's is the sandbox, without TLS. */
export function onSandbox({ baseUrl }: Sandbox): Record<string, string> {
  const { origin } = new URL(baseUrl);
  return {
    SEVENDIGITAL_BASE_URL: baseUrl,
    SEVENDIGITAL_SECURE_BASE_URL: baseUrl,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_MEDIA_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_SERVICE_URL: origin,
    SEVENDIGITAL_PREVIEW_URL: origin,
  };
}

function fail(line: LogLine): never {
  throw new Error(`The façade did not foresee this: ${JSON.stringify(line)}`);
}
