/** From an HTTP request at the graph's path to the operation's response. Requests that cannot be an operation are rejected here, which is
 *  cheaper. Yoga's own listener is not used, because it answers failures with a stack. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { RequestFacts } from "../operation/request.js";
import type { YogaAdapter } from "../operation/yoga/yoga-adapter.js";
import type { Cors } from "./cors.js";
import type { CheckGet } from "./get-policy.js";
import { findJsonExcess } from "./json-limits.js";
import { acceptedJson, isJson, responseType } from "./media-types.js";
import { readBody } from "./request-body.js";
import type { Gate } from "./request-gate.js";
import type { Route } from "./request-listener.js";
import { sendRejection, sendText, type Rejection } from "./responses.js";

interface RouteOptions {
  readonly graph: YogaAdapter;
  readonly cors: Cors;
  readonly gate: Gate;
  readonly checkGet: CheckGet;
  readonly readAddress: (request: IncomingMessage) => string;
  /** Most bytes of a body. */
  readonly bodyBytes: number;
  /** Called with every request that is rejected here. */
  readonly onRejected: (rejection: Rejection, request: IncomingMessage) => void;
}

const notUtf8: Rejection = { status: 400, code: "BAD_REQUEST", message: "Send the body in UTF-8." };
const encoded: Rejection = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the body as it is, without Content-Encoding.",
  headers: { "Accept-Encoding": "identity" },
};
const notAcceptable: Rejection = {
  status: 406,
  code: "BAD_REQUEST",
  message: "Accept application/graphql-response+json or application/json: responses have no other media type.",
  isOperation: true,
};
const notJson: Rejection = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the operation as JSON, with Content-Type: application/json.",
  isOperation: true,
};

export function createGraphqlRoute(options: RouteOptions): Route {
  const { graph, cors, gate, readAddress, onRejected } = options;

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<Rejection | undefined> {
    const headers = headersOf(request);
    const header = (name: string): string | null => headers[name] ?? null;
    const address = readAddress(request);
    const admitted = await gate(address, header, response);
    if ("code" in admitted) return admitted;
    const content = await readContent(request, options);
    if (content === "gone") return undefined;
    if ("code" in content) return content;
    const accepted = acceptedJson(request.headers.accept);
    if (accepted === undefined) return notAcceptable;
    const { method = "GET", url = "/" } = request;
    if (method === "POST" && !isJson(request.headers["content-type"])) return notJson;
    const whenGone = (notify: () => void): void => {
      response.once("close", () => {
        if (!response.writableFinished) notify();
      });
    };
    const facts: RequestFacts = { ...admitted, ...responseType(accepted), method, header, address, whenGone };
    const absoluteUrl = `http://${request.headers.host ?? "localhost"}${url}`;
    await send(response, await graph.fetch(new graph.fetchAPI.Request(absoluteUrl, { method, headers, body: content.text }), facts));
    return undefined;
  }

  return async (request, response) => {
    cors.mark(request, response);
    if (request.method === "OPTIONS") {
      cors.answerPreflight(request, response);
      return;
    }
    const rejection = await handle(request, response);
    if (rejection === undefined) return;
    onRejected(rejection, request);
    if (rejection.isOperation) sendText(response, rejection.status, rejection.message);
    else sendRejection(response, rejection);
  };
}

/** The body, or null for a GET. */
type Content = { readonly text: string | null } | Rejection | "gone";

async function readContent(request: IncomingMessage, { checkGet, bodyBytes }: RouteOptions): Promise<Content> {
  if (request.method === "GET" || request.method === "HEAD") return checkGet(request) ?? { text: null };
  if (Number(request.headers["content-length"] ?? 0) > bodyBytes) return tooLarge(bodyBytes);
  if (isEncoded(request)) return encoded;
  const body = await readBody(request, bodyBytes);
  if (body === "too large") return tooLarge(bodyBytes);
  if (body === "not UTF-8") return notUtf8;
  return body === "gone" ? body : (findJsonExcess(body.text) ?? body);
}

function tooLarge(bodyBytes: number): Rejection {
  return { status: 413, code: "REQUEST_ENTITY_TOO_LARGE", message: `Send at most ${String(bodyBytes)} bytes.` };
}

/** Compressed bodies are rejected: few bytes could inflate to very many. */
function isEncoded({ headers: { "content-encoding": encoding = "identity" } }: IncomingMessage): boolean {
  return encoding.toLowerCase() !== "identity";
}

async function send(response: ServerResponse, answer: Response): Promise<void> {
  const body = await answer.text();
  if (response.destroyed) return;
  response.statusCode = answer.status;
  answer.headers.forEach((value, name) => {
    // Headers that are set already belong to the connection or to CORS and win.
    if (!response.hasHeader(name)) response.setHeader(name, value);
  });
  response.end(body);
}

/** Node keeps only the first of several Authorization headers, while a proxy may have checked another one: joined, they are not valid. Yoga
 *  compares the Content-Type literally. */
function headersOf(request: IncomingMessage): Record<string, string> {
  const headers = request.headers as Record<string, string>;
  const { authorization, "content-type": type } = headers;
  return {
    ...headers,
    ...(authorization !== undefined && { authorization: request.headersDistinct["authorization"]?.join(", ") ?? authorization }),
    ...(isJson(type) && { "content-type": "application/json" }),
    accept: "*/*",
  };
}
