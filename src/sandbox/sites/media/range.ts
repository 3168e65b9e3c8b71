/** The part of a file that a Range header asks for. @see RFC 9110, 14 */

import type { Response } from "../../http/response.js";

interface Part {
  readonly first: number;
  /** Inclusive. */
  readonly last: number;
}

/** One part of it with 206, 416 where the file has no such part, and all of it where the header is none that we read: several parts
 *  at once are not offered. */
export function ranged(response: Response, range: string): Response {
  const whole = Buffer.from(response.body);
  const part = partOf(range, whole.length);
  if (part === null) return response;
  const { first, last } = part;
  if (first > last || first >= whole.length) {
    return { status: 416, headers: { "Content-Range": `bytes */${whole.length}`, "Accept-Ranges": "bytes" }, body: "" };
  }
  const headers = { ...response.headers, "Content-Range": `bytes ${first}-${last}/${whole.length}` };
  return { status: 206, headers, body: whole.subarray(first, last + 1) };
}

function partOf(range: string, length: number): Part | null {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(range) ?? [];
  if (from === undefined || to === undefined || (from === "" && to === "")) return null;
  if (from === "") return { first: Math.max(0, length - Number(to)), last: length - 1 };
  const last = to === "" ? length - 1 : Number(to);
  // A range that runs backwards is no range at all, one that runs beyond the end stops there.
  return last < Number(from) && to !== "" ? null : { first: Number(from), last: Math.min(last, length - 1) };
}
