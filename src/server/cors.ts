/** Which pages of other origins may ask from a browser: those of the origins that the operator lists, letter by letter. Cookies are never
 *  allowed, for there are none: users are named by bearer tokens. */
import type { IncomingMessage, ServerResponse } from "node:http";

/** Credentials that only servers hold. A page that could send them would hold them. */
const ofServers: ReadonlySet<string> = new Set([
  "x-7d-operator-secret",
  "x-7d-gateway-secret",
  "x-7d-oauth-token",
  "x-7d-oauth-token-secret",
  "x-7d-user-id",
]);

/** As many as a request may have at all. */
const mostHeaders = 64;

/** @see RFC 9110, 5.6.2 */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** Two hours; browsers remember no longer. */
const rememberedSeconds = "7200";

export interface Cors {
  /** Says of an answer that is to come who may read it. */
  mark(request: IncomingMessage, response: ServerResponse): void;
  /** Answers an OPTIONS, by which browsers ask before they send. */
  answerPreflight(request: IncomingMessage, response: ServerResponse): void;
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

    answerPreflight({ headers }, response) {
      if (response.hasHeader("Access-Control-Allow-Origin")) {
        response.setHeader("Vary", "Origin, Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Methods", "POST, GET");
        response.setHeader("Access-Control-Max-Age", rememberedSeconds);
        const names = allowedOf(headers["access-control-request-headers"] ?? "");
        if (names.length > 0) response.setHeader("Access-Control-Allow-Headers", names.join(", "));
      }
      response.writeHead(204, { Allow: "GET, POST, OPTIONS" }).end();
    },
  };
}

/** The headers that a page asks to send, but for those of servers; none where it is not a list of names. Tracing, for one, adds headers that
 *  no list of ours could know, and a header without a meaning here does nothing. */
function allowedOf(asked: string): readonly string[] {
  const names = asked
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > mostHeaders || !names.every((name) => token.test(name))) return [];
  return names.filter((name) => !ofServers.has(name));
}
