/** Deals words to seats like cards: every run of `size` seats gets each card exactly once, each run in another order. So every
 *  seat has a word, and for a word the seats that got it are found by arithmetic instead of an index. */

import { hash } from "./hash.js";
import { inverse } from "./permutation.js";

export interface Deck {
  cardAt(seat: number): number;
  /** The seat of the `run`-th stretch of seats that got the card. */
  seatWith(card: number, run: number): number;
}

export function deck(size: number, salt: number): Deck {
  const factors: { readonly forth: number; readonly back: number }[] = [];
  for (let forth = 2; forth < size; forth++) {
    const back = inverse(forth, size);
    if ((forth * back) % size === 1) factors.push({ forth, back });
  }
  const factorOf = (run: number): { readonly forth: number; readonly back: number } =>
    factors[hash(salt, run) % factors.length] ?? { forth: 1, back: 1 };
  const shiftOf = (run: number): number => hash(salt + 1, run) % size;
  return {
    cardAt(seat) {
      const run = Math.floor(seat / size);
      return ((seat - run * size) * factorOf(run).forth + shiftOf(run)) % size;
    },
    seatWith(card, run) {
      return run * size + ((((card - shiftOf(run) + size) % size) * factorOf(run).back) % size);
    },
  };
}
