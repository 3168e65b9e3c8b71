/** Where a request goes, as it was sent: no other way to write a path leads to the same place. */
import type { IncomingMessage } from "node:http";

/** Without the query. */
export function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}
