/** Reads the body of a request into text, up to a bound. Yoga's own bound pipes every body through two more streams, which costs more
 *  than the rest of a small query. */
import type { IncomingMessage } from "node:http";

/** The body; `null` where it is larger than `most` bytes, of which no more is then read; `undefined` where the client went away
 *  before its end. Never rejects. */
export function readBody(request: IncomingMessage, most: number): Promise<string | null | undefined> {
  if (Number(request.headers["content-length"] ?? 0) > most) return Promise.resolve(null);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else {
        request.pause();
        resolve(null);
      }
    });
    request.once("end", () => {
      resolve(Buffer.concat(chunks).toString("utf8"));
    });
    request.once("error", () => {
      resolve(undefined);
    });
    request.once("close", () => {
      resolve(undefined);
    });
  });
}
