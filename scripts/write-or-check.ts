import { readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { format, resolveConfig } from "prettier";

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

/** The text of a Markdown file with another content of a section that a command writes, as Prettier formats it. The section stands between two
 *  comments. @param name Relative to the root. */
export async function withSection(name: string, section: string, command: string, content: string): Promise<string> {
  const path = join(root, name);
  const begin = `<!-- ${section}: written by \`${command}\` -->`;
  const end = `<!-- end of ${section} -->`;
  const [before, rest] = textOf(path).split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${name} needs the lines "${begin}" and "${end}".`);
  return format(`${before}${begin}\n\n${content}\n\n${end}${after}`, { ...(await resolveConfig(path)), filepath: path });
}

/** Empty where there is no file. */
function textOf(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
