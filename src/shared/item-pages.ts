import { LRUCache } from "lru-cache";
import type { Store } from "../upstream/session.js";
import { bound } from "./scope.js";

/** An item of a list that is read in pages of one size. */
export interface ListItem {
  /** The method that gives the list. */
  readonly method: string;
  readonly store: Store;
  readonly pageSize: number;
  readonly id: string;
}

/** All tags in ten stores, and room to spare. */
const mostItems = 10_000;

/** On which page of its list an item was last found, for as long as the process lives. A search that begins there mostly costs one call, and
 *  the plan counts on it. An item may move to another page: then the search goes on, and costs more than was planned, once. */
export class ItemPages {
  private changes = 0;
  // Also where one is evicted.
  private readonly pages = new LRUCache<string, number>({ max: mostItems, dispose: () => (this.changes += 1) });

  /** Grows whenever `pageOf` may answer something new. */
  get version(): number {
    return this.changes;
  }

  /** From 1. Undefined for an item that was not found yet. */
  pageOf(item: ListItem): number | undefined {
    return this.pages.get(keyOf(item));
  }

  /** @param page Undefined where the item is not in the list. */
  remember(item: ListItem, page: number | undefined): void {
    const key = keyOf(item);
    if (this.pages.peek(key) === page) return;
    if (page === undefined) this.pages.delete(key);
    else this.pages.set(key, page);
    this.changes += 1;
  }
}

export const itemPages = bound<ItemPages>("item pages");

function keyOf({ method, store, pageSize, id }: ListItem): string {
  return JSON.stringify([method, store, pageSize, id]);
}
