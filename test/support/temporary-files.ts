/** Gives a test run a folder of its own for temporary files, and removes it when the run is over. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

export function setup(): () => void {
  const folder = mkdtempSync(join(tmpdir(), "7digital-graphql-tests-"));
  // Some tests and databases run as another user.
  chmodSync(folder, 0o755);
  // Workers and the processes that tests start inherit it.
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
