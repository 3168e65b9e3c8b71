/** Which parsed documents are kept for the next who sends them. */
import { parse } from "graphql";
import { expect, it } from "vitest";
import { createDocumentCache } from "../../../src/operation/document-cache.js";

it("are bounded by their tokens", () => {
  const cache = createDocumentCache();
  const texts = Array.from({ length: 40 }, (_, nth) => `{ a${String(nth)}${" __typename".repeat(1990)} }`);
  for (const text of texts) cache.set(text, parse(text));
  const kept = texts.filter((text) => cache.get(text) !== undefined);
  expect(kept.length).toBeGreaterThan(15);
  expect(kept.length).toBeLessThan(30);
  expect(kept.at(-1)).toBe(texts.at(-1));
});
