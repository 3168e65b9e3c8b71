/** The days a call means when it names none. The document counts in days and names no time zone: UTC it is. */

import type { Asked } from "../api/method.js";

const aDayMs = 86_400_000;

/** YYYYMMDD. */
export function today({ now }: Asked): string {
  return written(now);
}

/** YYYYMMDD: charts end with the last whole day. */
export function yesterday({ now }: Asked): string {
  return written(now - aDayMs);
}

function written(epochMs: number): string {
  return new Date(epochMs).toISOString().slice(0, 10).replaceAll("-", "");
}
