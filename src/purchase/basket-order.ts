/** An order of everything in a basket. */
import { parseIdOf } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import type { BasketOrder } from "./order.js";
import { checkTags, checkTerms, type TaggedInput } from "./order-input.js";

interface BasketPurchaseInput extends TaggedInput {
  readonly basketId: string;
  readonly expectedAmountDue: string;
}

/** @throws ClientError BAD_USER_INPUT @throws PurchaseRejected */
export function checkBasketOrder(input: BasketPurchaseInput, scope: Scope): BasketOrder {
  const { id: basketId, store = scope.store } = parseIdOf("basket", "basketId", input.basketId);
  const { expectedAmountDue } = input;
  return { method: "basket", ...checkTerms(input, scope), store, basketId, expectedAmountDue, tags: checkTags(input) };
}
