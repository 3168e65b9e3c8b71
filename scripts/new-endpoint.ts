/** `npm run new-endpoint -- artist/match/byId [--slice catalogue]`: adds the declaration of one method to the file of its subject, and writes
 *  a test that fails until it is completed. Of existing text it changes only imports. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, posix } from "node:path";
import { parseArgs } from "node:util";

const SLICES = ["catalogue", "media", "basket", "locker", "purchase", "account", "service"];
const PATH = /^[a-z][A-Za-z0-9]*(-[a-z]+)*(\/([a-z][A-Za-z0-9]*(-[a-z]+)*|\{[a-z]\w*\}))*$/;

export interface Written {
  readonly endpoint: string;
  readonly test: string;
  readonly name: string;
}

/** `artist/match/byId` → `artistMatchById`, `users/{id}/update` → `usersIdUpdate`. */
export function endpointName(path: string): string {
  return path.replaceAll("}", "").replace(/[/-]\{?([a-z])/g, (_slash, letter: string) => letter.toUpperCase());
}

/** `artist/match/byId` → `artist-match-by-id`. */
export function endpointFileName(path: string): string {
  return endpointName(path).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Where a method is declared: the catalogue has a file for each subject, every other slice has one file. */
function declarationFile(path: string, slice: string): string {
  return slice === "catalogue" ? `src/catalogue/endpoints/${path.replace(/\/.*/, "")}.ts` : `src/${slice}/endpoints.ts`;
}

/** Writes below `root` and gives the paths in it. Throws, and writes nothing, where the name is not a method's, the method is declared already
 *  or the test exists. */
export function writeEndpoint(root: string, path: string, slice: string): Written {
  if (!PATH.test(path)) throw new Error(`"${path}" is not a method's path: write it as the API document does, e.g. artist/match/byId`);
  if (!SLICES.includes(slice)) throw new Error(`There is no slice "${slice}"; the slices are ${SLICES.join(", ")}`);
  const name = endpointName(path);
  const endpoint = declarationFile(path, slice);
  const test = `test/unit/${slice}/endpoints/${endpointFileName(path)}.test.ts`;
  const declaring = filesWithDeclarations(root).find((file) => declares(readFileSync(join(root, file), "utf8"), path, name));
  if (declaring !== undefined) throw new Error(`${path} is declared already, in ${declaring}`);
  if (existsSync(join(root, test))) throw new Error(`${test} exists already`);
  const existing = existsSync(join(root, endpoint)) ? readFileSync(join(root, endpoint), "utf8") : headText(path);
  for (const [written, text] of [
    [endpoint, `${withImports(existing, endpoint, slice)}\n${declarationText(path, name, slice)}`],
    [test, testText(path, name, posix.relative(dirname(test), endpoint).replace(/\.ts$/, ".js"))],
  ] as const) {
    mkdirSync(dirname(join(root, written)), { recursive: true });
    writeFileSync(join(root, written), text);
  }
  return { endpoint, test, name };
}

function filesWithDeclarations(root: string): readonly string[] {
  if (!existsSync(join(root, "src"))) return [];
  const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).map((file) => `src/${file.replaceAll("\\", "/")}`);
  return files.filter((file) => /^src\/[^/]+\/endpoints(\/[^/]+)?\.ts$/.test(file));
}

/** Methods are spelled in any case. */
function declares(source: string, path: string, name: string): boolean {
  return source.toLowerCase().includes(`path: "${path.toLowerCase()}"`) || new RegExp(`\\bconst ${name}\\b`).test(source);
}

/** What every declaration uses, and the module below src that has it. */
const USED = [
  ["id", "upstream/request/params.js"],
  ["inside", "upstream/xml/decode.js"],
  ["token", "upstream/xml/values.js"],
] as const;

function withImports(source: string, file: string, slice: string): string {
  const declare: readonly [string, string] =
    slice === "catalogue" ? ["catalogueRead", "catalogue/catalogue-read.js"] : ["endpoint", "upstream/endpoint.js"];
  return [declare, ...USED].reduce(
    (text, [name, module]) => withImport(text, name, posix.relative(dirname(file), `src/${module}`)),
    source,
  );
}

function withImport(source: string, name: string, module: string): string {
  const existing = [...source.matchAll(/^import \{([^}]*)\} from "([^"]*)";$/gm)];
  const same = existing.find(([, , from]) => from === module);
  const names = same?.[1]?.split(",").map((one) => one.trim()) ?? [];
  if (names.includes(name)) return source;
  const line = `import { ${[...names, name].filter((one) => one !== "").join(", ")} } from "${module}";`;
  if (same !== undefined) return source.replace(same[0], () => line);
  const last = existing.at(-1);
  return last === undefined ? `${source}${line}\n` : source.replace(last[0], (before) => `${before}\n${line}`);
}

function headText(path: string): string {
  return `/** Methods whose paths begin with ${path.replace(/\/.*/, "")}. */\n`;
}

function declarationText(path: string, name: string, slice: string): string {
  const [declare, kind] = slice === "catalogue" ? ["catalogueRead", ""] : ["endpoint", '  auth: "key",\n  effect: "read",\n'];
  return `/** ${path}: what it gives, in one line. */
export const ${name} = ${declare}({
  path: "${path}",
${kind}  params: { exampleId: id },
  result: inside("exampleElement", token),
});
`;
}

function testText(path: string, name: string, module: string): string {
  return `import { expect, it } from "vitest";
import { ${name} } from "${module}";

it("${path}: is declared as the API document tells", () => {
  expect(${name}.path).toBe("${path}");
  expect(Object.keys(${name}.params), "the method's own parameters").not.toContain("exampleId");
  expect.fail("write what a real answer of ${path} decodes to");
});
`;
}

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { slice: { type: "string", default: "catalogue" } } });
  const path = positionals[0];
  if (path === undefined || positionals.length > 1) throw new Error("Usage: npm run new-endpoint -- artist/match/byId [--slice catalogue]");
  const { endpoint, test, name } = writeEndpoint(join(import.meta.dirname, ".."), path, values.slice);
  console.log(`Written: ${name} in ${endpoint}
         ${test}
Next:
  1. In the endpoint: params and result; outside the catalogue also auth and effect (read, write or money: what it does, not its verb).
  2. Let the sandbox answer ${path} (src/sandbox), by its own reading of the document.
  3. Write the test until \`npx vitest run ${test}\` passes.
  4. Call ${name} from a loader of the slice, and name "${path}" in extensions.upstream of the field that costs it.
  5. \`npm run schema\`, then \`npm run check\`: the coverage table must show it everywhere.`);
}

if (process.argv[1] === import.meta.filename) {
  try {
    main();
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}
