/** What an operation is run from, and what its run comes to. Plain values: no server, no framework. */
import type { GraphQLError } from "graphql";
import type { Limits } from "../config/config.js";
import type { ClientError } from "../shared/client-error.js";
import type { Caller } from "../shared/scope.js";

/** As the client sent them, unchecked. @see GraphQL over HTTP, "Request Parameters" */
export interface OperationParameters {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
  /** @see GraphQL over HTTP, appendix "Persisted Documents" */
  readonly documentId?: unknown;
}

/** Reads a header of a request: null where it is missing. */
export type Header = (name: string) => string | null;

/** Whose secret a request carries: the operator's, or the operator's gateway's. */
export type Sender = Pick<Caller, "operator" | "gateway">;

/** The forms in which a client takes a response. At least one is true. */
export interface Accepted {
  /** JSON in one piece. */
  readonly whole: boolean;
  /** `multipart/mixed`: the parts of a query with `@defer` or `@stream`. */
  readonly parts: boolean;
  /** `text/event-stream`: the results of any operation. @see GraphQL over SSE, "Distinct connections mode" */
  readonly events: boolean;
}

/** What is known of a request besides its parameters. */
export interface RequestFacts {
  readonly method: string;
  readonly header: Header;
  /** Who sends it by the network: an IP address, behind trusted proxies the one that they name. Undefined where the server that runs it
   *  within its own process does not say it. */
  readonly address: string | undefined;
  /** Known even where the other credentials are not accepted. */
  readonly sender: Sender;
  /** Those of a gateway, or of all others. */
  readonly limits: Limits;
  /** Who sends it by its credentials, or why those are not accepted. */
  readonly caller: Caller | ClientError | GraphQLError;
  readonly accepts: Accepted;
  /** Of a response in one piece. */
  readonly mediaType: "application/json" | "application/graphql-response+json";
  /** Whether a document that is not valid is answered with HTTP 200, as GraphQL over HTTP wants it for clients that accept only
   *  `application/json`. */
  readonly legacyStatus: boolean;
  /** By which its response may be kept for others; undefined where it may not. */
  readonly cacheKey?: ResponseKey | undefined;
  /** Whether it runs only operations that the operator registered: any web page may have sent it (CSRF). */
  readonly registeredOnly: boolean;
  /** Called when the operation is executed: nothing rejects it any more. */
  executed(): void;
  /** Calls back once if the client goes away before it is answered. */
  whenGone(notify: () => void): void;
}

/** No two requests that may get different responses have the same. It holds nothing that a client wrote as it is. */
export interface ResponseKey {
  /** What a response depends on besides the operation: the surface, the sender's class, the store and the form of the response. */
  readonly variant: string;
  /** SHA-256 of the body or the query string. */
  readonly sent: string;
}

export interface OperationResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  /** The same in UTF-8, where it is at hand. */
  readonly bytes?: Buffer;
  /** Of its errors, in order. */
  readonly codes: readonly string[];
  /** To be sent in the place of `body`. */
  readonly stream?: PayloadStream;
}

/** A response that was kept, as bytes. */
export interface KeptResponse extends Pick<OperationResponse, "status" | "headers" | "codes"> {
  readonly body: Buffer;
}

/** Several payloads, each as soon as it is there. */
export interface PayloadStream {
  readonly form: "parts" | "events";
  /** JSON. Its reader iterates to the end or calls `return`. It rejects where the server ends it early: nothing may follow then. */
  readonly payloads: AsyncIterableIterator<string>;
}
