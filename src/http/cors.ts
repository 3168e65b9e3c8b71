/** CORS: pages of the origins that the operator lists may call from a browser. Origins match exactly. Credentials (cookies) are never
 *  allowed, because users are identified by bearer tokens. */
import type { IncomingMessage, ServerResponse } from "node:http";
import { mostHeaders } from "./http-limits.js";

/** Credentials for servers only: no page may hold them, so none may send them. */
const serverHeaders: ReadonlySet<string> = new Set([
  "x-7d-operator-secret",
  "x-7d-gateway-secret",
  "x-7d-oauth-token",
  "x-7d-oauth-token-secret",
  "x-7d-user-id",
]);

/** @see RFC 9110, 5.6.2 */
const token = /^[\w!#$%&'*+.^`|~-]+$/;

/** Two hours, the longest that browsers keep a preflight. */
const maxAgeSeconds = "7200";

const none: Readonly<Record<string, string>> = {};
const varying = { Vary: "Origin" };

export type Cors = ReturnType<typeof createCors>;

/** A page of this machine: a development server on any port. */
const loopback = /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/;

/** @param loopbackAllowed For the embedded sandbox only, where no data is real. */
export function createCors(allowedOrigins: readonly string[], loopbackAllowed = false) {
  const allowed = new Set(allowedOrigins);
  const isAllowed = (origin: string): boolean => allowed.has(origin) || (loopbackAllowed && loopback.test(origin));

  /** The headers that say who may read a response. */
  function headersFor(origin: string | undefined): Readonly<Record<string, string>> {
    if (allowed.size === 0 && !loopbackAllowed) return none;
    if (origin === undefined || !isAllowed(origin)) return varying;
    return { ...varying, "Access-Control-Allow-Origin": origin, "Access-Control-Expose-Headers": "Retry-After" };
  }

  return {
    /** Whether a request comes from no page, or from one that may call. */
    accepts: (origin: string | undefined): boolean => origin === undefined || isAllowed(origin),

    headersFor,

    /** Sets the headers that say who may read the response. */
    mark({ headers: { origin } }: IncomingMessage, response: ServerResponse): void {
      for (const [name, value] of Object.entries(headersFor(origin))) response.setHeader(name, value);
    },

    /** Answers a preflight (OPTIONS). */
    answerPreflight({ headers }: IncomingMessage, response: ServerResponse): void {
      if (response.hasHeader("Access-Control-Allow-Origin")) {
        response.setHeader("Vary", "Origin, Access-Control-Request-Headers");
        response.setHeader("Access-Control-Allow-Methods", "POST, GET");
        response.setHeader("Access-Control-Max-Age", maxAgeSeconds);
        const names = allowedHeaders(headers["access-control-request-headers"] ?? "");
        if (names.length > 0) response.setHeader("Access-Control-Allow-Headers", names.join(", "));
      }
      response.writeHead(204, { Allow: "GET, POST, OPTIONS" }).end();
    },
  };
}

/** Any header may be sent but those for servers: tracing, for one, adds headers that no list could know, and an unknown header does nothing.
 *  Empty where the value is not a list of names. */
function allowedHeaders(asked: string): readonly string[] {
  const names = asked
    .toLowerCase()
    .split(",")
    .map((name) => name.trim())
    .filter((name) => name !== "");
  if (names.length > mostHeaders || !names.every((name) => token.test(name))) return [];
  return names.filter((name) => !serverHeaders.has(name));
}
