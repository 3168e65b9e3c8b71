/** The synthetic catalogue: puts its parts together behind the seam of ../model.ts. Everything is made from ids by arithmetic;
 *  the only state is a memo of the latest lists, which changes no answer. */

import type { Catalogue, Chart, ChartKind, ChartPeriod, EditorialItem, Range, Scored, Slice, Store } from "../model.js";
import { artistAt, artistPopularity } from "./artists.js";
import { isReleaseAvailable, isTrackAvailable } from "./availability.js";
import { artistsUnder } from "./browse.js";
import { changeAt, chartSeats, periodUntil } from "./charts.js";
import { releaseSeatsOfDays } from "./days.js";
import { editorialSeats, type EditorialSeat } from "./editorial.js";
import { fold } from "./fold.js";
import { merchandisingSeats } from "./merchandising.js";
import { memo } from "./memo.js";
import { idWithMusicBrainz, musicBrainzIdOf } from "./music-brainz.js";
import { isTrack, packagesOf, priceOf } from "./prices.js";
import { recommendedReleases, similarArtists, topTracks } from "./relations.js";
import { releaseAt } from "./releases.js";
import { editorialOf } from "./reviews.js";
import { findArtists, findReleases, findTracks, scoreAt } from "./search.js";
import { artistIds, discographies, releaseIds, shapeOf, trackIds, tracklists } from "./seating.js";
import { defaultShop } from "./shops.js";
import { slice, sliceOf } from "./slice.js";
import { artistSeatsWithSlug, releaseSeatWithSlug } from "./slugs.js";
import { allTags, relatedTags, tagById } from "./tags.js";
import { artistSeatsTagged, releaseSeatsTagged } from "./tagged.js";
import { trackAt } from "./tracks.js";

/** Lists kept: the longest, of a popular tag, has some sixty thousand seats, a quarter of a megabyte. */
const keptLists = 200;

export function createCatalogue(): Catalogue {
  const kept = memo<Int32Array>(keptLists);
  const seatsOf: KeptSeats = (key, compute) => kept(key, () => Int32Array.from(compute()));
  return {
    ...items(),
    ...links(seatsOf),
    ...searches(seatsOf),
    ...charts(seatsOf),
    ...collections(seatsOf),
    ...editorials(),
    ...pages(),
    musicBrainzIdOf,
    idWithMusicBrainz,
  };
}

type KeptSeats = (key: readonly unknown[], compute: () => readonly number[]) => Int32Array;

const nothing = { total: 0, items: [] } as const;

function items(): Pick<Catalogue, "artist" | "release" | "track" | "isAvailable" | "priceOf" | "packagesOf"> {
  return {
    artist: (id) => made(artistIds.seatOf(id), artistAt),
    release: (id) => made(releaseIds.seatOf(id), releaseAt),
    track: (id) => made(trackIds.seatOf(id), trackAt),
    isAvailable: (item, store) =>
      isTrack(item)
        ? isTrackAvailable(trackIds.seatOf(item.id) ?? 0, store.country)
        : isReleaseAvailable(releaseIds.seatOf(item.id) ?? 0, store.country),
    priceOf,
    packagesOf: (item, store) => {
      const release = isTrack(item) ? releaseAt(releaseIds.seatOf(item.releaseId) ?? 0) : item;
      return packagesOf(item, store, release.formats);
    },
  };
}

function links(
  seatsOf: KeptSeats,
): Pick<Catalogue, "artistsStartingWith" | "releasesOf" | "tracksOf" | "topTracksOf" | "similarTo" | "recommendedFor"> {
  return {
    artistsStartingWith(letters, range) {
      const found = artistsUnder(letters);
      return slice(found.total, range, (index) => artistAt(found.seatAt(index)));
    },
    releasesOf(artistId, types, store, range) {
      const artist = artistIds.seatOf(artistId);
      if (artist === undefined) return nothing;
      const all = Array.from({ length: discographies.countOf(artist) }, (_, place) => discographies.firstOf(artist) + place);
      const fit = all.filter((seat) => (types === null || types.includes(shapeOf(seat).type)) && isReleaseAvailable(seat, store.country));
      return sliceOf(fit, range, releaseAt);
    },
    tracksOf(releaseId, range) {
      const release = releaseIds.seatOf(releaseId);
      if (release === undefined) return nothing;
      return slice(tracklists.countOf(release), range, (index) => trackAt(tracklists.firstOf(release) + index));
    },
    topTracksOf(artistId, store, range) {
      const artist = artistIds.seatOf(artistId);
      return artist === undefined ? nothing : sliceOf(topTracks(artist, store.country), range, trackAt);
    },
    similarTo(artistId, range) {
      const artist = artistIds.seatOf(artistId);
      return artist === undefined ? nothing : sliceOf(similarArtists(artist), range, artistAt);
    },
    recommendedFor(subject, store, range) {
      const release = "releaseId" in subject ? releaseIds.seatOf(subject.releaseId) : undefined;
      const artist =
        "artistId" in subject ? artistIds.seatOf(subject.artistId) : release === undefined ? undefined : discographies.parentOf(release);
      if (artist === undefined) return nothing;
      const key = ["recommended", artist, release, store.country];
      return sliceOf(
        seatsOf(key, () => recommendedReleases(artist, release ?? null, store.country)),
        range,
        releaseAt,
      );
    },
  };
}

function searches(seatsOf: KeptSeats): Pick<Catalogue, "searchArtists" | "searchReleases" | "searchTracks"> {
  return {
    searchArtists(query, sort, range) {
      const seats = seatsOf(["artists", query], () => findArtists(query));
      // A hit keeps the score of its place among all hits, whatever it is sorted by.
      const places = seatsOf(["artists", query, sort.by, sort.descending], () => sortedHits(seats, sort));
      return slice(seats.length, range, (index) => {
        const place = places[index] ?? 0;
        return { score: scoreAt("artist", query, place), item: artistAt(seats[place] ?? 0) };
      });
    },
    searchReleases(query, types, store, range) {
      const seats = seatsOf(["releases", query, types, store.country], () => findReleases(query, types, store.country));
      return scored("release", query, seats, range, releaseAt);
    },
    searchTracks(query, store, range) {
      const seats = seatsOf(["tracks", query, store.country], () => findTracks(query, store.country));
      return scored("track", query, seats, range, trackAt);
    },
  };
}

function charts(seatsOf: KeptSeats): Pick<Catalogue, "artistChart" | "releaseChart" | "trackChart"> {
  const chart =
    <T>(kind: ChartKind, itemAt: (seat: number) => T) =>
    (period: ChartPeriod, toDate: string, store: Store, range: Range): Chart<T> => {
      const seats = seatsOf(["chart", kind, period, toDate, store.country], () => chartSeats(kind, period, toDate, store.country));
      const positions = slice(seats.length, range, (index) => {
        const seat = seats[index] ?? 0;
        return { position: index + 1, change: changeAt(kind, index + 1, seat, toDate), item: itemAt(seat) };
      });
      return { ...positions, ...periodUntil(period, toDate) };
    };
  return { artistChart: chart("artist", artistAt), releaseChart: chart("release", releaseAt), trackChart: chart("track", trackAt) };
}

function collections(
  seatsOf: KeptSeats,
): Pick<Catalogue, "releasesByDate" | "tags" | "tag" | "relatedTags" | "artistsTagged" | "releasesTagged"> {
  return {
    releasesByDate(fromDate, toDate, store, range) {
      const key = ["days", fromDate, toDate, store.country];
      return sliceOf(
        seatsOf(key, () => releaseSeatsOfDays(fromDate, toDate, store.country)),
        range,
        releaseAt,
      );
    },
    tags: allTags,
    tag: tagById,
    relatedTags,
    artistsTagged(tags, range) {
      if (!tags.some((tag) => tagById(tag) !== undefined)) return undefined;
      return sliceOf(
        seatsOf(["tagged artists", tags], () => artistSeatsTagged(tags)),
        range,
        artistAt,
      );
    },
    releasesTagged(tags, order, store, range) {
      if (!tags.some((tag) => tagById(tag) !== undefined)) return undefined;
      const key = ["tagged releases", order, tags, store.country];
      return sliceOf(
        seatsOf(key, () => releaseSeatsTagged(tags, order, store.country)),
        range,
        releaseAt,
      );
    },
  };
}

/** What editors write and put together. */
function editorials(): Pick<Catalogue, "editorialOf" | "editorialList" | "merchandisingList"> {
  return {
    editorialOf,
    editorialList(key, store) {
      const list = editorialSeats(key, store.country);
      return list === undefined ? undefined : { id: list.id, key, items: list.items.map(editorialItem) };
    },
    merchandisingList(key, { shopId, country }) {
      const list = merchandisingSeats(key, shopId ?? defaultShop, country);
      return list && { ...list, items: list.items.map(editorialItem) };
    },
  };
}

function pages(): Pick<Catalogue, "artistWithSlug" | "releaseWithSlug"> {
  return {
    artistWithSlug(slug) {
      const [seat] = artistSeatsWithSlug(slug);
      return made(seat, artistAt);
    },
    releaseWithSlug: (artistSlug, releaseSlug, { country }) => made(releaseSeatWithSlug(artistSlug, releaseSlug, country), releaseAt),
  };
}

function editorialItem({ type, seat }: EditorialSeat): EditorialItem {
  if (type === "artist") return { id: artistIds.idOf(seat), content: { type, artist: artistAt(seat) } };
  if (type === "track") return { id: trackIds.idOf(seat), content: { type, track: trackAt(seat) } };
  return { id: releaseIds.idOf(seat), content: { type, release: releaseAt(seat) } };
}

function made<T>(seat: number | undefined, itemAt: (seat: number) => T): T | undefined {
  return seat === undefined ? undefined : itemAt(seat);
}

function scored<T>(
  method: "release" | "track",
  query: string,
  seats: ArrayLike<number>,
  range: Range,
  itemAt: (seat: number) => T,
): Slice<Scored<T>> {
  return slice(seats.length, range, (index) => ({ score: scoreAt(method, query, index), item: itemAt(seats[index] ?? 0) }));
}

/** Places in the list of hits, in the order asked for. */
function sortedHits(seats: Int32Array, sort: Parameters<Catalogue["searchArtists"]>[1]): number[] {
  const places = Array.from(seats, (_, place) => place);
  const direction = sort.descending ? -1 : 1;
  if (sort.by === "score") return sort.descending ? places : places.reverse();
  const weightOf = sort.by === "name" ? (seat: number): string => fold(artistAt(seat).sortName) : artistPopularity;
  const weights = Array.from<number, string | number>(seats, weightOf);
  return places.sort((a, b) => {
    const [one, other] = [weights[a] ?? 0, weights[b] ?? 0];
    return one === other ? a - b : one < other ? -direction : direction;
  });
}
