/** What the editorial, basket, purchase, delivery and locker methods of the API document show. */

import type { DocumentedArtist } from "./entry.js";

const editorial: readonly DocumentedArtist[] = [
  {
    id: 590,
    name: "R.E.M.",
    popularity: 0.69,
    tags: ["rock", "alternative", "united-states"],
    releaseCount: 40,
    releases: [
      {
        id: 1136112,
        title: "Collapse Into Now",
        version: "",
        type: "Album",
        explicit: false,
        slug: "collapse-into-now",
        year: 2011,
        releaseDate: "2011-03-07T00:00:00Z",
        trackCount: 12,
      },
    ],
  },
  {
    id: 5845,
    name: "Queens Of The Stone Age",
    popularity: 0.63,
    tags: ["rock", "alternative", "united-states"],
    releaseCount: 19,
    releases: [
      {
        id: 1165337,
        title: "Queens Of The Stone Age",
        version: "",
        type: "Album",
        explicit: false,
        slug: "queens-of-the-stone-age-1",
        year: 1998,
        releaseDate: "2011-02-28T00:00:00Z",
        trackCount: 14,
      },
    ],
  },
];

const baskets: readonly DocumentedArtist[] = [
  {
    id: 64027,
    name: "Ghetto",
    popularity: 0.14,
    tags: ["hip-hop", "grime", "united-kingdom"],
    releaseCount: 5,
    releases: [
      {
        id: 224820,
        title: "Test",
        type: "Single",
        year: 2008,
        releaseDate: "2008-05-19T00:00:00+01:00",
        trackCount: 2,
        tracks: [{ id: 2458384, number: 1, title: "Test", version: "", prices: { DE: "0.99", GB: "0.99" } }],
      },
      {
        id: 160553,
        title: "Ghetto Sound",
        type: "Album",
        year: 2007,
        releaseDate: "2007-11-05T00:00:00Z",
        trackCount: 12,
        tracks: [{ id: 1693930, number: 3, prices: { GB: "0.99" } }],
      },
    ],
  },
  {
    id: 106,
    name: "U2",
    popularity: 0.75,
    tags: ["rock", "pop", "ireland"],
    releaseCount: 45,
    releases: [
      {
        id: 123,
        title: "Even Better Than The Real Thing",
        version: "Remix",
        type: "Single",
        year: 1992,
        releaseDate: "2004-09-06T00:00:00+01:00",
        trackCount: 3,
      },
    ],
  },
];

const purchases: readonly DocumentedArtist[] = [
  {
    id: 357,
    name: "Beastie Boys",
    popularity: 0.6,
    tags: ["hip-hop", "united-states", "1990s"],
    releaseCount: 28,
    releases: [
      {
        id: 1,
        title: "Ill Communication",
        version: "",
        type: "Album",
        year: 1994,
        releaseDate: "2009-07-13T00:00:00+01:00",
        trackCount: 20,
        tracks: [
          { id: 789, number: 5, title: "Root Down", version: "" },
          { id: 456, number: 6, title: "Sabotage", version: "" },
        ],
      },
      {
        id: 786,
        title: "Root Down",
        type: "Single",
        year: 1995,
        releaseDate: "2004-10-11T00:00:00+01:00",
        trackCount: 4,
        tracks: [{ id: 6598, number: 1, prices: { GB: "0.99" } }],
      },
    ],
  },
  {
    id: 1194,
    name: "Patti Smith",
    popularity: 0.44,
    tags: ["rock", "punk", "united-states"],
    releaseCount: 22,
    releases: [
      {
        id: 302123,
        title: "Original Album Classics",
        version: "",
        type: "Album",
        slug: "original-album-classics",
        year: 2008,
        releaseDate: "2008-06-16T00:00:00+01:00",
        trackCount: 29,
        tracks: [{ id: 3544116, number: 1, title: "Gloria", version: "Digitally Remastered 1996" }],
      },
    ],
  },
  {
    id: 7041,
    name: "The Smashing Pumpkins",
    sortName: "Smashing Pumpkins, The",
    popularity: 0.67,
    tags: ["rock", "alternative", "1990s"],
    releaseCount: 24,
    releases: [
      {
        id: 10147,
        title: "Siamese Dream",
        version: "",
        type: "Album",
        year: 1993,
        slug: "siamese-dream",
        releaseDate: "2005-04-05T00:00:00+01:00",
        trackCount: 13,
        tracks: [{ id: 103818, number: 1, title: "Cherub Rock", version: "" }],
      },
    ],
  },
];

/** Ids of examples that tell nothing but the id: a preview, a download. */
const bareIds: DocumentedArtist = {
  id: 24117,
  name: "David Hasselhoff",
  popularity: 0.2,
  tags: ["pop", "1980s"],
  releaseCount: 7,
  releases: [
    {
      id: 123456,
      title: "Jump In My Car",
      type: "Single",
      year: 2006,
      releaseDate: "2006-10-02T00:00:00+01:00",
      trackCount: 3,
      tracks: [
        { id: 123456, number: 1, title: "Jump In My Car" },
        { id: 123, number: 2 },
      ],
    },
  ],
};

export const shopExamples: readonly DocumentedArtist[] = [...editorial, ...baskets, ...purchases, bareIds];
