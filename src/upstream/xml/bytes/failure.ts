/** Whether an answer says that the call failed: see envelope.ts. */
import { isInName, startsWith } from "./scan.js";
import type { Source } from "./source.js";
import { openTag } from "./tags.js";

const errorName = Buffer.from("error");
const statusName = Buffer.from("status");

/** Whether a child of the root may be an error of the call. @param start Of its name. */
export function isFailure(source: Source, start: number): boolean {
  const { bytes, attributes, at, nodes } = source;
  if (startsWith(bytes, start, errorName) && !isInName(bytes[start + errorName.length] as number)) return true;
  if (source.readsFailure) return false;
  source.at = start;
  while (isInName(bytes[source.at] as number)) source.at += 1;
  const isOpened = openTag(source);
  const status = isOpened ? attributes.find(statusName) : -1;
  source.at = at;
  source.nodes = nodes;
  return !isOpened || (status !== -1 && (attributes.kinds[status] !== 0 || attributes.hasValue(status, errorName)));
}
