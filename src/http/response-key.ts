/** By what responses are kept: the key of a request is a digest, so that nothing a client wrote is in the memory of the cache. */
import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Header, RequestFacts, ResponseKey } from "../operation/request.js";
import { countryOf, shopIdOf, storeOfHeaders } from "../shared/store.js";
import type { Form } from "./media-types.js";

interface Sent extends Pick<RequestFacts, "caller" | "header" | "registeredOnly"> {
  readonly form: Form;
  /** The path of the route. */
  readonly path: string;
  /** The body; undefined for a GET, whose URL counts. */
  readonly bytes: Buffer | undefined;
}

/** Undefined where the response may not be kept: it belongs to a user or the operator, shows what it cost, or has several payloads. */
export function responseKey(
  { method, headers, url = "" }: IncomingMessage,
  { caller, header, form, registeredOnly, path, bytes }: Sent,
): ResponseKey | undefined {
  if (method !== "GET" && method !== "POST") return undefined;
  if (caller instanceof Error || caller.user !== undefined || caller.operator || !form.accepts.whole) return undefined;
  if (headers["x-7d-show-upstream"] !== undefined) return undefined;
  const store = storeIn(header);
  if (store === undefined) return undefined;
  const { mediaType, accepts, legacyStatus } = form;
  const variant = `${path} ${mediaType} ${String(accepts.parts)} ${String(legacyStatus)} ${String(caller.gateway)} ${String(registeredOnly)} ${store}`;
  // A body may be the text of a URL.
  return { variant, sent: bytes === undefined ? `url ${hash("sha256", url, "base64")}` : hash("sha256", bytes, "base64") };
}

/** Undefined where the headers name none that is valid: a key holds nothing that a client made up. */
function storeIn(header: Header): string | undefined {
  try {
    const store = storeOfHeaders(header);
    return store === undefined ? "default" : (countryOf(store) ?? `shop ${String(shopIdOf(store))}`);
  } catch {
    return undefined;
  }
}
