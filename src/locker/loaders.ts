/** Reads what users own from their lockers. */
import { Lists } from "../catalogue/lists.js";
import type { Listed } from "../shared/listed.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { memoizePerObject } from "../shared/memoize-per-object.js";
import { nullIfNotFound } from "../shared/null-if-not-found.js";
import type { Scope } from "../shared/scope.js";
import type { Window } from "../shared/window-plan.js";
import { pageSizeLimits, type WindowOf } from "../shared/window-read.js";
import type { UserCredential } from "../upstream/session.js";
import { readableTracks, type LockerReleaseFacts } from "./decoders.js";
import { userLocker } from "./endpoints.js";
import type { OwnedPurchase, OwnedRelease } from "./owned.js";

/** One reader per owner and operation: lockers are never kept longer. */
function lockers({ client, store, use }: Scope): (owner: UserCredential) => Lists {
  return memoizePerObject((user) => new Lists(client, { store, user }, use(pageSizeLimits).locker));
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

/** More releases than a purchase holds, and as many as a page may hold by the API document. */
const everyRelease = { offset: 0, count: 500 };

function readPurchase(owner: UserCredential, purchaseId: string, { use }: Scope) {
  return use(lockers)(owner).read(userLocker, { purchaseId }, everyRelease);
}

/** Null where the user has made no such purchase. */
export function findPurchase(owner: UserCredential, purchaseId: string, scope: Scope): MaybePromise<OwnedPurchase | null> {
  const purchase = andThen(readPurchase(owner, purchaseId, scope), ({ items, end }) => {
    const releases = items.map(({ item }) => item);
    // An item that cannot be read was bought all the same.
    return end === 0 ? null : { purchaseId, purchaseDate: purchaseDateOf(releases), releases, owner };
  });
  return nullIfNotFound(purchase);
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

function readReleaseFacts(purchase: OwnedPurchase, scope: Scope): MaybePromise<readonly LockerReleaseFacts[]> {
  const { purchaseId, releases, owner = scope.user } = purchase;
  if (releases !== undefined || owner === undefined) return releases ?? [];
  return andThen(readPurchase(owner, purchaseId, scope), ({ items }) => items.map(({ item }) => item));
}

/** Everything in a purchase has the same date. */
function purchaseDateOf(releases: readonly LockerReleaseFacts[]): OwnedPurchase["purchaseDate"] {
  return releases.flatMap(readableTracks).find(({ purchaseDate }) => purchaseDate)?.purchaseDate;
}
