/** What every purchase of a basket ends in: all its lines are sold at once, and it is empty then. */

import type { Answer, Asked } from "../api/method.js";
import type { Basket } from "../shop/basket.js";
import { soldItem } from "./existing.js";
import { tagsOf } from "./sale-tags.js";
import { sell } from "./sell.js";

/** @param charged False where the money does not come from the user's card. */
export function sellBasket(bought: Basket, { charged }: { readonly charged: boolean }, asked: Asked): Answer {
  const tags = tagsOf(asked.sent);
  const items = bought.items.map(({ releaseId, trackId }) => soldItem(releaseId, trackId ?? undefined, asked));
  const amount = bought.items.reduce((total, { amountDue }) => total + amountDue, 0);
  const afterwards = () => {
    asked.baskets.replace({ ...bought, items: [], voucherCodes: [] });
    asked.vouchers.spend(bought.voucherCodes);
  };
  return sell({ items, amount, charged, transactionId: null, tags, afterwards }, asked);
}
