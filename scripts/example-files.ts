/** `npm run example-files`: generates what the examples need and Git does not keep: typed documents, and what relay-compiler makes. Tests
 *  and checks call it first, like codegen. It does nothing where the packages of the examples are not installed, or nothing has changed. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, introspectionFromSchema, type IntrospectionQuery } from "graphql";
import { filesBelow, generateWhenChanged, root, runGenerator } from "./generator.js";

const examples = join(root, "examples");

type Outcome = "not installed" | "fresh" | "generated";

/** @throws Error in the generator's own words, if a document does not fit the schema. */
export function generateExampleFiles(force = false): Outcome {
  if (!existsSync(join(examples, "node_modules"))) return "not installed";
  const stamp = join(examples, "codegen/generated/made-from.sha256");
  return generateWhenChanged({ stamp, inputs: inputs(), generate }, force);
}

function generate(): void {
  for (const folder of ["codegen", "shop"]) run(folder, "@graphql-codegen/cli/esm/bin.js", ["--config", "codegen.ts"]);
  // relay-compiler writes only what has changed, and adds to a file of operations that is there.
  const ofRelay = join(examples, "relay/generated");
  rmSync(ofRelay, { recursive: true, force: true });
  mkdirSync(ofRelay);
  writeFileSync(join(ofRelay, "operations.json"), "{}");
  writeFileSync(join(examples, "urql/generated/introspection.json"), JSON.stringify(introspect()));
  run("relay", "relay-compiler/cli.js", ["relay.config.json"]);
}

function run(folder: string, program: string, args: readonly string[]): void {
  runGenerator(program, join(examples, "node_modules", program), args, join(examples, folder));
}

/** The schema as graphcache wants it. */
function introspect(): IntrospectionQuery {
  return introspectionFromSchema(buildSchema(readFileSync(join(root, "schema/schema.graphql"), "utf8")), { descriptions: false });
}

function inputs(): readonly string[] {
  const sources = ["apollo", "codegen", "relay", "shop", "urql"].flatMap((folder) =>
    filesBelow(`examples/${folder}`, ".ts", ".tsx", ".json").filter((name) => !name.includes("/generated/")),
  );
  return ["schema/schema.graphql", "examples/package-lock.json", ...sources];
}

if (process.argv[1] === import.meta.filename) {
  console.log(`files of the examples: ${generateExampleFiles(process.argv.includes("--force"))}`);
}
