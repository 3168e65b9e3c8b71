/** Reads files of the repository. */
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parse, parseAllDocuments } from "yaml";

export const root = resolve(import.meta.dirname, "../..");

export function textOf(path: string): string {
  return readFileSync(join(root, path), "utf8");
}

export function yamlOf(path: string): unknown {
  return parse(textOf(path), { uniqueKeys: true });
}

/** All documents of a file. @throws Error where one is not valid YAML. */
export function documentsIn(path: string): readonly unknown[] {
  return parseAllDocuments(textOf(path)).map((document) => {
    if (document.errors[0]) throw document.errors[0];
    return document.toJS() as unknown;
  });
}

/** Names and values of a file of settings. */
export function settingsIn(path: string): Readonly<Record<string, string>> {
  const lines = textOf(path)
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"));
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]));
}
