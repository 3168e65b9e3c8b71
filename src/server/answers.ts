/** What every answer says beside its content, and the answers that are given without asking the graph. */
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";

/** For an API: nothing of it is a page, is to be kept, to be guessed at or to be shown within another page. What is told to pages of other
 *  origins is CORS's to say, which these do not touch. */
const security: readonly (readonly [name: string, value: string])[] = [
  // It may be a user's data, or a URL that is as good as a password.
  ["Cache-Control", "no-store"],
  ["Referrer-Policy", "no-referrer"],
  ["X-Content-Type-Options", "nosniff"],
  ["Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"],
  ["Cross-Origin-Resource-Policy", "same-origin"],
];

/** Says it of whatever will be answered, unless that says otherwise. */
export function secure(response: ServerResponse): void {
  for (const [name, value] of security) response.setHeader(name, value);
}

export function sayPlainly(response: ServerResponse, status: number, text: string, headers: OutgoingHttpHeaders = {}): void {
  answer(response, status, { ...headers, "Content-Type": "text/plain; charset=utf-8" }, `${text}\n`);
}

/** Why a request is not brought before the graph. */
export interface Refusal {
  readonly status: number;
  readonly code: string;
  /** What to do instead. */
  readonly message: string;
  /** Told in the header of that name as well. */
  readonly retryAfterSeconds?: number;
  readonly headers?: OutgoingHttpHeaders;
}

/** As JSON, for it is a client of the graph that sent it. */
export function refuse(response: ServerResponse, { status, code, message, retryAfterSeconds, headers }: Refusal): void {
  const body = JSON.stringify({ errors: [{ message, extensions: { code, retryAfterSeconds } }] });
  const retry = retryAfterSeconds === undefined ? {} : { "Retry-After": retryAfterSeconds };
  answer(response, status, { ...headers, ...retry, "Content-Type": "application/json; charset=utf-8" }, body);
}

/** Time for the client to read its answer. A connection that is closed while it still sends is reset, and the answer lost with it. */
const lingerMs = 1000;

function answer(response: ServerResponse, status: number, headers: OutgoingHttpHeaders, body: string): void {
  const length = Buffer.byteLength(body);
  if (!isStillSending(response.req)) {
    response.writeHead(status, { ...headers, "Content-Length": length }).end(body);
    return;
  }
  // Whatever is still to come is not read, so the connection can not go on.
  response.writeHead(status, { ...headers, "Content-Length": length, Connection: "close" }).write(body);
  setTimeout(() => response.end(), lingerMs);
}

/** Small bodies are not worth a connection: Node reads on and forgets them. */
const smallBody = 100_000;

function isStillSending({ complete, headers }: IncomingMessage): boolean {
  return !complete && (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > smallBody);
}
