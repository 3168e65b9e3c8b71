/** The path of a request exactly as it was sent: other spellings of a path are other paths. */
import type { IncomingMessage } from "node:http";

/** Without the query. */
export function pathOf({ url = "/" }: IncomingMessage): string {
  const end = url.indexOf("?");
  return end === -1 ? url : url.slice(0, end);
}
