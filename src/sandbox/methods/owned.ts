/** What belongs to the user of a call, put together by release. */

import type { LockerItem, User } from "../accounts/model.js";
import type { OwnedRelease } from "../elements/locker-element.js";
import type { Asked } from "../api/method.js";
import type { Catalogue, Release } from "../model.js";

/** The gateway lets no call without a user through to a method that needs one. */
export function userOf({ user, path }: Asked): User {
  if (user === null) throw new Error(`${path} was reached without a user.`);
  return user;
}

/** In the order of the items; the tracks of each in the order of the release, and of their purchases. */
export function ownedReleases(items: readonly LockerItem[], { catalogue }: Asked): OwnedRelease[] {
  const byRelease = new Map<number, LockerItem[]>();
  for (const item of items) {
    const owned = byRelease.get(item.releaseId);
    if (owned === undefined) byRelease.set(item.releaseId, [item]);
    else owned.push(item);
  }
  return [...byRelease].map(([releaseId, owned]) => ({
    release: releaseOf(releaseId, catalogue),
    items: inTrackOrder(owned, catalogue),
  }));
}

function inTrackOrder(items: readonly LockerItem[], catalogue: Catalogue): LockerItem[] {
  const placed = items.map((item) => ({ item, ...(catalogue.track(item.trackId) ?? { disc: 0, number: 0 }) }));
  return placed.sort((one, other) => one.disc - other.disc || one.number - other.number).map(({ item }) => item);
}

function releaseOf(releaseId: number, catalogue: Catalogue): Release {
  const release = catalogue.release(releaseId);
  if (release === undefined) throw new Error(`Somebody owns release ${releaseId}, which the sandbox catalogue does not know.`);
  return release;
}
