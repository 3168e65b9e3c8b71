/** The lists that the staff of a shop puts together for its pages: the home page, its tabs, and genres. */

import { chosenSeats, preOrders, type EditorialSeat } from "./editorial.js";
import { hashOfText } from "./hash.js";

interface Rule {
  readonly least: number;
  readonly most: number;
  /** Empty where the list has an empty one; missing where it has none. */
  readonly description?: string;
  readonly holds?: "pre-orders" | "everything";
}

const descriptions = {
  home1: "Albums of the week, chosen by our staff.",
  best: "What we played most this year & would play again.",
} as const;

/** Keys as they were recorded. */
const rules: Readonly<Record<string, Rule>> = {
  home1: { least: 8, most: 13, description: descriptions.home1 },
  home2: { least: 1, most: 8, description: "" },
  home3: { least: 1, most: 6, holds: "pre-orders" },
  home4: { least: 6, most: 12, description: "" },
  tabAlbums: { least: 10, most: 20 },
  tabSingles: { least: 10, most: 20 },
  tabRecommended: { least: 10, most: 15, holds: "everything" },
  NewFeature1: { least: 4, most: 12 },
  NewFeature2: { least: 4, most: 12 },
  "new-hd": { least: 6, most: 18 },
  "best-of-2014": { least: 20, most: 40, description: descriptions.best },
  "pop-recommended": { least: 5, most: 15 },
  "pop-bestsellers": { least: 5, most: 15 },
  empty: { least: 0, most: 0, description: "" },
};
const keys = new Map(Object.keys(rules).map((key) => [key.toLowerCase(), key]));

interface MerchandisingSeats {
  readonly id: number;
  readonly key: string;
  readonly description: string | undefined;
  readonly items: readonly EditorialSeat[];
}

/** @param key In any case. @param shopId The shop whose list it is. */
export function merchandisingSeats(key: string, shopId: number, country: string): MerchandisingSeats | undefined {
  const known = keys.get(key.trim().toLowerCase());
  const rule = known === undefined ? undefined : rules[known];
  if (known === undefined || rule === undefined) return undefined;
  const salt = hashOfText(`${known} ${String(shopId)}`);
  const count = rule.least + (salt % (rule.most - rule.least + 1));
  const items =
    rule.holds === "pre-orders" ? preOrders(count, country) : chosenSeats({ salt, count, country, isMixed: rule.holds === "everything" });
  return { id: 10_000 + (salt % 9000), key: known, description: rule.description, items };
}
