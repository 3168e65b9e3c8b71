/** `npm run new-endpoint -- artist/match/byId [--slice catalogue]`: writes the declaration of one method and a test that fails until it is
 *  written. Changes no existing file. */
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";

const SLICES = ["catalogue", "media", "basket", "locker", "purchase", "account"];
const PATH = /^[a-z][A-Za-z0-9]*(\/[a-z][A-Za-z0-9]*)*$/;

export interface Written {
  readonly endpoint: string;
  readonly test: string;
  readonly name: string;
}

/** `artist/match/byId` → `artistMatchById`. */
export function endpointName(path: string): string {
  return path.replace(/\/([a-z])/g, (_slash, letter: string) => letter.toUpperCase());
}

/** `artist/match/byId` → `artist-match-by-id`. */
export function endpointFileName(path: string): string {
  return endpointName(path).replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

/** Writes both files below `root` and gives their paths in it. Throws where the name is not a method's or a file exists. */
export function writeEndpoint(root: string, path: string, slice: string): Written {
  if (!PATH.test(path)) throw new Error(`"${path}" is not a method's path: write it as the API document does, e.g. artist/match/byId`);
  if (!SLICES.includes(slice)) throw new Error(`There is no slice "${slice}"; the slices are ${SLICES.join(", ")}`);
  const name = endpointName(path);
  const file = endpointFileName(path);
  const endpoint = `src/${slice}/endpoints/${file}.ts`;
  const test = `test/${slice}/endpoints/${file}.test.ts`;
  for (const existing of [endpoint, test].filter((written) => existsSync(join(root, written))))
    throw new Error(`${existing} exists already`);
  for (const [written, text] of [
    [endpoint, endpointText(path, name)],
    [test, testText(path, name, slice, file)],
  ] as const) {
    mkdirSync(dirname(join(root, written)), { recursive: true });
    writeFileSync(join(root, written), text);
  }
  return { endpoint, test, name };
}

function endpointText(path: string, name: string): string {
  return `/** ${path}: what it gives, in one line. */
import { endpoint } from "../../upstream/endpoint.js";
import { inside } from "../../upstream/xml/decode.js";
import { id } from "../../upstream/request/params.js";
import { text } from "../../upstream/xml/values.js";

export const ${name} = endpoint({
  path: "${path}",
  auth: "key",
  effect: "read",
  params: { exampleId: id },
  result: inside("exampleElement", text),
});
`;
}

function testText(path: string, name: string, slice: string, file: string): string {
  return `import { expect, it } from "vitest";
import { ${name} } from "../../../src/${slice}/endpoints/${file}.js";

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
  console.log(`Written: ${endpoint}
         ${test}
Next:
  1. In the endpoint: auth, effect (read, write or money: what it does to the world, not its verb), params, result.
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
