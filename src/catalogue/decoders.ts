/** The catalogue's objects as answers write them, in all shapes they have had. Every method includes only some of the members: what an
 *  answer leaves out is `undefined`. */
import {
  attribute,
  child,
  idAttribute,
  list,
  mapped,
  object,
  optionalAttribute,
  part,
  placesOf,
  required,
  type Decoded,
} from "../upstream/xml/decode.js";
import { ifReadable, type Unreadable } from "../upstream/xml/unreadable.js";
import { flag, httpUrl, integer, isrc, moment, needed, real, text, token } from "../upstream/xml/values.js";
import { availableDrmFree, formats } from "../shared/format.js";
import { plainItem } from "../shared/listed.js";
import { label, licensor } from "../shared/label.js";
import { download, legacyPrice, streaming } from "../shared/price.js";

export const artist = object({
  artistId: idAttribute("id"),
  name: child("name", text),
  sortName: child("sortName", text),
  appearsAs: child("appearsAs", text),
  image: child("image", httpUrl),
  isPlaceholderImage: child("isPlaceholderImage", flag),
  url: child("url", httpUrl),
  slug: child("slug", token),
  popularity: child("popularity", real),
  bio: child("bio", object({ text: child("text", text) })),
});

/** On a page of the store. */
export const pagedArtist = object({
  artistId: idAttribute("id"),
  key: optionalAttribute("key"),
  name: child("name", text),
  sortName: child("sortname", text),
  image: child("image", httpUrl),
  url: child("url", httpUrl),
});

/** What releases and tracks have in common. */
const soldItem = {
  title: child("title", text),
  version: child("version", text),
  type: child("type", token),
  explicit: child("explicitContent", flag),
  artist: part("artist", artist),
  url: child("url", httpUrl),
  slug: child("slug", token),
  price: child("price", legacyPrice),
  download: child("download", download),
  formats: child("formats", formats),
  availableDrmFree: child("formats", availableDrmFree),
  streamingReleaseDate: child("streamingReleaseDate", moment),
  subscriptionStreaming: child("subscriptionStreaming", streaming),
  adSupportedStreaming: child("adSupportedStreaming", streaming),
  popularity: child("popularity", real),
  duration: child("duration", integer),
  pline: child("pline", text),
};

export const release = object({
  releaseId: idAttribute("id"),
  ...soldItem,
  barcode: child("barcode", token),
  year: child("year", integer),
  image: child("image", httpUrl),
  isPlaceholderImage: child("isPlaceholderImage", flag),
  releaseDate: child("releaseDate", moment),
  addedDate: child("addedDate", moment),
  label: part("label", label),
  licensor: part("licensor", licensor),
  trackCount: child("trackCount", integer),
  cline: child("cline", text),
});

export const track = object(
  {
    trackId: idAttribute("id"),
    ...soldItem,
    trackNumber: child("trackNumber", integer),
    discNumber: child("discNumber", integer),
    number: child("number", integer),
    isrc: child("isrc", isrc),
    release: part("release", release),
    previewDate: child("previewDate", moment),
  },
  // `order` is the document's name for `trackNumber`. The picture of a track is that of its release.
  ["order", "cline", "isPlaceholderImage"],
);

export const tag = object({
  tagId: attribute("id"),
  text: child("text", text),
  url: child("url", httpUrl),
  count: child("count", integer),
});

export const listedArtist = plainItem(artist);
export const listedRelease = plainItem(release);
export const listedTrack = plainItem(track);
export const listedTag = plainItem(tag);

/** An item whose position cannot be read is left out, for it would stand at a wrong one. */
const chartPosition = { position: child("position", needed(integer)), change: child("change", token) };

export const artistChartItem = object({ ...chartPosition, item: required("artist", artist) });
export const releaseChartItem = object({ ...chartPosition, item: required("release", release) });
export const trackChartItem = object({ ...chartPosition, item: required("track", track) });

const match = { score: child("score", real) };

export const artistMatch = object({ ...match, item: required("artist", artist) }, ["type"]);
export const releaseMatch = object({ ...match, item: required("release", release) }, ["type"]);
export const trackMatch = object({ ...match, item: required("track", track) }, ["type"]);

export const taggedArtist = object({ item: required("artist", artist) });
/** Also in recommendations. */
export const taggedRelease = object({ item: required("release", release) });

/** A text of a store's pages, as it is: it may be markup. */
const translation = object({ key: required("key", text), text: child("translatedText", text) });
export const listedTranslation = plainItem(translation);

const editorialText = child("text", text);

/** What editors write about a release. An empty element says that they wrote nothing. */
export const editorialTexts = list({
  review: child("review", object({ text: editorialText })),
  promotionalText: child("promotionalText", object({ text: editorialText })),
});

const editorialPlace = object(
  {
    itemId: attribute("id"),
    artist: part("artist", artist),
    release: part("release", release),
    track: part("track", track),
  },
  ["type", "description"],
);

/** One place in an editorial list. `content` is undefined where it is neither artist, release nor track. */
const editorialItem = mapped(editorialPlace, ({ itemId, release, artist, track }, reading) => {
  const all = [release, artist, track];
  const content: ArtistFacts | ReleaseFacts | TrackFacts | undefined = all.map(ifReadable).find((one) => one !== undefined && one !== null);
  if (content === undefined && all.some((one) => one !== undefined)) return reading.fail("holds nothing that can be read");
  return Object.freeze({ itemId, content });
});

/** Also of a merchandising list. */
export const editorialList = object({
  listId: attribute("id"),
  key: child("key", token),
  description: child("description", text),
  listItems: child("listItems", placesOf("listItem", editorialItem)),
});

/** An object of the catalogue as far as it is known: its id, and what answers have included. */
type Known<T, Id extends keyof T> = Pick<T, Id> & Partial<T>;

export type ArtistFacts = Known<Decoded<typeof artist>, "artistId">;
export type TrackFacts = Known<Omit<Decoded<typeof track>, "release">, "trackId"> & {
  readonly release?: ReleaseFacts | Unreadable | null | undefined;
};
export type ReleaseFacts = Known<Decoded<typeof release>, "releaseId">;
export type TagFacts = Known<Decoded<typeof tag>, "tagId">;
export type TranslationFacts = Decoded<typeof translation>;
export type EditorialTextFacts = Decoded<typeof editorialTexts>;
export type EditorialItemFacts = Decoded<typeof editorialItem>;
export type EditorialListFacts = Decoded<typeof editorialList>;
