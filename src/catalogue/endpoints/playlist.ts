/** Methods for playlists, which have no field in the graph. Those that change one take a JSON or XML body, and only the ones without a body are
 *  declared. They are in 7digital's own C# client. */
import { done } from "../../shared/done.js";
import { pageParams } from "../../shared/page.js";
import { endpoint } from "../../upstream/endpoint.js";
import { id, optional } from "../../upstream/request/params.js";
import {
  playlist as playlistElement,
  playlists as playlistPage,
  playlistTags as tagList,
  playlistTracks as trackPage,
} from "../playlist-decoders.js";

/** playlists: public playlists, of one user or of all. */
export const playlists = endpoint({
  path: "playlists",
  auth: "consumer",
  effect: "read",
  params: { user: optional(id), ...pageParams },
  result: playlistPage,
});

/** user/playlists: all playlists of the user. */
export const userPlaylists = endpoint({ path: "user/playlists", auth: "user", effect: "read", params: pageParams, result: playlistPage });

/** playlists/tags: the tags that playlists have. */
export const playlistTags = endpoint({ path: "playlists/tags", auth: "consumer", effect: "read", params: {}, result: tagList });

/** playlists/{playlistId}: a public playlist with its tracks. */
export const playlist = endpoint({
  path: "playlists/{playlistId}",
  auth: "consumer",
  effect: "read",
  params: { playlistId: id },
  result: playlistElement,
});

/** playlists/{playlistId}/tracks: the tracks of a playlist. */
export const playlistTracks = endpoint({
  path: "playlists/{playlistId}/tracks",
  auth: "consumer",
  effect: "read",
  params: { playlistId: id, ...pageParams },
  result: trackPage,
});

/** playlists/{playlistId}: deletes a playlist of the user. */
export const playlistDelete = endpoint({
  path: "playlists/{playlistId}",
  verb: "DELETE",
  auth: "user",
  effect: "write",
  params: { playlistId: id },
  result: done,
});

/** playlists/{playlistId}/tracks/{playlistTrackId}: takes a track out of a playlist of the user. */
export const playlistTrackDelete = endpoint({
  path: "playlists/{playlistId}/tracks/{playlistTrackId}",
  verb: "DELETE",
  auth: "user",
  effect: "write",
  params: { playlistId: id, playlistTrackId: id },
  result: done,
});
