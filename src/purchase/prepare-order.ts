/** The last checks before an order is sent, and what the user owns of it until then. */
import Big from "big.js";
import type { BasketFacts } from "../basket/decoders.js";
import { amountDueOf, readableLines, trackIdOf } from "../basket/reading.js";
import { readBasket } from "../basket/write.js";
import { callerLimits } from "../shared/caller-limits.js";
import { moneyIn } from "../shared/price-reading.js";
import type { Scope } from "../shared/scope.js";
import { asUserError, operationError } from "../shared/user-error.js";
import { isReadable, Unreadable } from "../upstream/xml/unreadable.js";
import type { PurchasedItem } from "./attempt.js";
import type { Prepared } from "./intent.js";
import type { BasketOrder, Order } from "./order.js";
import type { OwnedReader } from "./owned-reader.js";
import { PurchaseRejected, rejectInput, type PriceChangedFacts } from "./purchase-error.js";

/** @throws PurchaseRejected @throws UpstreamError */
export async function prepareOrder(order: Order, locker: OwnedReader, scope: Scope): Promise<Prepared> {
  if (order.method === "basket") {
    await countPurchase(scope);
    // The basket last, just before it is bought: it may change at any time.
    const owned = await locker.latest();
    return { items: await checkBasket(order, scope), owned };
  }
  if (order.method !== "deliveritem") {
    if (order.quoteExpired) throw rejectInput("quote", "The quote is too old: ask for the price again and show it.");
    await countPurchase(scope);
  }
  return { items: [order.item], owned: await locker.of([order.item]) };
}

/** @throws PurchaseRejected where the user has begun too many purchases lately. */
async function countPurchase({ use }: Scope): Promise<void> {
  if (await use(callerLimits).takePurchase()) return;
  const advice =
    "These were too many purchases within a minute, so this time nothing was sent. Send the same again later, with the same key.";
  throw new PurchaseRejected(operationError("RATE_LIMITED", advice, { retryable: true }));
}

/** 7digital takes no price for a basket, so the basket is read and its price compared here. Only what can be read is bought.
 *  @throws PurchaseRejected where the basket is empty, cannot be read or costs something else. */
async function checkBasket(order: BasketOrder, scope: Scope): Promise<readonly PurchasedItem[]> {
  const basket = await readOrderedBasket(order, scope);
  if (basket.items?.some((line) => !isReadable(line))) throw uncertain("The basket holds a line that cannot be read");
  const items = readableLines(basket).flatMap((line) => (line.releaseId ? [{ releaseId: line.releaseId, trackId: trackIdOf(line) }] : []));
  if (items.length === 0) throw rejectInput("basketId", "There is nothing in the basket to buy.");
  const due = amountDueOf(basket);
  if (due instanceof Unreadable) throw uncertain("What is due for the basket cannot be read");
  if (due === null) throw rejectInput("basketId", "7digital does not tell what is due for this basket.");
  if (new Big(due.amount).eq(order.expectedAmountDue)) return items;
  const priceChanged: PriceChangedFacts = {
    type: "PriceChangedError",
    code: "PRICE_CHANGED",
    message: "The basket does not cost what was shown. Nothing was charged: show what is due now and ask again.",
    field: ["expectedAmountDue"],
    retryable: false,
    shown: moneyIn(order.expectedAmountDue, due.currencyCode),
    current: { amount: due, rrp: null, onSale: null, soldAs: "ITEM" },
  };
  throw new PurchaseRejected(priceChanged);
}

/** @throws PurchaseRejected where there is no such basket, or not in that store. */
async function readOrderedBasket({ basketId, store }: BasketOrder, { client }: Scope): Promise<BasketFacts> {
  try {
    return await readBasket(client.critical(), { basketId, store });
  } catch (error) {
    const userError = asUserError(error, ["basketId"]);
    throw userError === undefined ? error : new PurchaseRejected(userError);
  }
}

function uncertain(problem: string): PurchaseRejected {
  return rejectInput(
    "basketId",
    `${problem}, so what would be bought is not certain. Nothing was charged: put the items into a new basket.`,
  );
}
