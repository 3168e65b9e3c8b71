/** `tsx scripts/schema-diff.ts [DIRECTORY]`: exits 1 if the schema has a breaking change since the last release that CHANGELOG.md does not
 *  announce (docs/deprecation.md). A clone without history cannot tell, and is reported as a skip; with CI_NO_SKIP=1 it is a failure.
 *
 *  The last release is the last tag `v*` before this version; without tags, the last commit before the one that set this version. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { breakingChanges, sectionOf, unannounced, type BreakingChange } from "./breaking-changes.js";

const root = resolve(process.argv[2] ?? join(import.meta.dirname, ".."));
const files = ["schema.graphql", "operator.graphql", "subgraph.graphql", "stitching.graphql"].map((name) => `schema/${name}`);

/** Undefined where the command fails. */
function git(...args: readonly string[]): string | undefined {
  try {
    return execFileSync("git", args, { cwd: root, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"], maxBuffer: 2 ** 26 }).trim();
  } catch {
    return undefined;
  }
}

/** A tag or commit; undefined where there was no release, or where the history does not reach so far back. */
function lastRelease(version: string): string | undefined {
  const tag = git("describe", "--tags", "--abbrev=0", "--match", "v*", "--exclude", `v${version}`);
  if (tag !== undefined) return tag;
  const [setting] = (git("log", "--format=%H", `-S"version": "${version}"`, "--", "package.json") ?? "").split("\n");
  return git("rev-parse", "--short", "--verify", "--quiet", `${setting ?? ""}^`);
}

async function changesSince(release: string): Promise<readonly BreakingChange[]> {
  const found: BreakingChange[] = [];
  for (const file of files) {
    const before = git("show", `${release}:${file}`);
    if (before !== undefined) found.push(...(await breakingChanges(before, readFileSync(join(root, file), "utf8"))));
  }
  // Most changes are in several of the files.
  return [...new Map(found.map((change) => [change.message, change])).values()];
}

function skip(reason: string): void {
  console.log(`skipped: ${reason}`);
  if (process.env["CI_NO_SKIP"] === "1") process.exitCode = 1;
}

const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { version: string };
const release = lastRelease(version);
if (release !== undefined) {
  const changes = await changesSince(release);
  const silent = unannounced(changes, sectionOf(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version));
  console.log(`${String(silent.length)} unannounced of ${String(changes.length)} breaking changes since ${release}`);
  for (const { coordinate, message } of silent) console.error(`Announce \`${coordinate}\` in CHANGELOG.md: ${message}`);
  if (silent.length > 0) process.exitCode = 1;
} else if (git("rev-parse", "--is-shallow-repository") === "false") {
  console.log("0 unannounced of 0 breaking changes: this is the first release");
} else skip("this clone has no history. To compare with the last release: git fetch --unshallow --tags");
