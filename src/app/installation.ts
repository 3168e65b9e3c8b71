/** Where this package is installed. */
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Folder of docs, public and schema. */
export const rootDirectory = join(import.meta.dirname, "../..");

/** Of the package. */
export function version(): string {
  return (JSON.parse(readFileSync(join(rootDirectory, "package.json"), "utf8")) as { version: string }).version;
}
