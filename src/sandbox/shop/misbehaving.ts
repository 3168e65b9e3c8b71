/** Releases that misbehave on purpose when they or their tracks are bought, as the test cards of payment services do. In every other
 *  respect they are well behaved: audio, sold in Britain as a whole and track by track. The cheat sheet lists them. */

/** What goes wrong with an answer although the method was executed. */
export type Mishap = "reset" | "hang" | "internal-error" | "half";

export const misbehaving = {
  /** Costs a pound (or euro…) more than its details say, until a purchase at the old price was refused. */
  priceChanges: 3047,
  chargesThenResets: 3069,
  chargesThenHangs: 3070,
  /** Answers 9001 with HTTP status 500. */
  chargesThenFails: 3117,
  /** Answers half of the document. */
  chargesThenAnswersHalf: 3206,
  /** Never answers, and charges nothing. */
  hangs: 3215,
} as const;

/** What happens, for the cheat sheet. */
export const misbehaviours: Readonly<Record<keyof typeof misbehaving, string>> = {
  priceChanges: "costs 1.00 more than its details say: 3004, and from then on the details show the new price (the release only)",
  chargesThenResets: "charges, then drops the connection",
  chargesThenHangs: "charges, then never answers",
  chargesThenFails: "charges, then answers 9001 with HTTP status 500",
  chargesThenAnswersHalf: "charges, then answers with half of the document",
  hangs: "never answers, and charges nothing",
};

const mishaps: ReadonlyMap<number, Mishap> = new Map([
  [misbehaving.chargesThenResets, "reset"],
  [misbehaving.chargesThenHangs, "hang"],
  [misbehaving.chargesThenFails, "internal-error"],
  [misbehaving.chargesThenAnswersHalf, "half"],
]);

/** What befalls the answer to a purchase that was made. */
export function mishapAfter(releaseIds: readonly number[]): Mishap | undefined {
  return releaseIds.map((releaseId) => mishaps.get(releaseId)).find((mishap) => mishap !== undefined);
}

/** The purchase is neither made nor refused. */
export function hangsBefore(releaseIds: readonly number[]): boolean {
  return releaseIds.includes(misbehaving.hangs);
}
