/** What one operation asks of the catalogue in one store: details by id, batched and asked once, and lists by window.
 *  What the shared cache holds fresh is given without a promise. */
import DataLoader from "dataloader";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import type { PageSizeLimit } from "../shared/window-read.js";
import type { Decoded } from "../upstream/decode.js";
import type { ArtistFacts, EditorialListFacts, ReleaseFacts, serviceStatus, TagFacts, TrackFacts } from "./decoders.js";
import { artistDetails } from "./endpoints/artist-details.js";
import { editorialList } from "./endpoints/editorial-list.js";
import { releaseDetails } from "./endpoints/release-details.js";
import { status } from "./endpoints/status.js";
import { tag as tagList } from "./endpoints/tag.js";
import { trackPreview } from "./endpoints/track-preview.js";
import { InHand } from "./in-hand.js";
import { createLists, type Lists } from "./lists.js";
import { createTrackLoader, type TrackKey } from "./track-loader.js";

/** The most calls that one tag costs: 7digital lists 629, of which a page holds 500. */
export const callsForTag = 2;

type ServerTime = Decoded<typeof serviceStatus>["serverTime"];

export interface CatalogueLoaders extends Lists {
  readonly inHand: { readonly artists: InHand<ArtistFacts>; readonly releases: InHand<ReleaseFacts> };
  artist(artistId: string): MaybePromise<ArtistFacts>;
  release(releaseId: string): MaybePromise<ReleaseFacts>;
  track(key: TrackKey): MaybePromise<TrackFacts>;
  /** Undefined where there is no such tag. 7digital has no method for one tag, so its list is read as far as it takes. */
  tag(tagId: string): MaybePromise<TagFacts | undefined>;
  preview(trackId: string): MaybePromise<string>;
  editorialList(key: string): MaybePromise<EditorialListFacts>;
  /** The time on 7digital's server, as it writes it. */
  serverTime(): MaybePromise<ServerTime>;
}

export function createCatalogueLoaders(client: Client, session: Session, limit: PageSizeLimit): CatalogueLoaders {
  const lists = createLists(client, session, limit);
  const artists = new DataLoader<string, ArtistFacts>(settled((artistId) => client.call(artistDetails, { artistId }, session)));
  const releases = new DataLoader<string, ReleaseFacts>(settled((releaseId) => client.call(releaseDetails, { releaseId }, session)));
  // Nobody remembers it for long, but one operation asks once.
  let time: { readonly told: MaybePromise<ServerTime> } | undefined;
  return {
    ...lists,
    inHand: { artists: new InHand(), releases: new InHand() },
    artist: (artistId) => client.peek(artistDetails, { artistId }, session) ?? artists.load(artistId),
    release: (releaseId) => client.peek(releaseDetails, { releaseId }, session) ?? releases.load(releaseId),
    track: createTrackLoader({ client, session, lists, limit }),
    tag: (tagId) =>
      andThen(
        lists.find(tagList, {}, ({ item }) => item.tagId === tagId),
        (found) => found?.item,
      ),
    editorialList: (key) => andThen(client.call(editorialList, { key }, session), (list) => (list.key ? list : { ...list, key })),
    serverTime() {
      time ??= { told: andThen(client.call(status, {}, session), ({ serverTime }) => serverTime) };
      return time.told;
    },
    preview: (trackId) => client.call(trackPreview, { trackId, redirect: false }, session),
  };
}

/** A batch function of single calls: 7digital answers one id at a time, so what a batch saves is asking twice. */
function settled<T>(call: (id: string) => MaybePromise<T>): (ids: readonly string[]) => Promise<(T | Error)[]> {
  return (ids) => Promise.all(ids.map(async (id) => call(id)).map((answer) => answer.catch((error: unknown) => error as Error)));
}
