/** Finds out from a locker what became of a purchase whose call gave no clear answer. What the locker shows was bought; what it does not
 *  show may have been charged all the same, so from absence nothing follows. Pure. */
import { epochMsOf } from "../moments.js";
import type { AttemptRecord, PurchasedItem } from "./attempt.js";

/** One track in a locker. */
export interface Owned {
  readonly releaseId: string;
  readonly trackId: string;
  /** Null where the locker tells none. */
  readonly purchaseId: string | null;
  readonly purchaseDate: string | null;
  /** Whether it was bought with its whole release; null where the locker does not tell. */
  readonly wholeRelease: boolean | null;
}

export interface SeenPurchase {
  readonly purchaseId: string | null;
  readonly purchaseDate: string | null;
}

/** By how much 7digital's clock may differ from ours. */
export const skewMs = 15 * 60_000;

/** What is kept before the call, so that afterwards only what is new counts. */
export function baselineOf(owned: readonly Owned[]): string[] {
  return [...new Set(owned.map(nameOf))];
}

/** Purchases that may be the attempt's: new since its baseline, not older than itself, and of exactly what it was to buy, as far as
 *  the locker was looked into. The oldest first. */
export function candidates({ baseline, items, startedAtMs }: AttemptRecord, owned: readonly Owned[]): readonly SeenPurchase[] {
  const before = new Set(baseline);
  const groups = new Map<string, Owned[]>();
  for (const one of owned) {
    if (before.has(nameOf(one)) || isOlder(one, startedAtMs - skewMs)) continue;
    const name = one.purchaseId ?? one.purchaseDate ?? "";
    groups.set(name, [...(groups.get(name) ?? []), one]);
  }
  return [...groups.values()]
    .filter((group) => isPurchaseOf(items, group))
    .map(([first]) => ({ purchaseId: first?.purchaseId ?? null, purchaseDate: first?.purchaseDate ?? null }))
    .sort((one, other) => timeOf(one) - timeOf(other));
}

/** The same track may be bought twice, which its purchase tells apart. */
function nameOf({ releaseId, trackId, purchaseId, purchaseDate }: Owned): string {
  return `${releaseId}:${trackId}@${purchaseId ?? purchaseDate ?? ""}`;
}

function timeOf({ purchaseDate }: Pick<Owned, "purchaseDate">): number {
  const atMs = epochMsOf(purchaseDate ?? "");
  return Number.isNaN(atMs) ? 0 : atMs;
}

function isOlder({ purchaseDate }: Owned, thanMs: number): boolean {
  return epochMsOf(purchaseDate ?? "") < thanMs;
}

/** Whether a purchase holds all of the items and nothing else. */
export function isPurchaseOf(items: readonly PurchasedItem[], group: readonly Owned[]): boolean {
  const fits = (item: PurchasedItem, { releaseId, trackId, wholeRelease }: Owned): boolean =>
    item.releaseId === releaseId &&
    (item.trackId === undefined ? wholeRelease !== false : item.trackId === trackId && wholeRelease !== true);
  return items.every((item) => group.some((one) => fits(item, one))) && group.every((one) => items.some((item) => fits(item, one)));
}
