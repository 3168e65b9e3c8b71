/** Sends the response to an operation in one piece. */
import type { IncomingMessage, ServerResponse } from "node:http";
import type { KeptResponse, OperationResponse } from "../operation/request.js";
import { cacheHeaders } from "./cache-headers.js";
import { securityHeaders } from "./responses.js";

export type Whole = Pick<OperationResponse, "status" | "headers" | "body" | "bytes"> | KeptResponse;

interface Sending {
  /** Those of CORS. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Whether browsers, CDNs and gateways may keep it as long as it says. */
  readonly isCacheable: boolean;
}

export function sendOperation(request: IncomingMessage, response: ServerResponse, whole: Whole, sending: Sending): void {
  if (response.destroyed) return;
  const { status, headers } = whole;
  const body = ("bytes" in whole ? whole.bytes : undefined) ?? whole.body;
  const { fixed, isCacheable } = sending;
  const control = headers["Cache-Control"];
  const all: Record<string, string | number> = Object.assign({}, headers, securityHeaders, fixed);
  if (isCacheable && control !== undefined) {
    const kept = cacheHeaders(request, { control, type: headers["Content-Type"] ?? "", body });
    Object.assign(all, kept.headers);
    if (fixed["Vary"] !== undefined) all["Vary"] = `${fixed["Vary"]}, ${kept.headers.Vary}`;
    if (kept.isHeld) {
      response.writeHead(304, all).end();
      return;
    }
  }
  // A long text would be encoded twice: for its length, and to be sent.
  const content = typeof body === "string" && body.length > longText ? Buffer.from(body) : body;
  all["Content-Length"] = Buffer.byteLength(content);
  response.writeHead(status, all).end(content);
}

const longText = 4096;
