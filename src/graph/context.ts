/** What the resolvers of one operation share: who asks, the store it shops in, and the loaders that ask 7digital on its behalf. */
import type { Session, Store, UserCredential } from "../upstream/session.js";
import { createCatalogueLoaders, type CatalogueLoaders } from "../catalogue/loaders.js";
import type { OperationMeter } from "./operation-meter.js";
import type { Services } from "./services.js";

/** Who sends an operation. */
export interface Caller {
  /** Undefined where nobody has signed in. */
  readonly user: UserCredential | undefined;
  /** Whether it is one of the operator's own servers. */
  readonly operator: boolean;
  /** Whether it comes through the operator's own gateway. */
  readonly gateway: boolean;
}

/** What the caller may do only so often. Each counts one more, and gives false where it is one too many. */
export interface Allowed {
  takePurchase(): boolean;
  takeVoucher(): boolean;
}

export interface GraphContext extends Caller {
  /** Their client makes its calls on behalf of the operation. */
  readonly services: Services;
  readonly meter: OperationMeter;
  readonly allowed: Allowed;
  readonly store: Store;
  /** Whose calls are made, and where: store and user. */
  readonly session: Session;
  /** The catalogue in the operation's store. */
  readonly catalogue: CatalogueLoaders;
  /** The catalogue in another store, for a field that names one. */
  catalogueIn(store: Store): CatalogueLoaders;
}

interface Operation {
  readonly caller: Caller;
  readonly store: Store;
  readonly meter: OperationMeter;
  readonly allowed: Allowed;
}

/** Loaders live for one operation: a context is made for each and never shared. */
export function createGraphContext(shared: Services, { caller, store, meter, allowed }: Operation): GraphContext {
  const { user, operator, gateway } = caller;
  const services: Services = { ...shared, client: shared.client.forOperation(meter) };
  const others = new Map<string, CatalogueLoaders>();
  // The catalogue is everybody's: its calls never carry the user.
  const loadersIn = (one: Store): CatalogueLoaders => createCatalogueLoaders(services.client, { store: one }, services.pageSizes.catalogue);
  const catalogue = loadersIn(store);
  const ownKey = storeKey(store);
  return {
    services,
    meter,
    allowed,
    user,
    operator,
    gateway,
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
