import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "..");

/** For files that a script writes and Git keeps. With `--check` nothing is written, and a file that has another text is an exit code of 1.
 *  @param name Relative to the root. @param complaint What is wrong with such a file and what to do.
 *  @returns Whether the file was written. */
export function writeOrCheck(name: string, text: string, complaint: (committed: string) => string): boolean {
  const path = join(root, name);
  if (!process.argv.includes("--check")) {
    writeFileSync(path, text);
    return true;
  }
  const committed = textOf(path);
  if (committed !== text) {
    console.error(complaint(committed));
    process.exitCode = 1;
  }
  return false;
}

/** Empty where there is no file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
