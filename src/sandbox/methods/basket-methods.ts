/** basket/*: 7digital's baskets. Each method answers the basket as it is then. @see API document, "Basket" and "basket/addpriceditem" */

import { basketElement } from "../elements/basket-element.js";
import { ApiError } from "../api/errors.js";
import { method, type Asked, type Method } from "../api/method.js";
import { guid, id, money, optional, required, text } from "../api/parameters.js";
import { hundredthsOf } from "../shop/money.js";
import { soldItem, type Item } from "./existing.js";

const create = method({
  path: "basket/create",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: {},
  answer: (_none, asked) => basketElement(asked.baskets.create(asked.store), asked),
});

const basket = method({
  path: "basket",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { basketId: required(guid) },
  answer: ({ basketId }, asked) => basketElement(asked.baskets.basket(basketId, asked.store), asked),
});

const addItem = method({
  path: "basket/addItem",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: {
    basketId: required(guid),
    releaseId: required(id),
    trackId: optional(id),
    affiliatePartner: optional(id),
    packageId: optional(id),
  },
  answer({ basketId, releaseId, trackId, packageId }, asked) {
    const chosen = asked.baskets.basket(basketId, asked.store);
    const item = soldItem(releaseId, trackId, asked);
    const added = { releaseId, trackId: trackId ?? null, ...offered(item, packageId, asked) };
    return basketElement(asked.baskets.add(chosen, added), asked);
  },
});

const standardPackage = 2;

/** The package that is wanted, the standard one where none is, at the catalogue's price. */
function offered({ release, track }: Item, packageId: number | undefined, { catalogue, store }: Asked) {
  const item = track ?? release;
  const found = catalogue.packagesOf(item, store).find((one) => one.id === (packageId ?? standardPackage));
  if (found === undefined) throw new ApiError(2001, "Package not found");
  // The price of the standard package may have changed.
  const price = found.id === standardPackage ? catalogue.priceOf(item, store) : found.price;
  return {
    packageId: found.id,
    price: hundredthsOf(price.value ?? "0"),
    rrp: price.rrp === null ? null : hundredthsOf(price.rrp),
  };
}

const addPricedItem = method({
  path: "basket/addpriceditem",
  auth: "signed",
  maxAgeSeconds: null,
  parameters: { basketId: required(guid), price: required(money), releaseId: required(id), trackId: optional(id) },
  answer({ basketId, price, releaseId, trackId }, asked) {
    const chosen = asked.baskets.basket(basketId, asked.store);
    const item = soldItem(releaseId, trackId, asked);
    const added = { releaseId, trackId: trackId ?? null, ...offered(item, undefined, asked), price };
    return basketElement(asked.baskets.add(chosen, added), asked);
  },
});

const removeItem = method({
  path: "basket/removeItem",
  auth: "consumer-key",
  maxAgeSeconds: null,
  parameters: { basketId: required(guid), itemId: required(id) },
  answer({ basketId, itemId }, asked) {
    const chosen = asked.baskets.basket(basketId, asked.store);
    return basketElement(asked.baskets.remove(chosen, itemId), asked);
  },
});

const applyVoucher = method({
  path: "basket/applyVoucher",
  auth: "signed",
  verbs: ["GET", "POST"],
  maxAgeSeconds: null,
  parameters: { basketId: required(guid), voucherCode: required(text) },
  answer({ basketId, voucherCode }, asked) {
    const chosen = asked.baskets.basket(basketId, asked.store);
    return basketElement(asked.baskets.replace(asked.vouchers.applied(chosen, voucherCode)), asked);
  },
});

export const basketMethods: readonly Method[] = [create, basket, addItem, addPricedItem, removeItem, applyVoucher];
