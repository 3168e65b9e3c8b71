/** From what a locker tells to what the graph's types are made of, and the way to ask a user's locker for more. */
import type { Connection } from "../graph/connection.js";
import type { GraphContext } from "../graph/context.js";
import { heldBy } from "../shared/held-by.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { Window } from "../shared/window-plan.js";
import { isReadable } from "../upstream/unreadable.js";
import type { UserCredential } from "../upstream/session.js";
import { orNull } from "../catalogue/lookup.js";
import type { LockerReleaseFacts } from "./decoders.js";
import { userLocker } from "./endpoints/user-locker.js";
import { createLockerLoaders, purchaseDateOf, type LockerLoaders } from "./loaders.js";
import type { OwnedFile, OwnedPurchase, OwnedRelease, OwnedTrack } from "./refs.js";

const loadersOf = heldBy(({ services: { client, pageSizes }, store }: GraphContext) =>
  heldBy((user: UserCredential) => createLockerLoaders(client, { store, user }, pageSizes.locker)),
);

/** For one operation, so that nothing of it outlives what the user asked. */
function lockerOf(owner: UserCredential, context: GraphContext): LockerLoaders {
  return loadersOf(context)(owner);
}

/** Which releases and tracks, and in which order, as `user/locker` takes them. */
export interface LockerPart {
  readonly sort: string;
  readonly releaseId: string | undefined;
  readonly trackId: string | undefined;
  readonly purchaseId: string | undefined;
}

export function lockerWindow(
  owner: UserCredential,
  part: LockerPart,
  window: Window,
  context: GraphContext,
): MaybePromise<Connection<OwnedRelease>> {
  return andThen(lockerOf(owner, context).read(userLocker, part, window), (read) => ({
    ...read,
    items: read.items.map(({ item }) => ({ item: { told: item, owner } })),
  }));
}

/** Null where the user has made no such purchase. */
export function purchaseOf(owner: UserCredential, purchaseId: string, context: GraphContext): MaybePromise<OwnedPurchase | null> {
  return orNull(andThen(lockerOf(owner, context).purchase(purchaseId), (found) => (found === undefined ? null : { ...found, owner })));
}

/** What was bought: as the purchase's own answer told it or, where it did not, from the user's locker. */
export function releasesOf(purchase: OwnedPurchase, context: GraphContext): MaybePromise<readonly OwnedRelease[]> {
  const owner = purchase.owner ?? context.user;
  return andThen(boughtBy(purchase, context), (releases) => releases.map((told) => ({ told, owner })));
}

/** When, as 7digital writes it. */
export function dateOf(purchase: OwnedPurchase, context: GraphContext): MaybePromise<OwnedPurchase["purchaseDate"]> {
  if (purchase.purchaseDate !== undefined) return purchase.purchaseDate;
  return andThen(boughtBy(purchase, context), purchaseDateOf);
}

function boughtBy({ purchaseId, releases, owner }: OwnedPurchase, context: GraphContext): MaybePromise<readonly LockerReleaseFacts[]> {
  const asked = owner ?? context.user;
  if (releases !== undefined || asked === undefined) return releases ?? [];
  return lockerOf(asked, context).bought(purchaseId);
}

export function tracksOf({ told, owner }: OwnedRelease): readonly OwnedTrack[] {
  return (told.lockerTracks ?? []).map((track) => ({ told: track, release: told.release, owner }));
}

/** A track without formats can not be downloaded now, whatever the reason. */
export function filesOf(track: OwnedTrack): readonly OwnedFile[] {
  return (track.told.downloadUrls ?? []).flatMap(({ format }) => (format && isReadable(format) ? [{ ...track, format }] : []));
}
