/** Default security headers, and the responses that are sent without running an operation. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import type { ErrorCode } from "../shared/error-codes.js";

/** No caching, sniffing, framing or referrer. CORS headers are set elsewhere (cors.ts). */
export const securityHeaders: Readonly<Record<string, string>> = {
  // A response may hold a user's data, or a signed URL.
  "Cache-Control": "no-store",
  "Referrer-Policy": "no-referrer",
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; frame-ancestors 'none'",
  "Cross-Origin-Resource-Policy": "same-origin",
};

/** Defaults: a response may override them. */
export function setSecurityHeaders(response: ServerResponse): void {
  for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
}

export function sendText(response: ServerResponse, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  send(response, status, { ...headers, "Content-Type": "text/plain; charset=utf-8" }, `${text}\n`);
}

export function sendNotFound(response: ServerResponse, graphqlPath: string): void {
  sendText(response, 404, `Not found. The graph is at ${graphqlPath}.`);
}

export function sendJson(response: ServerResponse, status: number, content: object, headers: OutgoingHttpHeaders = {}): void {
  send(response, status, { ...headers, "Content-Type": "application/json; charset=utf-8" }, JSON.stringify(content));
}

/** Why a request does not reach the operation pipeline. */
export interface Rejection {
  readonly status: number;
  readonly code: ErrorCode;
  /** What to do instead. */
  readonly message: string;
  /** Also sent as the header Retry-After. */
  readonly retryAfterSeconds?: number;
  readonly headers?: OutgoingHttpHeaders;
  /** Whether the request holds an operation, in a media type that is not supported: it is answered as text, and observed as an operation. */
  readonly isOperation?: boolean;
}

export function badRequest(message: string): Rejection {
  return { status: 400, code: "BAD_REQUEST", message };
}

/** As a GraphQL response, for GraphQL clients. */
export function sendRejection(response: ServerResponse, { status, code, message, retryAfterSeconds, headers }: Rejection): void {
  const retry = retryAfterSeconds === undefined ? {} : { "Retry-After": retryAfterSeconds };
  sendJson(response, status, { errors: [{ message, extensions: { code, retryAfterSeconds } }] }, { ...headers, ...retry });
}

/** Time for the client to read the response. Closing the connection while it still sends would reset it, and lose the response. */
const lingerMs = 1000;

function send(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  const length = Buffer.byteLength(body);
  if (!isStillSending(response.req)) {
    response.writeHead(status, { ...headers, "Content-Length": length }).end(body);
    return;
  }
  // The rest of the body is not read, so the connection cannot be reused.
  response.writeHead(status, { ...headers, "Content-Length": length, Connection: "close" }).write(body);
  setTimeout(() => response.end(), lingerMs);
}

/** The rest of a smaller body is read and dropped by Node, which keeps the connection. */
const smallBody = 100_000;

function isStillSending({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > smallBody);
}
