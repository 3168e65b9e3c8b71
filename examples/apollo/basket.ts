/** Mutations, and what becomes of the cache. */
import type { ApolloClient } from "@apollo/client";
import { BasketLinesAdd, ItemPurchase } from "./operations";

// #region mutations
/** The payload has the whole basket with its `id`, so every query that shows the basket is up to date. */
export async function addToBasket(client: ApolloClient, basketId: string, itemId: string): Promise<string[]> {
  const { data } = await client.mutate({ mutation: BasketLinesAdd, variables: { input: { basketId, lines: [{ itemId }] } } });
  return data?.basketLinesAdd?.userErrors.map(({ message }) => message) ?? ["The basket could not be changed."];
}

/** Nothing in this payload says what is in the locker now: remove it from the cache, and queries that show it ask again. */
export async function buy(client: ApolloClient, itemId: string, quote: string, idempotencyKey: string): Promise<string | undefined> {
  const { data } = await client.mutate({
    mutation: ItemPurchase,
    variables: { input: { itemId, quote, idempotencyKey } },
    update: (cache) => cache.evict({ id: "ROOT_QUERY", fieldName: "viewer" }),
  });
  return data?.itemPurchase?.attempt?.status;
}
// #endregion mutations
