/** What a server that runs operations within its own process hands over: operations, and the requests that they are run for. Types of the
 *  package's interface: they name nothing but `graphql`. */
import type { DocumentNode, ExecutionResult } from "graphql";

/** One operation, in the form of @graphql-tools. */
export interface GraphOperation {
  readonly document: DocumentNode;
  readonly variables?: object | undefined;
  /** Where the document holds several operations. */
  readonly operationName?: string | undefined;
  /** Of your server. */
  readonly context?: unknown;
  readonly signal?: RequestSignal | undefined;
}

/** Never rejects: what goes wrong is in `errors`. It can be the executor of a subschema of @graphql-tools/stitch. */
export type GraphExecutor = <T = Record<string, unknown>>(operation: GraphOperation) => Promise<ExecutionResult<T>>;

export interface GraphRequest {
  /** Credentials (`authorization` and others) and the store (`x-7d-country`), by names in any case, or as `Headers` of fetch. */
  readonly headers?: HeaderValues | FetchHeaders | undefined;
  /** IP address of the client. Without it, clients without credentials are not told apart, and your server has to limit them. */
  readonly address?: string | undefined;
  /** An `AbortSignal` that ends a query whose client has gone. A mutation runs to its end. */
  readonly signal?: RequestSignal | undefined;
}

export type HeaderValues = Readonly<Record<string, string | readonly string[] | undefined>>;

export interface FetchHeaders {
  get(name: string): string | null;
}

export interface RequestSignal {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
}
