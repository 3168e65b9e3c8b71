/** Makes text from an answer fit to be kept: V8 gives slices of 13 characters and more that hold on to the whole document they
 *  were cut from, so one cached release would keep a 60 KB chart alive. */

const longestShared = 40;
const mostShared = 8192;
const shared = new Map<string, string>();

/** The same text, owning its characters. Short texts (types, currencies, labels, names) are shared between all who keep them. */
export function keptText(text: string): string {
  if (text.length > longestShared) return copy(text);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size === mostShared) shared.clear();
  const own = copy(text);
  shared.set(own, own);
  return own;
}

function copy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
