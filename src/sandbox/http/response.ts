/** What goes back over HTTP, and how: headers, compression, and the two ways a fault cuts it short. */

import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Fault } from "../faults/faults.js";
import { headerOf, mergedHeaders, type Headers } from "./headers.js";
import type { XmlElement, XmlStyle } from "../api/xml.js";

export interface Response {
  readonly status: number;
  readonly headers: Headers;
  readonly body: string | Buffer;
  /** What the body was written from, where it is XML. */
  readonly document?: XmlDocument;
  /** What befalls it on its way, where an item was asked for that misbehaves on purpose. */
  readonly fault?: Fault;
}

export interface XmlDocument {
  readonly root: XmlElement;
  readonly style: XmlStyle;
}

const gzipped = promisify(gzip);
/** Sound gains nothing by it, and a part of a file must stay the part it says it is. */
const compressible = /^(?:text|application\/(?:json|xml))\b/;

/** `truncateTo` counts bytes of the body before compression. `nowMs` is the time of the Date header. A body that is labelled as encoded
 *  already goes out as it is. */
export async function send(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  { status, headers, body }: Response,
  { nowMs, truncateTo }: { readonly nowMs: number; readonly truncateTo?: number },
): Promise<void> {
  const whole = typeof body === "string" ? Buffer.from(body) : body;
  const left = whole.subarray(0, truncateTo);
  const labelled = headerOf(headers, "Content-Encoding") !== undefined;
  const compress = left.length > 0 && !labelled && compressible.test(headerOf(headers, "Content-Type") ?? "") && acceptsGzip(incoming);
  const bytes = compress ? await gzipped(left) : left;
  outgoing.sendDate = false;
  const fullHeaders = mergedHeaders({ Date: new Date(nowMs).toUTCString() }, headers);
  const ours = { ...(compress ? { "Content-Encoding": "gzip" } : {}), "Content-Length": String(bytes.length) };
  const sent = Object.entries(mergedHeaders(fullHeaders, ours)).filter(([, value]) => value !== null);
  outgoing.writeHead(status, Object.fromEntries(sent) as OutgoingHttpHeaders);
  outgoing.end(bytes);
}

function acceptsGzip({ headers }: IncomingMessage): boolean {
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i.test(headers["accept-encoding"] ?? "");
}

export function plainText(status: number, text: string, headers: Readonly<Record<string, string>> = {}): Response {
  return {
    status,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-cache, no-store", ...headers },
    body: text,
  };
}

export function json(status: number, value: unknown): Response {
  return {
    status,
    headers: { "Content-Type": "application/json; charset=utf-8", "Cache-Control": "no-store" },
    body: JSON.stringify(value),
  };
}
