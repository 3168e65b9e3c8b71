/** Judges how much of the API document is built, from plain facts: gathers nothing itself. */
import type { ApiMethod } from "./api-methods.js";

/** The methods found in each place, spelled as they are there. */
export interface Found {
  readonly declared: readonly string[];
  readonly sandbox: readonly string[];
  readonly graph: readonly string[];
  readonly tested: readonly string[];
}

const PLACES = ["declared", "sandbox", "graph", "tested"] as const;
type Place = (typeof PLACES)[number];
const ADVICE: Readonly<Record<Place, string>> = {
  declared: "declare it in a slice's endpoints.ts or endpoints/",
  sandbox: "let the sandbox answer it",
  graph: "name it in extensions.upstream of a field",
  tested: 'begin a test\'s title with its path: it("<path>: ...")',
};

interface Row extends ApiMethod {
  readonly missing: readonly Place[];
}

/** The document's methods, then those that src declares beyond the document, which must be as complete. */
export function coverageRows(methods: readonly ApiMethod[], found: Found): readonly Row[] {
  const listed = new Set(methods.map(({ path }) => path.toLowerCase()));
  const beyond = found.declared.filter((path) => !listed.has(path.toLowerCase())).map((path) => ({ path, section: "Beyond the document" }));
  return [...methods, ...beyond].map((method) => ({ ...method, missing: PLACES.filter((place) => !includes(found[place], method.path)) }));
}

/** What is wrong, one sentence each; empty when all is well. */
export function coverageFailures(rows: readonly Row[]): readonly string[] {
  return rows.flatMap(({ path, missing }) =>
    missing.map((place) => `${path} is not ${place === "declared" || place === "tested" ? place : `in the ${place}`}: ${ADVICE[place]}`),
  );
}

/** For people. */
export function coverageTable(rows: readonly Row[]): string {
  const lines = rows.map(({ path, section, missing }) =>
    [section.padEnd(20), path.padEnd(26), ...PLACES.map((place) => (missing.includes(place) ? "-" : "yes").padEnd(9))].join("").trimEnd(),
  );
  const done = rows.filter(({ missing }) => missing.length === 0).length;
  const head = ["section".padEnd(20), "method".padEnd(26), ...PLACES.map((place) => place.padEnd(9))].join("").trimEnd();
  return [head, ...lines, `${done} of ${rows.length} methods complete`].join("\n");
}

/** The method headings of the API document: lines that are a path, or a single word followed by what the method does. */
export function headingsOf(apiDocument: string): readonly string[] {
  const lines = apiDocument.split(/\r?\n/).map((line) => line.trim());
  return lines.filter((line, index) => {
    if (/^[a-z]+(\/[A-Za-z]+)+$/.test(line)) return true;
    return /^[a-z]+$/.test(line) && (lines[index + 1] ?? "").startsWith("This method");
  });
}

/** The methods that the titles of a test file begin with: `it("artist/details: ...")`, `it.each(rows)("tag ...")`. */
export function methodsTestedIn(source: string, paths: readonly string[]): readonly string[] {
  const titles = [...source.matchAll(/(?:\b(?:it|test)(?:\.\w+)*|[\])])\(\s*["'`]([A-Za-z/{}]+)[ :]/g)].map((match) => match[1] ?? "");
  return paths.filter((path) => includes(titles, path));
}

/** Methods are spelled in any case, there and here. */
export function includes(paths: readonly string[], path: string): boolean {
  return paths.some((other) => other.toLowerCase() === path.toLowerCase());
}
