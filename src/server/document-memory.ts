/** Remembers parsed documents, which are some hundred times as large as their text: as many as have so many tokens in all. Yoga's own
 *  memory counts documents, whatever their size. */
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** About 25 MB. */
const mostTokens = 50_000;
/** Comments are no tokens. */
const charactersAsToken = 50;

export function createDocumentMemory(): LRUCache<string, DocumentNode> {
  return new LRUCache({
    maxSize: mostTokens,
    sizeCalculation: ({ tokenCount = 0 }, text) => 1 + tokenCount + Math.ceil(text.length / charactersAsToken),
  });
}
