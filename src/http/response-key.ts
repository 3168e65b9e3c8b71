/** By what responses are kept: the key of a request is a digest, so that nothing a client wrote is in the memory of the cache. */
import { hash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { RequestFacts, ResponseKey } from "../operation/request.js";
import type { Form } from "./media-types.js";

interface Sent extends Pick<RequestFacts, "caller" | "registeredOnly"> {
  readonly form: Form;
  /** The path of the route. */
  readonly path: string;
  /** The body; undefined for a GET, whose URL counts. */
  readonly bytes: Buffer | undefined;
}

/** Undefined where the response may not be kept: it belongs to a user or the operator, shows what it cost, or has several payloads. */
export function responseKey(
  { headers, url = "" }: IncomingMessage,
  { caller, form, registeredOnly, path, bytes }: Sent,
): ResponseKey | undefined {
  if (caller instanceof Error || caller.user !== undefined || caller.operator || !form.accepts.whole) return undefined;
  if (headers["x-7d-show-upstream"] !== undefined) return undefined;
  const store = `${String(headers["x-7d-country"] ?? "")}\n${String(headers["x-7d-shop-id"] ?? "")}`;
  const { mediaType, accepts, legacyStatus } = form;
  // No header holds a newline.
  const variant = `${path}\n${mediaType} ${String(accepts.parts)} ${String(legacyStatus)}\n${String(caller.gateway)} ${String(registeredOnly)}\n${store}\n`;
  return { variant, sent: bytes === undefined ? hash("sha256", `GET ${url}`, "base64") : hash("sha256", bytes, "base64") };
}
