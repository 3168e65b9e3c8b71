import { onTestFinished } from "vitest";
import { ResponseCache } from "../../src/operation/response-cache.js";

/** Counts how often a response was found among those that are kept, until the test is over. From outside nothing else shows it. */
export function countRecalls(): () => number {
  const { prototype } = ResponseCache;
  const find = Object.getOwnPropertyDescriptor(prototype, "find");
  if (find === undefined) throw new Error("Responses are found in some other way.");
  const original = find.value as ResponseCache["find"];
  let count = 0;
  prototype.find = function (this: ResponseCache, key) {
    const found = original.call(this, key);
    if (found !== undefined) count += 1;
    return found;
  };
  onTestFinished(() => {
    prototype.find = original;
  });
  return () => count;
}
