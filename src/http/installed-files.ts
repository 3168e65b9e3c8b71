/** Files that are installed beside the code and served as they are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** @param path Relative to the installation, e.g. "public/page.css". @throws Error if there is no such file. */
export type ReadInstalled = (path: string) => string;

/** @param root The folder of docs/, public/, schema/ and README.md. */
export function installedFiles(root: string): ReadInstalled {
  return (path) => readFileSync(join(root, path), "utf8");
}
