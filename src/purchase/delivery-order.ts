/** An order to give one release or track to a user who has paid the operator. 7digital charges only the operator. */
import { isChargeable } from "../formats/value-formats.js";
import type { Scope } from "../shared/scope.js";
import { priceAdvice } from "../shared/user-error.js";
import type { DeliveryOrder } from "./order.js";
import { checkTerms, findWholeItem, type OrderInput } from "./order-input.js";
import { rejectInput } from "./purchase-error.js";

interface ItemDeliverInput extends OrderInput {
  readonly itemId: string;
  readonly transactionId: string;
  readonly retailPrice?: string | null | undefined;
  readonly emailAddress?: string | null | undefined;
}

/** @throws ClientError BAD_USER_INPUT @throws PurchaseRejected */
export function checkDeliveryOrder(input: ItemDeliverInput, scope: Scope): DeliveryOrder {
  const terms = checkTerms(input, scope);
  const item = findWholeItem(input.itemId);
  const { retailPrice, emailAddress } = input;
  if (retailPrice && !isChargeable(retailPrice)) throw rejectInput("retailPrice", priceAdvice);
  return {
    method: "deliveritem",
    ...terms,
    store: scope.store,
    item,
    transactionId: checkPrintable("transactionId", input.transactionId),
    retailPrice: retailPrice ?? undefined,
    emailAddress: emailAddress === undefined || emailAddress === null ? undefined : checkPrintable("emailAddress", emailAddress),
  };
}

/** @throws PurchaseRejected */
function checkPrintable(field: string, value: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw rejectInput(field, "Send 1 to 200 printable characters without spaces.");
}
