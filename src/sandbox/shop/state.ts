/** Everything calls change, as it is when a sandbox starts. */

import { createAccounts } from "../accounts/accounts.js";
import type { State } from "../api/method.js";
import type { Catalogue } from "../model.js";
import { Baskets } from "./baskets.js";
import { PriceChanges } from "./price-changes.js";
import { Till } from "./till.js";
import { Vouchers } from "./vouchers.js";

export function createState(catalogue: Catalogue): State {
  const accounts = createAccounts(catalogue);
  return {
    accounts,
    baskets: new Baskets(),
    vouchers: new Vouchers(),
    till: new Till(accounts),
    priceChanges: new PriceChanges(catalogue),
  };
}

/** Back to the start. */
export function clearState({ accounts, baskets, vouchers, till, priceChanges }: State): void {
  for (const part of [accounts, baskets, vouchers, till, priceChanges]) part.clear();
}
