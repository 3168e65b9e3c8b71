/** Vouchers by name: what each does to a basket, or why it does nothing. docs/sandbox.md lists them. */

import { ApiError } from "../api/errors.js";
import type { Basket, BasketItem } from "./basket.js";

/** What an item costs then, in hundredths. `items` are those without a discount, one of which it is. */
type Discount = (item: BasketItem, items: readonly BasketItem[]) => number;

const oneItemFree: Discount = (item, [first]) => (item === first ? 0 : item.price);
const tenPercentOff: Discount = (item) => Math.floor((item.price * 90) / 100);

const discounts: ReadonlyMap<string, Discount> = new Map([
  ["FREE-TRACK", oneItemFree],
  ["ABC123", oneItemFree],
  ["ONCE", oneItemFree],
  ["TEN-OFF", tenPercentOff],
]);

const refusals: ReadonlyMap<string, string> = new Map([
  ["EXPIRED", "Voucher not applied: it has expired"],
  ["USED", "Voucher not applied: it has been fully redeemed already"],
  ["NOT-APPLICABLE", "Voucher not applied: it cannot be redeemed against any items in the basket"],
]);

const endsWithOnePurchase = "ONCE";

export class Vouchers {
  private onceIsUsed = false;

  /** Throws ApiError 3012 where nothing in the basket gets cheaper by it. A voucher counts once in a basket. */
  applied(basket: Basket, voucherCode: string): Basket {
    const code = voucherCode.trim().toUpperCase();
    const discount = this.discountOf(code);
    const open = basket.items.filter((item) => !item.discounted);
    const items = basket.items.map((item) => {
      const amountDue = item.discounted ? item.amountDue : discount(item, open);
      return { ...item, amountDue, discounted: item.discounted || amountDue < item.price };
    });
    const helps = items.some((item, at) => item.discounted !== basket.items[at]?.discounted);
    if (!helps || basket.voucherCodes.includes(code)) throw new ApiError(3012, "Voucher not applied");
    return { ...basket, items, voucherCodes: [...basket.voucherCodes, code] };
  }

  /** The basket they were applied to was bought. */
  spend(voucherCodes: readonly string[]): void {
    if (voucherCodes.includes(endsWithOnePurchase)) this.onceIsUsed = true;
  }

  clear(): void {
    this.onceIsUsed = false;
  }

  private discountOf(code: string): Discount {
    const discount = discounts.get(code);
    const isUsed = code === endsWithOnePurchase && this.onceIsUsed;
    if (discount === undefined || isUsed) throw new ApiError(3012, refusals.get(isUsed ? "USED" : code) ?? "Voucher not applied");
    return discount;
  }
}
