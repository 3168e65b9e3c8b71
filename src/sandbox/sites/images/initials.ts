/** The letters that stand for a title or a name. */

const most = 3;
const longestNumber = 4;

/** "Dreams" is D, "The Whitest Boy Alive" is TWB, "1989" stays as it is. A note where there is neither letter nor digit. */
export function initials(text: string): string {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{N}\p{M}'’]*/gu) ?? [];
  const [first = ""] = words;
  if (/^\d+$/.test(first) && first.length <= longestNumber) return first;
  const letters = words.slice(0, most).map((word) => Array.from(word)[0] ?? "");
  return letters.join("").toLocaleUpperCase("en") || "♪";
}
