/** The tags, most used first, and the styles artists are given: a style is a handful of tags that go together. */

import type { Slice, Range, Tag } from "../model.js";
import { documentedTags, tagTotal } from "./documented/answers.js";
import { documentedArtists } from "./documented/items.js";
import { hash, pick } from "./hash.js";
import { slice } from "./slice.js";

const genres = words(
  "dance electronic alternative indie-rock hip-hop jazz folk classical r-b soul metal punk country blues reggae house techno ambient funk disco britpop grime dubstep trance ska gospel opera latin",
);
const countries = words("united-kingdom united-states ireland france germany sweden canada australia japan brazil");
const decades = words("2000s 1990s 1980s 1970s 1960s");
const moods = words(
  "dream post neo deep acid progressive psychedelic hard soft dark chamber art free garage space modern roots urban nordic celtic",
);
const others = words("live acoustic instrumental soundtrack christmas spoken-word female-vocalists singer-songwriter classic-rock comedy");

/** Documented first, then genres, decades, countries, and mood by mood the finer styles until 629 are together. */
const ids: readonly string[] = [
  ...new Set([
    ...documentedTags.map((tag) => tag.id),
    ...genres,
    ...decades,
    ...countries,
    ...others,
    ...documentedArtists.flatMap((artist) => artist.tags),
    ...moods.flatMap((mood) => ["rock", "pop", ...genres].map((genre) => `${mood}-${genre}`)),
    ...words("vocal hi-nrg world").flatMap((mood) => ["rock", "pop", ...genres].map((genre) => `${mood}-${genre}`)),
  ]),
].slice(0, tagTotal);

const tagsById = new Map(ids.map((id, place) => [id, { id, text: id === "r-b" ? "R&B" : id.replace(/-/g, " "), count: countAt(place) }]));

export function tagById(id: string): Tag | undefined {
  return tagsById.get(id.trim().toLowerCase().replace(/ /g, "-"));
}

export function allTags(range: Range): Slice<Tag> {
  return slice(ids.length, range, (index) => tagsById.get(ids[index] ?? "") ?? { id: "", text: "", count: 0 });
}

function countAt(place: number): number {
  return documentedTags[place]?.count ?? Math.round(42_000 / (place - 1) ** 1.08);
}

export interface Style {
  readonly tags: readonly string[];
  /** First year of the decade the style belongs to, where it belongs to one. */
  readonly decade: number | null;
}

/** As many as a few hundred artists share each. */
export const styleCount = 1259;

const mostRelated = 20;

export const styles: readonly Style[] = Array.from({ length: styleCount }, (_, place) => styleAt(place));

function styleAt(place: number): Style {
  const tags = new Set<string>();
  // Every tag begins some style, so that no tag is without artists.
  if (place < ids.length) tags.add(ids[place] ?? "");
  tags.add(hash(61, place) % 5 < 2 ? "pop" : hash(61, place) % 5 < 4 ? "rock" : pick(genres, 62, place));
  tags.add(pick(genres, 63, place));
  if (hash(64, place) % 2 === 0) tags.add(pick(countries, 65, place));
  if (hash(66, place) % 3 === 0) tags.add(pick(["rock", "pop"], 67, place));
  const carried = [...tags];
  const decade = carried.find((tag) => decades.includes(tag)) ?? (hash(68, place) % 3 === 0 ? pick(decades, 69, place) : undefined);
  if (decade === undefined) return { tags: carried, decade: null };
  return { tags: [...carried.filter((tag) => !decades.includes(tag)), decade], decade: Number(decade.slice(0, 4)) };
}

/** Tags that the styles with all the given tags have besides them. */
export function relatedTags(given: readonly string[], range: Range): Slice<Tag> | undefined {
  const known = given.map((tag) => tagById(tag)?.id ?? tag);
  if (!known.some((id) => tagsById.has(id))) return undefined;
  const times = new Map<string, number>();
  for (const place of stylesWith(known))
    for (const tag of styles[place]?.tags ?? []) if (!known.includes(tag)) times.set(tag, (times.get(tag) ?? 0) + 1);
  const related = [...times].sort(([, a], [, b]) => b - a).slice(0, mostRelated);
  return slice(related.length, range, (index) => tagById(related[index]?.[0] ?? "") ?? { id: "", text: "", count: 0 });
}

/** Places of the styles that carry all the tags. */
export function stylesWith(tags: readonly string[]): number[] {
  return styles.flatMap((style, place) => (tags.every((tag) => style.tags.includes(tag)) ? [place] : []));
}

function words(text: string): readonly string[] {
  return text.split(" ");
}
