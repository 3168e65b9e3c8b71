/** The visits of some days, one after the other: when, which page, and about what. The same for the same seed. */
import { createCatalogue } from "../../src/sandbox/catalogue/catalogue.js";
import { Chance } from "../chaos/chance.js";
import { pages, session, type Page, type Subject } from "./pages.js";
import { Zipf } from "./zipf.js";

export interface Visit {
  readonly atMs: number;
  readonly page: Page;
  readonly subject: Subject;
  /** Popularity of the subject among its kind, from 1. */
  readonly rank: number;
  /** In [0, 1): which copy gets it. */
  readonly lot: number;
}

export const dayMs = 24 * 60 * 60 * 1000;
/** In the night there is least to do, and nine times as much twelve hours later. */
const quietestMs = 4 * 60 * 60 * 1000;
const swing = 0.8;

/** The sandbox's: 11 million tracks are on these releases. */
export const catalogueSize = { artists: 299_710, releases: 1_211_047 };

const catalogue = createCatalogue();
const { country } = session.store;

/** What the thing of a rank is called. IDs say nothing about an item in the sandbox, so they serve as ranks. Undefined where the store does not
 *  sell it. */
export function subjectOf({ about }: Page, rank: number): Subject | undefined {
  const known = subjects[about];
  let subject = known.get(rank);
  if (subject === undefined) known.set(rank, (subject = madeSubject(about, rank)));
  return subject ?? undefined;
}

/** Millions of visits are about fewer things. */
const subjects: Readonly<Record<Page["about"], Map<number, Subject | null>>> = {
  artist: new Map(),
  release: new Map(),
  search: new Map(),
  chart: new Map(),
};

function madeSubject(about: Page["about"], rank: number): Subject | null {
  if (about === "chart") return "";
  if (about === "search") return catalogue.artist(rank)?.name.trim() ?? null;
  if (about === "artist") return String(rank);
  const release = catalogue.release(rank);
  return release !== undefined && catalogue.isAvailable(release, { country, shopId: null }) ? String(rank) : null;
}

export class Visits {
  private readonly popularity: Readonly<Record<Page["about"], Zipf>>;

  /** @param perDay On average. */
  constructor(
    private readonly perDay: number,
    exponent: number,
    private readonly seed: number,
  ) {
    const artists = new Zipf(catalogueSize.artists, exponent);
    this.popularity = {
      artist: artists,
      search: artists,
      release: new Zipf(catalogueSize.releases, exponent),
      chart: new Zipf(1, exponent),
    };
  }

  /** From midnight on. */
  *of(days: number): Generator<Visit> {
    const chance = new Chance(this.seed, 0);
    const choices = pages.map((page) => [page.weight, page] as const) as unknown as Parameters<typeof chance.weighted<Page>>[0];
    for (let atMs = 0; ;) {
      const busy = 1 - swing * Math.cos((2 * Math.PI * (atMs - quietestMs)) / dayMs);
      atMs += (-Math.log(1 - chance.share()) * dayMs) / (this.perDay * busy);
      if (atMs >= days * dayMs) return;
      yield { atMs, ...this.pick(chance, chance.weighted(choices)), lot: chance.share() };
    }
  }

  private pick(chance: Chance, page: Page): Pick<Visit, "page" | "subject" | "rank"> {
    for (;;) {
      const rank = this.popularity[page.about].rankOf(chance.share());
      const subject = subjectOf(page, rank);
      if (subject !== undefined) return { page, subject, rank };
    }
  }
}
