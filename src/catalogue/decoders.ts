/** The catalogue's objects as answers tell them, in all shapes they have had. Every method tells only some of the members: what an
 *  answer leaves out is `undefined`. */
import { attribute, child, flag, integer, listOf, object, real, required, text, token, type Decoded } from "../upstream/decode.js";
import { formats } from "../shared/format.js";
import { alone } from "../shared/listed.js";
import { label, licensor } from "../shared/label.js";
import { download, legacyPrice } from "../shared/price.js";

export const artist = object({
  artistId: attribute("id"),
  name: child("name", text),
  sortName: child("sortName", text),
  appearsAs: child("appearsAs", text),
  image: child("image", token),
  url: child("url", token),
  slug: child("slug", token),
  popularity: child("popularity", real),
  bio: child("bio", object({ text: child("text", text) })),
});

export const release = object({
  releaseId: attribute("id"),
  title: child("title", text),
  version: child("version", text),
  type: child("type", token),
  barcode: child("barcode", token),
  year: child("year", integer),
  explicit: child("explicitContent", flag),
  artist: child("artist", artist),
  image: child("image", token),
  url: child("url", token),
  slug: child("slug", token),
  releaseDate: child("releaseDate", token),
  addedDate: child("addedDate", token),
  streamingReleaseDate: child("streamingReleaseDate", token),
  price: child("price", legacyPrice),
  download: child("download", download),
  formats: child("formats", formats),
  label: child("label", label),
  licensor: child("licensor", licensor),
  popularity: child("popularity", real),
  duration: child("duration", integer),
  trackCount: child("trackCount", integer),
});

export const track = object({
  trackId: attribute("id"),
  title: child("title", text),
  version: child("version", text),
  artist: child("artist", artist),
  trackNumber: child("trackNumber", integer),
  discNumber: child("discNumber", integer),
  number: child("number", integer),
  duration: child("duration", integer),
  explicit: child("explicitContent", flag),
  isrc: child("isrc", token),
  release: child("release", release),
  url: child("url", token),
  slug: child("slug", token),
  price: child("price", legacyPrice),
  download: child("download", download),
  formats: child("formats", formats),
  streamingReleaseDate: child("streamingReleaseDate", token),
  previewDate: child("previewDate", token),
});

export const tag = object({
  tagId: attribute("id"),
  text: child("text", text),
  url: child("url", token),
  count: child("count", integer),
});

export const listedArtist = alone(artist);
export const listedRelease = alone(release);
export const listedTrack = alone(track);
export const listedTag = alone(tag);

const chartPosition = { position: child("position", integer), change: child("change", token) };

export const artistChartItem = object({ ...chartPosition, item: required("artist", artist) });
export const releaseChartItem = object({ ...chartPosition, item: required("release", release) });
export const trackChartItem = object({ ...chartPosition, item: required("track", track) });

const match = { score: child("score", real) };

export const artistMatch = object({ ...match, item: required("artist", artist) });
export const releaseMatch = object({ ...match, item: required("release", release) });
export const trackMatch = object({ ...match, item: required("track", track) });

export const taggedArtist = object({ item: required("artist", artist) });
export const taggedRelease = object({ item: required("release", release) });
export const recommendedRelease = object({ item: required("release", release) });

const editorialItem = object({
  itemId: attribute("id"),
  artist: child("artist", artist),
  release: child("release", release),
  track: child("track", track),
});

export const editorialList = object({
  listId: attribute("id"),
  key: child("key", token),
  listItems: child("listItems", listOf("listItem", editorialItem)),
});

export const serviceStatus = object({ serverTime: child("serverTime", token) });

/** An object of the catalogue as far as it is told: its id, and whatever the answers in hand say. */
type Told<T, Id extends keyof T> = Pick<T, Id> & Partial<T>;

export type ArtistFacts = Told<Decoded<typeof artist>, "artistId">;
export type TrackFacts = Told<Omit<Decoded<typeof track>, "release">, "trackId"> & { readonly release?: ReleaseFacts | null | undefined };
export type ReleaseFacts = Told<Decoded<typeof release>, "releaseId">;
export type TagFacts = Told<Decoded<typeof tag>, "tagId">;
export type EditorialItemFacts = Decoded<typeof editorialItem>;
export type EditorialListFacts = Decoded<typeof editorialList>;
