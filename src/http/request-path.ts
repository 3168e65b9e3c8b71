/** What a request asks for, by its line and headers. */
import type { IncomingMessage } from "node:http";

/** Without the query, and exactly as it was sent: other spellings of a path are other paths. */
export function pathOf({ url = "/" }: Pick<IncomingMessage, "url">): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}

/** The parameters in the URL. */
export function queryOf({ url = "/" }: Pick<IncomingMessage, "url">): URLSearchParams {
  const start = url.indexOf("?");
  return new URLSearchParams(start === -1 ? "" : url.slice(start));
}

/** Browsers ask for HTML; programs that query over GET do not. */
export function asksForHtml({ method, headers: { accept } }: IncomingMessage): boolean {
  return (method === "GET" || method === "HEAD") && (accept?.includes("text/html") ?? false);
}
