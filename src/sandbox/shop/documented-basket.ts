/** The basket of the API document's examples. They ask for it in several countries, remove an item it does not show, and buy it, so it is
 *  not like other baskets: it may be used everywhere, and is as the document shows it in every call. */

import type { Basket } from "./basket.js";

const documentedId = "00000000-0000-0000-0000-000000000000";
const documentedItem = 15284882;

export function isDocumented(basketId: string): boolean {
  return basketId === documentedId;
}

/** Its one item goes by whatever id it is asked for. */
export function documentedBasket(itemId = documentedItem): Basket {
  const item = { id: itemId, releaseId: 224820, trackId: 2458384, packageId: 2, price: 99, rrp: 99, amountDue: 99, discounted: false };
  return { id: documentedId, store: { country: "DE", shopId: null }, items: [item], voucherCodes: [] };
}
