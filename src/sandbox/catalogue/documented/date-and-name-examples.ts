/** What the API document shows of releases by date and by tag, and artists it only names. */

import type { DocumentedArtist } from "./entry.js";

const datesAndTags: readonly DocumentedArtist[] = [
  {
    id: 198264,
    name: "Devils Claws",
    popularity: 0.08,
    tags: ["rock", "punk"],
    releaseCount: 2,
    releases: [
      {
        id: 445267,
        title: "Devils Claws E.P",
        version: "",
        type: "Album",
        barcode: "5055285610081",
        year: 2009,
        releaseDate: "2009-06-08T00:00:00+01:00",
        label: { id: 21856, name: "Brother Convention Records" },
        trackCount: 5,
      },
    ],
  },
  {
    id: 892,
    name: "Yeah Yeah Yeahs",
    popularity: 0.61,
    tags: ["rock", "indie-rock", "united-states"],
    releaseCount: 17,
    releases: [
      {
        id: 398603,
        title: "It's Blitz!",
        version: "",
        type: "Album",
        year: 2009,
        releaseDate: "2009-04-06T00:00:00+01:00",
        popularity: 0.97,
        tags: ["rock", "indie-rock", "2000s"],
        trackCount: 10,
      },
    ],
  },
  {
    id: 83112,
    name: "Stereo Avenue",
    popularity: 0.27,
    tags: ["rock", "pop"],
    releaseCount: 3,
    releases: [
      {
        id: 416648,
        title: "In Stereo",
        version: "",
        type: "Album",
        year: 2009,
        releaseDate: "2009-01-12T00:00:00Z",
        tags: ["rock", "pop"],
        trackCount: 11,
      },
    ],
  },
];

const names: readonly DocumentedArtist[] = [
  {
    id: 14,
    name: "The Charlatans",
    sortName: "Charlatans, The",
    popularity: 0.53,
    tags: ["rock", "britpop", "united-kingdom"],
    releaseCount: 27,
    releases: [],
  },
  { id: 20, name: "Coldplay", popularity: 0.77, tags: ["rock", "united-kingdom", "pop"], releaseCount: 36, releases: [] },
  { id: 144641, name: "P J Harvey", popularity: 0.45, tags: ["rock", "alternative", "united-kingdom"], releaseCount: 15, releases: [] },
  { id: 17168, name: "P J Proby", popularity: 0.12, tags: ["pop", "1960s"], releaseCount: 9, releases: [] },
];

export const dateAndNameExamples: readonly DocumentedArtist[] = [...datesAndTags, ...names];
