/** Copies text, because V8's slices keep their whole document alive: one cached release would keep a 60 KB chart in memory. */

const longestShared = 40;
const mostShared = 8192;
const shared = new Map<string, string>();

/** The same text with its own characters. Short texts (types, currencies, labels, names) are shared between all values. */
export function intern(text: string): string {
  if (text.length > longestShared) return ownCopy(text);
  const known = shared.get(text);
  if (known !== undefined) return known;
  if (shared.size === mostShared) shared.clear();
  const own = ownCopy(text);
  shared.set(own, own);
  return own;
}

/** The same text with its own characters, shared with no other value: for what concerns one person. */
export function ownCopy(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8");
}
