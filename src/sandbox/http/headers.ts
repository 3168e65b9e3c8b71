/** Headers of a response. Their names are case-insensitive. */

/** A list is a header that is sent several times, null one that is not sent, not even by default. */
export type Headers = Readonly<Record<string, string | readonly string[] | null>>;

export function mergedHeaders(headers: Headers, later: Headers): Headers {
  const changed = new Set(Object.keys(later).map((name) => name.toLowerCase()));
  const kept = Object.entries(headers).filter(([name]) => !changed.has(name.toLowerCase()));
  return { ...Object.fromEntries(kept), ...later };
}

export function headerOf(headers: Headers, name: string): string | undefined {
  const [, value = null] = Object.entries(headers).find(([one]) => one.toLowerCase() === name.toLowerCase()) ?? [];
  return typeof value === "object" ? value?.[0] : value;
}

/** Lets pages of every origin read a response. None of these responses depends on a cookie. @see Fetch Standard, "CORS protocol" */
export const openToPages = { "Access-Control-Allow-Origin": "*" } as const;
