/** Buys all that is in a basket, if it still costs what was shown. 7digital takes no price for a basket, so it is read just before. */
import Big from "big.js";
import { isReadable, Unreadable } from "../upstream/unreadable.js";
import { amountDueOf, readableLines, trackIdOf, type BasketAt } from "../basket/reading.js";
import type { BasketFacts } from "../basket/decoders.js";
import { inTurn } from "../basket/turns.js";
import { readBasket } from "../basket/write.js";
import type { GraphContext } from "../graph/context.js";
import { parseIdOf } from "../graph/node-id.js";
import { asUserError, inputError } from "../shared/user-error.graph.js";
import { moneyIn } from "../shared/price-reading.js";
import type { Client } from "../upstream/client.js";
import type { PurchasedItem } from "./attempt.js";
import { userPurchaseBasket } from "./endpoints/user-purchase-basket.js";
import { lockersOf } from "./owned.js";
import { admitted, buyer, checkedKey, checkedTags, type TagInput } from "./purchase-input.js";
import { payloadOf, toldOf, type PriceChangedFacts, type PurchasePayload } from "./purchase-payload.js";
import { Refused } from "./refused.js";

interface BasketPurchaseInput {
  readonly basketId: string;
  readonly expectedAmountDue: string;
  readonly idempotencyKey: string;
  readonly acknowledgeUnknown: boolean;
  readonly tags?: readonly TagInput[] | null | undefined;
}

export function purchaseBasket(input: BasketPurchaseInput, context: GraphContext): Promise<PurchasePayload> {
  return payloadOf(async () => {
    const { services } = context;
    const { id: basketId, store = context.store } = parseIdOf("basket", "basketId", input.basketId);
    const user = buyer(context);
    const session = { store, user };
    const idempotencyKey = checkedKey(input.idempotencyKey);
    const tags = checkedTags(input.tags);
    const result = await services.purchases.run({
      user,
      idempotencyKey,
      method: "basket",
      store,
      payload: [basketId.toLowerCase(), comparable(input.expectedAmountDue), Object.entries(tags).sort()],
      acknowledgeUnknown: input.acknowledgeUnknown,
      prepare: async (locker) => {
        admitted(context);
        // The basket last, just before it is bought: it may change at any time.
        const owned = await locker.latest();
        return { items: checkedItems(await read(services.client.exempt(), { basketId, store }), input.expectedAmountDue), owned };
      },
      ...lockersOf(services, session),
      inTurn: (task) => inTurn(services, basketId, task),
      send: async () => services.client.call(userPurchaseBasket, { basketId, tags }, session),
    });
    return toldOf(result, { store });
  });
}

/** @throws Refused where there is no such basket, or not in that store. */
async function read(client: Client, at: BasketAt): Promise<BasketFacts> {
  try {
    return await readBasket(client, at);
  } catch (error) {
    const told = asUserError(error, ["input", "basketId"]);
    throw told === undefined ? error : new Refused(told);
  }
}

/** The same text for every way to write an amount. */
function comparable(amount: string): string {
  const value = new Big(amount);
  return value.round(2).eq(value) ? value.toFixed(2) : value.toFixed();
}

/** Money is only spent on what could be checked. */
function unsure(what: string): Refused {
  const advice = `${what}, so what would be bought is not certain. Nothing was charged: put the items into a new basket.`;
  return new Refused(inputError(["input", "basketId"], advice));
}

/** @throws Refused where it is empty or can not be read, or costs something else. */
function checkedItems(basket: BasketFacts, expectedAmountDue: string): readonly PurchasedItem[] {
  if (basket.items?.some((line) => !isReadable(line))) throw unsure("The basket holds a line that can not be read");
  const items = readableLines(basket).flatMap((line) => (line.releaseId ? [{ releaseId: line.releaseId, trackId: trackIdOf(line) }] : []));
  if (items.length === 0) throw new Refused(inputError(["input", "basketId"], "There is nothing in the basket to buy."));
  const due = amountDueOf(basket);
  if (due instanceof Unreadable) throw unsure("What is due for the basket can not be read");
  if (due === null) throw new Refused(inputError(["input", "basketId"], "7digital does not tell what is due for this basket."));
  if (new Big(due.amount).eq(expectedAmountDue)) return items;
  const changed: PriceChangedFacts = {
    type: "PriceChangedError",
    code: "PRICE_CHANGED",
    message: "The basket does not cost what was shown. Nothing was charged: show what is due now and ask again.",
    field: ["input", "expectedAmountDue"],
    retryable: false,
    shown: moneyIn(expectedAmountDue, due.currencyCode),
    current: { amount: due },
  };
  throw new Refused(changed);
}
