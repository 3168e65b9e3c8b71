/** An order to give one release or track to a user who has paid the operator. 7digital charges only the operator. */
import { isChargeable } from "../formats/value-formats.js";
import { requireOperator } from "../shared/client-error.js";
import type { Scope } from "../shared/scope.js";
import { inputError, priceAdvice } from "../shared/user-error.js";
import type { DeliveryOrder } from "./order.js";
import { checkKey, findWholeItem, requireUser } from "./order-input.js";
import { PurchaseRejected } from "./purchase-rejected.js";

interface ItemDeliverInput {
  readonly itemId: string;
  readonly transactionId: string;
  readonly retailPrice?: string | null | undefined;
  readonly emailAddress?: string | null | undefined;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
}

/** @throws ClientError FORBIDDEN or BAD_USER_INPUT @throws PurchaseRejected */
export function checkDeliveryOrder(input: ItemDeliverInput, scope: Scope): DeliveryOrder {
  requireOperator(scope, "itemDeliver");
  const user = requireUser(scope);
  const idempotencyKey = checkKey(input.idempotencyKey);
  const item = findWholeItem(input.itemId);
  const { acknowledgeUnknown, retailPrice, emailAddress } = input;
  if (retailPrice && !isChargeable(retailPrice)) throw new PurchaseRejected(inputError(["input", "retailPrice"], priceAdvice));
  return {
    method: "deliveritem",
    user,
    store: scope.store,
    idempotencyKey,
    acknowledgeUnknown,
    item,
    transactionId: checkPrintable("transactionId", input.transactionId),
    retailPrice: retailPrice ?? undefined,
    emailAddress: emailAddress === undefined || emailAddress === null ? undefined : checkPrintable("emailAddress", emailAddress),
  };
}

/** @throws PurchaseRejected */
function checkPrintable(field: string, value: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw new PurchaseRejected(inputError(["input", field], "Send 1 to 200 printable characters without spaces."));
}
