/** What one operation asks of the catalogue in one store: details by id, each asked for once, and lists by window. What the cache holds
 *  fresh is given without a promise. */
import type { Client } from "../upstream/client.js";
import type { Session } from "../upstream/session.js";
import { andThen, type MaybePromise } from "../shared/maybe-promise.js";
import { batchSize } from "../shared/batches.js";
import { itemPages, type ItemPages } from "../shared/item-pages.js";
import type { Scope } from "../shared/scope.js";
import { pageSizeLimits, type PageSizeLimit } from "../shared/window-read.js";
import type { ArtistFacts, EditorialListFacts, EditorialTextFacts, ReleaseFacts, TagFacts, TrackFacts } from "./decoders.js";
import { batchedDetails, detailsOf, type Asking, type Details } from "./details.js";
import { artistDetails } from "./endpoints/artist.js";
import { editorialList } from "./endpoints/editorial.js";
import { releaseDetails, releaseDetailsBatch, releaseEditorial } from "./endpoints/release.js";
import { tag as tagList } from "./endpoints/tag.js";
import { trackPreview } from "./endpoints/track.js";
import { Lists } from "./lists.js";
import { Partials } from "./partials.js";
import { createTrackLoader, type TrackKey } from "./track-loader.js";

/** The most calls that one tag costs, where it is not known which page has it: 7digital lists 629 tags, and a page holds 500. */
export const callsForTag = 2;

/** The catalogue in the scope's store. Its calls never carry the user: the answers are the same for everyone. */
export function catalogue({ client, store, use }: Scope): Catalogue {
  return new Catalogue(client, { store }, { limit: use(pageSizeLimits).catalogue, pages: use(itemPages), batchSize: use(batchSize) });
}

interface Known {
  readonly limit: PageSizeLimit;
  readonly pages: ItemPages;
  /** Most items of one call. Below 2, each is called alone. */
  readonly batchSize: number;
}

/** Loaders are made on first use: most operations need one of them, or none. */
export class Catalogue extends Lists {
  private artists: Details<ArtistFacts> | undefined;
  private releases: Details<ReleaseFacts> | undefined;
  private editorials: Details<EditorialTextFacts> | undefined;
  private tracks: ((key: TrackKey) => MaybePromise<TrackFacts>) | undefined;
  /** What answers have included of artists and releases, by id. */
  readonly partials = { artists: new Partials<ArtistFacts>(), releases: new Partials<ReleaseFacts>() };

  constructor(
    client: Client,
    session: Session,
    private readonly known: Known,
  ) {
    super(client, session, known.limit);
  }

  artist(artistId: string): MaybePromise<ArtistFacts> {
    const params = { artistId };
    return this.client.peek(artistDetails, params, this.session) ?? this.loadArtist(artistId);
  }

  release(releaseId: string): MaybePromise<ReleaseFacts> {
    return this.client.peek(releaseDetails, { releaseId }, this.session) ?? this.loadRelease(releaseId);
  }

  /** What editors write about the release. */
  editorial(releaseId: string): MaybePromise<EditorialTextFacts> {
    return this.client.peek(releaseEditorial, { releaseId }, this.session) ?? this.loadEditorial(releaseId);
  }

  track(key: TrackKey): MaybePromise<TrackFacts> {
    this.tracks ??= createTrackLoader({ ...this.asking, lists: this });
    return this.tracks(key);
  }

  /** Undefined where there is no such tag. 7digital has no method for one tag, so its list is read as far as it takes. */
  tag(tagId: string): MaybePromise<TagFacts | undefined> {
    const { limit, pages } = this.known;
    const tag = { method: tagList.path, store: this.session.store, pageSize: limit.value, id: tagId };
    const place = {
      page: pages.pageOf(tag),
      remember: (page: number | undefined) => {
        pages.remember({ ...tag, pageSize: limit.value }, page);
      },
    };
    const found = this.find(tagList, {}, ({ item }) => item.tagId === tagId, place);
    return andThen(found, (listed) => listed?.item);
  }

  editorialList(key: string): MaybePromise<EditorialListFacts> {
    const list = this.client.call(editorialList, { key }, this.session);
    return andThen(list, (found) => (found.key ? found : { ...found, key }));
  }

  /** The URL of the clip. */
  preview(trackId: string) {
    return this.client.call(trackPreview, { trackId, redirect: false }, this.session);
  }

  private loadArtist(artistId: string): Promise<ArtistFacts> {
    this.artists ??= detailsOf(this.asking, artistDetails, (id) => ({ artistId: id }));
    return this.artists.load(artistId);
  }

  private loadRelease(releaseId: string): Promise<ReleaseFacts> {
    this.releases ??= batchedDetails(this.asking, releaseDetailsBatch);
    return this.releases.load(releaseId);
  }

  private loadEditorial(releaseId: string): Promise<EditorialTextFacts> {
    this.editorials ??= detailsOf(this.asking, releaseEditorial, (id) => ({ releaseId: id }));
    return this.editorials.load(releaseId);
  }

  private get asking(): Asking {
    return { client: this.client, session: this.session, batchSize: this.known.batchSize };
  }
}
