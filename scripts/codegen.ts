/** `npm run codegen`: generates test/generated when the schema or a document has changed since; `--force` always does. Tests and checks
 *  call it first, so a fresh clone needs no step of its own and what is generated need not be committed. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import { filesBelow, generateWhenChanged, root, runGenerator } from "./generator.js";

const generated = join(root, "test/generated");

/** @throws Error in codegen's own words, if a document does not fit the schema. */
export function generateWhenStale(force = false): "fresh" | "generated" {
  return generateWhenChanged({ stamp: join(generated, "made-from.sha256"), inputs: inputs(), generate }, force);
}

function generate(): void {
  rmSync(generated, { recursive: true, force: true });
  const program = join(resolve(createRequire(import.meta.url).resolve("@graphql-codegen/cli"), "../.."), "esm/bin.js");
  runGenerator("graphql-codegen", program, ["--config", "codegen.ts"], root);
}

/** The schema, the example operations, and the tests that use what codegen makes. */
function inputs(): readonly string[] {
  const tests = filesBelow("test", ".ts").filter((name) => !name.startsWith("test/generated/"));
  const documents = tests.filter((name) => readFileSync(join(root, name), "utf8").includes("generated/"));
  return ["codegen.ts", "schema/schema.graphql", ...filesBelow("schema/operations", ".graphql"), ...documents];
}

if (process.argv[1] === import.meta.filename) {
  console.log(`test/generated: ${generateWhenStale(process.argv.includes("--force"))}`);
}
