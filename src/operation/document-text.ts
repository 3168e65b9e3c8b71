/** Which document a request asks for: the one it sends, or the one it names by its SHA-256. Operators register documents in a file; clients
 *  register theirs by sending them once together with their hash (Apollo's automatic persisted queries).
 *  @see https://www.apollographql.com/docs/apollo-server/performance/apq */
import { hash } from "node:crypto";
import { LRUCache } from "lru-cache";
import { requestError } from "./errors.js";
import { hashNamedIn, persistedQueryIn, type PersistedOperations } from "./persisted-operations.js";
import type { OperationParameters, RequestFacts } from "./request.js";

export interface DocumentTextOptions {
  readonly persisted: PersistedOperations;
  readonly persistedOnly: boolean;
  /** Memory for documents that clients register, in bytes; 0 for none. */
  readonly automaticBytes: number;
}

interface DocumentText {
  readonly text: string;
  /** Call it once the document proved valid: it keeps a document that came together with its hash. */
  readonly keep: () => void;
}

/** Of V8, for a character that is not Latin-1. */
const characterBytes = 2;
/** The hash, the entry and its place in the list. */
const entryBytes = 400;

/** @returns throws GraphQLError */
export function createDocumentReader({ persisted, persistedOnly, automaticBytes }: DocumentTextOptions) {
  // Apart from the registered ones, so that no flood of documents can evict those.
  const automatic = new LRUCache<string, string>({
    maxSize: Math.max(1, automaticBytes),
    sizeCalculation: (text) => entryBytes + text.length * characterBytes,
  });

  function sent(text: string, parameters: OperationParameters, request: RequestFacts): DocumentText {
    requireShort(text, request);
    if (persistedOnly) {
      const message = "Only operations that the operator has registered are executed here: send the hash of one.";
      throw requestError("PERSISTED_QUERY_ONLY", message);
    }
    const named = persistedQueryIn(parameters);
    if (named === undefined) return { text, keep: () => undefined };
    if (named !== hash("sha256", text)) {
      throw requestError("BAD_REQUEST", "The hash is not that of the document. Send the SHA-256 of `query` in hex as `sha256Hash`.");
    }
    return {
      text,
      keep() {
        if (!persisted.has(named)) automatic.set(named, text);
      },
    };
  }

  function named(parameters: OperationParameters, request: RequestFacts): DocumentText {
    const name = hashNamedIn(parameters);
    if (name === undefined) throw requestError("BAD_REQUEST", "Send the operation's document as `query`, or the hash of a registered one.");
    const keep = () => undefined;
    const registered = persisted.get(name);
    if (registered !== undefined) return { text: registered, keep };
    const text = automatic.get(name);
    if (text === undefined) throw requestError("PERSISTED_QUERY_NOT_FOUND", "PersistedQueryNotFound");
    // The client that registered it may send longer documents, or a page of another origin may have done so for its visitors.
    requireShort(text, request);
    if (request.registeredOnly) {
      const message = "Send this operation by POST, or with the header graphql-require-preflight, or let the operator register it.";
      throw requestError("BAD_REQUEST", message);
    }
    return { text, keep };
  }

  return (query: string | undefined, parameters: OperationParameters, request: RequestFacts): DocumentText =>
    query ? sent(query, parameters, request) : named(parameters, request);
}

function requireShort(text: string, { limits: { documentBytes } }: RequestFacts): void {
  if (Buffer.byteLength(text) <= documentBytes) return;
  throw requestError("DOCUMENT_TOO_LARGE", `Send at most ${String(documentBytes)} bytes as a document.`);
}
