/** Arguments that name a store other than the operation's. */
import { builder } from "../graph/builder.js";
import { parseShopId } from "../graph/store.js";
import type { Store } from "../upstream/session.js";

export function storeArgs() {
  return builder.args((arg) => ({
    country: arg.field({ type: "CountryCode", description: "Ask in the store of this country instead of the operation's." }),
    shopId: arg.id({ description: "Ask in this shop instead. Where both are given the shop decides and the country is ignored." }),
  }));
}

interface StoreArgs {
  readonly country?: string | null | undefined;
  readonly shopId?: string | null | undefined;
}

/** The store that the arguments name, if they name one. @throws GraphQLError BAD_USER_INPUT */
export function storeOf({ country, shopId }: StoreArgs): Store | undefined {
  if (shopId !== undefined && shopId !== null) return { shopId: parseShopId("shopId", shopId) };
  return country === undefined || country === null ? undefined : { country };
}
