/** What one operation asks of the catalogue in one store: details by id, each asked for once, and lists by window. What the cache holds
 *  fresh is given without a promise. */
import DataLoader from "dataloader";
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { once } from "../shared/once.js";
import { itemPages, type ItemPages } from "../shared/item-pages.js";
import type { Scope } from "../shared/scope.js";
import { pageSizeLimits, type PageSizeLimit } from "../shared/window-read.js";
import type { ArtistFacts, EditorialListFacts, EditorialTextFacts, ReleaseFacts, TagFacts } from "./decoders.js";
import { artistDetails } from "./endpoints/artist.js";
import { editorialList } from "./endpoints/editorial.js";
import { releaseDetails, releaseEditorial } from "./endpoints/release.js";
import { tag as tagList } from "./endpoints/tag.js";
import { trackPreview } from "./endpoints/track.js";
import { createLists } from "./lists.js";
import { Partials } from "./partials.js";
import { createTrackLoader, type TrackKey } from "./track-loader.js";

/** The most calls that one tag costs, where it is not known which page has it: 7digital lists 629 tags, and a page holds 500. */
export const callsForTag = 2;

/** The catalogue in the scope's store. Its calls never carry the user: the answers are the same for everyone. */
export function catalogue({ client, store, use }: Scope) {
  return createCatalogueLoaders(client, { store }, { limit: use(pageSizeLimits).catalogue, pages: use(itemPages) });
}

interface KnownPages {
  readonly limit: PageSizeLimit;
  readonly pages: ItemPages;
}

export function createCatalogueLoaders(client: Client, session: Session, { limit, pages }: KnownPages) {
  const lists = createLists(client, session, limit);
  const artists = once(() => loaderOf((artistId) => client.call(artistDetails, { artistId }, session)));
  const releases = once(() => loaderOf((releaseId) => client.call(releaseDetails, { releaseId }, session)));
  const editorials = once(() => loaderOf((releaseId) => client.call(releaseEditorial, { releaseId }, session)));
  const tracks = once(() => createTrackLoader({ client, session, lists }));
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

/** A loader that asks once for every id. It makes single calls: 7digital has no method for several ids. */
function loaderOf<T>(call: (id: string) => MaybePromise<T>): DataLoader<string, T> {
  return new DataLoader((ids) =>
    Promise.all(ids.map(async (id) => call(id)).map((answer) => answer.catch((error: unknown) => error as Error))),
  );
}
