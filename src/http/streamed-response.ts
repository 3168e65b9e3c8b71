/** Sends a response of several payloads: as the parts of `multipart/mixed`, or as server-sent events. @see Incremental Delivery over HTTP;
 *  GraphQL over SSE, "Distinct connections mode" */
import type { ServerResponse } from "node:http";
import type { PayloadStream } from "../operation/request.js";
import { stalledMs } from "./connections.js";

interface Form {
  readonly contentType: string;
  /** Before the first payload. */
  readonly opening: string;
  readonly frame: (payload: string) => string;
  readonly closing: string;
  /** Sent while there is no payload, so that proxies keep the connection. */
  readonly comment?: string;
}

/** The only boundary that Apollo's first clients and Yoga's know without reading it. */
const forms: Readonly<Record<PayloadStream["form"], Form>> = {
  parts: {
    contentType: 'multipart/mixed; boundary="-"; deferSpec=20220824',
    opening: "\r\n---",
    frame: (payload) => `\r\nContent-Type: application/json; charset=utf-8\r\n\r\n${payload}\r\n---`,
    closing: "--\r\n",
  },
  events: {
    contentType: "text/event-stream; charset=utf-8",
    opening: ":\n\n",
    frame: (payload) => `event: next\ndata: ${payload}\n\n`,
    closing: "event: complete\ndata:\n\n",
    comment: ":\n\n",
  },
};

const commentEveryMs = 12_000;

/** Ends without the closing where the payloads are cut short, so that the client knows. Stops at a client that is gone or does not read. */
export async function sendStream(response: ServerResponse, { form, payloads }: PayloadStream): Promise<void> {
  const { contentType, opening, frame, closing, comment } = forms[form];
  response.statusCode = 200;
  response.setHeader("Content-Type", contentType);
  // nginx would wait for the whole response.
  response.setHeader("X-Accel-Buffering", "no");
  const leave = (): void => void payloads.return?.();
  response.once("close", leave);
  const comments = setInterval(() => {
    if (comment !== undefined && !response.writableNeedDrain) response.write(comment);
  }, commentEveryMs);
  try {
    response.write(opening);
    for await (const payload of payloads) {
      if (response.destroyed) return;
      if (!response.write(frame(payload))) await drained(response);
    }
    response.end(closing);
  } catch {
    response.destroy();
  } finally {
    clearInterval(comments);
  }
}

/** Resolves when the client has read what was written, or is gone. Rejects where it does not read. */
function drained(response: ServerResponse): Promise<void> {
  return new Promise((resolve, reject) => {
    const stalled = setTimeout(() => {
      reject(new Error("The client does not read."));
    }, stalledMs);
    const over = (): void => {
      clearTimeout(stalled);
      response.off("drain", over).off("close", over);
      resolve();
    };
    response.on("drain", over).on("close", over);
  });
}
