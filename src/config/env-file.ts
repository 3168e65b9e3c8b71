/** Reads a `.env` file. Every malformed line is reported by its number; no message holds a value. */
import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";

export interface EnvFile {
  readonly values: Readonly<Record<string, string>>;
  /** One sentence each. */
  readonly mistakes: readonly string[];
}

/** @param path UTF-8, with or without a byte order mark, or UTF-16 with one. A missing file counts as empty. */
export function readEnvFile(path: string): EnvFile {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "unknown error";
    if (code === "ENOENT") return { values: {}, mistakes: [] };
    return { values: {}, mistakes: [`${path} ${code === "EISDIR" ? "is a directory, not a file" : `cannot be read (${code})`}.`] };
  }
  const text = decoded(bytes);
  // UTF-16 without a byte order mark is valid UTF-8 as long as it is ASCII, with a NUL beside every character.
  if (text?.includes("\0") === false) return readLines(path, text.replaceAll("\r\n", "\n"));
  return { values: {}, mistakes: [`${path} must be UTF-8, or UTF-16 with a byte order mark.`] };
}

function decoded(bytes: Buffer): string | undefined {
  const mark = bytes.subarray(0, 2).toString("hex");
  const encoding = mark === "fffe" ? "utf-16le" : mark === "feff" ? "utf-16be" : "utf-8";
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

const nothing = /[ \t]*(?:#[^\n]*)?(?:\n|$)/y;
/** Without `#`: some readers take it for a comment, others for part of the value. */
const unquoted = String.raw`(?:[^\x00-\x20\x7f#"'\`](?:[^\x00-\x08\n-\x1f\x7f#]*[^\x00-\x20\x7f#])?)?`;
const assignment = new RegExp(
  String.raw`[ \t]*(?:export[ \t]+)?([A-Za-z_]\w*)[ \t]*=[ \t]*("[^"]*"|'[^']*'|\`[^\`]*\`|${unquoted})(?:[ \t]+#[^\n]*|[ \t]*)(?:\n|$)`,
  "y",
);

/** Finds the assignments; Node parses each value. */
function readLines(path: string, text: string): EnvFile {
  const values: Record<string, string> = {};
  const mistakes: string[] = [];
  let at = 0;
  const match = (pattern: RegExp): RegExpExecArray | null => {
    pattern.lastIndex = at;
    const found = pattern.exec(text);
    at += found?.[0].length ?? 0;
    return found;
  };
  while (at < text.length) {
    if (match(nothing)) continue;
    const [, name, value] = match(assignment) ?? [];
    if (name === undefined || value === undefined) {
      const [line = ""] = match(/[^\n]*\n?/y) ?? [];
      mistakes.push(`${path} line ${String(text.slice(0, at - line.length).split("\n").length)} ${adviceFor(line)}`);
    } else {
      values[name] = parseEnv(`${name}=${value}`)[name] ?? "";
    }
  }
  return { values, mistakes };
}

function adviceFor(line: string): string {
  if (!/^[ \t]*(?:export[ \t]+)?[A-Za-z_]\w*[ \t]*=/.test(line)) return "is not NAME=value.";
  if (/=[ \t]*["'`]/.test(line)) return "has quotes that are not closed, or something other than a comment after them.";
  return line.includes("#") ? "has a # in its value: put the value in quotes." : "has a control character in its value.";
}
