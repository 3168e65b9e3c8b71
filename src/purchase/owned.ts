/** Reads from a user's locker what they own, as far as purchases have to know it. */
import type { LockerReleaseFacts } from "../locker/decoders.js";
import { userLocker } from "../locker/endpoints/user-locker.js";
import { createLockerLoaders, type LockerLoaders } from "../locker/loaders.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { ifReadable } from "../upstream/unreadable.js";
import type { PurchasedItem } from "./attempt.js";
import type { Look, Owned } from "./settlement.js";

export interface OwnedReader {
  /** What was bought last. */
  latest(): Promise<Look>;
  /** Of one item all of it; of several what was bought last, and surely what was bought just now. */
  of(items: readonly PurchasedItem[]): Promise<Look>;
  /** All that was bought at once. */
  purchase(purchaseId: string): Promise<Look>;
}

/** Releases that are looked at beside those of a basket. A purchase comes before them all. */
const usually = 50;

/** More than anybody buys at once. */
const everyRelease = 500;

interface LockerPart {
  readonly releaseId?: string;
  readonly trackId?: string | undefined;
  readonly purchaseId?: string;
  readonly sort?: string;
}

/** What of the services it takes. */
interface Sources {
  readonly client: Client;
  readonly pageSizes: { readonly locker: PageSizeLimit };
}

/** Every look asks anew, unlike loaders, which remember, and is made whatever else fails: what became of money has to be found out. */
export function ownedReader({ client, pageSizes }: Sources, session: Session): OwnedReader {
  const loaders = (): LockerLoaders => createLockerLoaders(client.exempt(), session, pageSizes.locker);
  const read = async (params: LockerPart, count: number): Promise<Look> => {
    const { items, total } = await loaders().read(userLocker, params, { offset: 0, count });
    return lookOf(
      items.map(({ item }) => item),
      typeof total === "number" ? Math.min(count, total) - items.length : 0,
    );
  };
  const latest = (count: number): Promise<Look> => read({ sort: "purchaseDate desc" }, count);
  return {
    latest: () => latest(usually),
    of(items) {
      const [first] = items;
      return items.length === 1 && first !== undefined ? read(first, 10) : latest(items.length + usually);
    },
    purchase: async (purchaseId) => read({ purchaseId }, everyRelease),
  };
}

/** Reads leave out what can not be read; a release without tracks has lost them that way. */
function lookOf(releases: readonly LockerReleaseFacts[], missing: number): Look {
  const empty = releases.filter(({ lockerTracks }) => !lockerTracks?.length).length;
  return { owned: releases.flatMap(ownedOf), unreadable: Math.max(0, missing) + empty };
}

/** The reader for all looks of a purchase, and the one for those right after its call. */
export function lockersOf(sources: Sources, session: Session): { readonly locker: OwnedReader; readonly lockerAfter: OwnedReader } {
  return { locker: ownedReader(sources, session), lockerAfter: ownedReader({ ...sources, client: sources.client.settling() }, session) };
}

/** Looks once at each thing, for questions of one moment. */
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

function ownedOf({ release: { releaseId }, lockerTracks }: LockerReleaseFacts): Owned[] {
  return (lockerTracks ?? []).map(({ track: { trackId }, ...told }) => {
    const purchaseId = ifReadable(told.purchaseId) ?? "0";
    return {
      releaseId,
      trackId,
      purchaseId: purchaseId === "0" ? null : purchaseId,
      purchaseDate: ifReadable(told.purchaseDate) ?? null,
      wholeRelease: ifReadable(told.completeAlbumPurchase) ?? null,
    };
  });
}
