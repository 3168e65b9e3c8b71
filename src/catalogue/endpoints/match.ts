/** Methods that match 7digital's ids with those of MusicBrainz: exactly one of both lists is sent. They are not in the API document. */
import { endpoint } from "../../upstream/endpoint.js";
import { commaSeparated, id, optional } from "../../upstream/request/params.js";
import { inside } from "../../upstream/xml/decode.js";
import { matchesOf } from "../match-decoders.js";

const signedRead = { auth: "consumer", effect: "read" } as const;
const params = { mbIds: optional(commaSeparated(id)), sevenDigitalIds: optional(commaSeparated(id)) };

/** artist/match/byId: the artists that are the same there and here. */
export const artistMatchById = endpoint({
  path: "artist/match/byId",
  ...signedRead,
  params,
  result: inside("matches", matchesOf("artist")),
});

/** release/match/byId: the releases that are the same there and here. */
export const releaseMatchById = endpoint({
  path: "release/match/byId",
  ...signedRead,
  params,
  result: inside("matches", matchesOf("release")),
});

/** track/match/byId: the tracks that are the same there and here. */
export const trackMatchById = endpoint({ path: "track/match/byId", ...signedRead, params, result: inside("matches", matchesOf("track")) });
