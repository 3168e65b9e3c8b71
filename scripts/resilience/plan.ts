/** What clients do, and when: the same for the same seed. They read pages of a shop, put things into baskets, and buy. */
import { Chance } from "../chaos/chance.js";
import { pages, type Page } from "../simulate/pages.js";
import { subjectOf } from "../simulate/visits.js";
import { Zipf } from "../simulate/zipf.js";

export const kinds = ["read", "basket", "purchase"] as const;
export type Kind = (typeof kinds)[number];

export interface Planned {
  readonly kind: Kind;
  /** After the beginning. */
  readonly atMs: number;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** Who sends it: a user of the partner's, or an address without credentials. */
  readonly from: { readonly userId: string } | { readonly address: string };
  /** Of a purchase. Its sale in the sandbox carries it as a tag. */
  readonly key?: string;
}

/** What is for sale, and where it is put. */
export interface Goods {
  readonly offers: readonly Offer[];
  readonly baskets: readonly string[];
}

export interface Offer {
  readonly itemId: string;
  readonly quote: string;
}

/** Of a hundred operations, some more and some less. */
const weights = [
  [85, "read"],
  [10, "basket"],
  [5, "purchase"],
] as const satisfies readonly (readonly [number, Kind])[];

/** Pages of each sort are about so many things, the k-th of which is wanted as often as 1 ÷ k to this power. */
const subjects = 100;
const exponent = 0.9;
/** Some are about one of many others, which no copy has asked for yet: without them nothing but the caches would be measured. */
const rareShare = 0.03;
const rarest = 100_000;
/** Each address asks a few times a minute. */
const addresses = 4000;

export const tag = "resilience";
const buy =
  "mutation ($input: ItemPurchaseInput!) { payload: itemPurchase(input: $input) { " +
  "attempt { status purchase { purchaseId } } userErrors { code message } } }";
const add =
  "mutation ($input: BasketLinesAddInput!) { payload: basketLinesAdd(input: $input) { basket { amountDue { amount } } userErrors { code } } }";

export function userIdOf(user: number): string {
  return `buyer-${String(user)}`;
}

/** Without end. Operations arrive independently of each other, so at times several at once. */
export function* operationsOf(seed: number, rate: number, goods: Goods): Generator<Planned> {
  const chance = new Chance(seed, 0);
  const popularity = new Zipf(subjects, exponent);
  let purchases = 0;
  for (let atMs = 0; ;) {
    atMs += (-Math.log(1 - chance.share()) * 1000) / rate;
    const kind = chance.weighted<Kind>(weights);
    if (kind === "read") yield { kind, atMs, ...readOf(chance, popularity) };
    else if (kind === "basket") yield { kind, atMs, ...basketChangeOf(chance, goods) };
    // Each user buys once: what one may buy in a minute is limited.
    else yield { kind, atMs, ...purchaseOf(chance, goods, purchases++) };
  }
}

type Content = Omit<Planned, "kind" | "atMs">;

/** All that is wanted often. */
export function popularReads(): readonly Pick<Planned, "query" | "variables">[] {
  return pages.flatMap((page) => {
    const ranks = page.about === "chart" ? [1] : Array.from({ length: subjects }, (_, nth) => nth + 1);
    return ranks.flatMap((rank) => {
      const subject = subjectOf(page, rank);
      return subject === undefined ? [] : [{ query: page.document, variables: variablesOf(page, subject) }];
    });
  });
}

function variablesOf({ about }: Page, subject: string): Planned["variables"] {
  return about === "chart" ? {} : { subject };
}

function readOf(chance: Chance, popularity: Zipf): Content {
  const page = pageOf(chance);
  let subject: string | undefined;
  const isRare = chance.happens(rareShare);
  while (subject === undefined) {
    subject = subjectOf(page, isRare ? chance.between(subjects + 1, rarest) : popularity.rankOf(chance.share()));
  }
  const address = chance.between(1, addresses);
  const from = { address: `10.1.${String(Math.floor(address / 250))}.${String(address % 250)}` };
  return { query: page.document, variables: variablesOf(page, subject), from };
}

function pageOf(chance: Chance): Page {
  let left = chance.share() * pages.reduce((sum, { weight }) => sum + weight, 0);
  return pages.find(({ weight }) => (left -= weight) < 0) ?? pages[0];
}

function basketChangeOf(chance: Chance, { baskets, offers }: Goods): Content {
  const [basketId, { itemId }] = [one(chance, baskets), one(chance, offers)];
  return { query: add, variables: { input: { basketId, lines: [{ itemId }] } }, from: { userId: userIdOf(0) } };
}

function purchaseOf(chance: Chance, { offers }: Goods, nth: number): Content & { readonly key: string } {
  const { itemId, quote } = one(chance, offers);
  const key = `${tag}-${String(nth).padStart(8, "0")}`;
  const input = { itemId, quote, idempotencyKey: key, salesTags: [{ key: tag, value: key }] };
  return { query: buy, variables: { input }, from: { userId: userIdOf(nth) }, key };
}

function one<T>(chance: Chance, from: readonly T[]): T {
  const found = from[chance.between(0, from.length - 1)];
  if (found === undefined) throw new Error("There is nothing to choose from.");
  return found;
}
