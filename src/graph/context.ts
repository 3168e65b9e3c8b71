/** What the resolvers of one operation share: who asks, the store it shops in, and the loaders that ask 7digital on its behalf. */
import type { Session, Store, UserCredential } from "../upstream/session.js";
import { createCatalogueLoaders, type CatalogueLoaders } from "../catalogue/loaders.js";
import type { Services } from "./services.js";

/** Who sends an operation. */
export interface Caller {
  /** Undefined where nobody has signed in. */
  readonly user: UserCredential | undefined;
  /** Whether it is one of the operator's own servers. */
  readonly operator: boolean;
}

export interface GraphContext extends Caller {
  readonly services: Services;
  readonly store: Store;
  /** Whose calls are made, and where: store and user. */
  readonly session: Session;
  /** The catalogue in the operation's store. */
  readonly catalogue: CatalogueLoaders;
  /** The catalogue in another store, for a field that names one. */
  catalogueIn(store: Store): CatalogueLoaders;
}

/** Loaders live for one operation: a context is made for each and never shared. */
export function createGraphContext(services: Services, { user, operator }: Caller, store: Store): GraphContext {
  const others = new Map<string, CatalogueLoaders>();
  // The catalogue is everybody's: its calls never carry the user.
  const loadersIn = (one: Store): CatalogueLoaders => createCatalogueLoaders(services.client, { store: one }, services.pageSizes.catalogue);
  const catalogue = loadersIn(store);
  const ownKey = storeKey(store);
  return {
    services,
    user,
    operator,
    store,
    session: { store, user },
    catalogue,
    catalogueIn(other) {
      const key = storeKey(other);
      if (key === ownKey) return catalogue;
      const known = others.get(key) ?? loadersIn(other);
      others.set(key, known);
      return known;
    },
  };
}

function storeKey(store: Store): string {
  return "shopId" in store ? `shop ${store.shopId}` : `country ${store.country}`;
}
