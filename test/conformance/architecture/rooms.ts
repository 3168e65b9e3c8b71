import { readdir } from "node:fs/promises";
import { resolve } from "node:path";

export const source = resolve(import.meta.dirname, "../../../src");

/** The folders of src/, by name. */
export async function rooms(): Promise<readonly string[]> {
  const entries = await readdir(source, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
}
