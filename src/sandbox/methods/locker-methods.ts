/** user/locker: what somebody owns, release by release. @see API document, "user/locker" */

import type { LockerItem } from "../accounts/model.js";
import { pagingElements } from "../elements/list-element.js";
import { lockerReleaseElement, type OwnedRelease } from "../elements/locker-element.js";
import { artistOf } from "../elements/release-parts.js";
import { method, type Asked, type Method } from "../api/method.js";
import { id, optional, orderBy, type Order } from "../api/parameters.js";
import { element } from "../api/xml.js";
import { ownedReleases, userOf } from "./owned.js";

const byTitle: Order<Column> = { by: "releaseTitle", descending: false };

type Column = "releaseTitle" | "purchaseDate" | "artistName";

const locker = method({
  path: "user/locker",
  auth: "user",
  maxAgeSeconds: null,
  parameters: {
    releaseId: optional(id),
    trackId: optional(id),
    purchaseId: optional(id),
    sort: optional(orderBy("releaseTitle", "purchaseDate", "artistName")),
  },
  answer({ sort = byTitle, ...wanted }, asked) {
    const user = userOf(asked);
    const items = asked.accounts.lockerOf(user).filter((item) => isWanted(item, wanted));
    const releases = sorted(ownedReleases(items, asked), sort, asked);
    const { offset, limit } = asked.range;
    const page = releases.slice(offset, offset + limit).map((release) => lockerReleaseElement(release, user, asked));
    const paging = pagingElements({ total: releases.length, items: [] }, asked);
    return element("locker", [element("lockerReleases", [...paging, ...page])]);
  },
});

/** For an unknown purchase, the document announces an error; real responses were empty lockers. */
function isWanted(
  item: LockerItem,
  { releaseId, trackId, purchaseId }: Readonly<Record<"releaseId" | "trackId" | "purchaseId", number | undefined>>,
): boolean {
  const fits = (value: number, wantedValue: number | undefined) => wantedValue === undefined || value === wantedValue;
  return fits(item.releaseId, releaseId) && fits(item.trackId, trackId) && fits(item.purchaseId, purchaseId);
}

function sorted(releases: readonly OwnedRelease[], { by, descending }: Order<Column>, asked: Asked): OwnedRelease[] {
  const keys = new Map(releases.map((owned) => [owned, keyOf(owned, by, asked)]));
  const direction = descending ? -1 : 1;
  return [...releases].sort((one, other) => {
    const [a, b] = [keys.get(one) ?? "", keys.get(other) ?? ""];
    return a === b ? one.release.id - other.release.id : a < b ? -direction : direction;
  });
}

/** A release is as recent as its latest purchase. */
function keyOf({ release, items }: OwnedRelease, by: Column, asked: Asked): string | number {
  if (by === "releaseTitle") return release.title.trim().toLowerCase();
  if (by === "artistName") return artistOf(release, asked).name.trim().toLowerCase();
  return Math.max(...items.map((item) => item.purchasedAtMs));
}

export const lockerMethods: readonly Method[] = [locker];
