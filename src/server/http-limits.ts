/** What a connection and the head of a request may take. Node sees to the times and to the size of the whole head; the rest is counted
 *  here, for Node either has no word for it or cuts off in silence. */
import type { IncomingMessage, ServerOptions } from "node:http";

/** Times in milliseconds. Whoever is slower is told so (408) within `connectionsCheckingInterval`. The time for headers counts from the first
 *  byte of a request, or of a connection, so it may be shorter than that of an idle connection.
 *  @param keepAliveMs How long a connection may be idle. It has to be longer than a load balancer keeps it: who closes first must be the
 *  one that sends, or a request meets a connection that is just being closed. */
export function httpOptions(keepAliveMs: number): ServerOptions {
  return {
    headersTimeout: 5000,
    requestTimeout: 8000,
    connectionsCheckingInterval: 1000,
    keepAliveTimeout: keepAliveMs,
    // A request line and headers that are both too large by a half can still be told apart.
    maxHeaderSize: 36 * 1024,
  };
}

const mostUrlBytes = 8 * 1024;
const mostHeaderBytes = 16 * 1024;
const mostHeaders = 64;

export interface Excess {
  readonly status: number;
  readonly advice: string;
}

const urlTooLong: Excess = { status: 414, advice: `Send at most ${String(mostUrlBytes)} bytes of URL; longer operations go by POST.` };
const headersTooLarge: Excess = {
  status: 431,
  advice: `Send at most ${String(mostHeaders)} headers, and at most ${String(mostHeaderBytes)} bytes of them.`,
};
const severalHosts: Excess = { status: 400, advice: "Name one host." };

/** What is too much, or undefined. */
export function excessOf({ url = "", rawHeaders }: IncomingMessage): Excess | undefined {
  if (url.length > mostUrlBytes) return urlTooLong;
  // Names and values take turns.
  if (rawHeaders.length > 2 * mostHeaders) return headersTooLarge;
  let bytes = 0;
  let hosts = 0;
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const name = rawHeaders[at] ?? "";
    // ": " and the line's end.
    bytes += name.length + (rawHeaders[at + 1] ?? "").length + 4;
    if (name.length === 4 && name.toLowerCase() === "host") hosts += 1;
  }
  if (bytes > mostHeaderBytes) return headersTooLarge;
  return hosts > 1 ? severalHosts : undefined;
}
