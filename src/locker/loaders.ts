/** What one operation asks of one user's locker. */
import { createLists, type Lists } from "../catalogue/lists.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import type { LockerReleaseFacts, PurchaseFacts } from "./decoders.js";
import { userLocker } from "./endpoints/user-locker.js";

export interface LockerLoaders {
  /** The locker, or a part of it, by window. */
  readonly read: Lists["read"];
  /** All releases of one purchase; none where the user has made no such purchase. */
  bought(purchaseId: string): MaybePromise<readonly LockerReleaseFacts[]>;
  /** Undefined where the user has made no such purchase. */
  purchase(purchaseId: string): MaybePromise<PurchaseFacts | undefined>;
}

/** Far more releases than anybody buys at once, and as many as a page holds by the document. */
const everyRelease = { offset: 0, count: 500 };

export function createLockerLoaders(client: Client, session: Session, limit: PageSizeLimit): LockerLoaders {
  const { read } = createLists(client, session, limit);
  const readPurchase = (purchaseId: string) => read(userLocker, { purchaseId }, everyRelease);
  return {
    read,
    bought: (purchaseId) => andThen(readPurchase(purchaseId), ({ items }) => items.map(({ item }) => item)),
    purchase: (purchaseId) =>
      andThen(readPurchase(purchaseId), ({ items, end }) => {
        const releases = items.map(({ item }) => item);
        // What was sent was bought, whether or not it can be read.
        return end === 0 ? undefined : { purchaseId, purchaseDate: purchaseDateOf(releases), releases };
      }),
  };
}

/** All that was bought at once has one date. */
export function purchaseDateOf(releases: readonly LockerReleaseFacts[]): PurchaseFacts["purchaseDate"] {
  return releases.flatMap(({ lockerTracks }) => lockerTracks ?? []).find(({ purchaseDate }) => purchaseDate)?.purchaseDate;
}
