/** The release whose price changes between query and purchase: details show what it used to cost until a purchase at that price has
 *  been refused. */

import type { Catalogue, Price, Release, Store, Track } from "../model.js";
import { misbehaving } from "./misbehaving.js";
import { decimal, hundredthsOf } from "./money.js";

const rise = 100;

export class PriceChanges {
  /** What callers are shown. */
  readonly catalogue: Catalogue;
  private readonly base: Catalogue;
  private noticed = false;

  constructor(catalogue: Catalogue) {
    this.base = catalogue;
    this.catalogue = {
      ...catalogue,
      priceOf: (item, store) => (this.noticed ? this.currentPrice(item, store) : catalogue.priceOf(item, store)),
    };
  }

  /** What the till takes. */
  currentPrice(item: Release | Track, store: Store): Price {
    const price = this.base.priceOf(item, store);
    return changes(item) ? { ...price, value: raised(price.value, price), rrp: raised(price.rrp, price) } : price;
  }

  /** A purchase of the item was refused for its price. */
  notice(item: Release | Track): void {
    if (changes(item)) this.noticed = true;
  }

  clear(): void {
    this.noticed = false;
  }
}

function changes(item: Release | Track): boolean {
  return !("releaseId" in item) && item.id === misbehaving.priceChanges;
}

function raised(amount: string | null, { currencyCode }: Price): string | null {
  return amount === null ? null : decimal(hundredthsOf(amount) + rise, currencyCode);
}
