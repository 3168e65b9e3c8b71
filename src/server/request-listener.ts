/** From a request of Node's to its answer: GraphiQL, the graph, or a line of text that says what to do instead. Whatever fails, the
 *  answer tells nothing from the inside; for that reason the graph's answers are not sent by Yoga's own listener, which answers with a
 *  stack. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { Graphiql } from "./graphiql.js";

/** What of Yoga is used. */
interface Graph {
  handleNodeRequestAndResponse(request: IncomingMessage, response: ServerResponse): Promise<Response> | Response;
}

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

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    if (!isReadable(request)) say(response, 400);
    else if (asksForHome(request)) say(response, 302, { Location: graphqlPath });
    else if (!(await graphiql.handle(request, response))) await send(response, await graph.handleNodeRequestAndResponse(request, response));
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

function asksForHome({ url, method, headers: { accept } }: IncomingMessage): boolean {
  return url === "/" && (method === "GET" || method === "HEAD") && (accept?.includes("text/html") ?? false);
}
