/** README, docs and messages use plain English: "cannot" is one word, and no sentence needs "whoever" or "nobody". */
import { readdir, readFile } from "node:fs/promises";
import { join, relative, resolve } from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { source } from "./rooms.js";

const repository = resolve(source, "..");
const oddWords = /\b(?:can not|whoever|nobody)\b/i;

async function filesIn(folder: string, ending: string): Promise<readonly string[]> {
  const paths = await readdir(join(repository, folder), { recursive: true });
  const ours = paths.filter((path) => !path.includes("node_modules/"));
  return ours.filter((path) => path.endsWith(ending)).map((path) => join(folder, path));
}

async function offenders(files: readonly string[], textsOf: (content: string) => readonly string[]): Promise<readonly string[]> {
  const odd = files.map(async (file) => {
    const content = await readFile(join(repository, file), "utf8");
    return textsOf(content).some((text) => oddWords.test(text)) ? [relative("", file)] : [];
  });
  return (await Promise.all(odd)).flat().sort();
}

/** The texts of string and template literals. */
function literalsOf(content: string): readonly string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || ts.isTemplateHead(node) || ts.isTemplateMiddleOrTemplateTail(node)) texts.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("file.ts", content, ts.ScriptTarget.Latest));
  return texts;
}

it("in README and docs", async () => {
  const pages = ["README.md", ...(await filesIn("docs", ".md")), ...(await filesIn("src", "README.md"))];
  expect(pages.length).toBeGreaterThan(20);
  // Paragraphs are wrapped.
  expect(await offenders(pages, (content) => [content.replace(/\s+/g, " ")])).toEqual([]);
});

/** Descriptions of the schema stand in *.graph.ts and graph/, and change with the schema. */
it("in messages", async () => {
  const files = (await filesIn("src", ".ts")).filter((file) => !file.endsWith(".graph.ts") && !file.startsWith("src/graph/"));
  expect(files.length).toBeGreaterThan(200);
  expect(await offenders(files, literalsOf)).toEqual([]);
});

it("and finds such words", () => {
  expect(literalsOf('const text = `${one} can not ${two}`; fail("nobody"); // whoever')).toEqual(["", " can not ", "", "nobody"]);
});
