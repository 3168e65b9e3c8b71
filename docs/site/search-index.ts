/** How texts are indexed and found. The build and the browser must agree on it. */
import type { Options } from "minisearch";

/** A page, or the part of one below a heading. */
export interface Entry {
  /** Address, with an anchor if it is a part. */
  readonly id: string;
  /** The heading. */
  readonly heading: string;
  /** Of the page; the same as the heading if the entry is a page. */
  readonly title: string;
  readonly text: string;
}

export const indexOptions: Options<Entry> = {
  fields: ["heading", "title", "text"],
  storeFields: ["heading", "title"],
  // Names like releaseChart are also found by their parts.
  tokenize: (text) =>
    text
      .split(/[^\p{L}\p{N}_]+/u)
      .flatMap((word) => [word, ...partsOf(word)])
      .filter((word) => word !== ""),
  searchOptions: {
    boost: { heading: 4, title: 2 },
    prefix: true,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
    combineWith: "AND",
    // What is called exactly as the words that were typed comes first, and a page before its parts.
    boostDocument: (id, term, stored) => {
      const isNamedSo = String(stored?.["heading"]).toLowerCase() === term.toLowerCase();
      return isNamedSo ? (String(id).includes("#") ? 4 : 16) : 1;
    },
    tokenize: (text) => text.split(/[^\p{L}\p{N}_]+/u).filter((word) => word !== ""),
  },
};

function partsOf(word: string): readonly string[] {
  const parts = word.split(/(?<=\p{Ll})(?=\p{Lu})|_/u);
  return parts.length > 1 ? parts : [];
}
