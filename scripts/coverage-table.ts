/** Judges how much of the API is built, from plain facts: gathers nothing itself. */
import type { ApiMethod, Verb } from "./api-methods.js";

export interface Declared {
  readonly path: string;
  readonly verb: Verb;
}

/** The methods found in each place, spelled as they are there. */
export interface Found {
  readonly declared: readonly Declared[];
  readonly sandbox: readonly string[];
  readonly graph: readonly string[];
  readonly tested: readonly string[];
}

const PLACES = ["declared", "sandbox", "graph", "tested"] as const;
export type Place = (typeof PLACES)[number];
const ADVICE: Readonly<Record<Place, string>> = {
  declared: "declare it in a slice's endpoints.ts or endpoints/, or say in scripts/later-methods.ts why not",
  sandbox: "let the sandbox answer it",
  graph: "name it in extensions.upstream of a field, or say in scripts/later-methods.ts why it has no field",
  tested: 'begin a test\'s title with its path: it("<path>: ...")',
};

export interface Row extends ApiMethod {
  readonly present: readonly Place[];
  /** Where it has to be and is not. */
  readonly missing: readonly Place[];
}

/** The known methods, then those that src declares and no list has, which must be as complete. */
export function coverageRows(methods: readonly ApiMethod[], found: Found): readonly Row[] {
  const listed = methods.map(({ path }) => path);
  const unlisted = found.declared.filter(({ path }) => !includes(listed, path));
  const beyond = [...new Set(unlisted.map(({ path }) => path))].map((path) => ({ path, section: "Beyond the document" }));
  return [...methods, ...beyond].map((method) => {
    const present = PLACES.filter((place) => isIn(place, method, found));
    return { ...method, present, missing: placesNeeded(method).filter((place) => !present.includes(place)) };
  });
}

function isIn(place: Place, { path, verb }: ApiMethod, found: Found): boolean {
  if (place !== "declared") return includes(found[place], path);
  const same = found.declared.filter((one) => one.path.toLowerCase() === path.toLowerCase());
  return same.some((one) => verb === undefined || one.verb === verb);
}

/** A method without a field is only there for clients that call it by its declaration. */
function placesNeeded({ noField, notDeclared }: ApiMethod): readonly Place[] {
  if (notDeclared !== undefined) return [];
  return noField === undefined ? PLACES : ["declared", "tested"];
}

/** What is wrong, one sentence each; empty when all is well. */
export function coverageFailures(rows: readonly Row[]): readonly string[] {
  return rows.flatMap((row) => {
    const name = nameOf(row);
    const gaps = row.missing.map(
      (place) => `${name} is not ${place === "declared" || place === "tested" ? place : `in the ${place}`}: ${ADVICE[place]}`,
    );
    if (row.notDeclared !== undefined && row.present.includes("declared")) gaps.push(`${name} is declared: remove why it is not`);
    if (row.noField !== undefined && row.present.includes("graph")) gaps.push(`${name} has a field: remove why it has none`);
    return gaps;
  });
}

export type Standing = "complete" | "incomplete" | "without a field" | "not declared";

export function standingOf({ missing, noField, notDeclared }: Row): Standing {
  if (missing.length > 0) return "incomplete";
  if (notDeclared !== undefined) return "not declared";
  return noField === undefined ? "complete" : "without a field";
}

/** For people. */
export function coverageTable(rows: readonly Row[]): string {
  const cells = (row: Row, place: Place) => (row.missing.includes(place) ? "-" : isShown(row, place) ? "yes" : "");
  const width = Math.max(26, ...rows.map((row) => nameOf(row).length + 1));
  const lines = rows.map((row) =>
    [row.section.padEnd(20), nameOf(row).padEnd(width), ...PLACES.map((place) => cells(row, place).padEnd(9))].join("").trimEnd(),
  );
  const head = ["section".padEnd(20), "method".padEnd(width), ...PLACES.map((place) => place.padEnd(9))].join("").trimEnd();
  return [head, ...lines, summary(rows)].join("\n");
}

/** Other verbs of the path may be tested, say, where this one is not declared. */
function isShown({ present, notDeclared }: Row, place: Place): boolean {
  return notDeclared === undefined && present.includes(place);
}

function summary(rows: readonly Row[]): string {
  const count = (standing: Standing) => rows.filter((row) => standingOf(row) === standing).length;
  return `${count("complete")} of ${rows.length} methods complete, ${count("without a field")} without a field, ${count("not declared")} not declared`;
}

/** The path, with a verb that is not GET. */
export function nameOf({ verb = "GET", path }: Pick<ApiMethod, "verb" | "path">): string {
  return verb === "GET" ? path : `${verb} ${path}`;
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
  const titles = [...source.matchAll(/(?:\b(?:it|test)(?:\.\w+)*|[\])])\(\s*["'`]([A-Za-z][\w/{}.-]*)[ :]/g)].map(
    (match) => match[1] ?? "",
  );
  return paths.filter((path) => includes(titles, path));
}

/** Methods are spelled in any case, there and here. */
export function includes(paths: readonly string[], path: string): boolean {
  return paths.some((other) => other.toLowerCase() === path.toLowerCase());
}
