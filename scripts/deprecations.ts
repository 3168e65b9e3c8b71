/** Finds what docs/deprecation.md forbids in schema/operator.graphql: a deprecation without the day after which it is removed, or one whose day
 *  has passed. */
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { getLocation, Kind, parse, visit, type Source } from "graphql";
import { isDay } from "../src/formats/moments.js";

const removal = / Removed after (\d{4}-\d{2}-\d{2})\.$/;

/** @param today As YYYY-MM-DD. @returns One sentence for each problem. */
export function deprecationProblems(sdl: string, today: string): readonly string[] {
  const problems: string[] = [];
  visit(parse(sdl), {
    Directive({ name, arguments: given = [], loc }) {
      if (name.value !== "deprecated") return;
      const value = given.find((argument) => argument.name.value === "reason")?.value;
      const problem = problemOf(value?.kind === Kind.STRING ? value.value : "", today);
      if (problem !== undefined) problems.push(`${lineOf(loc)}: ${problem}`);
    },
  });
  return problems;
}

function problemOf(reason: string, today: string): string | undefined {
  const day = removal.exec(reason)?.[1];
  if (day === undefined || !isDay(day)) return `End the reason with "Removed after YYYY-MM-DD.": "${reason}"`;
  return day < today ? `Remove it, its day has passed: "${reason}"` : undefined;
}

function lineOf(loc: { readonly source: Source; readonly start: number } | undefined): string {
  return loc === undefined ? "?" : `line ${String(getLocation(loc.source, loc.start).line)}`;
}

if (process.argv[1] === import.meta.filename) {
  const sdl = readFileSync(resolve(import.meta.dirname, "../schema/operator.graphql"), "utf8");
  const problems = deprecationProblems(sdl, new Date().toISOString().slice(0, 10));
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
