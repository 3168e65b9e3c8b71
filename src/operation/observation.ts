/** What telemetry sees of an operation. The pipeline reports each step here, and nowhere else. */
import type { Context } from "@opentelemetry/api";
import type { OperationTypeNode } from "graphql";
import type { OperationMeter } from "./meter.js";
import type { OperationResponse, RequestFacts } from "./request.js";

/** How an operation that was executed got its answers. */
export type Metered = Pick<OperationMeter, "abandoned" | "sentCalls" | "freshAnswers" | "staleAnswers" | "joinedCalls">;

export interface Observation {
  /** The trace that the operation's calls belong to. */
  readonly trace: Context;
  /** The operation is valid. @param name That its document gives it. */
  prepared(type: OperationTypeNode, name: string | undefined): void;
  /** @param meter Of an operation that was executed. */
  end(response: Pick<OperationResponse, "codes">, meter: Metered | undefined): void;
}

/** Begins to watch an operation. @param operationName As the client sent it, if it did. */
export type Observe = (request: Pick<RequestFacts, "header">, operationName?: unknown) => Observation;
