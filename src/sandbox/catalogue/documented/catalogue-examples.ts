/** What the catalogue methods of the API document show: releases, tracks, charts and searches. */

import type { DocumentedArtist } from "./entry.js";

const dreams: DocumentedArtist = {
  id: 29755,
  name: "The Whitest Boy Alive",
  sortName: "Whitest Boy Alive, The",
  popularity: 0.42,
  tags: ["electronic", "indie-rock", "pop"],
  releaseCount: 6,
  releases: [
    {
      id: 155408,
      title: "Dreams",
      version: "UK",
      type: "Album",
      barcode: "00602517512078",
      year: 2007,
      explicit: false,
      slug: "dreams-1",
      releaseDate: "2007-10-22T00:00:00+01:00",
      addedDate: "2007-10-11T12:18:29+01:00",
      label: { id: 40, name: "Universal-Island Records Ltd." },
      licensor: { id: 1, name: "Universal" },
      popularity: 0.38,
      tags: ["rock", "pop", "electronic", "indie-rock", "2000s"],
      prices: { GB: "7.99" },
      trackCount: 10,
      tracks: [
        {
          id: 1628015,
          number: 1,
          title: "Burning",
          version: "",
          duration: 189,
          explicit: false,
          isrc: "DED620600065",
          prices: { GB: "0.79" },
        },
        { number: 2, title: "Golden Cage" },
        { number: 3, title: "Fireworks" },
        { number: 4, title: "Done With You" },
        { number: 5, title: "Don't Give Up" },
        { number: 6, title: "Figures" },
        { number: 7, title: "Borders" },
        { number: 8, title: "Inflation" },
        { number: 9, title: "All Ears" },
        { number: 10, title: "Above You" },
      ],
    },
  ],
};

const dandyWarhols: DocumentedArtist = {
  id: 437,
  name: "The Dandy Warhols",
  sortName: "Dandy Warhols, The",
  popularity: 0.48,
  tags: ["rock", "indie-rock", "1990s"],
  releaseCount: 18,
  releases: [
    {
      id: 1302,
      title: "...The Dandy Warhols Come Down",
      version: "",
      type: "Album",
      year: 1997,
      releaseDate: "2004-10-04T00:00:00+01:00",
      slug: "the-dandy-warhols-come-down",
      trackCount: 13,
      tracks: [{ id: 12345, number: 5, title: "I Love You", version: "", duration: 252, explicit: false, isrc: "USCA29600191" }],
    },
  ],
};

const charts: readonly DocumentedArtist[] = [
  {
    id: 162872,
    name: "The Last Shadow Puppets",
    sortName: "Last Shadow Puppets, The",
    popularity: 0.66,
    tags: ["rock", "indie-rock", "united-kingdom"],
    releaseCount: 8,
    releases: [],
  },
  {
    id: 245310,
    name: "Florence + The Machine",
    popularity: 0.7,
    tags: ["indie-rock", "pop", "united-kingdom"],
    releaseCount: 14,
    releases: [
      {
        id: 484694,
        title: "Lungs",
        version: "",
        type: "Album",
        barcode: "00602527116761",
        year: 2009,
        releaseDate: "2009-07-06T00:00:00+01:00",
        popularity: 0.78,
        trackCount: 13,
      },
    ],
  },
  {
    id: 7059,
    name: "The Pussycat Dolls",
    sortName: "Pussycat Dolls, The",
    popularity: 0.64,
    tags: ["pop", "r-b", "2000s"],
    releaseCount: 16,
    releases: [
      {
        title: "When I Grow Up",
        version: "",
        type: "Single",
        year: 2008,
        releaseDate: "2008-09-08T00:00:00+01:00",
        trackCount: 2,
        tracks: [{ id: 3540260, number: 1, title: "When I Grow Up", version: "" }],
      },
    ],
  },
];

const searches: readonly DocumentedArtist[] = [
  { id: 226, name: "Pink", popularity: 0.8, tags: ["pop", "rock", "2000s"], releaseCount: 34, releases: [] },
  {
    id: 304,
    name: "Radiohead",
    popularity: 0.74,
    tags: ["rock", "alternative", "united-kingdom"],
    releaseCount: 30,
    releases: [
      {
        id: 145882,
        title: "No Surprises",
        version: "",
        type: "Video",
        barcode: "0094637383858",
        year: 1998,
        releaseDate: "2007-12-10T00:00:00Z",
        trackCount: 1,
        tracks: [{ number: 1, title: "No Surprises" }],
      },
    ],
  },
  {
    id: 17541,
    name: "Erlend Øye",
    popularity: 0.31,
    tags: ["electronic", "folk"],
    releaseCount: 5,
    releases: [
      {
        id: 34281,
        title: "Sudden Rush",
        version: "",
        type: "Single",
        barcode: "0724355187055",
        year: 2003,
        releaseDate: "2003-04-21T00:00:00+01:00",
        trackCount: 3,
        tracks: [{ number: 1, title: "Sudden Rush" }],
      },
    ],
  },
  {
    id: 52873,
    name: "Leona Naess",
    popularity: 0.22,
    tags: ["pop", "folk"],
    releaseCount: 4,
    releases: [
      {
        title: "Leona Naess",
        type: "Album",
        year: 2003,
        releaseDate: "2008-01-14T00:00:00Z",
        trackCount: 12,
        tracks: [{ id: 2855447, number: 4, title: "Happy", version: "" }],
      },
    ],
  },
];

export const catalogueExamples: readonly DocumentedArtist[] = [dreams, dandyWarhols, ...charts, ...searches];
