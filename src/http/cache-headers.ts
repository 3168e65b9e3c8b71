/** The headers by which browsers, CDNs and gateways keep responses. The operation says how long; here is said which requests get such a
 *  response, and what it is keyed by. All others stay `no-store`. docs/decisions/0035 */
import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { credentialHeaders } from "../operation/caller.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { holds } from "./entity-tag.js";
import { queryOf } from "./request-path.js";

/** What changes a response or its caller, besides the URL. Origin is added by CORS. */
const keyedBy = ["Accept", "x-7d-country", "x-7d-shop-id", "x-7d-show-upstream", ...credentialHeaders].join(", ");

/** Whether the operation is named by its hash and not sent. */
export function isGetByHash(request: IncomingMessage): boolean {
  return request.method === "GET" && !queryOf(request).has("query");
}

interface Cacheable {
  /** The value of Cache-Control. */
  readonly control: string;
  readonly type: string;
  readonly body: string | Buffer;
}

/** @returns The headers, and whether the client has the response already: send 304. */
export function cacheHeaders({ method, headers }: IncomingMessage, { control, type, body }: Cacheable) {
  const common = { "Cache-Control": control, Vary: keyedBy };
  if (method === "POST") return { headers: common, isHeld: false };
  const etag = typeof body === "string" ? etagOf(body, type) : keptEtagOf(body)(type);
  return { headers: { ...common, ETag: etag }, isHeld: holds(headers["if-none-match"], etag) };
}

/** To hash a long response takes longer than to send it. A kept response has one type. */
const keptEtagOf = memoizePerObject((body: Buffer) => {
  let etag: string | undefined;
  return (type: string): string => (etag ??= etagOf(body, type));
});

function etagOf(body: string | Buffer, type: string): string {
  return `"${hash("sha256", `${type}\n${body.toString()}`, "base64url")}"`;
}
