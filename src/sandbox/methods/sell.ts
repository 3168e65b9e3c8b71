/** What all purchases end in: the card is charged, the tracks go into the locker and the sale into the book. */

import type { User } from "../accounts/model.js";
import { purchaseElement } from "../elements/locker-element.js";
import { currencyOf } from "../catalogue/currencies.js";
import type { Answer, Asked } from "../api/method.js";
import { hangsBefore, mishapAfter } from "../shop/misbehaving.js";
import { decimal } from "../shop/money.js";
import type { Item } from "./existing.js";
import { ownedReleases, userOf } from "./owned.js";

export interface Order {
  readonly items: readonly Item[];
  /** Hundredths. */
  readonly amount: number;
  /** False where the partner takes the money. */
  readonly charged: boolean;
  readonly transactionId: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** What else happens once the sale is made. */
  readonly afterwards?: () => void;
}

const tracksOfTheLongestRelease = 1000;

/** Throws ApiError where the card refuses. */
export function sell({ items, amount, charged, transactionId, tags, afterwards }: Order, asked: Asked): Answer {
  const user = userOf(asked);
  const releaseIds = items.map(({ release }) => release.id);
  if (hangsBefore(releaseIds)) return { spoilt: null, by: "hang" };
  if (charged) asked.till.charge(user, amount);
  const purchaseId = delivered(items, user, asked);
  const { code: currencyCode } = currencyOf(asked.store.country);
  asked.till.record({
    purchaseId,
    userId: user.id,
    method: asked.path,
    items: items.map(({ release, track }) => ({ releaseId: release.id, trackId: track?.id ?? null })),
    amount: decimal(amount, currencyCode),
    currencyCode,
    transactionId,
    tags,
    atMs: asked.now,
  });
  afterwards?.();
  const bought = asked.accounts.lockerOf(user).filter((item) => item.purchaseId === purchaseId);
  const answer = purchaseElement(purchaseId, ownedReleases(bought, asked), user, asked);
  const mishap = mishapAfter(releaseIds);
  return mishap === undefined ? answer : { spoilt: answer, by: mishap };
}

/** Tracks that are not available here are left out of a release, as shops do. */
function delivered(items: readonly Item[], user: User, { accounts, catalogue, store, now }: Asked): number {
  const tracks = items.flatMap(({ release, track }) => {
    if (track !== null) return [{ releaseId: release.id, trackId: track.id, wholeRelease: false }];
    const all = catalogue.tracksOf(release.id, { offset: 0, limit: tracksOfTheLongestRelease }).items;
    const available = all.filter((one) => catalogue.isAvailable(one, store));
    return available.map(({ id }) => ({ releaseId: release.id, trackId: id, wholeRelease: true }));
  });
  return accounts.deliver(user, tracks, store, now);
}
