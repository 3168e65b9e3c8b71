/** The whole life of an operation: prepare → admit → plan → execute → present. It knows neither HTTP servers nor Yoga: an adapter hands over
 *  what a request says, and sends the response that comes back. Start reading here. */
import { OperationTypeNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { createAdmission, type AdmissionOptions } from "./admit.js";
import type { Caller } from "../shared/scope.js";
import { begin, type BeginOptions, type Running } from "./begin.js";
import type { Written } from "./compiled/compile.js";
import { readArguments, requestError } from "./errors.js";
import { createExecution, type Results } from "./execute.js";
import type { Observation, Observe } from "./observation.js";
import { createPlans, type PlanOptions } from "./plan/memoized-plans.js";
import { eventsOf, partsOf, untilEnd } from "./payloads.js";
import { createPreparation, type Prepared, type PreparationOptions } from "./prepare.js";
import { createPresentation, type PresentationOptions } from "./present.js";
import type { Accepted, KeptResponse, OperationParameters, OperationResponse, RequestFacts, ResponseKey } from "./request.js";
import { keyOfRequest, responseKeys, type Recalled, type ResponseCache } from "./response-cache.js";

export interface Operations {
  /** The response to a request that was sent before in exactly the same form, if it was kept. */
  readonly recall: (key: ResponseKey, request: Executed) => KeptResponse | undefined;
  /** Never rejects, and gives the response at once where it needs no call. */
  readonly run: (request: RequestFacts, parameters: OperationParameters) => MaybePromise<OperationResponse>;
  /** The response to what is no operation, because its HTTP request is at fault. */
  readonly reject: (request: RequestFacts, error: unknown) => OperationResponse;
}

export interface OperationOptions extends PreparationOptions, AdmissionOptions, PlanOptions, BeginOptions, PresentationOptions {
  readonly schema: GraphQLSchema;
  readonly observe: Observe;
  readonly responses: ResponseCache;
}

export function createOperations(options: OperationOptions): Operations {
  const { schema, observe, responses } = options;
  const present = createPresentation(options);
  const prepare = createPreparation(schema, options);
  const start = createStart(options);

  function recall(key: ResponseKey, request: Executed): KeptResponse | undefined {
    const recalled = responses.find(keyOfRequest(key));
    if (recalled === undefined) return undefined;
    const observation = observe(request, recalled.operationName);
    observation.prepared(OperationTypeNode.QUERY, undefined);
    return served(recalled, request, observation);
  }

  function run(request: RequestFacts, parameters: OperationParameters): MaybePromise<OperationResponse> {
    const observation = observe(request, parameters.operationName);
    let running: Running | undefined;
    const rejected = (error: unknown) => ended(observation, running, present.rejection(error, request));
    try {
      // First: an operator's server with a wrong secret would be told instead that its fields are unknown.
      if (request.caller instanceof Error) throw request.caller;
      const prepared = prepare(request, parameters);
      observation.prepared(prepared.operation.operation, prepared.operation.name?.value);
      const keys = responseKeys(request, parameters, prepared);
      const recalled = keys && responses.findOperation(keys);
      if (recalled !== undefined) return inText(served(recalled, request, observation));
      const started = start(prepared, request, request.caller, observation);
      const begun = started.running;
      running = begun;
      request.executed();
      const respond = (results: Results): OperationResponse => {
        if (isSeveral(results)) return streamed(results, { present, observation, running: begun, accepts: request.accepts });
        const response = present.result(results, request, begun);
        return ended(observation, begun, keys === undefined ? response : responses.keep(keys, response, begun));
      };
      const results = started.execute();
      return results instanceof Promise ? results.then(respond).catch(rejected) : respond(results);
    } catch (error) {
      return rejected(error);
    }
  }

  return { recall, run, reject: (request, error) => ended(observe(request), undefined, present.rejection(error, request)) };
}

/** Admits and plans a prepared operation, and makes what it runs in. @returns throws what rejects it */
function createStart(options: OperationOptions) {
  const { schema } = options;
  const admit = createAdmission(schema, options);
  const plan = createPlans(schema, options);
  const execute = createExecution(schema);
  return (prepared: Prepared, request: RequestFacts, caller: Caller, observation: Observation) => {
    const { accepts, header, limits } = request;
    const admitted = admit(prepared, { caller, header });
    const planned = readArguments(() => plan(prepared, admitted.store, limits));
    checkAccepted(prepared, accepts);
    const running = begin({ prepared, admitted, planned, request }, options, observation);
    return { running, execute: () => execute(prepared, running.scope, accepts.parts || !accepts.whole) };
  };
}

type Executed = Pick<RequestFacts, "header" | "executed">;

function served({ response, metered }: Recalled, request: Executed, observation: Observation): KeptResponse {
  request.executed();
  observation.end(response, metered);
  return response;
}

function inText({ body, ...response }: KeptResponse): OperationResponse {
  return { ...response, body: body.toString(), bytes: body };
}

interface Streaming extends Pick<RequestFacts, "accepts"> {
  readonly present: ReturnType<typeof createPresentation>;
  readonly observation: Observation;
  readonly running: Running;
}

function streamed(results: Several, { present, observation, running, accepts }: Streaming): OperationResponse {
  const isInParts = "initialResult" in results;
  const all = isInParts ? partsOf(results, present, running) : eventsOf(results, present, running);
  const source = isInParts ? results.subsequentResults : results;
  const payloads = untilEnd(all, source, (codes) => {
    running.meter.close();
    observation.end({ codes }, running.meter);
  });
  return { status: 200, headers: {}, body: "", codes: [], stream: { form: isInParts && accepts.parts ? "parts" : "events", payloads } };
}

type Several = Exclude<Results, ExecutionResult | Written>;

function isSeveral(results: Results): results is Several {
  return "initialResult" in results || Symbol.asyncIterator in results;
}

/** @throws GraphQLError where a client does not take what the operation gives. */
function checkAccepted({ operation }: Prepared, { events }: Accepted): void {
  if (operation.operation !== OperationTypeNode.SUBSCRIPTION || events) return;
  const message = "A subscription is answered by events. Accept text/event-stream.";
  throw requestError("BAD_REQUEST", message, { http: { status: 406 } });
}

interface Views {
  readonly ofOperator: Operations;
  readonly ofEveryone: Operations;
}

/** The operations on one of two schemas: requests with the operator's secret use more than others. */
export function operationsBySender({ ofOperator, ofEveryone }: Views): Operations {
  const of = ({ sender }: RequestFacts): Operations => (sender.operator ? ofOperator : ofEveryone);
  return {
    // Nothing is kept for the operator.
    recall: (key, request) => ofEveryone.recall(key, request),
    run: (request, parameters) => of(request).run(request, parameters),
    reject: (request, error) => of(request).reject(request, error),
  };
}

function ended(observation: Observation, running: Running | undefined, response: OperationResponse): OperationResponse {
  running?.meter.close();
  observation.end(response, running?.meter);
  return response;
}
