/** Bounds of connections and request heads. Node enforces the timeouts and the size of the whole head. The other bounds are checked here,
 *  because Node has no option for them, or closes the connection without a response. */
import type { IncomingMessage, ServerOptions } from "node:http";

/** Milliseconds. A slower client gets 408 within `connectionsCheckingInterval`. `headersTimeout` starts with the first byte of a request,
 *  so it may be shorter than `keepAliveTimeout`.
 *  @param keepAliveMs How long a connection may be idle: longer than a load balancer keeps it, so that the side that sends requests closes
 *    first. Otherwise a request may meet a connection that is being closed. */
export function httpOptions(keepAliveMs: number): ServerOptions {
  return {
    headersTimeout: 5000,
    requestTimeout: 8000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: keepAliveMs,
    // Larger than both bounds below together, so that 414 and 431 can be told apart.
    maxHeaderSize: 36 * 1024,
  };
}

const mostUrlBytes = 8 * 1024;
const mostHeaderBytes = 16 * 1024;
export const mostHeaders = 64;

export interface Excess {
  readonly status: number;
  readonly advice: string;
}

const urlTooLong: Excess = {
  status: 414,
  advice: `Send at most ${String(mostUrlBytes)} bytes in the URL. Send longer operations by POST.`,
};
const headersTooLarge: Excess = {
  status: 431,
  advice: `Send at most ${String(mostHeaders)} headers, of at most ${String(mostHeaderBytes)} bytes together.`,
};
const severalHosts: Excess = { status: 400, advice: "Send one Host header." };

/** @returns Which bound a request exceeds, or undefined. */
export function findExcess({ url = "", rawHeaders }: IncomingMessage): Excess | undefined {
  if (url.length > mostUrlBytes) return urlTooLong;
  // Names and values alternate.
  if (rawHeaders.length > 2 * mostHeaders) return headersTooLarge;
  let bytes = 0;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    // ": " and CRLF.
    bytes += name.length + (rawHeaders[at + 1] ?? "").length + 4;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  if (bytes > mostHeaderBytes) return headersTooLarge;
  return hosts > 1 ? severalHosts : undefined;
}
