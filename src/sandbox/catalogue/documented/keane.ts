/** Keane, artist 1: the artist of most examples in the API document. */

import type { DocumentedArtist } from "./entry.js";

export const keane: DocumentedArtist = {
  id: 1,
  name: "Keane",
  popularity: 0.72,
  tags: ["rock", "united-kingdom", "pop", "indie-rock"],
  releaseCount: 42,
  topTrackCount: 13,
  similar: { total: 28, first: [14, 20] },
  releases: [
    {
      id: 172744,
      title: "Live-Trailer",
      version: "",
      type: "Video",
      year: 2007,
      releaseDate: "2007-12-03T00:00:00Z",
      trackCount: 1,
      tracks: [{ number: 1, title: "Live-Trailer" }],
    },
    {
      id: 36567,
      title: "Under The Iron Sea",
      version: "",
      type: "Album",
      year: 2006,
      releaseDate: "2006-06-12T00:00:00+01:00",
      trackCount: 12,
    },
    {
      id: 415019,
      title: "Perfect Symmetry",
      version: "US Album",
      type: "Album",
      year: 2008,
      slug: "perfect-symmetry-6",
      releaseDate: "2008-10-14T00:00:00+01:00",
      trackCount: 11,
      tracks: [
        { id: 4648051, number: 1, title: "Spiralling", version: "" },
        { number: 2, title: "The Lovers Are Losing" },
        { number: 3, title: "Better Than This" },
        { number: 4, title: "You Haven't Told Me Anything" },
        { number: 5, title: "Perfect Symmetry" },
      ],
    },
    {
      title: "The Night Sky",
      version: "",
      type: "Single",
      year: 2007,
      releaseDate: "2007-10-22T00:00:00+01:00",
      trackCount: 3,
      tracks: [{ id: 1628043, number: 1, title: "The Night Sky", version: "" }],
    },
  ],
};
