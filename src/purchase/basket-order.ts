/** An order of everything in a basket. */
import { parseIdOf } from "../shared/node-id.js";
import type { Scope } from "../shared/scope.js";
import type { BasketOrder } from "./order.js";
import { checkKey, checkTags, requireUser, type TagInput } from "./order-input.js";

interface BasketPurchaseInput {
  readonly basketId: string;
  readonly expectedAmountDue: string;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
  readonly tags?: readonly TagInput[] | null | undefined;
}

/** @throws ClientError BAD_USER_INPUT @throws PurchaseRejected */
export function checkBasketOrder(input: BasketPurchaseInput, scope: Scope): BasketOrder {
  const { id: basketId, store = scope.store } = parseIdOf("basket", "basketId", input.basketId);
  const user = requireUser(scope);
  const idempotencyKey = checkKey(input.idempotencyKey);
  const tags = checkTags(input.tags);
  const { expectedAmountDue, acknowledgeUnknown } = input;
  return { method: "basket", user, store, idempotencyKey, acknowledgeUnknown, basketId, expectedAmountDue, tags };
}
