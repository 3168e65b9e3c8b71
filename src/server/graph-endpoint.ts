/** From a request at the graph's path to the graph's answer. The graph's answers are not sent by Yoga's own listener, which answers with
 *  a stack where something fails; and what can not be an operation is refused here, which costs less. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Admit } from "./admission.js";
import { refuse, sayPlainly, type Refusal } from "./answers.js";
import type { RefusalOfGet } from "./by-get.js";
import type { Cors } from "./cors.js";
import { excessOfJson } from "./json-shape.js";
import { acceptedJson, isJson } from "./media-types.js";
import { readBody } from "./request-body.js";
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
  readonly admit: Admit;
  readonly refusalOfGet: RefusalOfGet;
  readonly addressOf: (request: IncomingMessage) => string;
  /** Most of a body. */
  readonly bodyBytes: number;
  /** Told of what is refused here, by its code. */
  readonly refused: (code: string) => void;
}

/** Null of a GET. */
type Asked = { readonly text: string | null } | Refusal | "gone";

const notUtf8: Refusal = { status: 400, code: "BAD_REQUEST", message: "Send the body in UTF-8." };
const encoded: Refusal = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the body as it is, without Content-Encoding.",
  headers: { "Accept-Encoding": "identity" },
};

/** What Yoga leaves without a word. */
const advice: Readonly<Record<number, string>> = {
  406: "There are answers of application/graphql-response+json and application/json only: accept one of them.",
  415: "Send the operation as JSON, with Content-Type: application/json.",
};

export function graphEndpoint({ graph, cors, admit, refusalOfGet, addressOf, bodyBytes, refused }: Endpoint): Route {
  const tooLarge: Refusal = { status: 413, code: "REQUEST_ENTITY_TOO_LARGE", message: `Send at most ${String(bodyBytes)} bytes.` };

  async function bodyOf(request: IncomingMessage): Promise<Asked> {
    if (request.method === "GET" || request.method === "HEAD") return refusalOfGet(request) ?? { text: null };
    if (Number(request.headers["content-length"] ?? 0) > bodyBytes) return tooLarge;
    if (isEncoded(request)) return encoded;
    const body = await readBody(request, bodyBytes);
    if (body === "too large") return tooLarge;
    if (body === "not UTF-8") return notUtf8;
    return body === "gone" ? body : (excessOfJson(body.text) ?? body);
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<Refusal | undefined> {
    const headers = headersOf(request);
    const address = addressOf(request);
    const admitted = await admit(address, (name) => headers[name] ?? null, response);
    if ("code" in admitted) return admitted;
    const asked = await bodyOf(request);
    if (asked === "gone") return undefined;
    if ("code" in asked) return asked;
    const { method = "GET", url = "/" } = request;
    const whole = `http://${request.headers.host ?? "localhost"}${url}`;
    const context: ServerContext = {
      ...admitted,
      address,
      whenGone(tell) {
        response.once("close", () => {
          if (!response.writableFinished) tell();
        });
      },
    };
    await send(response, await graph.fetch(new graph.fetchAPI.Request(whole, { method, headers, body: asked.text }), context));
    return undefined;
  }

  return async (request, response) => {
    cors.mark(request, response);
    if (request.method === "OPTIONS") {
      cors.answerPreflight(request, response);
      return;
    }
    const refusal = await answer(request, response);
    if (refusal === undefined) return;
    refused(refusal.code);
    refuse(response, refusal);
  };
}

/** Nothing is inflated: few bytes could become very many. */
function isEncoded({ headers: { "content-encoding": encoding = "identity" } }: IncomingMessage): boolean {
  return encoding.toLowerCase() !== "identity";
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
 *  by letter what is the same in other spellings. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const { authorization, accept, "content-type": type } = headers;
  const accepted = acceptedJson(accept);
  return {
    ...headers,
    ...(authorization !== undefined && { authorization: request.headersDistinct["authorization"]?.join(", ") ?? authorization }),
    ...(accepted !== undefined && { accept: accepted }),
    ...(isJson(type) && { "content-type": "application/json" }),
  };
}
