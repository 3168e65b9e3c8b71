/** Hands the requests that Yoga has read to the operations, and their responses back. Yoga reads the parameters of a request and rejects
 *  what GraphQL over HTTP does not allow; it has no rules of ours. */
import { GraphQLError, type ExecutionResult, type GraphQLSchema } from "graphql";
import { createYoga, type Plugin } from "graphql-yoga";
import type { MaybePromise } from "../../shared/maybe-promise.js";
import { requestError } from "../errors.js";
import type { Operations } from "../operation.js";
import type { OperationResponse, RequestFacts } from "../request.js";

const notJson = "This is not JSON. Send JSON as the body of a POST, and as `variables` and `extensions` of a GET.";

/** Carries a response through Yoga, which knows results only. */
class Responded implements ExecutionResult {
  readonly data = null;

  constructor(readonly response: OperationResponse) {}
}

/** @param url Absolute. */
export type RunRequest = (url: string, request: RequestInit, facts: RequestFacts) => MaybePromise<Answered>;

export type Answered = Pick<OperationResponse, "status" | "headers" | "body" | "stream">;

export function createYogaAdapter(schema: GraphQLSchema, operations: Operations, path: string): RunRequest {
  // Not in Yoga's context: it copies that with all its descriptors, for a tenth of the time of a request.
  const factsOf = new WeakMap<Request, RequestFacts>();
  const responseOf = new WeakMap<Request, OperationResponse>();
  const yoga = createYoga({
    schema,
    graphqlEndpoint: path,
    plugins: [adapter(operations, factsOf, responseOf)],
    // None of the following is Yoga's to say here. A health check's path ends in no space.
    healthCheckEndpoint: " ",
    parserAndValidationCache: false,
    maskedErrors: false,
    maxRequestBodySize: false,
    cors: false,
    multipart: false,
    graphiql: false,
    landingPage: false,
    logging: false,
  });
  return async (url, init, facts) => {
    const request = new yoga.fetchAPI.Request(url, init);
    factsOf.set(request, facts);
    const response = await yoga.fetch(request);
    return responseOf.get(request) ?? plain(response);
  };
}

/** What Yoga answers by itself: methods that no operation has. */
async function plain(response: Response): Promise<Answered> {
  return { status: response.status, headers: Object.fromEntries(response.headers), body: await response.text() };
}

function adapter(operations: Operations, requests: WeakMap<Request, RequestFacts>, responses: WeakMap<Request, OperationResponse>): Plugin {
  const factsOf = (request: Request): RequestFacts => {
    const facts = requests.get(request);
    if (facts === undefined) throw new Error("Yoga replaced the request.");
    return facts;
  };
  return {
    onRequestParse({ request, url, requestParser, setRequestParser }) {
      if (requestParser === undefined) return;
      setRequestParser(async (read) => {
        try {
          const parameters = await requestParser(read);
          // Of a URL Yoga reads no more than the parameters that every request has.
          const documentId = request.method === "GET" ? url.searchParams.get("documentId") : null;
          return documentId === null ? parameters : Object.assign(parameters, { documentId });
        } catch (error) {
          throw isOfYoga(error) ? error : requestError("BAD_REQUEST", notJson);
        }
      });
    },

    onParams({ request, params, setParams, setParamsHandler }) {
      // Yoga would check them by rules of its own.
      setParams({ query: "" });
      setParamsHandler(async () => new Responded(await operations.run(factsOf(request), params)));
    },

    onResultProcess(processing) {
      const { request, result } = processing;
      const error = "errors" in result ? result.errors[0] : undefined;
      const response = result instanceof Responded ? result.response : operations.reject(factsOf(request), error ?? result);
      responses.set(request, response);
      processing.setResultProcessor((_, fetchAPI) => new fetchAPI.Response(null), "application/json");
    },
  };
}

/** An `originalError` is JSON.parse's, whose message repeats what was sent; from a GET it comes bare. */
function isOfYoga(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions["originalError"] === undefined;
}
