/** Buys what a client has ordered: check the order, hand it to the purchase service, answer. */
import Big from "big.js";
import { runInTurn } from "../basket/turns.js";
import type { Scope } from "../shared/scope.js";
import type { PurchaseOutcome } from "./attempt-report.js";
import type { Intent } from "./intent.js";
import type { Order } from "./order.js";
import { ownedReader } from "./owned-reader.js";
import { prepareOrder } from "./prepare-order.js";
import { payloadOf, type PurchasePayload } from "./purchase-payload.js";
import { PurchaseRejected } from "./purchase-error.js";
import { purchaseService } from "./purchase-service.js";
import { asInputError } from "../shared/user-error.js";
import { sendOrder } from "./send-order.js";

/** @param checkOrder May give an outcome instead, where there is nothing left to order. */
export async function purchase(checkOrder: () => Order | Promise<Order | PurchaseOutcome>, scope: Scope): Promise<PurchasePayload> {
  try {
    const order = await checked(checkOrder);
    if (!("method" in order)) return payloadOf(order, { store: scope.store });
    const outcome = await scope.use(purchaseService).purchase(intentOf(order, scope));
    return payloadOf(outcome, order);
  } catch (error) {
    if (error instanceof PurchaseRejected) return { attempt: null, userErrors: [error.userError] };
    throw error;
  }
}

/** @throws PurchaseRejected also for mistakes in the input that ids and values are read with. */
async function checked<T>(checkOrder: () => T | Promise<T>): Promise<T> {
  try {
    return await checkOrder();
  } catch (error) {
    const userError = asInputError(error);
    throw userError === undefined ? error : new PurchaseRejected(userError);
  }
}

function intentOf(order: Order, scope: Scope): Intent {
  const { user, store } = order;
  const { client, use } = scope;
  const session = { user, store };
  return {
    ...order,
    payload: fingerprintedParts(order),
    locker: ownedReader(scope, session),
    lockerAfter: ownedReader({ client: client.reconciling(), use }, session),
    prepare: (locker) => prepareOrder(order, locker, scope),
    ...(order.method === "basket" ? { inTurn: (buy) => runInTurn(scope, order.basketId, buy) } : {}),
    send: () => sendOrder(order, client),
  };
}

/** What makes an order this one and no other. Their digests are on record: a change here would make earlier keys look reused. */
function fingerprintedParts(order: Order): readonly unknown[] {
  switch (order.method) {
    case "basket":
      return [order.basketId.toLowerCase(), normalizeAmount(order.expectedAmountDue), Object.entries(order.tags).sort()];
    case "deliveritem": {
      const { item, transactionId, retailPrice, emailAddress } = order;
      return [item.releaseId, item.trackId ?? null, transactionId, retailPrice ?? null, emailAddress ?? null];
    }
    default:
      return [order.item.releaseId, order.item.trackId ?? null, order.price, Object.entries(order.tags).sort()];
  }
}

/** The same text for every way to write an amount. */
function normalizeAmount(amount: string): string {
  const value = new Big(amount);
  return value.round(2).eq(value) ? value.toFixed(2) : value.toFixed();
}
