/** Text as it is compared and as it stands in an address: without accents, case or outer blanks. */

const letters: Readonly<Record<string, string>> = { ø: "o", æ: "ae", ß: "ss", ł: "l", đ: "d" };

export function fold(text: string): string {
  // Most names are plain ASCII, and normalising them costs more than all the rest of making them.
  const lower = text.toLowerCase();
  if (/^[\x20-\x7e]*$/.test(lower)) return lower.trim();
  return lower
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[øæßłđ]/g, (letter) => letters[letter] ?? letter)
    .trim();
}

/** "Angel's Kiss" has the words "angel" and "kiss", so that a search for an angel finds hers. */
export function wordsOf(text: string): string[] {
  const folded = fold(text);
  // Unicode classes make the pattern many times slower, and searches read thousands of titles.
  const words = folded.split(/^[\x20-\x7e]*$/.test(folded) ? /[^a-z0-9']+/ : /[^\p{L}\p{N}']+/u);
  return words.map((word) => word.replace(/'s?$/, "")).filter((word) => word !== "");
}

/** "…The Dandy Warhols Come Down" → "the-dandy-warhols-come-down". Never empty. */
export function slugOf(text: string): string {
  const dashed = fold(text).replace(/[^a-z0-9]+/g, "-");
  const slug = dashed.slice(dashed.startsWith("-") ? 1 : 0, dashed.endsWith("-") ? -1 : undefined);
  return slug === "" ? "untitled" : slug;
}
