/** Every HTTP request starts here: it is routed to GraphiQL or to a path, or answered with a line of text that says what to do instead.
 *  Paths match exactly; Yoga would take any URL that ends in one. Responses never show internals. Start reading here. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { sendNotFound, sendRejection, sendText, setSecurityHeaders, type Rejection } from "./responses.js";
import type { Graphiql } from "./graphiql/graphiql.js";
import { findExcess } from "./http-limits.js";
import { pathOf } from "./request-path.js";

/** Answers what is at a path, or throws before it answers. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface ListenerOptions {
  /** For hints. */
  readonly graphqlPath: string;
  /** By path, e.g. "/health"; `graphqlPath` is one of them. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Undefined in the profile `locked`. */
  readonly graphiql: Graphiql | undefined;
  /** Whether the request came over one of the connections that are reserved for probes. */
  readonly isReserved: (request: IncomingMessage) => boolean;
  /** Takes unforeseen failures. */
  readonly report: (error: unknown) => void;
}

/** Operators must get an answer here, however many connections clients open. */
const probes: ReadonlySet<string> = new Set(["/health", "/ready"]);

const crowded: Rejection = {
  status: 503,
  code: "OVERLOADED",
  message: "Too many open connections. Close idle ones, then retry.",
  retryAfterSeconds: 1,
};

export function createRequestListener(options: ListenerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    handle(request, response, options).catch((error: unknown) => {
      options.report(error);
      if (response.headersSent) response.destroy();
      else sendText(response, 500, "Something went wrong on our side. Ask again; if it stays, tell the operator.");
    });
  };
}

async function handle(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<void> {
  const { graphqlPath, graphiql, routes, isReserved } = options;
  setSecurityHeaders(response);
  const path = pathOf(request);
  const route = routes.get(path);
  const excess = findExcess(request);
  if (excess !== undefined) {
    sendText(response, excess.status, excess.advice);
  } else if (!isReadable(request)) {
    sendText(response, 400, 'Not a valid URL. Send a path that starts with "/", and a plain host name in the Host header.');
  } else if (isReserved(request) && !probes.has(path)) {
    sendRejection(response, crowded);
  } else if (graphiql !== undefined && (await graphiql(request, response))) {
    return;
  } else if (route === undefined) {
    sendNotFound(response, graphqlPath);
  } else {
    await route(request, response);
  }
}

/** Whether path and Host make a URL. A Host header with a path in it would change which path is asked for. */
function isReadable({ url = "", headers: { host } }: IncomingMessage): boolean {
  const authority = host === undefined || host === "" ? "localhost" : host;
  return url.startsWith("/") && /^[^\s/?#@\\]+$/.test(authority) && URL.canParse(`http://${authority}${url}`);
}
