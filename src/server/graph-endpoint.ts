/** From a request at the graph's path to the graph's answer. The graph's answers are not sent by Yoga's own listener, which answers with
 *  a stack where something fails; and what can not be an operation is refused here, which costs less. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse, sayPlainly, type Refusal } from "./answers.js";
import type { RefusalOfGet } from "./by-get.js";
import type { Cors } from "./cors.js";
import { excessOfJson } from "./json-shape.js";
import { readBody, type Body } from "./request-body.js";
import type { Route } from "./request-listener.js";
import type { ServerContext } from "./server-context.js";

/** What of Yoga is used. */
export interface Graph {
  readonly fetchAPI: { readonly Request: typeof Request };
  fetch(request: Request, context: ServerContext): Promise<Response> | Response;
}

interface Endpoint {
  readonly graph: Graph;
  readonly cors: Cors;
  readonly refusalOfGet: RefusalOfGet;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Most of a body. */
  readonly bodyBytes: number;
}

const notUtf8: Refusal = { status: 400, code: "BAD_REQUEST", message: "Send the body in UTF-8." };

/** What Yoga leaves without a word. */
const advice: Readonly<Record<number, string>> = {
  406: "There are answers of application/graphql-response+json and application/json only: accept one of them.",
  415: "Send the operation as JSON, with Content-Type: application/json.",
};

export function graphEndpoint({ graph, cors, refusalOfGet, addressOf, bodyBytes }: Endpoint): Route {
  const tooLarge: Refusal = { status: 413, code: "REQUEST_ENTITY_TOO_LARGE", message: `Send at most ${String(bodyBytes)} bytes.` };

  async function answerByBody(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (Number(request.headers["content-length"] ?? 0) > bodyBytes) {
      refuse(response, tooLarge);
    } else if (isEncoded(request)) {
      sayPlainly(response, 415, "Send the body as it is, without Content-Encoding.", { "Accept-Encoding": "identity" });
    } else {
      const body = await readBody(request, bodyBytes);
      if (body === "gone") return;
      const refusal = refusalOfBody(body, tooLarge);
      if (refusal === undefined) await answerByGraph(request, response, (body as { readonly text: string }).text);
      else refuse(response, refusal);
    }
  }

  async function answerByGraph(request: IncomingMessage, response: ServerResponse, body: string | null): Promise<void> {
    const { method = "GET", headers, url = "/" } = request;
    const whole = `http://${headers.host ?? "localhost"}${url}`;
    const asked = new graph.fetchAPI.Request(whole, { method, headers: headersOf(request), body });
    const context: ServerContext = {
      address: addressOf(request),
      whenGone(tell) {
        response.once("close", () => {
          if (!response.writableFinished) tell();
        });
      },
    };
    await send(response, await graph.fetch(asked, context));
  }

  return (request, response) => {
    cors.mark(request, response);
    if (request.method === "OPTIONS") {
      cors.answerPreflight(response);
      return;
    }
    if (request.method !== "GET" && request.method !== "HEAD") return answerByBody(request, response);
    const refusal = refusalOfGet(request);
    if (refusal === undefined) return answerByGraph(request, response, null);
    refuse(response, refusal);
  };
}

/** Nothing is inflated: few bytes could become very many. */
function isEncoded({ headers: { "content-encoding": encoding = "identity" } }: IncomingMessage): boolean {
  return encoding.toLowerCase() !== "identity";
}

function refusalOfBody(body: Exclude<Body, "gone">, tooLarge: Refusal): Refusal | undefined {
  if (body === "too large") return tooLarge;
  if (body === "not UTF-8") return notUtf8;
  return excessOfJson(body.text);
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text();
  if (response.destroyed) return;
  const said = advice[answer.status];
  if (body === "" && said !== undefined) {
    sayPlainly(response, answer.status, said);
    return;
  }
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => {
    // What is set already is said of the connection and of who may read it, which is not Yoga's to say.
    if (!response.hasHeader(name)) response.setHeader(name, value);
  });
  response.end(body);
}

/** Node keeps the first of several credentials, of which a proxy may have looked at another: together they are none. Yoga compares letter
 *  by letter what is the same in any case. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const { authorization, "content-type": type } = headers;
  return {
    ...headers,
    ...(authorization !== undefined && { authorization: request.headersDistinct["authorization"]?.join(", ") ?? authorization }),
    ...(type !== undefined && { "content-type": type.toLowerCase().replace(/ +;/, ";") }),
  };
}
