/** `npm run coverage`: shows where every known method of the API stands and writes that to docs/coverage.md; exits 1 on a gap and where the
 *  list differs from the API document (when that is at hand). With `--check` it writes nothing, and exits 1 where the page is out of date. */
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { apiMethods } from "./api-methods.js";
import { fieldsByMethod, gatherFacts } from "./coverage-facts.js";
import { methodSection } from "./coverage-page.js";
import { coverageFailures, coverageRows, coverageTable, headingsOf, includes } from "./coverage-table.js";
import { laterMethods } from "./later-methods.js";
import { withSection, writeOrCheck } from "./write-or-check.js";

const root = resolve(import.meta.dirname, "..");
const documented = apiMethods.map(({ path }) => path);
const known = [...apiMethods, ...laterMethods];

/** What the list in api-methods.ts lacks or has too much, or undefined where the document is not at hand. */
function differencesFromDocument(): string[] | undefined {
  const given = process.env["SHARED_DIR"] ?? join(root, "../shared");
  const file = join(given, "api/7digital-api-1.2.txt");
  if (!existsSync(file)) return undefined;
  const headings = headingsOf(readFileSync(file, "utf8"));
  return [
    ...headings
      .filter((path) => !includes(documented, path))
      .map((path) => `${path} stands in the API document, but not in scripts/api-methods.ts`),
    ...documented
      .filter((path) => !includes(headings, path))
      .map((path) => `${path} stands in scripts/api-methods.ts, but not in the API document`),
  ];
}

const rows = coverageRows(known, await gatherFacts(known.map(({ path }) => path)));
console.log(coverageTable(rows));
const differences = differencesFromDocument();
console.log(
  differences
    ? `The list was compared with the API document.`
    : "skipped: the API document is not here to compare the list with (SHARED_DIR).",
);
const failures = [...coverageFailures(rows), ...(differences ?? [])];
for (const failure of failures) console.error(failure);
if (failures.length > 0) process.exitCode = 1;
const text = await withSection("docs/coverage.md", "methods", "npm run coverage", methodSection(rows, fieldsByMethod()));
writeOrCheck("docs/coverage.md", text, () => "docs/coverage.md is not what the code says. Run `npm run coverage` and commit it.");
