/** `npm run codegen`: generates test/generated when the schema or a document has changed since; `--force` always does. Tests and checks
 *  call it first, so a fresh clone needs no step of its own and what is generated need not be committed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const generated = join(root, "test/generated");
const stamp = join(generated, "made-from.sha256");

/** Throws with codegen's own words when a document does not fit the schema. */
export function generateWhenStale(force = false): "fresh" | "generated" {
  const digest = digestOfInputs();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return "fresh";
  rmSync(generated, { recursive: true, force: true });
  const bin = join(resolve(createRequire(import.meta.url).resolve("@graphql-codegen/cli"), "../.."), "esm/bin.js");
  const run = spawnSync(process.execPath, [bin, "--config", "codegen.ts"], { cwd: root, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`graphql-codegen failed\n${run.stdout}${run.stderr}`);
  writeFileSync(stamp, digest);
  return "generated";
}

/** Every file that codegen reads: the schema, the example operations, and the tests that use what it generates. */
function digestOfInputs(): string {
  const tests = filesBelow("test", ".ts").filter((name) => !name.startsWith("test/generated/"));
  const documents = tests.filter((name) => readFileSync(join(root, name), "utf8").includes("generated/"));
  const hash = createHash("sha256");
  for (const name of ["codegen.ts", "schema/schema.graphql", ...filesBelow("schema/operations", ".graphql"), ...documents]) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest("hex");
}

function filesBelow(directory: string, extension: string): string[] {
  const names = readdirSync(join(root, directory), { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => name.endsWith(extension))
    .map((name) => `${directory}/${name}`)
    .sort();
}

if (process.argv[1] === import.meta.filename) {
  console.log(`test/generated: ${generateWhenStale(process.argv.includes("--force"))}`);
}
