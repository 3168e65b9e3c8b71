/** When an answer with another id than the one asked for is accepted. docs/decisions/0024-a-bad-item-costs-only-itself.md has the reasons.
 *
 *  | asked for               | answered with another id                                                                              |
 *  | ----------------------- | ----------------------------------------------------------------------------------------------------- |
 *  | artist, release by id   | accepted: 7digital merges duplicates and still answers for the old id. The object has the answer's id  |
 *  | editorial list by key   | accepted, for the same reason: the object has the answer's key                                         |
 *  | track by id             | rejected: the same recording on another release is another track, with another price                   |
 *  | basket by id            | rejected: what is bought is what the id names                                                          |
 *  | tag; track of a release | looked for in a list: only an item with that very id counts                                            |
 */
import { UpstreamError } from "../upstream/errors.js";

interface Ids {
  readonly method: string;
  readonly asked: string;
  readonly answered: string;
}

/** Whether both ids are the same. Those of baskets are GUIDs, in either case. */
export function isSameId(asked: string, answered: string): boolean {
  return asked === answered || asked.toLowerCase() === answered.toLowerCase();
}

/** For answers that are rejected under another id. @throws UpstreamError UPSTREAM_BAD_RESPONSE */
export function requireSameId({ method, asked, answered }: Ids): void {
  if (isSameId(asked, answered)) return;
  throw new UpstreamError("UPSTREAM_BAD_RESPONSE", `7digital answered ${method} with another id than the one asked for.`, { method });
}
