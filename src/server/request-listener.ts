/** From a request of Node's to its answer: GraphiQL, what is at one of the paths, or a line of text that says what to do instead. Each is at
 *  its own path alone: Yoga would take any URL that ends in one. Whatever fails, the answer tells nothing from the inside. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { refuse, sayPlainly, secure, type Refusal } from "./answers.js";
import type { Graphiql } from "./graphiql.js";
import { excessOf } from "./http-limits.js";
import { pathOf } from "./request-path.js";

/** Answers what is at a path, or throws before it answers. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface Served {
  /** Where the graph is served, for those who are lost. */
  readonly graphqlPath: string;
  /** By path, e.g. "/health"; the graph's is one of them. */
  readonly routes: ReadonlyMap<string, Route>;
  /** Undefined where nobody is to explore. */
  readonly graphiql: Graphiql | undefined;
  /** Whether all connections are taken, and the request came by one of the few that are kept for probes. */
  readonly isReserved: (request: IncomingMessage) => boolean;
  /** Told of failures nobody foresaw. */
  readonly report: (error: unknown) => void;
}

/** What whoever runs the service asks, and has to be answered whatever clients do. */
const probes: ReadonlySet<string> = new Set(["/health", "/ready"]);

const crowded: Refusal = {
  status: 503,
  code: "OVERLOADED",
  message: "Too many connections are open: close those you do not need, and ask again.",
  retryAfterSeconds: 1,
};

export function requestListener({ graphqlPath, routes, graphiql, isReserved, report }: Served) {
  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    secure(response);
    const excess = excessOf(request);
    if (excess !== undefined) {
      sayPlainly(response, excess.status, excess.advice);
    } else if (!isReadable(request)) {
      sayPlainly(response, 400, "No URL can be made of this request: send a path, and a plain name of a host.");
    } else if (isReserved(request) && !probes.has(pathOf(request))) {
      refuse(response, crowded);
    } else if (graphiql !== undefined && asksForHome(request)) {
      sayPlainly(response, 302, `The graph is at ${graphqlPath}.`, { Location: graphqlPath });
    } else if (graphiql !== undefined && (await graphiql.handle(request, response))) {
      return;
    } else {
      const route = routes.get(pathOf(request));
      if (route === undefined) sayPlainly(response, 404, `There is nothing here: the graph is at ${graphqlPath}.`);
      else await route(request, response);
    }
  }

  return (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      report(error);
      if (response.headersSent) response.destroy();
      else sayPlainly(response, 500, "Something went wrong on our side. Ask again; if it stays, tell the operator.");
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
