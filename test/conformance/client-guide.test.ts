/** The code of docs/rest-client.md compiles against the client that it is about. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";

const root = join(import.meta.dirname, "../..");
const guide = readFileSync(join(root, "docs/rest-client.md"), "utf8");
const file = join(root, "test/guide.ts");

/** The blocks as one module, each in a function of its own after the first, whose client they use. */
function moduleOf(blocks: readonly string[]): string {
  const imports = blocks.flatMap((block) => block.match(/^import .*$/gm) ?? []);
  const [first = "", ...others] = blocks.map((block) => block.replace(/^import .*$/gm, ""));
  const rest = others.map((block, index) => `export async function part${String(index)}() {\n${block}\n}`);
  return [...imports, first, ...rest].join("\n").replaceAll('"7digital-graphql/client"', '"../src/client/client.js"');
}

function diagnosticsOf(text: string): readonly string[] {
  const { config } = ts.readConfigFile(join(root, "tsconfig.json"), (path) => ts.sys.readFile(path)) as {
    config: { compilerOptions: object };
  };
  const options = { ...config.compilerOptions, noUnusedLocals: false };
  const { options: parsed } = ts.parseJsonConfigFileContent({ compilerOptions: options, files: [] }, ts.sys, root);
  const files = ts.createCompilerHost(parsed);
  const host: ts.CompilerHost = {
    ...files,
    fileExists: (path) => path === file || files.fileExists(path),
    getSourceFile: (path, ...rest) =>
      path === file ? ts.createSourceFile(path, text, ts.ScriptTarget.ES2023) : files.getSourceFile(path, ...rest),
  };
  const program = ts.createProgram([file], parsed, host);
  return program
    .getSemanticDiagnostics(program.getSourceFile(file))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

it("compiles", () => {
  const blocks = [...guide.matchAll(/^```ts\n([^]*?)^```$/gm)].map(([, code = ""]) => code);
  expect(blocks.length).toBeGreaterThan(8);
  expect(diagnosticsOf(moduleOf(blocks))).toEqual([]);
  const [mistake] = diagnosticsOf(moduleOf([...blocks, 'await client.call("artist/details", { artistid: "1" });']));
  expect(mistake).toContain("artistid");
}, 120_000);
