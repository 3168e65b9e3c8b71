/** user/purchase/* and user/deliveritem. None of them is idempotent. @see API document, "Purchasing", "user/purchase/priceditem" and
 *  "user/deliveritem" */

import { ApiError } from "../api/errors.js";
import { method, type Answer, type Asked, type Method } from "../api/method.js";
import type { Price } from "../model.js";
import { emailAddress, guid, id, money, optional, required, text } from "../api/parameters.js";
import { hundredthsOf } from "../shop/money.js";
import { soldItem } from "./existing.js";
import { tagsOf } from "./sale-tags.js";
import { sellBasket } from "./sell-basket.js";
import { sell } from "./sell.js";

const item = method({
  path: "user/purchase/item",
  auth: "user",
  maxAgeSeconds: null,
  parameters: { releaseId: required(id), trackId: optional(id), price: required(money) },
  answer: (given, asked) => sellAtListPrice(given, ({ value }) => value, asked),
});

const rrpItem = method({
  path: "user/purchase/rrpItem",
  auth: "user",
  maxAgeSeconds: null,
  parameters: { releaseId: required(id), trackId: optional(id), price: required(money) },
  answer: (given, asked) => sellAtListPrice(given, ({ value, rrp }) => rrp ?? value, asked),
});

interface AtPrice {
  readonly releaseId: number;
  readonly trackId: number | undefined;
  readonly price: number;
}

function sellAtListPrice({ releaseId, trackId, price }: AtPrice, listPrice: (price: Price) => string | null, asked: Asked): Answer {
  const tags = tagsOf(asked.sent);
  const wanted = soldItem(releaseId, trackId, asked);
  const sold = wanted.track ?? wanted.release;
  if (price !== hundredthsOf(listPrice(asked.priceChanges.currentPrice(sold, asked.store)) ?? "0")) {
    asked.priceChanges.notice(sold);
    throw new ApiError(3004, "Price supplied is out of date");
  }
  return sell({ items: [wanted], amount: price, charged: true, transactionId: null, tags }, asked);
}

const pricedItem = method({
  path: "user/purchase/priceditem",
  auth: "user",
  maxAgeSeconds: null,
  parameters: { releaseId: required(id), trackId: optional(id), price: required(money) },
  answer({ releaseId, trackId, price }, asked) {
    const tags = tagsOf(asked.sent);
    return sell({ items: [soldItem(releaseId, trackId, asked)], amount: price, charged: true, transactionId: null, tags }, asked);
  },
});

const basket = method({
  path: "user/purchase/basket",
  auth: "user",
  maxAgeSeconds: null,
  parameters: { basketId: required(guid) },
  answer({ basketId }, asked) {
    const bought = asked.baskets.basket(basketId, asked.store);
    if (bought.items.length === 0) throw new ApiError(2001, "Basket has no items.");
    return sellBasket(bought, { charged: true }, asked);
  },
});

const deliverItem = method({
  path: "user/deliveritem",
  auth: "user",
  maxAgeSeconds: null,
  parameters: {
    releaseId: required(id),
    trackId: optional(id),
    transactionId: required(text),
    retailPrice: optional(money),
    emailAddress: optional(emailAddress),
  },
  answer({ releaseId, trackId, transactionId, retailPrice }, asked) {
    const delivered = soldItem(releaseId, trackId, asked);
    const { value, rrp } = asked.catalogue.priceOf(delivered.track ?? delivered.release, asked.store);
    const amount = retailPrice ?? hundredthsOf(rrp ?? value ?? "0");
    return sell({ items: [delivered], amount, charged: false, transactionId, tags: {} }, asked);
  },
});

export const purchaseMethods: readonly Method[] = [item, rrpItem, pricedItem, basket, deliverItem];
