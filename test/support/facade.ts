/** The real server on a real sandbox, both on sockets of their own, for tests. */
import { randomUUID } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { request } from "undici";
import { print, type DocumentNode } from "graphql";
import type { TypedDocumentNode } from "@graphql-typed-document-node/core";
import { readConfig } from "../../src/config.js";
import { startSandbox, type Sandbox, type SandboxOptions } from "../../src/sandbox/sandbox.js";
import type { ServerConfig } from "../../src/server/server-config.js";
import { failureReport } from "../../src/server/failure-report.js";
import { startServer } from "../../src/server/server.js";
import { canariesIn, canariesKeptIn } from "./canaries.js";

export interface GraphError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: Readonly<Record<string, unknown>>;
}

export interface Answer<D> {
  readonly data: D;
  readonly errors?: readonly GraphError[];
}

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
  /** Paths of the methods the sandbox was asked since the last look, in order. */
  calls(): readonly string[];
  close(): Promise<void>;
}

interface FacadeOptions {
  readonly sandbox?: SandboxOptions;
  readonly environment?: Readonly<Record<string, string>>;
  /** Told of failures nobody foresaw; without it they fail the test by being thrown. */
  readonly report?: (error: unknown) => void;
  /** As on the embedded sandbox, where all is a play. */
  readonly demo?: ServerConfig["demo"];
  /** Milliseconds that the server's clock is ahead of the real one. */
  readonly ahead?: () => number;
}

export async function startFacade(options: FacadeOptions = {}): Promise<Facade> {
  const sandbox = await startSandbox(options.sandbox);
  const config = readConfig({
    PORT: "0",
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    ...onSandbox(sandbox),
    ...options.environment,
  });
  if (config.upstream === undefined) throw new Error("The facade needs an API to ask.");
  const dataDirectory = config.dataDirectory ?? mkdtempSync(join(tmpdir(), "facade-"));
  const ownName = randomUUID();
  let nonces = 0;
  const server = await startServer(
    { ...config, upstream: config.upstream, dataDirectory, demo: options.demo },
    {
      now: () => Date.now() + (options.ahead?.() ?? 0),
      nonce: () => `nonce-${ownName}-${String(nonces++)}`,
      random: () => 0.5,
      report: (error) => {
        const leaked = canariesIn(failureReport(error));
        if (leaked.length > 0) throw new Error(`A report tells secrets: ${leaked.join(", ")}`);
        (options.report ?? rethrow)(error);
      },
      operationsDirectory: join(import.meta.dirname, "../../schema/operations"),
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
    calls() {
      const methods = sandbox.journal.entries().map(({ method }) => method);
      sandbox.journal.clear();
      return methods;
    },
    async close() {
      await server.close();
      const kept = canariesKeptIn(dataDirectory);
      if (kept.length > 0) throw new Error(`Recorded purchases tell secrets: ${kept.join(", ")}`);
      await sandbox.close();
    },
  };
}

/** Every host of 7digital's is the sandbox, without TLS. */
function onSandbox({ baseUrl }: Sandbox): Record<string, string> {
  const { origin } = new URL(baseUrl);
  return {
    SEVENDIGITAL_BASE_URL: baseUrl,
    SEVENDIGITAL_SECURE_BASE_URL: baseUrl,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_MEDIA_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_URL: `${origin}/media`,
    SEVENDIGITAL_PREVIEW_URL: origin,
  };
}

function rethrow(error: unknown): never {
  throw error;
}
