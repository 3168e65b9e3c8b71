/** Persisted operations: registered in a file when clients are built, and requested by the SHA-256 of their document. */
import { hash } from "node:crypto";
import { readFileSync } from "node:fs";
import { parse } from "graphql";
import { z } from "zod";
import type { OperationParameters } from "./request.js";

const byHash = z.record(z.string(), z.string()).transform((documents) => Object.entries(documents));
/** @see https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const manifest = z
  .object({
    format: z.literal("apollo-persisted-query-manifest"),
    operations: z.array(z.object({ id: z.string(), body: z.string() }).transform(({ id, body }) => [id, body] as const)),
  })
  .transform(({ operations }) => operations);

/** Reads a file written by a code generator: an object of documents by their hash, or Apollo's manifest.
 *  @throws Error that says what is wrong with it */
export function registeredIn(file: string): ReadonlyMap<string, string> {
  const documents = documentsIn(contentOf(file));
  for (const [id, document] of documents) {
    const name = id.slice(0, 100);
    if (id !== hash("sha256", document)) throw new Error(`PERSISTED_OPERATIONS: "${name}" is not the SHA-256 of its document in hex.`);
    try {
      parse(document);
    } catch {
      throw new Error(`PERSISTED_OPERATIONS: the document of "${name}" is not valid GraphQL.`);
    }
  }
  return documents;
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new Error(`PERSISTED_OPERATIONS names a file that ${error instanceof SyntaxError ? "holds no JSON" : "cannot be read"}.`, {
      cause: error,
    });
  }
}

/** By the hashes that clients name them by. */
function documentsIn(content: unknown): ReadonlyMap<string, string> {
  const { data } = z.union([manifest, byHash]).safeParse(content);
  if (data !== undefined) return new Map(data.map(([id, document]) => [hashIn(id), document]));
  throw new Error("PERSISTED_OPERATIONS names a file that is neither an object of documents by their hash nor a manifest of Apollo's.");
}

/** @see GraphQL over HTTP, appendix "Persisted Documents", "Prefixed document identifier" */
function hashIn(id: string): string {
  return id.replace(/^sha256:/, "");
}

/** Documents by their hash. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** @throws Error that says what is wrong with the file */
export function readPersistedOperations(file: string | undefined): PersistedOperations {
  return file === undefined ? new Map() : registeredIn(file);
}

const inExtensions = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

/** The hash of the operation that is named; undefined where the parameters name none. */
export function hashNamedIn(parameters: OperationParameters): string | undefined {
  const { documentId } = parameters;
  const id = typeof documentId === "string" ? documentId : persistedQueryIn(parameters);
  return id === undefined ? undefined : hashIn(id);
}

/** The hash that Apollo's clients send, alone or beside the document. */
export function persistedQueryIn({ extensions }: OperationParameters): string | undefined {
  if (extensions === undefined || extensions === null) return undefined;
  return inExtensions.safeParse(extensions).data?.persistedQuery.sha256Hash;
}
