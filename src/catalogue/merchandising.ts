/** Merchandising lists. They belong to a shop, and only some of the stores that are known by their country are known to be one. */
import { badUserInput } from "../shared/client-error.js";
import { knownStore } from "../shared/known-stores.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Scope } from "../shared/scope.js";
import { shopIdOf } from "../shared/store.js";
import type { EditorialListFacts } from "./decoders.js";
import { merchandisingListDetails } from "./endpoints/editorial.js";

export interface MerchandisingListFacts extends Pick<EditorialListFacts, "description" | "listItems"> {
  /** Of 7digital's. */
  readonly merchandisingListId: string;
  readonly key: string;
}

/** The list of the operation's shop. Rejects with NOT_FOUND where it has none of this key. @throws ClientError BAD_USER_INPUT without a shop. */
export function readMerchandisingList(key: string, { client, store }: Scope): MaybePromise<MerchandisingListFacts> {
  const shopId = shopIdOf(store) ?? knownStore(store)?.shopId ?? undefined;
  if (shopId === undefined) throw badUserInput("shopId", needsShop);
  const list = client.call(merchandisingListDetails, { key }, { store: { shopId } });
  return andThen(list, ({ listId, key: own, ...rest }) => ({ ...rest, merchandisingListId: listId, key: own ?? key }));
}

const needsShop = "Merchandising lists belong to a shop. Name one by `@inContext(shopId:)` or the header x-7d-shop-id.";
