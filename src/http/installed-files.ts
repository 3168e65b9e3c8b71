/** Files that are installed beside the compiled code and served as they are. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** The folder of docs/, public/ and README.md, both from src and from dist. */
const root = join(import.meta.dirname, "../..");

/** @param path Relative to the installation, e.g. "public/page.css". @throws Error if there is no such file. */
export function readInstalled(path: string): string {
  return readFileSync(join(root, path), "utf8");
}
