/** Says whether every row of the two matrices, of what 7digital may do to us (F1 to F67) and of what clients may send (A1 to A66), has a test
 *  that passed. Reads the report that `npm test -- --reporter=json --outputFile=FILE` writes; a row's tests begin with its name. */
import { readFileSync } from "node:fs";

interface Report {
  readonly testResults: readonly { readonly assertionResults: readonly TestResult[] }[];
}

interface TestResult {
  readonly title: string;
  readonly ancestorTitles: readonly string[];
  readonly status: string;
}

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error("Usage: npm run matrix -- REPORT.json");
const { testResults } = JSON.parse(readFileSync(file, "utf8")) as Report;
const passed = testResults.flatMap(({ assertionResults }) => assertionResults).filter(({ status }) => status === "passed");
const tested = new Set(passed.flatMap(({ title, ancestorTitles }) => [title, ...ancestorTitles].flatMap(rowsAtStart)));
const rows = [...named("F", 67), ...named("A", 66)];
const missing = rows.filter((row) => !tested.has(row));
console.log(`rows of the matrices with a test that passed: ${String(rows.length - missing.length)} of ${String(rows.length)}`);
if (missing.length > 0) {
  console.log(`without one: ${missing.join(", ")}`);
  process.exitCode = 1;
}

/** "F19, F20: …" are tests of two rows. */
function rowsAtStart(title: string): readonly string[] {
  const [start = ""] = /^[FA]\d+(?:, [FA]\d+)*(?=[:\s]|$)/.exec(title) ?? [];
  return start === "" ? [] : start.split(", ");
}

function named(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${String(index + 1)}`);
}
