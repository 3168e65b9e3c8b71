/** Keeps valid documents, parsed. A parsed document takes some hundred times the memory of its text, so the cache is bounded by tokens. */
import { visit, type DocumentNode } from "graphql";
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

/** Lets go of the tokens that graphql-js read the document from. They are an eighth of its memory, and of no use after parsing: the position of an
 *  error comes from the node. */
export function dropTokens(document: DocumentNode): void {
  visit(document, {
    enter({ loc }) {
      if (loc) Object.assign(loc, { startToken: undefined, endToken: undefined });
    },
  });
}
