/** Seeded choice: the same numbers give the same choice in every process. It stands for chance everywhere in the catalogue,
 *  so that an item can be made from its id alone. Not for secrets. */

/** 32 well-mixed bits. `salt` names what is chosen, so that two choices about one id are independent. */
export function hash(salt: number, a: number, b = 0): number {
  let bits = Math.imul(salt ^ 0x9e3779b9, 0x85ebca6b) ^ Math.imul(a | 0, 0xc2b2ae35) ^ Math.imul((a / 0x100000000) | 0, 0x27d4eb2f);
  bits = Math.imul(bits ^ (bits >>> 15), 0x2c1b3c6d) ^ Math.imul(b + 0x7f4a7c15, 0x297a2d39);
  bits = Math.imul(bits ^ (bits >>> 12), 0x297a2d39);
  bits = Math.imul(bits ^ (bits >>> 15), 0x85ebca6b);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** At least 0, less than 1. */
export function fraction(salt: number, a: number, b = 0): number {
  return hash(salt, a, b) / 0x100000000;
}

/** True for about one in `oneIn`. */
export function falls(salt: number, a: number, oneIn: number): boolean {
  return hash(salt, a) % oneIn === 0;
}

export function pick<T>(list: readonly T[], salt: number, a: number, b = 0): T {
  const choice = list[hash(salt, a, b) % list.length];
  if (choice === undefined) throw new RangeError("nothing to pick from");
  return choice;
}

/** For texts: queries, keys, country codes. */
export function hashOfText(text: string): number {
  let bits = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) bits = Math.imul(bits ^ text.charCodeAt(at), 0x01000193);
  return hash(bits | 0, text.length);
}
