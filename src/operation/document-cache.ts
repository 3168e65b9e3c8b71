/** Keeps valid documents, parsed. A parsed document takes some hundred times the memory of its text, so the cache is bounded by tokens. */
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** About 25 MB. */
const mostTokens = 50_000;
/** Comments are no tokens. */
const charactersAsToken = 50;

/** By their texts. */
export function createDocumentCache(): LRUCache<string, DocumentNode> {
  return new LRUCache({
    maxSize: mostTokens,
    sizeCalculation: ({ tokenCount = 0 }, text) => 1 + tokenCount + Math.ceil(text.length / charactersAsToken),
  });
}
