/** Headers of an answer, whose names no one tells apart by their case. */

/** A list is a header that is sent several times. */
export type Headers = Readonly<Record<string, string | readonly string[]>>;

/** Null is a header that is not sent. */
export type HeaderChanges = Readonly<Record<string, string | readonly string[] | null>>;

export function withHeaders(headers: Headers, changes: HeaderChanges): Headers {
  const left = Object.entries(mergedHeaders(headers, changes)).filter((pair): pair is [string, Headers[string]] => pair[1] !== null);
  return Object.fromEntries(left);
}

export function mergedHeaders(changes: HeaderChanges, later: HeaderChanges): HeaderChanges {
  const changed = new Set(Object.keys(later).map((name) => name.toLowerCase()));
  const kept = Object.entries(changes).filter(([name]) => !changed.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...later };
}

export function headerOf(headers: Headers, name: string): string | undefined {
  const [, value] = Object.entries(headers).find(([one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
  return typeof value === "object" ? value[0] : value;
}
