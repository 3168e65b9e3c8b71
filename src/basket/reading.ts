/** What a basket's facts mean: amounts as money, and which item a line holds. */
import { money, type Money } from "../shared/price-reading.js";
import { ifReadable, isReadable, type Unreadable } from "../upstream/xml/unreadable.js";
import type { ReleaseFacts, TrackFacts } from "../catalogue/decoders.js";
import type { Store } from "../upstream/session.js";
import { mapPresent } from "../shared/map-present.js";
import type { AmountFacts, BasketFacts, BasketItemFacts, PackageFacts } from "./decoders.js";

/** A basket is found by its id and the store it was made in: other stores answer 2002. */
export interface BasketAt {
  readonly basketId: string;
  readonly store: Store;
}

export interface BasketInStore extends BasketFacts {
  readonly store: Store;
}

export interface BasketLine {
  readonly facts: BasketItemFacts;
  /** For amounts that name no currency of their own. */
  readonly currencyCode: string | undefined;
}

export function linesOf(basket: BasketFacts): readonly BasketLine[] {
  const currencyCode = currencyOfBasket(basket);
  return readableLines(basket).map((facts) => ({ facts, currencyCode }));
}

/** The lines that can be read. */
export function readableLines({ items }: BasketFacts): readonly BasketItemFacts[] {
  return (items ?? []).filter((line) => isReadable(line));
}

/** The sum of its lines' prices. */
export function subtotalOf(basket: BasketFacts): Money | Unreadable | null {
  return moneyOf(basket.price, currencyOfBasket(basket));
}

/** The sum of its lines' recommended retail prices. */
export function rrpTotalOf(basket: BasketFacts): Money | Unreadable | null {
  return rrpOf(basket.price, currencyOfBasket(basket));
}

export function amountDueOf(basket: BasketFacts): Money | Unreadable | null {
  return moneyOf(basket.amountDue, currencyOfBasket(basket));
}

function currencyOfBasket(basket: BasketFacts): string | undefined {
  const amounts = [basket.amountDue, basket.price, ...readableLines(basket).flatMap((line) => [line.amountDue, line.price])];
  return amounts.map((amount) => ifReadable(amount?.currency) ?? undefined).find((code) => code !== undefined);
}

/** @param fallback The currency where the amount names none. */
export function moneyOf(amount: AmountFacts | null | undefined, fallback: string | undefined): Money | Unreadable | null {
  if (!amount) return null;
  return money(amount.amount ?? amount.value, currencyIn(amount, fallback), amount.formattedAmount ?? amount.formattedPrice);
}

/** The recommended retail price. @param fallback The currency where the price names none. */
export function rrpOf(price: AmountFacts | null | undefined, fallback: string | undefined): Money | Unreadable | null {
  return price ? money(price.rrp, currencyIn(price, fallback), price.formattedRrp) : null;
}

function currencyIn({ currency }: AmountFacts, fallback: string | undefined): AmountFacts["currency"] {
  return ifReadable(currency) ?? fallback ?? currency;
}

/** Null where 7digital does not send it. */
export function packageIdOf(line: BasketItemFacts): string | Unreadable | null {
  return mapPresent(line.package, ({ packageId }: PackageFacts) => packageId) ?? null;
}

export function trackIdOf({ trackId }: BasketItemFacts): string | undefined {
  return trackId && trackId !== "0" ? trackId : undefined;
}

/** Null where 7digital names no item. */
export function itemOf(line: BasketItemFacts): ReleaseFacts | TrackFacts | null {
  const { releaseId } = line;
  const trackId = trackIdOf(line);
  if (!releaseId || releaseId === "0") return trackId === undefined ? null : { trackId };
  return trackId === undefined ? { releaseId } : { trackId, release: { releaseId } };
}
