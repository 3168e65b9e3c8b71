/** From an HTTP request at the graph's path to the operation's response. Requests that cannot be an operation are rejected here, which is
 *  cheaper. What can be read here is run at once; Yoga reads all other requests. Yoga's own listener is not used, because it answers failures
 *  with a stack. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Limits } from "../config/config.js";
import type { Operations } from "../operation/operation.js";
import { isTrusted } from "../operation/rate-limits.js";
import type { RequestFacts, Sender } from "../operation/request.js";
import type { Answered, RunRequest } from "../operation/yoga/yoga-adapter.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { isGetByHash } from "./cache-headers.js";
import type { Cors } from "./cors.js";
import type { GetPolicy } from "./get-policy.js";
import { formsOf, isJson, type Form } from "./media-types.js";
import { parametersOf } from "./operation-parameters.js";
import { sendOperation, type Whole } from "./operation-response.js";
import { readBody, textOf } from "./request-body.js";
import type { Admitted, Gate } from "./request-gate.js";
import { headerReader, headersForYoga } from "./request-headers.js";
import type { Route } from "./request-listener.js";
import { responseKey } from "./response-key.js";
import { sendRejection, sendText, setSecurityHeaders, type Rejection } from "./responses.js";
import { sendStream } from "./streamed-response.js";

interface RouteOptions {
  /** No two routes have the same. */
  readonly path: string;
  readonly operations: Operations;
  readonly runRequest: RunRequest;
  /** Whether Yoga reads only what cannot be read here. */
  readonly fastLane: boolean;
  readonly cors: Cors;
  readonly gate: Gate;
  readonly getPolicy: GetPolicy;
  readonly readAddress: (request: IncomingMessage) => string;
  readonly limits: RouteLimits;
  /** Whether others may keep responses to every request, and not only those to a GET by hash. */
  readonly cachesAll: boolean;
  /** Whether responses may come in several payloads. */
  readonly streams: boolean;
  /** Why a sender may not use the surface at all; undefined where it may. */
  readonly rejectSender?: (sender: Sender) => Rejection | undefined;
  /** Called with every request that is rejected here. */
  readonly onRejected: (rejection: Rejection, request: IncomingMessage) => void;
}

interface RouteLimits {
  readonly ofGateway: Limits;
  readonly ofOthers: Limits;
}

/** An HTTP request and the way to answer it. */
interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
}

const noBody = { bytes: undefined };
const noText = { text: undefined };
const notAcceptable: Rejection = {
  status: 406,
  code: "BAD_REQUEST",
  message:
    "Accept application/graphql-response+json or application/json, or text/event-stream by POST: responses have no other media type.",
  isOperation: true,
};
const notJson: Rejection = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the operation as JSON, with Content-Type: application/json.",
  isOperation: true,
};

export function createGraphqlRoute(options: RouteOptions): Route {
  const { cors, onRejected } = options;

  function reject(exchange: Exchange, rejection: Rejection): void {
    const { request, response } = exchange;
    onRejected(rejection, request);
    setHeaders(exchange, cors);
    if (rejection.isOperation) sendText(response, rejection.status, rejection.message);
    else sendRejection(response, rejection);
  }

  function route(request: IncomingMessage, response: ServerResponse): MaybePromise<void> {
    const exchange = { request, response };
    if (request.method !== "OPTIONS") {
      return andThen(answer(exchange, options), (rejection) => {
        if (rejection !== undefined) reject(exchange, rejection);
      });
    }
    setHeaders(exchange, cors);
    cors.answerPreflight(request, response);
  }
  return Object.assign(route, { setsSecurityHeaders: true as const });
}

/** Why a request is rejected; undefined where its operation was answered, or its client has gone. */
type Outcome = Rejection | undefined;

function answer(exchange: Exchange, options: RouteOptions): MaybePromise<Outcome> {
  const { request, response } = exchange;
  const header = headerReader(request);
  const address = options.readAddress(request);
  return andThen(options.gate(address, header, response), (admitted) => {
    if ("code" in admitted) return admitted;
    const { sender } = admitted;
    const rejected = options.rejectSender?.(sender);
    if (rejected !== undefined) return rejected;
    const limits = sender.gateway ? options.limits.ofGateway : options.limits.ofOthers;
    return andThen(hasBody(request) ? readBody(request, limits.bodyBytes) : noBody, (body) => {
      if (body === "gone") return undefined;
      return "code" in body ? body : respond(exchange, body.bytes, { admitted, header, address, limits }, options);
    });
  });
}

/** What is known of a request before its content is read. */
interface Known extends Pick<RequestFacts, "header" | "address" | "limits"> {
  readonly admitted: Admitted;
}

/** @param bytes The body; undefined where the request has none. */
function respond(exchange: Exchange, bytes: Buffer | undefined, known: Known, options: RouteOptions): MaybePromise<Outcome> {
  const { request, response } = exchange;
  const { admitted, header, limits } = known;
  const { path, streams, getPolicy, operations } = options;
  const trusted = isTrusted(admitted.sender);
  const registeredOnly = getPolicy.isOfAnyPage(request, trusted);
  // A response to a GET is in one piece: caches hold those.
  const form = formsOf(request.headers.accept)[streams && request.method === "POST" ? "streamed" : "whole"];
  const isOperation = form !== undefined && isOperationByHead(request);
  const cacheKey = isOperation ? responseKey(request, { caller: admitted.caller, header, form, registeredOnly, path, bytes }) : undefined;
  const kept = cacheKey && operations.recall(cacheKey, { header, executed: admitted.executed });
  if (kept !== undefined) {
    send(exchange, kept, options);
    return undefined;
  }
  const sent = bytes === undefined ? (getPolicy.check(request, trusted, limits.jsonValues) ?? noText) : textOf(bytes, limits.jsonValues);
  if ("code" in sent) return sent;
  if (form === undefined) return notAcceptable;
  if (!isOperation) return notJson;
  const facts = factsOf(exchange, known, { ...form, registeredOnly, cacheKey });
  return andThen(runOperation(request, sent.text, facts, options), (answered) => {
    if (answered.stream === undefined) {
      send(exchange, answered, options);
      return undefined;
    }
    setHeaders(exchange, options.cors);
    return sendStream(response, answered.stream).then(() => undefined);
  });
}

type Wanted = Form & Pick<RequestFacts, "registeredOnly" | "cacheKey">;

/** Written out: a spread of objects with methods takes longer than running a small query. */
function factsOf({ request, response }: Exchange, { admitted, header, address, limits }: Known, wanted: Wanted): RequestFacts {
  const { sender, caller, executed } = admitted;
  const { accepts, mediaType, legacyStatus, registeredOnly, cacheKey } = wanted;
  return {
    sender,
    caller,
    executed,
    header,
    address,
    limits,
    accepts,
    mediaType,
    legacyStatus,
    registeredOnly,
    cacheKey,
    method: request.method ?? "GET",
    whenGone: clientGone(response),
  };
}

function isOperationByHead({ method, headers }: IncomingMessage): boolean {
  return method !== "POST" || isJson(headers["content-type"]);
}

function hasBody({ method }: IncomingMessage): boolean {
  return method !== "GET" && method !== "HEAD";
}

function runOperation(
  request: IncomingMessage,
  text: string | undefined,
  facts: RequestFacts,
  options: RouteOptions,
): MaybePromise<Answered> {
  const { operations, runRequest, fastLane } = options;
  const parameters = fastLane ? parametersOf(request, text) : undefined;
  if (parameters !== undefined) return operations.run(facts, parameters);
  const { method = "GET", headers, url = "/" } = request;
  const init = { method, headers: headersForYoga(request), body: text ?? null };
  return runRequest(`http://${headers.host ?? "localhost"}${url}`, init, facts);
}

function send({ request, response }: Exchange, answered: Whole, { cors, cachesAll }: RouteOptions): void {
  const isCacheable = cachesAll || isGetByHash(request);
  sendOperation(request, response, answered, { fixed: cors.headersFor(request.headers.origin), isCacheable });
}

/** Those that every response has. A response in one piece gets them all at once. */
function setHeaders({ request, response }: Exchange, cors: Cors): void {
  setSecurityHeaders(response);
  cors.mark(request, response);
}

/** Calls back if the client goes away before it is answered. */
export function clientGone(response: ServerResponse): RequestFacts["whenGone"] {
  return (notify) => {
    response.once("close", () => {
      if (!response.writableFinished) notify();
    });
  };
}
