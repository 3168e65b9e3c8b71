/** The types of the package's `./client`, as they are published: they compile as declarations, name no other package, and the guide's code compiles
 *  against them. */
import { readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const entry = join(root, "src/client/client.ts");
const guide = readFileSync(join(root, "docs/rest-client.md"), "utf8");
const guideFile = join(root, "test/guide.ts");

function optionsOf(others: ts.CompilerOptions): ts.CompilerOptions {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.parseJsonConfigFileContent({ compilerOptions: config.compilerOptions, files: [] }, ts.sys, root);
  return { ...options, ...others };
}

function textOf({ messageText }: ts.Diagnostic): string {
  return ts.flattenDiagnosticMessageText(messageText, "\n");
}

it("compile as declarations that import no package", () => {
  const declarations = new Map<string, string>();
  const program = ts.createProgram([entry], optionsOf({ noEmit: false, declaration: true, emitDeclarationOnly: true }));
  const { diagnostics } = program.emit(undefined, (path, text) => declarations.set(path, text));
  expect(diagnostics.map(textOf)).toEqual([]);
  const seen = new Set<string>();
  const packages: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { fileName } of ts.preProcessFile(declarations.get(path) ?? "").importedFiles) {
      if (fileName.startsWith(".")) visit(resolve(dirname(path), fileName.replace(/\.js$/, ".d.ts")));
      else packages.push(`${fileName} in ${path}`);
    }
  };
  visit(entry.replace(/\.ts$/, ".d.ts"));
  expect(packages).toEqual([]);
  expect(seen.size).toBeGreaterThan(20);
  expect([...seen].filter((path) => !declarations.has(path))).toEqual([]);
}, 120_000);

/** The blocks as one module: the first makes the client that the others use, each in a function of its own. */
function moduleOf(blocks: readonly string[]): string {
  const imports = blocks.flatMap((block) => block.match(/^import .*$/gm) ?? []);
  const [first = "", ...others] = blocks.map((block) => block.replace(/^import .*$/gm, ""));
  const rest = others.map((block, index) => `export async function part${String(index)}() {\n${block}\n}`);
  return [...imports, first, ...rest].join("\n").replaceAll('"7digital-graphql/client"', '"../src/client/client.js"');
}

function mistakesOf(text: string): readonly string[] {
  const options = optionsOf({ noUnusedLocals: false });
  const files = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => path === guideFile || files.fileExists(path),
    getSourceFile: (path, ...rest) =>
      path === guideFile ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023) : files.getSourceFile(path, ...rest),
  };
  const program = ts.createProgram([guideFile], options, host);
  return program.getSemanticDiagnostics(program.getSourceFile(guideFile)).map(textOf);
}

it("are those that the guide's code uses", () => {
  const blocks = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""]) => code);
  expect(blocks.length).toBeGreaterThan(8);
  // One mistake is found, so none was overlooked.
  const found = mistakesOf(moduleOf([...blocks, 'await client.call("artist/details", { artistid: "1" });']));
  expect(found).toEqual([expect.stringContaining("artistid")]);
}, 120_000);
