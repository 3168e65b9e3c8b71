/** What 7digital's answers weigh in a cache, and how long they may be cached: measured on answers of the sandbox. */
import { heapBytes } from "../../src/upstream/cache/heap-size.js";
import { Chance } from "../chaos/chance.js";
import { pages, type Page, type Reading } from "./pages.js";
import { catalogueSize, subjectOf } from "./visits.js";

export interface Sample {
  readonly cacheControl: string;
  /** Text that weighs as much as the decoded answer: a cache of millions is then no heap of millions. */
  readonly value: string;
}

/** Of a reading, for the thing of a rank. */
export type Samples = (reading: Reading, rank: number) => Sample;

/** Popular artists have more releases, so each magnitude of ranks has samples of its own. */
const ofMagnitude = 24;
const knuth = 2_654_435_761;
const emptyTextBytes = heapBytes("");

/** @param baseUrl Of the sandbox. */
export async function takeSamples(baseUrl: string, seed: number): Promise<Samples> {
  const taken = new Map<Reading, readonly (readonly Sample[])[]>();
  const chance = new Chance(seed, 1);
  for (const page of pages) {
    for (const reading of page.reads) {
      const magnitudes: Sample[][] = [];
      for (const ranks of ranksOf(page, chance)) {
        const subjects = ranks.map((rank) => subjectOf(page, rank)).filter((subject) => subject !== undefined);
        magnitudes.push(await Promise.all(subjects.map((subject) => sampleOf(reading, baseUrl, subject))));
      }
      taken.set(reading, magnitudes);
    }
  }
  return (reading, rank) => {
    const magnitudes = taken.get(reading) ?? [];
    const samples = magnitudes[Math.min(Math.floor(Math.log10(rank)), magnitudes.length - 1)] ?? [];
    const sample = samples[(Math.imul(rank, knuth) >>> 0) % samples.length];
    if (sample === undefined) throw new Error(`${reading.path} has no samples.`);
    return sample;
  };
}

/** For 1 to 9, 10 to 99, and so on. */
function ranksOf({ about }: Page, chance: Chance): readonly (readonly number[])[] {
  if (about === "chart") return [[1]];
  const most = about === "release" ? catalogueSize.releases : catalogueSize.artists;
  const magnitudes = Math.floor(Math.log10(most)) + 1;
  return Array.from({ length: magnitudes }, (_, magnitude) => {
    const last = Math.min(10 ** (magnitude + 1) - 1, most);
    return Array.from({ length: ofMagnitude }, () => chance.between(10 ** magnitude, last));
  });
}

async function sampleOf(reading: Reading, baseUrl: string, subject: string): Promise<Sample> {
  const query = new URLSearchParams([...reading.pairsOf(subject).map(([name, value]) => [name, value]), ["oauth_consumer_key", "sandbox"]]);
  const response = await fetch(`${baseUrl}/${reading.path}?${query.toString()}`);
  const value = reading.decode(Buffer.from(await response.arrayBuffer()));
  return { cacheControl: response.headers.get("cache-control") ?? "", value: textOf(heapBytes(value)) };
}

const texts = new Map<number, string>();

function textOf(bytes: number): string {
  const known = texts.get(bytes) ?? "x".repeat(Math.max(0, bytes - emptyTextBytes));
  texts.set(bytes, known);
  return known;
}
