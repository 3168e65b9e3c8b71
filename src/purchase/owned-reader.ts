/** Looks into a user's locker for purchases. */
import { Lists } from "../catalogue/lists.js";
import { readableTracks, type LockerReleaseFacts } from "../locker/decoders.js";
import { userLocker } from "../locker/endpoints.js";
import type { LockerPart } from "../locker/loaders.js";
import type { Scope } from "../shared/scope.js";
import { pageSizeLimits } from "../shared/window-read.js";
import type { Session } from "../upstream/session.js";
import { ifReadable } from "../upstream/xml/unreadable.js";
import type { PurchasedItem } from "./attempt.js";
import type { Look, Owned } from "./reconciliation.js";

export interface OwnedReader {
  /** The latest purchases. */
  latest(): Promise<Look>;
  /** For one item everything owned of it; for several the latest purchases, which include one made just now. */
  of(items: readonly PurchasedItem[]): Promise<Look>;
  /** One whole purchase. */
  purchase(purchaseId: string): Promise<Look>;
}

/** How many releases to read beside those of a basket. A new purchase comes first. */
const usualReleases = 50;

/** More than any purchase holds. */
const everyRelease = 500;

/** Every look is a new call, made even when other calls are held back: what became of money has to be found out. */
export function ownedReader({ client, use }: Pick<Scope, "client" | "use">, session: Session): OwnedReader {
  const read = async (params: Partial<LockerPart>, count: number): Promise<Look> => {
    const lists = new Lists(client.critical(), session, use(pageSizeLimits).locker);
    const { items, total } = await lists.read(userLocker, params, { offset: 0, count });
    // Items that cannot be read are left out. A release without tracks has lost them that way.
    const missing = typeof total === "number" ? Math.max(0, Math.min(count, total) - items.length) : 0;
    const empty = items.filter(({ item }) => readableTracks(item).length === 0).length;
    return { owned: items.flatMap(({ item }) => ownedOf(item)), unreadable: missing + empty };
  };
  const latest = (count: number): Promise<Look> => read({ sort: "purchaseDate desc" }, count);
  return {
    latest: () => latest(usualReleases),
    of(items) {
      const [first] = items;
      return items.length === 1 && first !== undefined ? read(first, 10) : latest(items.length + usualReleases);
    },
    purchase: async (purchaseId) => read({ purchaseId }, everyRelease),
  };
}

/** Looks once at each thing. For checks that belong to one moment. */
export function rememberingReader(reader: OwnedReader): OwnedReader {
  const looks = new Map<string, Promise<Look>>();
  const once = (name: string, look: () => Promise<Look>): Promise<Look> => {
    const known = looks.get(name) ?? look();
    looks.set(name, known);
    return known;
  };
  return {
    latest: () => once("latest", () => reader.latest()),
    of: (items) => once(JSON.stringify(items), () => reader.of(items)),
    purchase: (purchaseId) => once(purchaseId, () => reader.purchase(purchaseId)),
  };
}

function ownedOf(owned: LockerReleaseFacts): Owned[] {
  return readableTracks(owned).map(({ track: { trackId }, ...lockerTrack }) => {
    const purchaseId = ifReadable(lockerTrack.purchaseId) ?? "0";
    return {
      releaseId: owned.release.releaseId,
      trackId,
      purchaseId: purchaseId === "0" ? null : purchaseId,
      purchaseDate: ifReadable(lockerTrack.purchaseDate) ?? null,
      wholeRelease: ifReadable(lockerTrack.completeAlbumPurchase) ?? null,
    };
  });
}
