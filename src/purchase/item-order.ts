/** An order of one release or track: at the price that was shown, at its recommended retail price, or at a price of the operator's own. */
import { isChargeable } from "../formats/value-formats.js";
import { moneyIn } from "../shared/price-reading.js";
import { quoting, type Quotes } from "../shared/quote.js";
import type { Scope } from "../shared/scope.js";
import { priceAdvice } from "../shared/user-error.js";
import type { PurchaseOutcome } from "./attempt-report.js";
import type { ItemOrder, Terms } from "./order.js";
import { checkTags, checkTerms, findItem, findWholeItem, type TaggedInput } from "./order-input.js";
import { ownedReader } from "./owned-reader.js";
import { rejectInput } from "./purchase-error.js";
import { purchaseService } from "./purchase-service.js";

interface ItemPurchaseInput extends TaggedInput {
  readonly itemId: string;
  readonly pricing: "CATALOGUE" | "RRP" | "CUSTOM";
  readonly quote?: string | null | undefined;
  readonly customPrice?: string | null | undefined;
}

type Offer = Pick<ItemOrder, "method" | "item" | "store" | "price" | "shown" | "quoteExpired">;

/** Gives an outcome instead of an order where the quote cannot be read: the key was used before, or records cannot say whether it was.
 *  @throws ClientError BAD_USER_INPUT @throws PurchaseRejected */
export async function checkItemOrder(input: ItemPurchaseInput, scope: Scope): Promise<ItemOrder | PurchaseOutcome> {
  const terms = checkTerms(input, scope);
  const quote = isGiven(input.quote) ? scope.use(quoting).read(input.quote) : undefined;
  if (input.pricing !== "CUSTOM" && isGiven(input.quote) && quote === undefined) {
    const earlier = await findEarlier(terms, scope);
    if (earlier !== undefined) return earlier;
  }
  const offer = input.pricing === "CUSTOM" ? customOffer(input, scope) : quotedOffer(input, quote);
  return { ...offer, ...terms, tags: checkTags(input) };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

/** A change of the sealing keys makes a quote unreadable after it was bought with. The idempotency key still names the purchase. */
function findEarlier({ user, idempotencyKey }: Omit<Terms, "store">, scope: Scope): Promise<PurchaseOutcome | undefined> {
  return scope.use(purchaseService).findEarlier(user, idempotencyKey, ownedReader(scope, { store: scope.store, user }));
}

/** @throws PurchaseRejected */
function customOffer({ itemId, customPrice, quote, salesTags }: ItemPurchaseInput, { store }: Scope): Offer {
  if (!isGiven(customPrice)) throw rejectInput("customPrice", "Send the price to charge.");
  if (!isChargeable(customPrice)) throw rejectInput("customPrice", priceAdvice);
  if (isGiven(quote)) throw rejectInput("quote", "A price of your own needs no quote: leave it out.");
  if (salesTags?.length) throw rejectInput("salesTags", "7digital stores no tags with prices of your own: leave them out.");
  const item = findWholeItem(itemId);
  return { method: "priceditem", item, store, price: customPrice, shown: undefined, quoteExpired: false };
}

/** @throws PurchaseRejected */
function quotedOffer({ itemId, pricing, customPrice }: ItemPurchaseInput, reading: ReturnType<Quotes["read"]>): Offer {
  if (isGiven(customPrice)) throw rejectInput("customPrice", "A price of your own goes with `pricing: CUSTOM` only.");
  if (reading === undefined) {
    throw rejectInput("quote", "Send the `quote` of the price that was shown: ask for `price { quote }` of the item.");
  }
  const { releaseId, trackId, store, currencyCode, amount, rrp } = reading.quoted;
  const ordered = findItem(itemId);
  if (ordered.trackId !== trackId || (ordered.releaseId ?? releaseId) !== releaseId) {
    throw rejectInput("quote", "The quote is of another item: send the one of the price that was shown.");
  }
  const price = pricing === "RRP" ? rrp : amount;
  if (price === null) throw rejectInput("pricing", "The item has no such price: choose another `pricing`.");
  return {
    method: pricing === "RRP" ? "rrpItem" : "item",
    item: { releaseId, trackId },
    store,
    price,
    shown: { price: moneyIn(price, currencyCode), of: { releaseId, trackId, store } },
    quoteExpired: reading.expired,
  };
}
