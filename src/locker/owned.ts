/** What a user owns: the values of the locker's types, and how to read them from the user's locker. */
import type { ReleaseFacts } from "../catalogue/decoders.js";
import type { Format } from "../shared/format.js";
import type { Listed } from "../shared/listed.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import type { Scope } from "../shared/scope.js";
import type { Window } from "../shared/window-plan.js";
import { pageSizeLimits, type WindowOf } from "../shared/window-read.js";
import type { UserCredential } from "../upstream/session.js";
import { isReadable } from "../upstream/xml/unreadable.js";
import type { LockerReleaseFacts, LockerTrackFacts, PurchaseFacts } from "./decoders.js";
import { userLocker } from "./endpoints/user-locker.js";
import { createLockerLoaders, purchaseDateOf, type LockerLoaders } from "./loaders.js";

/** Links to what is owned are signed with its owner's token. */
interface Owned {
  /** The operation's user when left out. */
  readonly owner?: UserCredential | undefined;
}

export interface OwnedRelease extends Owned {
  readonly facts: LockerReleaseFacts;
}

export interface OwnedTrack extends Owned {
  readonly facts: LockerTrackFacts;
  /** The release it was bought on. */
  readonly release: ReleaseFacts;
}

/** A track in one of its formats. */
export interface OwnedFile extends OwnedTrack {
  readonly format: Format;
}

export interface OwnedPurchase extends PurchaseFacts, Owned {}

/** One reader per owner and operation: lockers are never kept longer. */
function lockers({ client, store, use }: Scope): (owner: UserCredential) => LockerLoaders {
  return memoizePerObject((user) => createLockerLoaders(client, { store, user }, use(pageSizeLimits).locker));
}

/** The part of a locker to read, as `user/locker` takes it. */
export interface LockerPart {
  readonly sort: string;
  readonly releaseId: string | undefined;
  readonly trackId: string | undefined;
  readonly purchaseId: string | undefined;
}

export function readLocker(
  owner: UserCredential,
  part: LockerPart,
  window: Window,
  { use }: Scope,
): MaybePromise<WindowOf<Listed<OwnedRelease>>> {
  return andThen(use(lockers)(owner).read(userLocker, part, window), (read) => ({
    ...read,
    items: read.items.map(({ item }) => ({ item: { facts: item, owner } })),
  }));
}

/** Null where the user has made no such purchase. */
export function findPurchase(owner: UserCredential, purchaseId: string, { use }: Scope): MaybePromise<OwnedPurchase | null> {
  const purchase = use(lockers)(owner).purchase(purchaseId);
  return nullIfNotFound(andThen(purchase, (facts) => (facts === undefined ? null : { ...facts, owner })));
}

/** What was bought, from the answer to the purchase or, if that left it out, from the locker. */
export function readReleases(purchase: OwnedPurchase, scope: Scope): MaybePromise<readonly OwnedRelease[]> {
  const owner = purchase.owner ?? scope.user;
  return andThen(readReleaseFacts(purchase, scope), (releases) => releases.map((facts) => ({ facts, owner })));
}

/** When it was bought, as 7digital writes it. */
export function readPurchaseDate(purchase: OwnedPurchase, scope: Scope): MaybePromise<OwnedPurchase["purchaseDate"]> {
  if (purchase.purchaseDate !== undefined) return purchase.purchaseDate;
  return andThen(readReleaseFacts(purchase, scope), purchaseDateOf);
}

function readReleaseFacts(purchase: OwnedPurchase, { user, use }: Scope): MaybePromise<readonly LockerReleaseFacts[]> {
  const { purchaseId, releases, owner = user } = purchase;
  if (releases !== undefined || owner === undefined) return releases ?? [];
  return use(lockers)(owner).bought(purchaseId);
}

export function tracksOf({ facts, owner }: OwnedRelease): readonly OwnedTrack[] {
  return (facts.lockerTracks ?? []).map((track) => ({ facts: track, release: facts.release, owner }));
}

/** Empty where the track cannot be downloaded now, for whatever reason. */
export function filesOf(track: OwnedTrack): readonly OwnedFile[] {
  return (track.facts.downloadUrls ?? []).flatMap(({ format }) => (format && isReadable(format) ? [{ ...track, format }] : []));
}
