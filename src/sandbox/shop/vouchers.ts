/** Vouchers by name: what each does to a basket, or why it does nothing. The cheat sheet lists them. */

import { ApiError } from "../api/errors.js";
import type { Basket, BasketItem } from "./basket.js";

/** What an item costs then, in hundredths. `items` are those without a discount, one of which it is. */
type Discount = (item: BasketItem, items: readonly BasketItem[]) => number;

const oneItemFree: Discount = (item, [first]) => (item === first ? 0 : item.price);
const tenPercentOff: Discount = (item) => Math.floor((item.price * 90) / 100);

interface Voucher {
  readonly code: string;
  /** For the cheat sheet. */
  readonly effect: string;
  /** Or why it is refused. */
  readonly discount: Discount | string;
}

const usedUp = "it has been fully redeemed already";

export const vouchers: readonly Voucher[] = [
  { code: "FREE-TRACK", effect: "makes the first item without a discount free, every time it is used", discount: oneItemFree },
  { code: "ABC123", effect: "like FREE-TRACK; the code of the API document's example", discount: oneItemFree },
  { code: "ONCE", effect: "like FREE-TRACK, until a basket with it has been bought", discount: oneItemFree },
  { code: "TEN-OFF", effect: "takes 10 % off every item, rounded down to hundredths", discount: tenPercentOff },
  refused("EXPIRED", "it has expired"),
  refused("USED", usedUp),
  refused("NOT-APPLICABLE", "it cannot be redeemed against any items in the basket"),
];

function refused(code: string, reason: string): Voucher {
  return { code, effect: `is refused with 3012: ${reason}`, discount: reason };
}

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
    const voucher = vouchers.find((one) => one.code === code);
    if (voucher === undefined) throw new ApiError(3012, "Voucher not applied");
    const discount = code === endsWithOnePurchase && this.onceIsUsed ? usedUp : voucher.discount;
    if (typeof discount === "string") throw new ApiError(3012, `Voucher not applied: ${discount}`);
    return discount;
  }
}
