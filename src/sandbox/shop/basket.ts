/** What a basket is. Amounts are hundredths of the currency of its store. */

import type { Store } from "../model.js";

export interface BasketItem {
  readonly id: number;
  readonly releaseId: number;
  /** Null for a whole release. */
  readonly trackId: number | null;
  readonly packageId: number;
  readonly price: number;
  /** Null where there is none. */
  readonly rrp: number | null;
  /** The price, but for a discount. */
  readonly amountDue: number;
  readonly discounted: boolean;
}

export interface Basket {
  readonly id: string;
  /** Where it was made, and the only place where it may be used. */
  readonly store: Store;
  readonly items: readonly BasketItem[];
  /** Those that brought a discount. */
  readonly voucherCodes: readonly string[];
}
