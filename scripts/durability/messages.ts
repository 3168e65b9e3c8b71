/** What a worker of `npm run durability` and its parent say to each other, one line of JSON each. */

/** Of a worker. Everything it says has been acknowledged by the store. */
export type Said =
  | { readonly kind: "claimed"; readonly key: string; readonly id: string }
  | { readonly kind: "settled"; readonly key: string; readonly id: string }
  /** What was found under a key that the parent had it look at. */
  | {
      readonly kind: "read";
      readonly key: string;
      readonly id: string | undefined;
      readonly state: string | undefined;
      readonly asked: Asked;
    }
  /** The store refused: nothing was acknowledged. */
  | { readonly kind: "refused"; readonly why: string };

/** To a worker: another one has acknowledged this; find it. */
export interface Asked {
  readonly key: string;
  readonly id: string;
  readonly state: "INTENT" | "SUCCEEDED";
}

export const scope = "scope-of-the-durability-script";

/** Everything is bought for a release of its own, so that only its key is in its way. */
export function releaseOf(key: string): string {
  return `release-of-${key}`;
}
