/** tag_*: what partners store with a sale. @see API document, "user/purchase/item" */

import { ApiError } from "../api/errors.js";
import { notValid } from "../api/parameters.js";
import type { Pair } from "../http/request.js";

const mostTags = 10;
const longestKey = 50;
const longestValue = 100;

/** By the key as it was sent, without the prefix. Throws ApiError 1002 for a tag without a key, 1003 for too many or too long ones. */
export function tagsOf(sent: readonly Pair[]): Readonly<Record<string, string>> {
  const tags = sent.filter(([name]) => /^tag_/i.test(name)).map(([name, value]): Pair => [name.slice("tag_".length), value]);
  if (tags.length > mostTags) throw new ApiError(1003, `More than ${mostTags} tags`);
  for (const [key, value] of tags) {
    if (key === "") throw notValid("tag_");
    if (key.length > longestKey || value.length > longestValue) {
      throw new ApiError(1003, `Value of parameter "tag_${key.slice(0, longestKey)}" is out of allowable range`);
    }
  }
  return Object.fromEntries(tags);
}
