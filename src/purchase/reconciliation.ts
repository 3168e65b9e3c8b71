/** What a look into the locker says of an attempt: what it shows was bought, what it does not show may have been charged all the same. */
import { epochMsOf } from "../formats/moments.js";
import { ifReadable } from "../upstream/xml/unreadable.js";
import type { PurchaseFacts } from "../locker/decoders.js";
import { overlap, type AttemptRecord, type PurchasedItem } from "./attempt.js";

/** One track in a locker. */
export interface Owned {
  readonly releaseId: string;
  readonly trackId: string;
  /** Null where the locker has none. */
  readonly purchaseId: string | null;
  readonly purchaseDate: string | null;
  /** Whether it was bought with its whole release; null where the locker does not say. */
  readonly wholeRelease: boolean | null;
}

/** What one look into the locker shows. */
export interface Look {
  readonly owned: readonly Owned[];
  /** How many items are left out because they cannot be read. Any of them may be what is looked for. */
  readonly unreadable: number;
}

/** By how much 7digital's clock may differ from ours. */
export const skewMs = 15 * 60_000;

/** By how much it usually differs at most: a larger difference is noticed when a call is signed. */
const usualSkewMs = 60_000;

/** A purchase of at least one of the attempt's items. */
export interface NewPurchase extends Pick<Owned, "purchaseId" | "purchaseDate"> {
  /** Whether it holds all of the items and nothing else, as far as the look shows. */
  readonly isExact: boolean;
}

/** What to record before the call, so that afterwards only new purchases count. */
export function baselineOf({ owned, unreadable }: Look): string[] {
  return [...new Set(owned.map(nameOf)), ...(unreadable === 0 ? [] : [`${unreadableMark}${String(unreadable)}`])];
}

const unreadableMark = "unreadable:";

/** How many items the look before the call left out. */
function unreadableBefore({ baseline }: AttemptRecord): number {
  return Number(baseline.find((name) => name.startsWith(unreadableMark))?.slice(unreadableMark.length) ?? 0);
}

/** Whether the look may have left out what the attempt bought. */
export function mayHidePurchase(attempt: AttemptRecord, { unreadable }: Look): boolean {
  return unreadable > unreadableBefore(attempt);
}

/** Purchases of the attempt's items that are not in its baseline and not older than the attempt. The oldest first. */
export function newPurchases(attempt: AttemptRecord, owned: readonly Owned[]): readonly NewPurchase[] {
  const { baseline, items, startedAtMs } = attempt;
  const before = new Set(baseline);
  const groups = new Map<string, Owned[]>();
  for (const one of owned) {
    if (before.has(nameOf(one)) || dateOf(one) < startedAtMs - skewMs) continue;
    const name = one.purchaseId ?? one.purchaseDate ?? "";
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => overlap(items, group))
    .map((group) => ({
      purchaseId: group[0]?.purchaseId ?? null,
      purchaseDate: group[0]?.purchaseDate ?? null,
      isExact: isPurchaseOf(items, group) && !group.some((one) => mayBeFromBefore(one, attempt)),
    }))
    .sort((one, other) => (dateOf(one) || 0) - (dateOf(other) || 0));
}

/** An item that the look before the call left out may be readable now and seem new. */
function mayBeFromBefore(one: Owned, attempt: AttemptRecord): boolean {
  return unreadableBefore(attempt) > 0 && !(dateOf(one) >= attempt.startedAtMs - usualSkewMs);
}

/** Whether the look before the call showed a purchase. */
export function wasOwnedBefore({ baseline }: AttemptRecord, purchaseId: string): boolean {
  return baseline.some((name) => name.endsWith(`@${purchaseId}`));
}

/** Whether a purchase is dated before the attempt began. A date without its time, or a time without its offset, may be hours off. */
export function isDatedBefore({ startedAtMs }: AttemptRecord, { purchaseDate }: Pick<PurchaseFacts, "purchaseDate">): boolean {
  const date = ifReadable(purchaseDate) ?? "";
  return /T.*(?:Z|[+-]\d\d:\d\d)$/.test(date) && epochMsOf(date) < startedAtMs - skewMs;
}

/** With its purchase, because the same track may be bought twice. */
function nameOf({ releaseId, trackId, purchaseId, purchaseDate }: Owned): string {
  return `${releaseId}:${trackId}@${purchaseId ?? purchaseDate ?? ""}`;
}

/** In epoch milliseconds; NaN if the locker shows no date. */
function dateOf({ purchaseDate }: Pick<Owned, "purchaseDate">): number {
  return epochMsOf(purchaseDate ?? "");
}

/** Whether a purchase holds all of the items and nothing else. */
export function isPurchaseOf(items: readonly PurchasedItem[], group: readonly Owned[]): boolean {
  const fits = (item: PurchasedItem, { releaseId, trackId, wholeRelease }: Owned): boolean =>
    item.releaseId === releaseId &&
    (item.trackId === undefined ? wholeRelease !== false : item.trackId === trackId && wholeRelease !== true);
  return items.every((item) => group.some((one) => fits(item, one))) && group.every((one) => items.some((item) => fits(item, one)));
}
