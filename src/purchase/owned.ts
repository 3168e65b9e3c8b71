/** Reads from a user's locker what they own, as far as purchases have to know it. */
import type { LockerReleaseFacts } from "../locker/decoders.js";
import { userLocker } from "../locker/endpoints/user-locker.js";
import { createLockerLoaders, type LockerLoaders } from "../locker/loaders.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { ifReadable } from "../upstream/unreadable.js";
import type { PurchasedItem } from "./attempt.js";
import type { Owned } from "./settlement.js";

export interface OwnedReader {
  /** What was bought last. */
  latest(): Promise<readonly Owned[]>;
  /** Of one item all of it; of several what was bought last, and surely what was bought just now. */
  of(items: readonly PurchasedItem[]): Promise<readonly Owned[]>;
  /** All that was bought at once. */
  purchase(purchaseId: string): Promise<readonly Owned[]>;
}

/** Releases that are looked at beside those of a basket. A purchase comes before them all. */
const usually = 50;

interface LockerPart {
  readonly releaseId?: string;
  readonly trackId?: string | undefined;
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
  const read = async (params: LockerPart, count: number): Promise<readonly Owned[]> => {
    const { items } = await loaders().read(userLocker, params, { offset: 0, count });
    return items.flatMap(({ item }) => ownedOf(item));
  };
  const latest = (count: number): Promise<readonly Owned[]> => read({ sort: "purchaseDate desc" }, count);
  return {
    latest: () => latest(usually),
    of(items) {
      const [first] = items;
      return items.length === 1 && first !== undefined ? read(first, 10) : latest(items.length + usually);
    },
    purchase: async (purchaseId) => (await loaders().bought(purchaseId)).flatMap(ownedOf),
  };
}

/** Looks once at each thing, for questions of one moment. */
export function rememberingReader(reader: OwnedReader): OwnedReader {
  const looks = new Map<string, Promise<readonly Owned[]>>();
  const once = (name: string, look: () => Promise<readonly Owned[]>): Promise<readonly Owned[]> => {
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
  return (lockerTracks ?? []).map(({ track: { trackId }, purchaseId, purchaseDate, completeAlbumPurchase }) => ({
    releaseId,
    trackId,
    purchaseId: purchaseId && purchaseId !== "0" ? purchaseId : null,
    purchaseDate: ifReadable(purchaseDate) ?? null,
    wholeRelease: ifReadable(completeAlbumPurchase) ?? null,
  }));
}
