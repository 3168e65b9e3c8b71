/** `npm run check`: everything that is checked without running the product, two at a time, each named and timed. A step that fails
 *  shows what it said. The last line is `N passed, N failed`. */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { delimiter, join, resolve } from "node:path";

interface Step {
  readonly name: string;
  readonly command: readonly string[];
  /** A line of a passing step's output worth showing beside its name. */
  readonly tells?: RegExp;
}

const root = resolve(import.meta.dirname, "..");

/** Types, lint and dead code read what is generated, so it is made first. */
const first: readonly Step[] = [
  { name: "codegen: every document fits the schema", command: ["tsx", "scripts/codegen.ts", "--force"] },
  {
    name: "every document of the examples fits the schema",
    command: ["tsx", "scripts/example-files.ts", "--force"],
    tells: /not installed/,
  },
];
/** The longest first. */
const steps: Step[] = [
  { name: "lint (eslint: TypeScript and SDL)", command: ["eslint", ".", "--max-warnings", "0"] },
  { name: "types (tsc)", command: ["tsc", "--noEmit", "-p", "tsconfig.json"] },
  { name: "types of what browsers run (tsc)", command: ["tsc", "-p", "public"] },
  { name: "types of the examples of embedding (tsc)", command: ["tsc", "-p", "examples/embedding"] },
  { name: "coverage of the API", command: ["tsx", "scripts/coverage.ts", "--check"], tells: /\d+ of \d+ methods complete.*/ },
  { name: "dead code, exports and dependencies (knip)", command: ["knip"] },
  { name: "format (prettier)", command: ["prettier", "--check", "--log-level", "warn", "."] },
  {
    name: "direction of imports (dependency-cruiser)",
    command: ["depcruise", "src", "--config", ".dependency-cruiser.cjs"],
    tells: /\d+ modules.*cruised/,
  },
  { name: "printed schemas are what the code says", command: ["tsx", "scripts/schema.ts", "--check"] },
  { name: "error codes in README.md are what the code says", command: ["tsx", "scripts/errors.ts", "--check"] },
  { name: "cache configurations of the examples are what the schema says", command: ["tsx", "scripts/cache-config.ts", "--check"] },
  { name: "guides quote the examples as they are", command: ["tsx", "scripts/guides.ts", "--check"] },
  { name: "schema descriptions", command: ["tsx", "scripts/descriptions.ts"], tells: /\d+ of \d+ described/ },
  { name: "deprecations name the day of their removal", command: ["tsx", "scripts/deprecations.ts"] },
  {
    name: "breaking changes of the schema are announced",
    command: ["tsx", "scripts/schema-diff.ts"],
    tells: /\d+ unannounced.*|skipped.*/,
  },
];

interface Outcome {
  readonly passed: boolean;
  readonly output: string;
}

function run([program = "", ...args]: readonly string[]): Promise<Outcome> {
  const path = `${join(root, "node_modules/.bin")}${delimiter}${process.env["PATH"] ?? ""}`;
  return new Promise((settle) => {
    const child = spawn(program, args, {
      cwd: root,
      env: { ...process.env, PATH: path, NO_COLOR: "1", FORCE_COLOR: undefined },
      stdio: ["ignore", "pipe", "pipe"],
    });
    let output = "";
    const keep = (chunk: Buffer) => (output += chunk.toString());
    child.stdout.on("data", keep);
    child.stderr.on("data", keep);
    child.on("error", (error) => settle({ passed: false, output: error.message }));
    child.on("close", (code) => settle({ passed: code === 0, output }));
  });
}

async function perform({ name, command, tells }: Step): Promise<boolean> {
  const start = performance.now();
  const { passed, output } = await run(command);
  const shown = passed && tells ? (tells.exec(output)?.[0] ?? "") : "";
  console.log(`${passed ? "ok  " : "FAIL"} ${name}${shown && `: ${shown}`} (${((performance.now() - start) / 1000).toFixed(1)} s)`);
  if (!passed) console.log(output.trimEnd().replace(/^/gm, "     "));
  return passed;
}

const results: boolean[] = [];
for (const step of first) results.push(await perform(step));
/** The examples and the documentation site have packages of their own, which only someone who works on them installs. */
if (existsSync(join(root, "examples/node_modules")) || process.env["CI_NO_SKIP"] === "1") {
  steps.push({ name: "types of the examples (tsc)", command: ["tsc", "-p", "examples/tsconfig.json"] });
}
if (existsSync(join(root, "docs/site/node_modules")) || process.env["CI_NO_SKIP"] === "1") {
  steps.push({ name: "types of the documentation site (tsc)", command: ["tsc", "-p", "docs/site/tsconfig.json"] });
}
if (existsSync(join(root, "examples/gateways/node_modules")) || process.env["CI_NO_SKIP"] === "1") {
  steps.push({ name: "types of the gateways' examples (tsc)", command: ["tsc", "-p", "examples/gateways/tsconfig.json"] });
}
const queue = [...steps];
async function work(): Promise<void> {
  for (let step = queue.shift(); step; step = queue.shift()) results.push(await perform(step));
}
await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, work));

const passed = results.filter(Boolean).length;
console.log(`${passed} passed, ${results.length - passed} failed`);
process.exitCode = passed === results.length ? 0 : 1;
