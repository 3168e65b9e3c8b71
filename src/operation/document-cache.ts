/** Keeps valid documents, parsed. A parsed document takes some hundred times the memory of its text, so the cache is bounded by tokens. */
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** About 25 MB. */
const mostTokens = 50_000;
/** Comments are no tokens. */
const charactersAsToken = 50;

export class DocumentCache {
  private readonly documents = new LRUCache<string, DocumentNode>({
    maxSize: mostTokens,
    sizeCalculation: ({ tokenCount = 0 }, text) => 1 + tokenCount + Math.ceil(text.length / charactersAsToken),
  });

  get(text: string): DocumentNode | undefined {
    return this.documents.get(text);
  }

  set(text: string, document: DocumentNode): void {
    this.documents.set(text, document);
  }
}
