/** `npm run example-files`: generates what the examples need and Git does not keep: typed documents, and what relay-compiler makes. Tests
 *  and checks call it first, like codegen. It does nothing where the packages of the examples are not installed, or nothing has changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { buildSchema, introspectionFromSchema, type IntrospectionQuery } from "graphql";

const root = resolve(import.meta.dirname, "..");
const examples = join(root, "examples");
const stamp = join(examples, "codegen/generated/made-from.sha256");

type Outcome = "not installed" | "fresh" | "generated";

/** @throws Error in the generator's own words, if a document does not fit the schema. */
export function generateExampleFiles(force = false): Outcome {
  if (!existsSync(join(examples, "node_modules"))) return "not installed";
  const digest = digestOfInputs();
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return "fresh";
  for (const folder of ["codegen", "shop"]) run(folder, "@graphql-codegen/cli/esm/bin.js", ["--config", "codegen.ts"]);
  // relay-compiler writes only what has changed, and adds to a file of operations that is there.
  const ofRelay = join(examples, "relay/generated");
  rmSync(ofRelay, { recursive: true, force: true });
  mkdirSync(ofRelay);
  writeFileSync(join(ofRelay, "operations.json"), "{}");
  writeFileSync(join(examples, "urql/generated/introspection.json"), JSON.stringify(introspect()));
  run("relay", "relay-compiler/cli.js", ["relay.config.json"]);
  writeFileSync(stamp, digest);
  return "generated";
}

function run(folder: string, bin: string, args: readonly string[]): void {
  const child = spawnSync(process.execPath, [join(examples, "node_modules", bin), ...args], {
    cwd: join(examples, folder),
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`${bin} failed\n${child.stdout}${child.stderr}`);
}

/** The schema as graphcache wants it. */
function introspect(): IntrospectionQuery {
  return introspectionFromSchema(buildSchema(readFileSync(join(root, "schema/schema.graphql"), "utf8")), { descriptions: false });
}

/** Every file that a generator may read. */
function digestOfInputs(): string {
  const hash = createHash("sha256");
  const sources = ["apollo", "codegen", "relay", "shop", "urql"].flatMap((folder) =>
    readdirSync(join(examples, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /\.(tsx?|json)$/.test(name) && !/\bgenerated\b/.test(name))
      .map((name) => `examples/${folder}/${name}`),
  );
  for (const name of ["schema/schema.graphql", "examples/package-lock.json", ...sources.sort()]) {
    hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  }
  return hash.digest("hex");
}

if (process.argv[1] === import.meta.filename) {
  console.log(`files of the examples: ${generateExampleFiles(process.argv.includes("--force"))}`);
}
