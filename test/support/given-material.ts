/** The recorded answers and the API document, where somebody has put them beside the project. Tests read them where they lie. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = process.env["SHARED_DIR"] ?? join(import.meta.dirname, "../../../shared");
const recordings = join(root, "recordings");

export const hasRecordings = existsSync(join(recordings, "INDEX.tsv"));

export interface Recording {
  readonly file: string;
  /** Path of the method it is an answer of, as INDEX.tsv writes it. */
  readonly method: string;
  readonly body: string;
  /** Whether it is as 7digital sent it, and not edited or written by hand. */
  readonly real: boolean;
}

/** Every recorded answer; none where there are no recordings. */
export function readRecordings(): readonly Recording[] {
  if (!hasRecordings) return [];
  const present = new Set(readdirSync(recordings));
  return readFileSync(join(recordings, "INDEX.tsv"), "utf8")
    .split("\n")
    .slice(1)
    .map((line) => line.split("\t"))
    .flatMap(([file, method, , origin]) =>
      file !== undefined && method !== undefined && present.has(file)
        ? [{ file, method, body: readFileSync(join(recordings, file), "utf8"), real: origin === "real-recording" }]
        : [],
    );
}
