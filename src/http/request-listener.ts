/** Every HTTP request starts here: it is routed to GraphiQL or to a path, or answered with a line of text that says what to do instead.
 *  Paths match exactly; Yoga would take any URL that ends in one. Responses never show internals. Start reading here. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { LRUCache } from "lru-cache";
import { sendNotFound, sendRejection, sendText, setSecurityHeaders, type Rejection } from "./responses.js";
import type { MaybePromise } from "../shared/maybe-promise.js";
import type { Graphiql } from "./graphiql/graphiql.js";
import { findExcess, type Excess } from "./http-limits.js";
import { asksForHtml, pathOf } from "./request-path.js";

/** Answers what is at a path, or throws before it answers. */
export interface Route {
  (request: IncomingMessage, response: ServerResponse): MaybePromise<void>;
  /** Whether it sends the security headers with its response. Otherwise they are set before. */
  readonly setsSecurityHeaders?: true;
}

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

const unreadable: Excess = {
  status: 400,
  advice: 'Not a valid URL. Send a path that starts with "/", and a plain host name in the Host header.',
};

export function createRequestListener(options: ListenerOptions) {
  return (request: IncomingMessage, response: ServerResponse): void => {
    const fail = (error: unknown): void => {
      options.report(error);
      if (response.headersSent) response.destroy();
      else {
        setSecurityHeaders(response);
        sendText(response, 500, "Something went wrong on our side. Ask again; if it stays, tell the operator.");
      }
    };
    try {
      handle(request, response, options)?.catch(fail);
    } catch (error) {
      fail(error);
    }
  };
}

/** @returns A promise where the answer takes a while. */
function handle(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<unknown> | undefined {
  const route = options.routes.get(pathOf(request));
  const mistake = findExcess(request) ?? (isReadable(request) ? undefined : unreadable);
  const isCrowded = options.isReserved(request) && !probes.has(pathOf(request));
  if (mistake === undefined && !isCrowded && route?.setsSecurityHeaders && !asksForHtml(request))
    return route(request, response) ?? undefined;
  setSecurityHeaders(response);
  if (mistake !== undefined) sendText(response, mistake.status, mistake.advice);
  else if (isCrowded) sendRejection(response, crowded);
  else return answerPath(request, response, options);
  return undefined;
}

function answerPath(request: IncomingMessage, response: ServerResponse, options: ListenerOptions): Promise<unknown> | undefined {
  const { graphiql, routes, graphqlPath } = options;
  const page = graphiql?.(request, response) ?? false;
  if (page !== false) return page;
  const route = routes.get(pathOf(request));
  if (route !== undefined) return route(request, response) ?? undefined;
  sendNotFound(response, graphqlPath);
  return undefined;
}

/** Hosts that a URL can have. Nearly all requests name the same few. */
const knownHosts = new LRUCache<string, true>({ max: 1000 });

/** Whether path and Host make a URL. A Host header with a path in it would change which path is asked for. */
function isReadable({ url = "", headers: { host } }: IncomingMessage): boolean {
  const authority = host === undefined || host === "" ? "localhost" : host;
  // No such path makes a URL invalid.
  if (knownHosts.has(authority) && /^\/[\w./-]*$/.test(url)) return true;
  const isUrl = url.startsWith("/") && /^[^\s/?#@\\]+$/.test(authority) && URL.canParse(`http://${authority}${url}`);
  if (isUrl) knownHosts.set(authority, true);
  return isUrl;
}
