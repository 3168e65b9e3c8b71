/** Reads one user's locker for one operation. */
import { createLists, type Lists } from "../catalogue/lists.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import type { LockerReleaseFacts, PurchaseFacts } from "./decoders.js";
import { userLocker } from "./endpoints/user-locker.js";

export interface LockerLoaders {
  /** A window of the locker, or of a part of it. */
  readonly read: Lists["read"];
  /** All releases of one purchase; none where the user has made no such purchase. */
  bought(purchaseId: string): MaybePromise<readonly LockerReleaseFacts[]>;
  /** Undefined where the user has made no such purchase. */
  purchase(purchaseId: string): MaybePromise<PurchaseFacts | undefined>;
}

/** More releases than a purchase holds, and as many as a page may hold by the API document. */
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
        // An item that cannot be read was bought all the same.
        return end === 0 ? undefined : { purchaseId, purchaseDate: purchaseDateOf(releases), releases };
      }),
  };
}

/** Everything in a purchase has the same date. */
export function purchaseDateOf(releases: readonly LockerReleaseFacts[]): PurchaseFacts["purchaseDate"] {
  return releases.flatMap(({ lockerTracks }) => lockerTracks ?? []).find(({ purchaseDate }) => purchaseDate)?.purchaseDate;
}
