/** The headers by which browsers, CDNs and gateways keep responses. The operation says how long; here is said which requests get such a
 *  response, and what it is keyed by. All others stay `no-store`. docs/decisions/0035 */
import { hash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { credentialHeaders } from "../operation/caller.js";
import { holds } from "./entity-tag.js";

/** What changes a response or its caller, besides the URL. Origin is added by CORS. */
const keyedBy = ["Accept", "x-7d-country", "x-7d-shop-id", "x-7d-show-upstream", ...credentialHeaders].join(", ");

/** Whether the operation is named by its hash and not sent. */
export function isGetByHash({ method, url = "" }: IncomingMessage): boolean {
  return method === "GET" && !new URLSearchParams(url.includes("?") ? url.slice(url.indexOf("?")) : "").has("query");
}

/** Sets the headers. @param control The value of Cache-Control. @returns Whether the client has the response already: send 304. */
export function setCacheHeaders(
  request: IncomingMessage,
  response: ServerResponse,
  { control, body }: { control: string; body: string },
): boolean {
  response.setHeader("Cache-Control", control);
  response.appendHeader("Vary", keyedBy);
  if (request.method === "POST") return false;
  const type = response.getHeader("Content-Type");
  const etag = `"${hash("sha256", `${String(type)}\n${body}`, "base64url")}"`;
  response.setHeader("ETag", etag);
  return holds(request.headers["if-none-match"], etag);
}
