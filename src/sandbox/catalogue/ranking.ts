/** Puts long lists of seats in order. Sorting numbers in a typed array is many times quicker than comparing tens of thousands of
 *  items one with another. */

/** Room for the place of a seat in a list below the digits of its measure. */
const places = 0x400000;

/** Falling by a measure of whole numbers; equals keep their order. */
export function sortedFalling(seats: readonly number[], measure: (seat: number) => number): number[] {
  const keys = Float64Array.from(seats, (seat, at) => measure(seat) * places - at)
    .sort()
    .reverse();
  return Array.from(keys, (key) => seats[Math.ceil(key / places) * places - key] ?? 0);
}
