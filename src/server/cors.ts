/** Which pages of other origins may ask from a browser: those of the origins that the operator lists, letter by letter. Cookies are never
 *  allowed, for there are none: users are named by bearer tokens. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { csrfHeaders } from "./by-get.js";

/** What a page may send. Secrets of the operator's servers are not among them: a page that could send them would hold them. */
const sendable = [
  "content-type",
  "authorization",
  "x-7d-country",
  "x-7d-shop-id",
  "x-7d-show-upstream",
  ...csrfHeaders,
  "traceparent",
  "tracestate",
].join(", ");

/** Two hours; browsers remember no longer. */
const rememberedSeconds = "7200";

export interface Cors {
  /** Says of an answer that is to come who may read it. */
  mark(request: IncomingMessage, response: ServerResponse): void;
  /** Answers an OPTIONS, by which browsers ask before they send. */
  answerPreflight(response: ServerResponse): void;
}

export function createCors(allowedOrigins: readonly string[]): Cors {
  const allowed = new Set(allowedOrigins);
  return {
    mark({ headers: { origin } }, response) {
      if (allowed.size === 0) return;
      response.setHeader("Vary", "Origin");
      if (origin === undefined || !allowed.has(origin)) return;
      response.setHeader("Access-Control-Allow-Origin", origin);
      response.setHeader("Access-Control-Expose-Headers", "Retry-After");
    },

    answerPreflight(response) {
      if (response.hasHeader("Access-Control-Allow-Origin")) {
        response.setHeader("Access-Control-Allow-Methods", "POST, GET");
        response.setHeader("Access-Control-Allow-Headers", sendable);
        response.setHeader("Access-Control-Max-Age", rememberedSeconds);
      }
      response.writeHead(204, { Allow: "GET, POST, OPTIONS" }).end();
    },
  };
}
