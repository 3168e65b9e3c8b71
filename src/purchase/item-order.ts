/** An order of one release or track: at the price that was shown, at its recommended retail price, or at a price of the operator's own. */
import { isChargeable } from "../formats/value-formats.js";
import { requireOperator } from "../shared/client-error.js";
import { moneyIn } from "../shared/price-reading.js";
import { quoting, type Quotes } from "../shared/quote.js";
import type { Scope } from "../shared/scope.js";
import { inputError, priceAdvice } from "../shared/user-error.js";
import type { UserCredential } from "../upstream/session.js";
import type { AttemptReport } from "./attempt-report.js";
import type { ItemOrder } from "./order.js";
import { checkKey, checkTags, findItem, findWholeItem, requireUser, type TagInput } from "./order-input.js";
import { ownedReader } from "./owned-reader.js";
import { PurchaseRejected } from "./purchase-rejected.js";
import { purchaseService } from "./purchase-service.js";

interface ItemPurchaseInput {
  readonly itemId: string;
  readonly pricing: "CATALOGUE" | "RRP" | "CUSTOM";
  readonly quote?: string | null | undefined;
  readonly customPrice?: string | null | undefined;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
  readonly tags?: readonly TagInput[] | null | undefined;
}

type QuoteReading = ReturnType<Quotes["read"]>;

type Offer = Pick<ItemOrder, "method" | "item" | "store" | "price" | "shown" | "quoteExpired">;

/** Gives the attempt where the purchase was made before and its quote cannot be read any more.
 *  @throws ClientError FORBIDDEN or BAD_USER_INPUT @throws PurchaseRejected */
export async function checkItemOrder(input: ItemPurchaseInput, scope: Scope): Promise<ItemOrder | AttemptReport> {
  if (input.pricing === "CUSTOM" || isGiven(input.customPrice)) requireOperator(scope, "customPrice");
  const user = requireUser(scope);
  const idempotencyKey = checkKey(input.idempotencyKey);
  const quote = isGiven(input.quote) ? scope.use(quoting).read(input.quote) : undefined;
  const earlier = await findEarlierWithoutQuote(input, quote, user, scope);
  if (earlier !== undefined) return earlier;
  const offer = input.pricing === "CUSTOM" ? customOffer(input, scope) : quotedOffer(input, quote);
  return { ...offer, user, idempotencyKey, acknowledgeUnknown: input.acknowledgeUnknown, tags: checkTags(input.tags) };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

/** A change of the sealing keys makes a quote unreadable after it was bought with. The idempotency key still names the purchase. */
async function findEarlierWithoutQuote(
  { pricing, quote, idempotencyKey }: ItemPurchaseInput,
  reading: QuoteReading,
  user: UserCredential,
  scope: Scope,
): Promise<AttemptReport | undefined> {
  if (pricing === "CUSTOM" || !isGiven(quote) || reading !== undefined) return undefined;
  const locker = ownedReader(scope, { store: scope.store, user });
  const earlier = await scope.use(purchaseService).findAttempt(user, idempotencyKey, locker);
  return earlier?.status === "NOT_SENT" ? undefined : earlier;
}

/** @throws PurchaseRejected */
function customOffer({ itemId, customPrice, quote, tags }: ItemPurchaseInput, { store }: Scope): Offer {
  if (!isGiven(customPrice)) throw rejection("customPrice", "Send the price to charge.");
  if (!isChargeable(customPrice)) throw rejection("customPrice", priceAdvice);
  if (isGiven(quote)) throw rejection("quote", "A price of your own needs no quote: leave it out.");
  if (tags?.length) throw rejection("tags", "7digital stores no tags with prices of your own: leave them out.");
  const item = findWholeItem(itemId);
  return { method: "priceditem", item, store, price: customPrice, shown: undefined, quoteExpired: false };
}

/** @throws PurchaseRejected */
function quotedOffer({ itemId, pricing, customPrice }: ItemPurchaseInput, reading: QuoteReading): Offer {
  if (isGiven(customPrice)) throw rejection("customPrice", "A price of your own goes with `pricing: CUSTOM` only.");
  if (reading === undefined) {
    throw rejection("quote", "Send the `quote` of the price that was shown: ask for `price { quote }` of the item.");
  }
  const { releaseId, trackId, store, currencyCode, amount, rrp } = reading.quoted;
  const ordered = findItem(itemId);
  if (ordered.trackId !== trackId || (ordered.releaseId ?? releaseId) !== releaseId) {
    throw rejection("quote", "The quote is of another item: send the one of the price that was shown.");
  }
  const price = pricing === "RRP" ? rrp : amount;
  if (price === null) throw rejection("pricing", "The item has no such price: choose another `pricing`.");
  return {
    method: pricing === "RRP" ? "rrpItem" : "item",
    item: { releaseId, trackId },
    store,
    price,
    shown: { price: moneyIn(price, currencyCode), of: { releaseId, trackId, store } },
    quoteExpired: reading.expired,
  };
}

function rejection(field: string, advice: string): PurchaseRejected {
  return new PurchaseRejected(inputError(["input", field], advice));
}
