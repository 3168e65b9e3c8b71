/** Reads from a user's locker what they own of the items of a purchase, in one call. */
import type { LockerReleaseFacts } from "../locker/decoders.js";
import { userLocker } from "../locker/endpoints/user-locker.js";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import type { LookInto } from "./purchases.js";
import type { Owned } from "./settlement.js";

/** Of a basket the latest purchases are looked at: more than these would be new only where somebody buys without a pause. */
const latest = { sort: "purchaseDate desc", page: 1, pageSize: 100 };

export function lockerOf(client: Client, session: Session): LookInto {
  return async (items) => {
    const [first] = items;
    const params = items.length === 1 && first !== undefined ? { ...first, page: 1, pageSize: 10 } : latest;
    const { items: releases } = await client.call(userLocker, params, session);
    return releases.flatMap(({ item }) => ownedOf(item));
  };
}

function ownedOf({ release: { releaseId }, lockerTracks }: LockerReleaseFacts): Owned[] {
  return (lockerTracks ?? []).map(({ track: { trackId }, purchaseId, purchaseDate, completeAlbumPurchase }) => ({
    releaseId,
    trackId,
    purchaseId: purchaseId && purchaseId !== "0" ? purchaseId : null,
    purchaseDate: purchaseDate ?? null,
    wholeRelease: completeAlbumPurchase ?? null,
  }));
}
