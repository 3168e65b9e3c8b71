/** What users own, track by track, and how often they may still download it. */

import type { Store } from "../model.js";
import type { LockerItem, User } from "./model.js";
import type { SeededUser } from "./seed.js";

export type DeliveredItem = Pick<LockerItem, "releaseId" | "trackId" | "wholeRelease">;

const downloadsOfAPurchase = 5;
const firstNewPurchase = 900_000_001;

export class Lockers {
  private readonly items = new Map<number, readonly LockerItem[]>();
  private nextPurchase = firstNewPurchase;

  lockerOf(user: User): readonly LockerItem[] {
    return this.items.get(user.id) ?? [];
  }

  /** Gives the id of the purchase. */
  deliver(user: User, items: readonly DeliveredItem[], store: Store, atMs: number): number {
    const purchaseId = this.nextPurchase++;
    const delivered = items.map(({ releaseId, trackId, wholeRelease }): LockerItem => {
      const purchase = { purchaseId, purchasedAtMs: atMs, store, remainingDownloads: downloadsOfAPurchase };
      return { releaseId, trackId, wholeRelease, ...purchase };
    });
    this.items.set(user.id, [...this.lockerOf(user), ...delivered]);
    return purchaseId;
  }

  /** A track that was bought twice is taken from the older purchase first. */
  countDownload(user: User, trackId: number, releaseId: number): boolean {
    const items = this.lockerOf(user);
    const taken = items.find((item) => item.trackId === trackId && item.releaseId === releaseId && item.remainingDownloads > 0);
    if (taken === undefined) return false;
    this.items.set(
      user.id,
      items.map((item) => (item === taken ? { ...item, remainingDownloads: item.remainingDownloads - 1 } : item)),
    );
    return true;
  }

  seed(users: readonly SeededUser[]): void {
    this.items.clear();
    this.nextPurchase = firstNewPurchase;
    for (const { user, locker } of users) this.items.set(user.id, locker);
  }
}
