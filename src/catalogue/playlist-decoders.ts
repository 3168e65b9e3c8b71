/** Playlists as 7digital's own C# client reads them. No response of the API itself is known, so only the ID is required. */
import {
  attribute,
  attributeValue,
  child,
  inside,
  list,
  listOf,
  object,
  optionalAttribute,
  places,
  type Decoder,
} from "../upstream/xml/decode.js";
import { integer, moment, numericId, text, token } from "../upstream/xml/values.js";
import { page } from "../shared/page.js";

const link = object({ rel: optionalAttribute("rel"), href: optionalAttribute("href") });
const tag = object({ name: child("name", text) });
const annotation: Decoder<{ readonly key: string | undefined; readonly value: string }> = (element) =>
  Object.freeze({ key: attributeValue(element, "key"), value: element.text });

const ofEvery = {
  playlistId: attribute("id"),
  name: child("name", text),
  lastUpdated: child("lastUpdated", moment),
  user: child("user", token),
  visibility: child("visibility", token),
  status: child("status", token),
  description: child("description", text),
  image: child("image", token),
  tags: child("tags", listOf("tag", tag)),
  annotations: child("annotations", listOf("annotation", annotation)),
};

/** A track of a playlist: of the catalogue, or of the user's own files. */
const playlistTrack = object({
  playlistTrackId: optionalAttribute("id"),
  trackId: child("trackId", token),
  trackTitle: child("trackTitle", text),
  trackVersion: child("trackVersion", text),
  artistId: child("artistId", numericId),
  artistAppearsAs: child("artistAppearsAs", text),
  releaseId: child("releaseId", numericId),
  releaseTitle: child("releaseTitle", text),
  releaseVersion: child("releaseVersion", text),
  releaseArtistId: child("releaseArtistId", numericId),
  releaseArtistAppearsAs: child("releaseArtistAppearsAs", text),
  source: child("source", token),
  audioUrl: child("audioUrl", token),
  user: child("user", token),
  dateAdded: child("dateAdded", moment),
  /** With `$size$` in the place of a size. */
  image: child("image", token),
});

export const playlists = inside(
  "playlists",
  page("playlist", object({ ...ofEvery, trackCount: child("trackCount", integer), links: child("links", listOf("link", link)) })),
);
export const playlist = inside("playlist", object({ ...ofEvery, tracks: child("tracks", listOf("track", playlistTrack)) }));
export const playlistTracks = inside("tracks", page("track", playlistTrack));
export const playlistTags = inside("tags", list({ items: places("tag", tag) }));
