/** An answer of 7digital as bytes that another process can read: as it was received, so that a later version of the service decodes it in its own
 *  way. */
import { BodyError, readBody } from "../wire/body-text.js";
import type { Header, WireAnswer } from "../pipeline.js";
import { ageMsOf, type ExchangeTimes } from "./policy.js";

/** What decoding and caching read. */
const keptHeaders = ["cache-control", "expires", "date", "pragma", "vary", "content-type", "content-encoding"] as const;

interface Head {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  /** When 7digital, or a cache on the way, made it; epoch milliseconds. */
  readonly madeAtMs: number;
}

const newline = 0x0a;

/** A line of JSON, and the body as it was sent. */
export function pack({ httpStatus, header, received }: WireAnswer, times: ExchangeTimes): Buffer {
  const { answeredAtMs } = times;
  const headers: Record<string, string> = { date: new Date(answeredAtMs).toUTCString() };
  for (const name of keptHeaders) {
    const value = header(name);
    if (value !== undefined) headers[name] = value;
  }
  const head: Head = { status: httpStatus, headers, madeAtMs: answeredAtMs - ageMsOf(header, times) };
  return Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), received]);
}

/** The same answer, with its age. Undefined for what no `pack` has made. */
export function unpack(packed: Buffer, { maxBytes, nowMs }: { readonly maxBytes: number; readonly nowMs: number }): WireAnswer | undefined {
  const end = packed.indexOf(newline);
  const head = end === -1 ? undefined : headOf(packed.toString("utf8", 0, end));
  if (head === undefined) return undefined;
  const { status, headers, madeAtMs } = head;
  const received = packed.subarray(end + 1);
  const age = String(Math.max(0, Math.ceil((nowMs - madeAtMs) / 1000)));
  const header: Header = (name) => (name === "age" ? age : headers[name]);
  try {
    const body = readBody(received, { contentEncoding: header("content-encoding"), contentType: header("content-type"), maxBytes });
    return { httpStatus: status, header, received, body, fault: undefined, endsWithConnection: false };
  } catch (error) {
    if (error instanceof BodyError) return undefined;
    throw error;
  }
}

function headOf(text: string): Head | undefined {
  try {
    const { status, headers, madeAtMs } = JSON.parse(text) as Partial<Head>;
    const texts: readonly unknown[] = Object.values(headers ?? {});
    if (typeof status !== "number" || typeof madeAtMs !== "number" || !texts.every((text) => typeof text === "string")) return undefined;
    return { status, headers: { ...headers }, madeAtMs };
  } catch {
    return undefined;
  }
}
