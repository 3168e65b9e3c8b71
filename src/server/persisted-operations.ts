/** Operations that clients ask for by their SHA-256, because whoever builds the clients has told them before. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { usePersistedOperations } from "@graphql-yoga/plugin-persisted-operations";
import { GraphQLError, parse } from "graphql";
import type { Plugin } from "graphql-yoga";
import { z } from "zod";
import type { Config } from "../config.js";
import { limitError } from "./document-limits.js";

type PersistedOptions = Pick<Config, "persistedOperations" | "persistedOnly">;

/** Documents by what clients name them by. */
type PersistedOperations = ReadonlyMap<string, string>;

const byHash = z.record(z.string(), z.string());
/** @see https://www.apollographql.com/docs/graphos/platform/security/persisted-queries */
const manifest = z.object({
  format: z.literal("apollo-persisted-query-manifest"),
  operations: z.array(z.object({ id: z.string(), body: z.string() })),
});

/** Reads a file that code generators wrote: an object of documents by their hash, or Apollo's manifest.
 *  @throws Error that says what is wrong with it */
function readPersistedOperations(file: string): PersistedOperations {
  const documents = documentsIn(contentOf(file));
  for (const [id, document] of documents) {
    const name = id.slice(0, 100);
    if (id !== sha256(document)) throw new Error(`PERSISTED_OPERATIONS: "${name}" is not the SHA-256 of its document in hex.`);
    try {
      parse(document);
    } catch {
      throw new Error(`PERSISTED_OPERATIONS: the document of "${name}" is no GraphQL.`);
    }
  }
  return documents;
}

function contentOf(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as unknown;
  } catch (error) {
    throw new Error(`PERSISTED_OPERATIONS names a file that ${error instanceof SyntaxError ? "holds no JSON" : "can not be read"}.`, {
      cause: error,
    });
  }
}

function documentsIn(content: unknown): PersistedOperations {
  const listed = manifest.safeParse(content);
  if (listed.success) return new Map(listed.data.operations.map(({ id, body }) => [hashIn(id), body]));
  const named = byHash.safeParse(content);
  if (named.success) return new Map(Object.entries(named.data).map(([id, document]) => [hashIn(id), document]));
  throw new Error("PERSISTED_OPERATIONS names a file that is neither an object of documents by their hash nor a manifest of Apollo's.");
}

/** @see GraphQL over HTTP, appendix "Persisted Documents", "Prefixed document identifier" */
function hashIn(id: string): string {
  return id.replace(/^sha256:/, "");
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** The parameter of a request that names an operation; of a GET, Yoga reads but those that every request has. */
export const persistedParameter = "documentId";

/** Knows the operations of the file, if there is one. @throws Error that says what is wrong with it */
export function persistedOperationsPlugin({ persistedOperations: file, persistedOnly }: PersistedOptions): Plugin {
  const operations = file === undefined ? undefined : readPersistedOperations(file);
  return usePersistedOperations({
    allowArbitraryOperations: !persistedOnly,
    getPersistedOperation: (id) => operations?.get(hashIn(id)) ?? null,
    extractPersistedOperationId: idIn,
    customErrors: {
      notFound: () => limitError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound"),
      persistedQueryOnly: () =>
        limitError("PERSISTED_QUERY_ONLY", "Only operations that the operator has registered are executed here: send the hash of one."),
      keyNotFound: () =>
        new GraphQLError("Send the operation's document as `query`, or the hash of a registered one.", {
          extensions: { code: "BAD_REQUEST", http: { status: 400 } },
        }),
    },
  });
}

const inExtensions = z.object({ persistedQuery: z.object({ sha256Hash: z.string() }) });

function idIn(params: object, request: Request): string | null {
  const { extensions, ...named } = params as { [persistedParameter]?: unknown; extensions?: unknown };
  const documentId = request.method === "GET" ? new URL(request.url).searchParams.get(persistedParameter) : named[persistedParameter];
  if (typeof documentId === "string") return documentId;
  return inExtensions.safeParse(extensions).data?.persistedQuery.sha256Hash ?? null;
}
