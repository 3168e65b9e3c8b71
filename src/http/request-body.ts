/** Reads a request body as text, up to a bound. Yoga's own bound pipes every body through two more streams, which costs more than the rest
 *  of a small query. */
import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";

/** The whole body, or why there is none. Reading stops at the bound. */
export type Body = { readonly text: string } | "too large" | "not UTF-8" | "gone";

/** Never rejects. @param most Bytes. */
export function readBody(request: IncomingMessage, most: number): Promise<Body> {
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
      const bytes = Buffer.concat(chunks);
      resolve(isUtf8(bytes) ? { text: bytes.toString("utf8") } : "not UTF-8");
    });
    request.once("error", () => {
      resolve("gone");
    });
    request.once("close", () => {
      resolve("gone");
    });
  });
}
