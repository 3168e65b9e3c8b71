/** `npm run package`: packs the package, installs it into an empty folder as its users do, and tries it there. The last line is
 *  `N passed, N failed`. Without npm's registry it reports that it is skipped, which is a failure under CI_NO_SKIP=1. */
import { spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");
const bin = join(root, "node_modules/.bin");
const work = mkdtempSync(join(tmpdir(), "package-"));
const consumer = join(work, "consumer");
const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { devDependencies: Record<string, string> };

interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** What npm tells the scripts that it runs would reach the npm in here. */
const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^(?:npm_|CI$)/i.test(name)));

function run(cwd: string, command: string, args: readonly string[], added: Readonly<Record<string, string>> = {}): Promise<Ran> {
  const child = spawn(command, args, { cwd, env: { ...environment, NO_COLOR: "1", ...added }, stdio: ["ignore", "pipe", "pipe"] });
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk: Buffer) => (output += chunk.toString()));
  return new Promise((settle) => {
    child.once("error", (error) => settle({ code: null, output: error.message }));
    child.once("close", (code) => settle({ code, output }));
  });
}

/** @throws Error with the output of a command that fails. */
async function succeed(...command: Parameters<typeof run>): Promise<string> {
  const { code, output } = await run(...command);
  if (code !== 0) throw new Error(`${command[1]} ${command[2].join(" ")}: exit code ${String(code)}\n${output}`);
  return output;
}

function expect(text: string, wanted: RegExp): void {
  if (!wanted.test(text)) throw new Error(`There is no ${String(wanted)} in:\n${text}`);
}

let tarball = "";

async function pack(): Promise<void> {
  await succeed(root, "npm", ["pack", "--pack-destination", work]);
  tarball = join(work, readdirSync(work).find((name) => name.endsWith(".tgz")) ?? "");
}

/** In a project that refuses packages that do not support this version of Node. */
async function install(): Promise<void> {
  mkdirSync(consumer);
  writeFileSync(join(consumer, "package.json"), JSON.stringify({ private: true, type: "module" }));
  const output = await succeed(consumer, "npm", ["install", "--engine-strict", "--no-audit", "--no-fund", tarball]);
  if (/EBADENGINE|ERESOLVE|deprecated/.test(output)) throw new Error(output);
  if (existsSync(join(consumer, "node_modules/typescript"))) throw new Error("It brings its development dependencies.");
}

async function ask(url: string): Promise<string> {
  const response = await fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query: `{ artist(id: "1") { name } }` }),
  });
  return response.text();
}

async function start(): Promise<void> {
  const child = spawn(process.execPath, ["node_modules/.bin/7digital-graphql", "start"], {
    cwd: consumer,
    env: { ...environment, PORT: "0" },
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    const said = await new Promise<string>((settle, fail) => {
      child.stdout.once("data", (chunk: Buffer) => settle(chunk.toString()));
      child.once("close", () => fail(new Error("It ended before it listened.")));
    });
    const url = /http:\/\/\S+\/graphql/.exec(said)?.[0] ?? "";
    expect(await ask(url), /"name":"Keane"/);
    const guide = await fetch(new URL("/guides/embedding", url));
    expect(await guide.text(), /createMiddleware/);
  } finally {
    child.kill("SIGINT");
  }
}

async function importAll(): Promise<void> {
  const script = `
    import { readFileSync } from "node:fs";
    import { fileURLToPath } from "node:url";
    import { graphql } from "graphql";
    const names = ["", "/middleware", "/sandbox", "/client", "/redirects"];
    for (const name of names) console.log(Object.keys(await import("7digital-graphql" + name)).join(" "));
    console.log(readFileSync(fileURLToPath(import.meta.resolve("7digital-graphql/schema.graphql")), "utf8").includes("type Query"));
    const { createGraph } = await import("7digital-graphql");
    const { schema, close } = await createGraph();
    console.log(JSON.stringify(await graphql({ schema, source: '{ artist(id: "1") { name } }' })));
    await close();
  `;
  const output = await succeed(consumer, process.execPath, ["--input-type=module", "--eval", script]);
  expect(
    output,
    /^ConfigError createGraph createServer environmentSettings\ncreateMiddleware\nstartSandbox\n.*createClient.*\nreadMediaError .*\ntrue\n.*Keane/,
  );
}

const resolutions = [
  ["node16", "node16"],
  ["nodenext", "nodenext"],
  ["esnext", "bundler"],
] as const;

async function compile([module, moduleResolution]: (typeof resolutions)[number]): Promise<void> {
  const compilerOptions = { module, moduleResolution, strict: true, skipLibCheck: false, noEmit: true, target: "es2022", types: ["node"] };
  const config = `tsconfig.${moduleResolution}.json`;
  writeFileSync(join(consumer, config), JSON.stringify({ compilerOptions, files: ["examples/types.ts"] }));
  await succeed(consumer, process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", config]);
}

/** Also proves that it works beside other packages. */
async function installTools(): Promise<void> {
  const tools = ["@types/express", "@types/node", "express", "fastify", "vitest"].map((name) => `${name}@${devDependencies[name] ?? ""}`);
  await succeed(consumer, "npm", ["install", "--no-audit", "--no-fund", ...tools]);
  cpSync(join(root, "examples/embedding"), join(consumer, "examples"), { recursive: true });
  // docs/embedding.md says why.
  const config = 'export default { resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] } };\n';
  writeFileSync(join(consumer, "vitest.config.js"), config);
}

async function compileExamples(): Promise<void> {
  const compilerOptions = { module: "nodenext", strict: true, skipLibCheck: true, noEmit: true, target: "es2022", types: ["node"] };
  writeFileSync(join(consumer, "tsconfig.json"), JSON.stringify({ compilerOptions, include: ["examples"] }));
  await succeed(consumer, process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "tsconfig.json"]);
}

const steps: readonly (readonly [name: string, run: () => Promise<unknown>])[] = [
  ["it packs", pack],
  ["publint finds nothing", () => succeed(root, join(bin, "publint"), [tarball, "--strict"])],
  [
    "its types resolve (attw)",
    () => succeed(root, join(bin, "attw"), [tarball, "--profile", "esm-only", "--exclude-entrypoints", "schema.graphql"]),
  ],
  ["it installs into an empty folder, every package for this version of Node", install],
  [
    "npx 7digital-graphql --help",
    async () => expect(await succeed(consumer, "npx", ["7digital-graphql", "--help"]), /Usage: 7digital-graphql/),
  ],
  ["it starts and answers", start],
  ["every entry can be imported", importAll],
  ["it installs beside the packages of a project", installTools],
  ...resolutions.map((one) => [`a project compiles with moduleResolution ${one[1]}`, () => compile(one)] as const),
  ["the examples compile", compileExamples],
  ["a project's vitest runs the examples", () => succeed(consumer, "npx", ["vitest", "run"])],
];

async function isOnline(): Promise<boolean> {
  const { code } = await run(tmpdir(), "npm", ["view", "graphql", "version", "--fetch-retries=0", "--fetch-timeout=5000"]);
  return code === 0;
}

async function main(): Promise<void> {
  if (!(await isOnline())) {
    console.log("Skipped: npm's registry cannot be reached.");
    console.log(process.env["CI_NO_SKIP"] === "1" ? "0 passed, 1 failed" : "0 passed, 0 failed");
    process.exitCode = process.env["CI_NO_SKIP"] === "1" ? 1 : 0;
    return;
  }
  let passed = 0;
  for (const [name, step] of steps) {
    const startedMs = performance.now();
    const problem = await step().then(
      () => undefined,
      (error: unknown) => (error instanceof Error ? error.message : String(error)),
    );
    console.log(`${problem === undefined ? "ok  " : "FAIL"} ${name} (${((performance.now() - startedMs) / 1000).toFixed(1)} s)`);
    if (problem === undefined) passed += 1;
    else console.log(problem.trimEnd().replace(/^/gm, "     "));
  }
  console.log(`${String(passed)} passed, ${String(steps.length - passed)} failed`);
  process.exitCode = passed === steps.length ? 0 : 1;
}

await main().finally(() => rmSync(work, { recursive: true, force: true }));
