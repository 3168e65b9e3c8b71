/** What generators make and Git does not keep: it is made again when something that it was made from has changed. */
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const root = resolve(import.meta.dirname, "..");

interface Generated {
  /** File with the digest of `inputs`, beside what is generated. */
  readonly stamp: string;
  /** Every file that the generator reads, relative to the root. */
  readonly inputs: readonly string[];
  readonly generate: () => void;
}

/** @throws Error in the generator's own words, if a document does not fit the schema. */
export function generateWhenChanged({ stamp, inputs, generate }: Generated, force: boolean): "fresh" | "generated" {
  const digest = digestOf(inputs);
  if (!force && existsSync(stamp) && readFileSync(stamp, "utf8") === digest) return "fresh";
  generate();
  writeFileSync(stamp, digest);
  return "generated";
}

function digestOf(names: readonly string[]): string {
  const hash = createHash("sha256");
  for (const name of names) hash.update(`${name}\n`).update(readFileSync(join(root, name)));
  return hash.digest("hex");
}

/** @param extensions Of names of files, e.g. ".ts". @returns Paths relative to the root, in order. */
export function filesBelow(directory: string, ...extensions: readonly string[]): string[] {
  return readdirSync(join(root, directory), { recursive: true, encoding: "utf8" })
    .filter((name) => extensions.some((extension) => name.endsWith(extension)))
    .map((name) => `${directory}/${name}`)
    .sort();
}

/** Runs a program of a package. @param name For the error. */
export function runGenerator(name: string, program: string, args: readonly string[], cwd: string): void {
  const run = spawnSync(process.execPath, [program, ...args], { cwd, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`${name} failed\n${run.stdout}${run.stderr}`);
}
