/** `npm run coverage`: the table of every method of the API document and where it stands; exits 1 on a gap
 *  and where the list differs from the document (when that is at hand). */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { isInterfaceType, isObjectType } from "graphql";
import { costOf } from "../src/graph/field-cost.js";
import { schema } from "../src/app/schema.js";
import { mediaMethods } from "../src/sandbox/sites/media/media-methods.js";
import { apiMethods } from "./api-methods.js";
import { coverageFailures, coverageRows, coverageTable, headingsOf, includes, methodsTestedIn } from "./coverage-table.js";

const root = resolve(import.meta.dirname, "..");
const listed = apiMethods.map(({ path }) => path);

function filesBelow(directory: string, matching: RegExp): string[] {
  if (!existsSync(join(root, directory))) return [];
  const names = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" });
  return names.map((name) => `${directory}/${name}`).filter((name) => matching.test(name));
}

/** The `path` of every value that the modules export, alone or in a list. */
async function exportedPaths(files: readonly string[]): Promise<string[]> {
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(root, file)).href) as Promise<Record<string, unknown>>));
  const values = modules
    .flatMap((module) => Object.values(module))
    .flatMap((value) => (Array.isArray(value) ? (value as unknown[]) : [value]));
  const paths = values.map((value) => (typeof value === "object" && value !== null && "path" in value ? value.path : undefined));
  return [...new Set(paths.filter((path) => typeof path === "string"))];
}

/** The methods that fields of the graph may call. */
function pathsInGraph(): string[] {
  const types = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) || isInterfaceType(type));
  return types
    .flatMap((type) => Object.values(type.getFields()))
    .flatMap((field) => {
      const { upstream } = costOf(field);
      return upstream === undefined ? [] : [upstream.method, ...(upstream.also ?? []).map(({ path }) => path)];
    });
}

/** What the list in api-methods.ts lacks or has too much, or undefined where the document is not at hand. */
function differencesFromDocument(): string[] | undefined {
  const given = process.env["SHARED_DIR"] ?? join(root, "../shared");
  const file = join(given, "api/7digital-api-1.2.txt");
  if (!existsSync(file)) return undefined;
  const headings = headingsOf(readFileSync(file, "utf8"));
  return [
    ...headings
      .filter((path) => !includes(listed, path))
      .map((path) => `${path} stands in the API document, but not in scripts/api-methods.ts`),
    ...listed
      .filter((path) => !includes(headings, path))
      .map((path) => `${path} stands in scripts/api-methods.ts, but not in the API document`),
  ];
}

const declared = await exportedPaths(filesBelow("src", /^src\/[^/]+\/endpoints(\/[^/]+)?\.ts$/));
const rows = coverageRows(apiMethods, {
  declared,
  // The media hosts are another site than the API, and the sandbox keeps their methods apart.
  sandbox: [...(await exportedPaths(filesBelow("src/sandbox", /\/methods(\/.*)?\.ts$/))), ...mediaMethods.keys()],
  graph: pathsInGraph(),
  tested: filesBelow("test", /\.test\.ts$/).flatMap((file) =>
    methodsTestedIn(readFileSync(join(root, file), "utf8"), [...listed, ...declared]),
  ),
});
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
