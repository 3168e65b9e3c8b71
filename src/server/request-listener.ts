/** From a request of Node's to its answer: GraphiQL, the graph, that the process lives, or a line of text that says what to do instead.
 *  Each is at its own path alone: Yoga would take any URL that ends in one. Whatever fails, the answer tells nothing from the inside; for
 *  that reason the graph's answers are not sent by Yoga's own listener, which answers with a stack. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Graphiql } from "./graphiql.js";
import { readBody } from "./request-body.js";
import { pathOf } from "./request-path.js";

/** What of Yoga is used. */
interface Graph {
  readonly fetchAPI: { readonly Request: typeof Request };
  fetch(request: Request): Promise<Response> | Response;
}

const largestBody = 100_000;
const healthPath = "/health";

interface Served {
  readonly graph: Graph;
  /** Where it is served. */
  readonly graphqlPath: string;
  readonly graphiql: Graphiql;
  /** Told of failures nobody foresaw. */
  readonly report: (error: unknown) => void;
}

export function requestListener({ graph, graphqlPath, graphiql, report }: Served) {
  const advice: Readonly<Record<number, string>> = {
    302: `The graph is at ${graphqlPath}.`,
    400: "No URL can be made of this request: send a path, and a plain name of a host.",
    404: `There is nothing here: the graph is at ${graphqlPath}.`,
    406: "There are answers of application/graphql-response+json and application/json only: accept one of them.",
    415: "Send the operation as JSON, with Content-Type: application/json.",
    500: "Something went wrong on our side. Ask again; if it stays, tell the operator.",
  };

  function say(response: ServerResponse, status: number, headers: OutgoingHttpHeaders = {}): void {
    const body = `${advice[status] ?? ""}\n`;
    const fixed = { "Content-Type": "text/plain; charset=utf-8", "X-Content-Type-Options": "nosniff", "Cache-Control": "no-store" };
    response.writeHead(status, { ...headers, ...fixed, "Content-Length": body.length }).end(body);
  }

  async function send(response: ServerResponse, answer: Response): Promise<void> {
    const body = await answer.text();
    if (response.destroyed) return;
    if (body === "" && answer.status in advice) {
      say(response, answer.status);
      return;
    }
    response.statusCode = answer.status;
    answer.headers.forEach((value, name) => {
      // What is set already is said of the connection, which is not Yoga's to keep.
      if (!response.hasHeader(name)) response.setHeader(name, value);
    });
    response.end(body);
  }

  async function answerByGraph(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = "GET", headers, url = "/" } = request;
    // It may be a user's data, or a URL that is as good as a password.
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Content-Type-Options", "nosniff");
    const body = method === "GET" || method === "HEAD" ? undefined : await readBody(request, largestBody);
    if (body === "gone") return;
    if (body === "too large") {
      refuseBody(response);
      return;
    }
    const whole = `http://${headers.host ?? "localhost"}${url}`;
    const asked = new graph.fetchAPI.Request(whole, { method, headers: headersOf(request), body: body?.text ?? null });
    await send(response, await graph.fetch(asked));
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isReadable(request)) say(response, 400);
    else if (asksForHome(request)) say(response, 302, { Location: graphqlPath });
    else if (await graphiql.handle(request, response)) return;
    else if (pathOf(request) === graphqlPath) await answerByGraph(request, response);
    else if (pathOf(request) === healthPath) response.writeHead(200, { "Cache-Control": "no-store", "Content-Length": 0 }).end();
    else say(response, 404);
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      report(error);
      if (response.headersSent) response.destroy();
      else say(response, 500);
    });
  };
}

/** Whether a URL can be made of what Yoga makes one of. A host that holds more than a host would say what is asked. */
function isReadable({ url = "", headers: { host } }: IncomingMessage): boolean {
  const authority = host === undefined || host === "" ? "localhost" : host;
  return url.startsWith("/") && /^[^\s/?#@\\]+$/.test(authority) && URL.canParse(`http://${authority}${url}`);
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

/** As JSON, for it is a client of the graph that sent it. The rest of the body is not waited for, so the connection can not go on. */
function refuseBody(response: ServerResponse): void {
  const message = `Send at most ${String(largestBody)} bytes.`;
  const body = JSON.stringify({ errors: [{ message, extensions: { code: "REQUEST_ENTITY_TOO_LARGE" } }] });
  response
    .writeHead(413, { "Content-Type": "application/json; charset=utf-8", Connection: "close", "Content-Length": body.length })
    .end(body);
}

function asksForHome({ url, method, headers: { accept } }: IncomingMessage): boolean {
  return url === "/" && (method === "GET" || method === "HEAD") && (accept?.includes("text/html") ?? false);
}
