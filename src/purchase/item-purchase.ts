/** Buys one release or track: at the price that was shown, at its recommended retail price, or at a price of the operator's own. */
import type { GraphContext } from "../graph/context.js";
import { requireOperator } from "../graph/operator.js";
import { moneyIn } from "../shared/price-reading.js";
import type { Quoted, Quotes } from "../shared/quote.js";
import { inputError, priceAdvice } from "../shared/user-error.graph.js";
import { isChargeable } from "../value-formats.js";
import type { Session, Store, UserCredential } from "../upstream/session.js";
import type { PurchaseFacts } from "../locker/decoders.js";
import type { PurchasedItem, PurchaseMethod } from "./attempt.js";
import { userPurchaseItem } from "./endpoints/user-purchase-item.js";
import { userPurchasePricedItem } from "./endpoints/user-purchase-priced-item.js";
import { userPurchaseRrpItem } from "./endpoints/user-purchase-rrp-item.js";
import type { Attempt } from "./intent.js";
import { lockersOf, ownedReader } from "./owned.js";
import { admitted, buyer, checkedKey, checkedTags, itemOf, wholeItem, type TagInput } from "./purchase-input.js";
import { payloadOf, toldOf, type PurchasePayload } from "./purchase-payload.js";
import { Refused } from "./refused.js";

export type PurchasePricing = "CATALOGUE" | "RRP" | "CUSTOM";

interface ItemPurchaseInput {
  readonly itemId: string;
  readonly pricing: PurchasePricing;
  readonly quote?: string | null | undefined;
  readonly customPrice?: string | null | undefined;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
  readonly tags?: readonly TagInput[] | null | undefined;
}

/** What is bought where, at which price. */
interface Offer {
  readonly method: PurchaseMethod;
  readonly item: PurchasedItem;
  readonly store: Store;
  /** Decimal text, as it is sent. */
  readonly price: string;
  /** Undefined where the price is the operator's own. */
  readonly quoted: Quoted | undefined;
  readonly expired: boolean;
}

type ReadQuote = ReturnType<Quotes["read"]>;

export function purchaseItem(input: ItemPurchaseInput, context: GraphContext): Promise<PurchasePayload> {
  return payloadOf(async () => {
    const { services } = context;
    if (input.pricing === "CUSTOM" || isGiven(input.customPrice)) requireOperator(context, "customPrice");
    const user = buyer(context);
    const idempotencyKey = checkedKey(input.idempotencyKey);
    const read = isGiven(input.quote) ? services.quotes.read(input.quote) : undefined;
    const known = await knownWithoutQuote(input, read, user, context);
    if (known !== undefined) return toldOf(known, { store: context.store });
    const offer = input.pricing === "CUSTOM" ? ownOffer(input, context) : quotedOffer(input, read);
    const tags = checkedTags(input.tags);
    const { method, item, store, price, quoted, expired } = offer;
    const session = { store, user };
    const result = await services.purchases.run({
      user,
      idempotencyKey,
      method,
      store,
      payload: [item.releaseId, item.trackId ?? null, price, Object.entries(tags).sort()],
      acknowledgeUnknown: input.acknowledgeUnknown,
      prepare: async (locker) => {
        if (expired) throw new Refused(inputError(["input", "quote"], "The quote is too old: ask for the price again and show it."));
        admitted(context);
        return { items: [item], owned: await locker.of([item]) };
      },
      ...lockersOf(services, session),
      send: () => buy(offer, tags, session, context),
    });
    const shown = quoted && { price: moneyIn(price, quoted.currencyCode), of: { ...item, trackId: item.trackId, store } };
    return toldOf(result, { store, shown });
  });
}

/** A quote may have become unreadable since it was bought with, after a change of keys. The key still names the purchase. */
async function knownWithoutQuote(
  { pricing, quote, idempotencyKey }: ItemPurchaseInput,
  read: ReadQuote,
  user: UserCredential,
  { services, store }: GraphContext,
): Promise<Attempt | undefined> {
  if (pricing === "CUSTOM" || !isGiven(quote) || read !== undefined) return undefined;
  const known = await services.purchases.attempt(user, idempotencyKey, ownedReader(services, { store, user }));
  return known?.status === "NOT_SENT" ? undefined : known;
}

type Buying = Session & { readonly user: UserCredential };

async function buy(
  { method, item, price }: Offer,
  tags: Readonly<Record<string, string>>,
  session: Buying,
  { services: { client } }: GraphContext,
): Promise<PurchaseFacts> {
  if (method === "priceditem") return client.call(userPurchasePricedItem, { ...item, price }, session);
  return client.call(method === "item" ? userPurchaseItem : userPurchaseRrpItem, { ...item, price, tags }, session);
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== undefined && value !== null;
}

/** @throws Refused */
function ownOffer({ itemId, customPrice, quote, tags }: ItemPurchaseInput, context: GraphContext): Offer {
  if (!isGiven(customPrice)) throw new Refused(inputError(["input", "customPrice"], "Send the price to charge."));
  if (!isChargeable(customPrice)) throw new Refused(inputError(["input", "customPrice"], priceAdvice));
  if (isGiven(quote)) throw new Refused(inputError(["input", "quote"], "A price of your own needs no quote: leave it out."));
  if (tags?.length) throw new Refused(inputError(["input", "tags"], "7digital stores no tags with prices of your own: leave them out."));
  return {
    method: "priceditem",
    item: wholeItem(itemOf(itemId)),
    store: context.store,
    price: customPrice,
    quoted: undefined,
    expired: false,
  };
}

/** @throws Refused */
function quotedOffer({ itemId, pricing, customPrice }: ItemPurchaseInput, read: ReadQuote): Offer {
  if (isGiven(customPrice)) {
    throw new Refused(inputError(["input", "customPrice"], "A price of your own goes with `pricing: CUSTOM` only."));
  }
  if (read === undefined) {
    throw new Refused(
      inputError(["input", "quote"], "Send the `quote` of the price that was shown: ask for `price { quote }` of the item."),
    );
  }
  const { quoted, expired } = read;
  const { releaseId, trackId } = itemOf(itemId);
  if (trackId !== quoted.trackId || (releaseId ?? quoted.releaseId) !== quoted.releaseId) {
    throw new Refused(inputError(["input", "quote"], "The quote is of another item: send the one of the price that was shown."));
  }
  const price = pricing === "RRP" ? quoted.rrp : quoted.amount;
  if (price === null) throw new Refused(inputError(["input", "pricing"], "The item has no such price: choose another `pricing`."));
  const item = { releaseId: quoted.releaseId, trackId: quoted.trackId };
  return { method: pricing === "RRP" ? "rrpItem" : "item", item, store: quoted.store, price, quoted, expired };
}
