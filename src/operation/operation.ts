/** The whole life of an operation: prepare → admit → plan → execute → present. It knows neither HTTP servers nor Yoga: an adapter hands over
 *  what a request says, and sends the response that comes back. Start reading here. */
import { OperationTypeNode, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { createAdmission, type AdmissionOptions } from "./admit.js";
import { begin, type BeginOptions, type Running } from "./begin.js";
import type { Written } from "./compiled/compile.js";
import { readArguments, requestError } from "./errors.js";
import { createExecution, type Results } from "./execute.js";
import type { Observation, Observe } from "./observation.js";
import { createPlans, type PlanOptions } from "./plan/memoized-plans.js";
import { eventsOf, partsOf, untilEnd } from "./payloads.js";
import { createPreparation, type Prepared, type PreparationOptions } from "./prepare.js";
import { createPresentation, type PresentationOptions } from "./present.js";
import type { Accepted, OperationParameters, OperationResponse, RequestFacts } from "./request.js";

export interface Operations {
  /** Never rejects, and gives the response at once where it needs no call. */
  readonly run: (request: RequestFacts, parameters: OperationParameters) => MaybePromise<OperationResponse>;
  /** The response to what is no operation, because its HTTP request is at fault. */
  readonly reject: (request: RequestFacts, error: unknown) => OperationResponse;
}

export interface OperationOptions extends PreparationOptions, AdmissionOptions, PlanOptions, BeginOptions, PresentationOptions {
  readonly schema: GraphQLSchema;
  readonly observe: Observe;
}

export function createOperations(options: OperationOptions): Operations {
  const { schema, observe } = options;
  const prepare = createPreparation(schema, options);
  const admit = createAdmission(schema, options);
  const plan = createPlans(schema, options);
  const execute = createExecution(schema);
  const present = createPresentation(options);

  function run(request: RequestFacts, parameters: OperationParameters): MaybePromise<OperationResponse> {
    const observation = observe(request, parameters.operationName);
    let running: Running | undefined;
    const rejected = (error: unknown) => ended(observation, running, present.rejection(error, request));
    try {
      const { caller } = request;
      // First: an operator's server with a wrong secret would be told instead that its fields are unknown.
      if (caller instanceof Error) throw caller;
      const prepared = prepare(request, parameters);
      observation.prepared(prepared.operation.operation, prepared.operation.name?.value);
      const admitted = admit(prepared, { caller, header: request.header });
      const planned = readArguments(() => plan(prepared, admitted.store, request.limits));
      const { accepts } = request;
      checkAccepted(prepared, accepts);
      const begun = begin({ prepared, admitted, planned, request }, options, observation);
      running = begun;
      request.executed();
      const respond = (results: Results): OperationResponse =>
        isSeveral(results)
          ? streamed(observation, begun, { results, accepts })
          : ended(observation, begun, present.result(results, request, begun));
      const results = execute(prepared, begun.scope, accepts.parts || !accepts.whole);
      return results instanceof Promise ? results.then(respond).catch(rejected) : respond(results);
    } catch (error) {
      return rejected(error);
    }
  }

  function streamed(observation: Observation, running: Running, { results, accepts }: Streamed): OperationResponse {
    const isInParts = "initialResult" in results;
    const all = isInParts ? partsOf(results, present, running) : eventsOf(results, present, running);
    const source = isInParts ? results.subsequentResults : results;
    const payloads = untilEnd(all, source, (codes) => {
      running.meter.close();
      observation.end({ codes }, running.meter);
    });
    return { status: 200, headers: {}, body: "", codes: [], stream: { form: isInParts && accepts.parts ? "parts" : "events", payloads } };
  }

  return { run, reject: (request, error) => ended(observe(request), undefined, present.rejection(error, request)) };
}

interface Streamed extends Pick<RequestFacts, "accepts"> {
  readonly results: Several;
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
    run: (request, parameters) => of(request).run(request, parameters),
    reject: (request, error) => of(request).reject(request, error),
  };
}

function ended(observation: Observation, running: Running | undefined, response: OperationResponse): OperationResponse {
  running?.meter.close();
  observation.end(response, running?.meter);
  return response;
}
