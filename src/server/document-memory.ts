/** Remembers parsed documents, which are some hundred times as large as their text: as many as have so many tokens in all. Yoga's own
 *  memory counts documents, whatever their size, and keeps those that are not valid in the place of those that are. */
import type { DocumentNode } from "graphql";
import { LRUCache } from "lru-cache";

/** About 25 MB. */
const mostTokens = 50_000;
/** Comments are no tokens. */
const charactersAsToken = 50;

export class DocumentMemory {
  private readonly documents = new LRUCache<string, DocumentNode>({
    maxSize: mostTokens,
    sizeCalculation: ({ tokenCount = 0 }, text) => 1 + tokenCount + Math.ceil(text.length / charactersAsToken),
  });

  get(text: string): DocumentNode | undefined {
    return this.documents.get(text);
  }

  /** Yoga's word for what was parsed, of which nobody knows yet whether it is worth keeping. */
  set(): void {
    return undefined;
  }

  /** Of a document that is valid. */
  keep(document: DocumentNode): void {
    const text = document.loc?.source.body;
    if (text !== undefined && !this.documents.has(text)) this.documents.set(text, document);
  }
}
