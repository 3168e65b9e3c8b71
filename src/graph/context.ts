/** What the resolvers of one operation share: the store it shops in, and the loaders that ask 7digital on its behalf. */
import type { Client } from "../upstream/client.js";
import type { Store } from "../upstream/session.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import { createCatalogueLoaders, type CatalogueLoaders } from "../catalogue/loaders.js";

export interface GraphContext {
  readonly client: Client;
  readonly store: Store;
  /** The catalogue in the operation's store. */
  readonly catalogue: CatalogueLoaders;
  /** The catalogue in another store, for a field that names one. */
  catalogueIn(store: Store): CatalogueLoaders;
}

/** Loaders live for one operation: a context is made for each and never shared. */
export function createGraphContext(client: Client, limit: PageSizeLimit, store: Store): GraphContext {
  const others = new Map<string, CatalogueLoaders>();
  const catalogue = createCatalogueLoaders(client, { store }, limit);
  const ownKey = storeKey(store);
  return {
    client,
    store,
    catalogue,
    catalogueIn(other) {
      const key = storeKey(other);
      if (key === ownKey) return catalogue;
      const known = others.get(key) ?? createCatalogueLoaders(client, { store: other }, limit);
      others.set(key, known);
      return known;
    },
  };
}

function storeKey(store: Store): string {
  return "shopId" in store ? `shop ${store.shopId}` : `country ${store.country}`;
}
