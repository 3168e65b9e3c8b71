/** Values for the arguments of random operations: known items, odd ones, ones that do not exist, and now and then a wrong value. */
import { irregular } from "../../src/sandbox/catalogue/irregular.js";
import { createCatalogue } from "../../src/sandbox/catalogue/catalogue.js";
import type { Chance } from "./chance.js";

const catalogue = createCatalogue();
const nowhere = "999999999";
const artists = ["1", ...Object.values(irregular.artists).map(String)];
const releases = ["155408", "302123", "1302", ...Object.values(irregular.releases).map(String)];
const tracks = ["1628015", "12345", ...Object.values(irregular.tracks).map(String)];
const tags = ["rock", "pop", "indie-rock", "electronic", "2000s", "r-b", "deep-jazz", "world-opera", "live", "no-such-tag"];
const lists = ["featured_albums", "new_releases", "promo_selection", "preorders", "staff_recommendations", "no_such_list"];
const shopLists = ["home1", "home2", "tabAlbums", "tabRecommended", "best-of-2014"];
const artistPages = ["keane", "pink", "the-charlatans"];
const releasePages = ["keane/release/perfect-symmetry-6", "the-whitest-boy-alive/release/dreams-1"];
const otherPages = ["artist/keane/release/no-such-release", "artist/no-such-artist", "help"];
const wordsToFind = ["keane", "love", "21", "über", "<3", "rock & roll", "a", "1989", "  blue moon "];
const days = ["2008-08-01", "2009-06-01", "2010-03-15", "2011-11-11", "2012-02-29"];
const stores = ["DE", "GB", "US", "FR", "JP"];
const shops = ["34", "36", "1064"];

type Make = (chance: Chance) => unknown;

const odd = 0.03;

function artistId(chance: Chance): string {
  return chance.in(odd) ? nowhere : chance.in(0.2) ? String(chance.between(1000, 200_000)) : chance.pick(artists);
}

function releaseId(chance: Chance): string {
  return chance.in(odd) ? nowhere : chance.in(0.2) ? String(chance.between(2000, 800_000)) : chance.pick(releases);
}

function trackId(chance: Chance): string {
  return chance.in(odd) ? nowhere : chance.pick(tracks);
}

/** With its release, with another one, or without. */
function globalTrackId(chance: Chance): string {
  if (chance.in(0.3)) return `track:${onOneRelease(chance)}`;
  const id = trackId(chance);
  const on = catalogue.track(Number(id))?.releaseId ?? 155408;
  return chance.in(0.5) ? `track:${id}:${on}` : chance.in(0.2) ? `track:${id}:155408` : `track:${id}`;
}

function onOneRelease(chance: Chance): string {
  const { items } = catalogue.tracksOf(155408, { offset: 0, limit: 5 });
  return `${chance.pick(items).id}:155408`;
}

function shopList(chance: Chance): string {
  return chance.in(odd) ? chance.pick(["empty", "no-such-list"]) : chance.pick(shopLists);
}

function page(chance: Chance, pages: readonly string[]): string {
  return `https://www.7digital.com/${chance.in(odd) ? chance.pick(otherPages) : `artist/${chance.pick(pages)}`}`;
}

const globalIds: readonly Make[] = [
  (chance) => `artist:${artistId(chance)}`,
  (chance) => `release:${releaseId(chance)}`,
  globalTrackId,
  (chance) => `tag:${chance.pick(tags)}`,
  (chance) => `editorialList:${chance.pick(lists)}`,
  (chance) => `merchandisingList:${shopList(chance)}`,
];

function globalId(chance: Chance): string {
  return chance.in(odd) ? "nothing of ours" : (chance.pick(globalIds)(chance) as string);
}

const several =
  (one: Make): Make =>
  (chance) => {
    const made = Array.from({ length: chance.between(1, 4) }, () => one(chance));
    return chance.in(0.3) ? [...made, made[0]] : made;
  };

const country: Make = (chance) => (chance.in(0.15) ? null : chance.pick(stores));
const shopId: Make = (chance) => (chance.in(odd) ? "no shop" : chance.in(0.15) ? null : chance.pick(shops));
const day: Make = (chance) => chance.pick(days);

/** By "Type.field.argument", "field.argument" or "argument"; the first that is found counts. */
const makers: Readonly<Record<string, Make>> = {
  "artist.id": artistId,
  "release.id": (chance) => (chance.in(0.3) ? `release:${releaseId(chance)}` : releaseId(chance)),
  "track.id": (chance) => (chance.in(0.5) ? globalTrackId(chance) : trackId(chance)),
  // Seldom the right one: whoever knows it sends it with the id.
  "track.releaseId": (chance) => (chance.in(0.9) ? null : chance.pick(["155408", "release:1302"])),
  "tag.id": (chance) => chance.pick(tags),
  "node.id": globalId,
  "nodes.ids": several(globalId),
  "artistsById.ids": several(artistId),
  "releasesById.ids": several(releaseId),
  "tracksById.ids": several(globalTrackId),
  "tagged.tags": (chance) => chance.some(tags.slice(0, 5), chance.between(1, 2)),
  "artistByUrl.url": (chance) => page(chance, [...artistPages, ...releasePages]),
  "releaseByUrl.url": (chance) => page(chance, chance.in(odd) ? artistPages : releasePages),
  "editorialList.key": (chance) => chance.pick(lists),
  "merchandisingList.key": shopList,
  // Two of an artist are an input error, which calls nothing although it was planned.
  "releases.types": (chance) => chance.some(["ALBUM", "SINGLE", "VIDEO"], chance.in(odd) ? 2 : chance.between(0, 1)),
  startingWith: (chance) => chance.pick(["k", "the", "Ü", "zz", "4"]),
  query: (chance) => (chance.in(odd) ? " " : chance.pick(wordsToFind)),
  width: (chance) => (chance.in(odd) ? 0 : chance.pick([33, 150, 400, 1000])),
  // Days of a range that is one, but for a few.
  from: (chance) => (chance.in(odd) ? "2012-12-12" : chance.pick(days.slice(0, 2))),
  to: (chance) => chance.pick(days.slice(2)),
  until: (chance) => (chance.in(0.3) ? null : day(chance)),
  country,
  shopId,
  first: (chance) => (chance.in(0.01) ? 101 : chance.in(0.02) ? chance.between(6, 60) : chance.between(1, 5)),
  offset: (chance) => (chance.in(0.02) ? 100_000 : chance.between(0, 12)),
  after: (chance) => (chance.in(0.05) ? "no cursor" : String(chance.between(0, 12))),
};

/** Undefined where nobody has thought of the argument: then its type alone decides. */
export function valueFor(field: string, argument: string, chance: Chance): unknown {
  return (makers[`${field}.${argument}`] ?? makers[argument])?.(chance);
}
