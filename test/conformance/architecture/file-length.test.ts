/** Files are short. ESLint bounds the longest (max-lines); this bounds the median. */
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { source } from "./rooms.js";

const mostLines = 60;

it(`has a median of at most ${String(mostLines)} lines a file, without the sandbox`, async () => {
  const paths = await readdir(source, { recursive: true });
  const files = paths.filter((path) => path.endsWith(".ts") && !path.startsWith("sandbox/"));
  const lengths = await Promise.all(files.map(async (file) => (await readFile(join(source, file), "utf8")).trimEnd().split("\n").length));
  lengths.sort((one, other) => one - other);
  expect(lengths.length).toBeGreaterThan(200);
  expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(mostLines);
});
