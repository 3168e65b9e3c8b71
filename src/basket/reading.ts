/** What a basket's facts mean: amounts as money, and which item a line holds. */
import { money, type Money } from "../shared/price-reading.js";
import { ifReadable, isReadable, type Unreadable } from "../upstream/unreadable.js";
import type { PurchasableFacts } from "../catalogue/refs.js";
import type { Store } from "../upstream/session.js";
import type { AmountFacts, BasketFacts, BasketItemFacts } from "./decoders.js";

/** A basket is known by its id and the store it was made in: elsewhere it can not be read (7digital's error 2002). */
export interface BasketAt {
  readonly basketId: string;
  readonly store: Store;
}

export interface BasketInStore extends BasketFacts {
  readonly store: Store;
}

export interface BasketLine {
  readonly told: BasketItemFacts;
  /** For lines that do not tell their own. */
  readonly currencyCode: string | undefined;
}

export function linesOf(basket: BasketFacts): readonly BasketLine[] {
  const currencyCode = currencyOfBasket(basket);
  return readableLines(basket).map((told) => ({ told, currencyCode }));
}

/** What 7digital tells of the lines, as far as it can be read. */
export function readableLines({ items }: BasketFacts): readonly BasketItemFacts[] {
  return (items ?? []).filter((line) => isReadable(line));
}

/** The sum of its lines' prices. */
export function subtotalOf(basket: BasketFacts): Money | Unreadable | null {
  return moneyOf(basket.price, currencyOfBasket(basket));
}

export function amountDueOf(basket: BasketFacts): Money | Unreadable | null {
  return moneyOf(basket.amountDue, currencyOfBasket(basket));
}

function currencyOfBasket(basket: BasketFacts): string | undefined {
  const told = [basket.amountDue, basket.price, ...readableLines(basket).flatMap((line) => [line.amountDue, line.price])];
  return told.map((amount) => ifReadable(amount?.currency) ?? undefined).find((code) => code !== undefined);
}

/** @param otherwise The currency of an amount that does not tell its own. */
export function moneyOf(told: AmountFacts | null | undefined, otherwise: string | undefined): Money | Unreadable | null {
  if (!told) return null;
  const currencyCode = ifReadable(told.currency) ?? otherwise ?? told.currency;
  return money(told.amount ?? told.value, currencyCode, told.formattedAmount ?? told.formattedPrice);
}

export function trackIdOf({ trackId }: BasketItemFacts): string | undefined {
  return trackId && trackId !== "0" ? trackId : undefined;
}

/** Null where 7digital tells no release, which every line should have. */
export function itemOf(told: BasketItemFacts): PurchasableFacts | null {
  const { releaseId } = told;
  const trackId = trackIdOf(told);
  if (!releaseId || releaseId === "0") return trackId === undefined ? null : { trackId };
  return trackId === undefined ? { releaseId } : { trackId, release: { releaseId } };
}
