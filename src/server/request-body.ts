/** Reads the body of a request into text, up to a bound. Yoga's own bound pipes every body through two more streams, which costs more
 *  than the rest of a small query. */
import type { IncomingMessage } from "node:http";

/** A whole body, or why there is none: it has more bytes than allowed, of which no more are read, or the client went away. */
export type Body = { readonly text: string } | "too large" | "gone";

/** Never rejects. @param most Bytes. */
export function readBody(request: IncomingMessage, most: number): Promise<Body> {
  if (Number(request.headers["content-length"] ?? 0) > most) return Promise.resolve("too large");
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else {
        request.pause();
        resolve("too large");
      }
    });
    request.once("end", () => {
      resolve({ text: Buffer.concat(chunks).toString("utf8") });
    });
    request.once("error", () => {
      resolve("gone");
    });
    request.once("close", () => {
      resolve("gone");
    });
  });
}
