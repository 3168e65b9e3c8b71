/** What one operation asks of the catalogue in one store: details by id, each asked for once, and lists by window. What the cache holds
 *  fresh is given without a promise. */
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { batchSize } from "../shared/batches.js";
import { once } from "../shared/once.js";
import { itemPages, type ItemPages } from "../shared/item-pages.js";
import type { Scope } from "../shared/scope.js";
import { pageSizeLimits, type PageSizeLimit } from "../shared/window-read.js";
import type { ArtistFacts, EditorialListFacts, EditorialTextFacts, ReleaseFacts, TagFacts } from "./decoders.js";
import { batchedDetails, detailsOf } from "./details.js";
import { artistDetails } from "./endpoints/artist.js";
import { editorialList } from "./endpoints/editorial.js";
import { releaseDetails, releaseDetailsBatch, releaseEditorial } from "./endpoints/release.js";
import { tag as tagList } from "./endpoints/tag.js";
import { trackPreview } from "./endpoints/track.js";
import { createLists } from "./lists.js";
import { Partials } from "./partials.js";
import { createTrackLoader, type TrackKey } from "./track-loader.js";

/** The most calls that one tag costs, where it is not known which page has it: 7digital lists 629 tags, and a page holds 500. */
export const callsForTag = 2;

/** The catalogue in the scope's store. Its calls never carry the user: the answers are the same for everyone. */
export function catalogue({ client, store, use }: Scope) {
  const known = { limit: use(pageSizeLimits).catalogue, pages: use(itemPages), batchSize: use(batchSize) };
  return createCatalogueLoaders(client, { store }, known);
}

interface Known {
  readonly limit: PageSizeLimit;
  readonly pages: ItemPages;
  /** Most items of one call. Below 2, each is called alone. */
  readonly batchSize: number;
}

export function createCatalogueLoaders(client: Client, session: Session, { limit, pages, batchSize: size }: Known) {
  const lists = createLists(client, session, limit);
  const asking = { client, session, batchSize: size };
  const artists = once(() => detailsOf(asking, artistDetails, (artistId) => ({ artistId })));
  const releases = once(() => batchedDetails(asking, releaseDetailsBatch));
  const editorials = once(() => detailsOf(asking, releaseEditorial, (releaseId) => ({ releaseId })));
  const tracks = once(() => createTrackLoader({ ...asking, lists }));
  return {
    ...lists,
    /** What answers have included of artists and releases, by id. */
    partials: { artists: new Partials<ArtistFacts>(), releases: new Partials<ReleaseFacts>() },
    artist: (artistId: string): MaybePromise<ArtistFacts> => client.peek(artistDetails, { artistId }, session) ?? artists().load(artistId),
    release: (releaseId: string): MaybePromise<ReleaseFacts> =>
      client.peek(releaseDetails, { releaseId }, session) ?? releases().load(releaseId),
    /** What editors write about the release. */
    editorial: (releaseId: string): MaybePromise<EditorialTextFacts> =>
      client.peek(releaseEditorial, { releaseId }, session) ?? editorials().load(releaseId),
    track: (key: TrackKey) => tracks()(key),
    /** Undefined where there is no such tag. 7digital has no method for one tag, so its list is read as far as it takes. */
    tag(tagId: string): MaybePromise<TagFacts | undefined> {
      const tag = { method: tagList.path, store: session.store, pageSize: limit.value, id: tagId };
      const place = {
        page: pages.pageOf(tag),
        remember: (page: number | undefined) => pages.remember({ ...tag, pageSize: limit.value }, page),
      };
      const found = lists.find(tagList, {}, ({ item }) => item.tagId === tagId, place);
      return andThen(found, (listed) => listed?.item);
    },
    editorialList: (key: string): MaybePromise<EditorialListFacts> =>
      andThen(client.call(editorialList, { key }, session), (list) => (list.key ? list : { ...list, key })),
    /** The URL of the clip. */
    preview: (trackId: string) => client.call(trackPreview, { trackId, redirect: false }, session),
  };
}
