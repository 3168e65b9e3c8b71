/** What the sandbox's catalogue holds and can be asked: the seam between the synthetic catalogue, which knows the music,
 *  and the HTTP side, which knows the API. Ids are plain numbers in here; text and XML begin on the HTTP side. */

/** Where a call shops. Exactly one of both: a shop id wins over a country. */
export interface Store {
  /** ISO 3166-1 alpha-2, upper case. The country of the shop where a shop was asked. */
  readonly country: string;
  readonly shopId: number | null;
}

/** A stretch of a list: `total` is the length of the whole list. */
export interface Slice<T> {
  readonly total: number;
  readonly items: readonly T[];
}

/** Zero-based start and number of items wanted. */
export interface Range {
  readonly offset: number;
  readonly limit: number;
}

export interface Artist {
  readonly id: number;
  readonly name: string;
  readonly sortName: string;
  /** Last part of the artist's shop URL, e.g. "the-charlatans". */
  readonly slug: string;
  /** False where 7digital has no picture: the element is then `xsi:nil`, or leads to a placeholder in answers of the later era. */
  readonly hasImage: boolean;
  readonly era: Exclude<Era, "both">;
  /** 0 to 1. */
  readonly popularity: number;
  /** Ids of tags, most fitting first. */
  readonly tags: readonly string[];
}

export type ReleaseType = "Album" | "Single" | "Video";

/** Which shape of the API's history an item is answered in: prices as `<price>`, as `<download><packages>`, or both. */
export type Era = "price" | "packages" | "both";

/** What music is used for. */
export type UsageType = "download" | "subscriptionstreaming" | "adsupportedstreaming";

export interface NamedId {
  readonly id: number;
  readonly name: string;
}

export interface Format {
  readonly id: number;
  readonly fileFormat: string;
  /** kbit/s; null for formats that have none (FLAC, video). */
  readonly bitRate: number | null;
  readonly drmFree: boolean;
  /** As packages describe it: "MP3 320". */
  readonly description: string;
}

export interface Release {
  readonly id: number;
  readonly title: string;
  readonly version: string;
  readonly type: ReleaseType;
  /** Digits with leading zeros; null is answered as `xsi:nil`. */
  readonly barcode: string | null;
  /** 0 where unknown, as 7digital says it. */
  readonly year: number;
  readonly explicit: boolean;
  readonly artistId: number;
  /** The credit on the sleeve, which may name guests. */
  readonly appearsAs: string;
  readonly slug: string;
  /** As the API writes it, e.g. "2007-10-22T00:00:00+01:00". */
  readonly releaseDate: string;
  readonly addedDate: string;
  readonly formats: readonly Format[];
  readonly label: NamedId;
  readonly licensor: NamedId;
  readonly popularity: number;
  readonly trackCount: number;
  readonly tags: readonly string[];
  readonly era: Era;
}

export interface Track {
  readonly id: number;
  readonly releaseId: number;
  readonly title: string;
  readonly version: string;
  readonly artistId: number;
  readonly appearsAs: string;
  /** Disc and position on it, both from 1. The API writes disc 2, track 1 as trackNumber 201. */
  readonly disc: number;
  readonly number: number;
  /** Seconds. */
  readonly duration: number;
  readonly explicit: boolean;
  readonly isrc: string;
  /** "audio", "video" or "pdf". */
  readonly type: string;
  readonly popularity: number;
  readonly era: Era;
}

/** Decimal text with a point, in the store's currency. `value` is null where the item is not sold on its own. */
export interface Price {
  readonly currencyCode: string;
  readonly value: string | null;
  readonly rrp: string | null;
  readonly onSale: boolean;
}

/** `packages` of the later era. Id 2 is the standard one, 9 the premium one. */
export interface Package {
  readonly id: number;
  readonly description: string;
  readonly price: Price;
  readonly formats: readonly Format[];
}

export interface Tag {
  readonly id: string;
  readonly text: string;
  readonly count: number;
}

/** What editors write about a release; null where they wrote nothing. */
export interface Editorial {
  readonly review: string | null;
  readonly promotionalText: string | null;
}

export type ChartKind = "artist" | "release" | "track";
export type ChartPeriod = "day" | "week" | "month" | "year";

export interface ChartItem<T> {
  readonly position: number;
  readonly change: "Up" | "Down" | "Same" | "New";
  readonly item: T;
}

export interface Chart<T> extends Slice<ChartItem<T>> {
  readonly fromDate: string;
  readonly toDate: string;
}

export interface Scored<T> {
  readonly score: number;
  readonly item: T;
}

export interface EditorialItem {
  readonly id: number;
  readonly content:
    | { readonly type: "artist"; readonly artist: Artist }
    | { readonly type: "release"; readonly release: Release }
    | { readonly type: "track"; readonly track: Track };
}

export interface EditorialList {
  readonly id: number;
  readonly key: string;
  readonly items: readonly EditorialItem[];
}

/** A list of a shop's own. */
export interface MerchandisingList extends EditorialList {
  /** Empty where the list has an empty one; undefined where it has none. */
  readonly description: string | undefined;
}

/** Every answer is a pure function of its arguments: no state, no clock, no data file. */
export interface Catalogue {
  artist(id: number): Artist | undefined;
  release(id: number): Release | undefined;
  /** The track on the release it belongs to. */
  track(id: number): Track | undefined;
  isAvailable(item: Release | Track, store: Store): boolean;
  /** Null where an item of a search list is answered with `<price xsi:nil="true"/>`. */
  priceOf(item: Release | Track, store: Store): Price;
  packagesOf(item: Release | Track, store: Store): readonly Package[];

  /** By the slug of its page, in any case. */
  artistWithSlug(slug: string): Artist | undefined;
  /** One that is sold in the store, if there is one. */
  releaseWithSlug(artistSlug: string, releaseSlug: string, store: Store): Release | undefined;

  /** Null where MusicBrainz does not know the item. */
  musicBrainzIdOf(kind: ChartKind, id: number): string | null;
  idWithMusicBrainz(kind: ChartKind, mbId: string): number | undefined;

  artistsStartingWith(letters: string, range: Range): Slice<Artist>;
  releasesOf(artistId: number, types: readonly ReleaseType[] | null, store: Store, range: Range): Slice<Release>;
  tracksOf(releaseId: number, range: Range): Slice<Track>;
  topTracksOf(artistId: number, store: Store, range: Range): Slice<Track>;
  similarTo(artistId: number, range: Range): Slice<Artist>;
  recommendedFor(subject: { readonly artistId: number } | { readonly releaseId: number }, store: Store, range: Range): Slice<Release>;

  /** `sort` is a column and a direction. Most fitting first when sorted by score descending. */
  searchArtists(
    query: string,
    sort: { readonly by: "score" | "popularity" | "name"; readonly descending: boolean },
    range: Range,
  ): Slice<Scored<Artist>>;
  searchReleases(query: string, types: readonly ReleaseType[] | null, store: Store, range: Range): Slice<Scored<Release>>;
  searchTracks(query: string, store: Store, range: Range): Slice<Scored<Track>>;

  /** Both dates as YYYYMMDD, inclusive. */
  releasesByDate(fromDate: string, toDate: string, store: Store, range: Range): Slice<Release>;

  artistChart(period: ChartPeriod, toDate: string, store: Store, range: Range): Chart<Artist>;
  releaseChart(period: ChartPeriod, toDate: string, store: Store, range: Range): Chart<Release>;
  trackChart(period: ChartPeriod, toDate: string, store: Store, range: Range): Chart<Track>;

  tags(range: Range): Slice<Tag>;
  tag(id: string): Tag | undefined;
  /** Tags that go together with all of the given ones, the most usual first. Undefined where none of those exists. */
  relatedTags(tags: readonly string[], range: Range): Slice<Tag> | undefined;
  /** Items that carry all the tags. Undefined where none of the tags exists. */
  artistsTagged(tags: readonly string[], range: Range): Slice<Artist> | undefined;
  releasesTagged(tags: readonly string[], order: "new" | "top", store: Store, range: Range): Slice<Release> | undefined;

  editorialOf(release: Release): Editorial;
  editorialList(key: string, store: Store): EditorialList | undefined;
  /** In any case of the key. */
  merchandisingList(key: string, store: Store): MerchandisingList | undefined;
}
