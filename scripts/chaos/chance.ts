/** Chance that comes out alike for the same seed, wherever and whenever it is asked. */

/** mulberry32. */
function generator(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

export class Chance {
  private readonly next: () => number;

  /** One of its own for every run, so that a run is the same alone as among thousands. */
  constructor(seed: number, run: number) {
    const first = generator(seed ^ Math.imul(run + 1, 0x9e3779b1));
    // Neighbouring seeds begin alike.
    this.next = generator(Math.floor(first() * 2 ** 32));
  }

  /** In [0, 1). */
  share(): number {
    return this.next();
  }

  happens(probability: number): boolean {
    return this.next() < probability;
  }

  /** Whole, both ends included. */
  between(least: number, most: number): number {
    return least + Math.floor(this.next() * (most - least + 1));
  }

  pick<T>(from: readonly [T, ...T[]]): T {
    return from[this.between(0, from.length - 1)] ?? from[0];
  }

  /** @param choices With their weights. */
  weighted<T>(choices: readonly [readonly [number, T], ...(readonly [number, T])[]]): T {
    let left = this.next() * choices.reduce((sum, [weight]) => sum + weight, 0);
    for (const [weight, choice] of choices) {
      left -= weight;
      if (left < 0) return choice;
    }
    return choices[0][1];
  }
}
