/** Reads a body of JSON, up to its limits. Yoga's own bound pipes every body through two more streams, which costs more than the rest
 *  of a small query. */
import { isUtf8 } from "node:buffer";
import type { IncomingMessage } from "node:http";
import type { MaybePromise } from "../shared/maybe-promise.js";
import { findJsonExcess } from "./json-limits.js";
import { badRequest, type Rejection } from "./responses.js";

/** The whole body, or why there is none. */
type Body = { readonly bytes: Buffer } | Unread;
type Unread = Rejection | "gone";

const notUtf8 = badRequest("Send the body in UTF-8.");
/** Few compressed bytes could inflate to very many. */
const compressed: Rejection = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the body as it is, without Content-Encoding.",
  headers: { "Accept-Encoding": "identity" },
};

/** Never rejects. Reading stops at the bound. @param most Bytes. */
export function readBody(request: IncomingMessage, most: number): MaybePromise<Body> {
  const { "content-length": announced = 0, "content-encoding": encoding = "identity" } = request.headers;
  if (Number(announced) > most) return tooLarge(most);
  if (encoding !== "identity" && encoding.toLowerCase() !== "identity") return compressed;
  if (request.readableEnded) return parsedBefore(request, most);
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length <= most) chunks.push(chunk);
      else {
        request.pause();
        resolve(tooLarge(most));
      }
    });
    request.on("end", () => {
      // Most bodies come in one piece.
      resolve({ bytes: chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks) });
    });
    const end = (): void => resolve("gone");
    request.on("error", end);
    request.on("close", end);
  });
}

const readBefore = badRequest("Something before this server has read the body and not kept it as JSON: let it leave this path alone.");

/** Of a request whose body a parser such as `express.json()` has read and left as `request.body`. */
function parsedBefore(request: IncomingMessage & { readonly body?: unknown }, most: number): Body {
  const { body } = request;
  if (body === undefined || body === null) return readBefore;
  const bytes = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === "string" ? body : JSON.stringify(body));
  return bytes.length > most ? tooLarge(most) : { bytes };
}

/** @param mostValues In the JSON. */
export function textOf(bytes: Buffer, mostValues: number): { readonly text: string } | Rejection {
  if (!isUtf8(bytes)) return notUtf8;
  const text = bytes.toString("utf8");
  return findJsonExcess(text, mostValues) ?? { text };
}

function tooLarge(most: number): Rejection {
  return { status: 413, code: "REQUEST_ENTITY_TOO_LARGE", message: `Send at most ${String(most)} bytes.` };
}
