/** Gives one release or track to a user who has paid to the operator. 7digital charges nobody but the operator. */
import type { GraphContext } from "../graph/context.js";
import { requireOperator } from "../graph/operator.js";
import { inputError, priceAdvice } from "../shared/user-error.graph.js";
import { isChargeable } from "../value-formats.js";
import { userDeliverItem } from "./endpoints/user-deliver-item.js";
import { lockersOf } from "./owned.js";
import { buyer, checkedKey, itemOf, wholeItem } from "./purchase-input.js";
import { payloadOf, toldOf, type PurchasePayload } from "./purchase-payload.js";
import { Refused } from "./refused.js";

interface ItemDeliverInput {
  readonly itemId: string;
  readonly transactionId: string;
  readonly retailPrice?: string | null | undefined;
  readonly emailAddress?: string | null | undefined;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
}

export function deliverItem(input: ItemDeliverInput, context: GraphContext): Promise<PurchasePayload> {
  requireOperator(context, "itemDeliver");
  return payloadOf(async () => {
    const { services, store } = context;
    const user = buyer(context);
    const session = { store, user };
    const idempotencyKey = checkedKey(input.idempotencyKey);
    const item = wholeItem(itemOf(input.itemId));
    const { retailPrice } = input;
    if (retailPrice && !isChargeable(retailPrice)) throw new Refused(inputError(["input", "retailPrice"], priceAdvice));
    const asked = {
      transactionId: printable("transactionId", input.transactionId),
      retailPrice: retailPrice ?? undefined,
      emailAddress:
        input.emailAddress === undefined || input.emailAddress === null ? undefined : printable("emailAddress", input.emailAddress),
    };
    const result = await services.purchases.run({
      user,
      idempotencyKey,
      method: "deliveritem",
      store,
      payload: [item.releaseId, item.trackId ?? null, asked.transactionId, asked.retailPrice ?? null, asked.emailAddress ?? null],
      acknowledgeUnknown: input.acknowledgeUnknown,
      prepare: async (locker) => ({ items: [item], owned: await locker.of([item]) }),
      ...lockersOf(services, session),
      send: async () => services.client.call(userDeliverItem, { ...item, ...asked }, session),
    });
    return toldOf(result, { store });
  });
}

/** @throws Refused */
function printable(field: string, value: string): string {
  if (/^[\x21-\x7e]{1,200}$/.test(value)) return value;
  throw new Refused(inputError(["input", field], "Send 1 to 200 printable characters without spaces."));
}
