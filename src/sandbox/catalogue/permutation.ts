/** From seats to ids and back. A seat is a place in the arithmetic order (artist after artist, release after release); an id is
 *  what the API shows. The way between them is a bijection, and a few seats are pinned to the ids of the API document. */

export interface Permutation {
  readonly size: number;
  /** Ids run from 1 to `size`. */
  idOf(seat: number): number;
  /** Undefined for what is no id. */
  seatOf(id: number): number | undefined;
}

/** Seats times `stride` modulo `size`. */
export function permutation(size: number, stride: number, pins: ReadonlyMap<number, number> = new Map()): Permutation {
  const step = coprimeFrom(stride, size);
  const back = inverse(step, size);
  const pinnedIds = new Map<number, number>();
  const pinnedSeats = new Map<number, number>();
  const idOf = (seat: number): number => pinnedIds.get(seat) ?? multiply(seat, step, size) + 1;
  const seatAt = (id: number): number => pinnedSeats.get(id) ?? multiply(id - 1, back, size);

  for (const [seat, id] of pins) {
    // A swap keeps the bijection: the seat that had the id gets the one that this seat had.
    const freed = idOf(seat);
    const displaced = seatAt(id);
    pinnedIds.set(seat, id).set(displaced, freed);
    pinnedSeats.set(id, seat).set(freed, displaced);
  }
  return {
    size,
    idOf,
    seatOf: (id) => (Number.isInteger(id) && id >= 1 && id <= size ? seatAt(id) : undefined),
  };
}

/** Beyond 2^53 a product of two safe integers is no longer exact; the catalogue's sizes stay below. */
function multiply(a: number, b: number, modulus: number): number {
  return (a * b) % modulus;
}

function coprimeFrom(start: number, size: number): number {
  let candidate = start;
  while (greatestCommonDivisor(candidate, size) !== 1) candidate++;
  return candidate;
}

function greatestCommonDivisor(a: number, b: number): number {
  return b === 0 ? a : greatestCommonDivisor(b, a % b);
}

/** The number that undoes a multiplication by `a` modulo `modulus` (extended Euclid). */
export function inverse(a: number, modulus: number): number {
  let [previous, current] = [a % modulus, modulus];
  let [factor, next] = [1, 0];
  while (current !== 0) {
    const quotient = Math.floor(previous / current);
    [previous, current] = [current, previous - quotient * current];
    [factor, next] = [next, factor - quotient * next];
  }
  return ((factor % modulus) + modulus) % modulus;
}
