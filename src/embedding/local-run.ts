/** Runs operations that come from the same process: by the gate and the pipeline of all others. */
import { EventEmitter } from "node:events";
import { GraphQLError, type ExecutionResult } from "graphql";
import type { Limits } from "../config/config.js";
import type { Gate } from "../http/request-gate.js";
import type { Rejection } from "../http/responses.js";
import type { Operations } from "../operation/operation.js";
import type { Header, OperationParameters, RequestFacts } from "../operation/request.js";
import type { FetchHeaders, GraphRequest, HeaderValues, RequestSignal } from "./graph-request.js";

const inOnePiece: RequestFacts["accepts"] = { whole: true, parts: false, events: false };

/** Never rejects. */
export type LocalRun = (parameters: OperationParameters, request: GraphRequest) => Promise<ExecutionResult>;

interface LocalRunOptions {
  readonly operations: Operations;
  readonly gate: Gate;
  readonly limits: { readonly ofGateway: Limits; readonly ofOthers: Limits };
  /** Called with the code of every request that is rejected before its operation is read. */
  readonly onRejected: (code: string) => void;
}

export function createLocalRun({ operations, gate, limits: { ofGateway, ofOthers }, onRejected }: LocalRunOptions): LocalRun {
  return async (parameters, { headers = {}, address, signal }) => {
    const header = headerOf(headers);
    const ending = new EventEmitter();
    try {
      const known = await gate(address, header, ending);
      if ("code" in known) {
        onRejected(known.code);
        return { errors: [errorOf(known)] };
      }
      const facts: RequestFacts = {
        ...{ ...known, limits: known.sender.gateway ? ofGateway : ofOthers, method: "POST", header, address, whenGone: whenGone(signal) },
        ...{ accepts: inOnePiece, mediaType: "application/json", legacyStatus: false, registeredOnly: false },
      };
      const { body } = await operations.run(facts, parameters);
      return resultOf(body);
    } finally {
      ending.emit("close");
    }
  };
}

function headerOf(headers: HeaderValues | FetchHeaders): Header {
  if (isFetchHeaders(headers)) return (name) => headers.get(name);
  const values = new Map(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
  // Several values of a credential are not one that is accepted.
  return (name) => values.get(name)?.toString() ?? null;
}

function isFetchHeaders(headers: HeaderValues | FetchHeaders): headers is FetchHeaders {
  return typeof headers.get === "function";
}

function whenGone(signal: RequestSignal | undefined): RequestFacts["whenGone"] {
  return (notify) => {
    if (signal?.aborted) notify();
    else signal?.addEventListener("abort", notify);
  };
}

function errorOf({ code, message, retryAfterSeconds }: Rejection): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...(retryAfterSeconds !== undefined && { retryAfterSeconds }) } });
}

interface Body extends Pick<ExecutionResult, "data" | "extensions"> {
  readonly errors?: readonly Pick<GraphQLError, "message" | "path" | "extensions">[];
}

/** @param body JSON of the pipeline's own. */
function resultOf(body: string): ExecutionResult {
  const { errors, ...rest } = JSON.parse(body) as Body;
  if (errors === undefined) return rest;
  // Locations are left out: they are places in the text that we printed.
  return { ...rest, errors: errors.map(({ message, path, extensions }) => new GraphQLError(message, { path: path ?? null, extensions })) };
}
