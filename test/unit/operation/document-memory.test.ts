/** Which parsed documents are kept for the next who sends them. */
import { GraphQLError, parse, visit } from "graphql";
import { expect, it } from "vitest";
import { createDocumentCache, dropTokens } from "../../../src/operation/document-cache.js";

it("are bounded by their tokens", () => {
  const cache = createDocumentCache();
  const texts = Array.from({ length: 40 }, (_, nth) => `{ a${String(nth)}${" __typename".repeat(1990)} }`);
  for (const text of texts) cache.set(text, parse(text));
  const kept = texts.filter((text) => cache.get(text) !== undefined);
  expect(kept.length).toBeGreaterThan(15);
  expect(kept.length).toBeLessThan(30);
  expect(kept.at(-1)).toBe(texts.at(-1));
});

it("keep no tokens, and say where their errors are all the same", () => {
  const document = parse("{ a\n  b(c: 1) }");
  dropTokens(document);
  const locations: unknown[] = [];
  visit(document, {
    enter(node) {
      expect([node.loc?.startToken, node.loc?.endToken]).toEqual([undefined, undefined]);
    },
    Argument(node) {
      locations.push(new GraphQLError("", { nodes: node }).locations);
    },
  });
  expect(locations).toEqual([[{ line: 2, column: 5 }]]);
});
