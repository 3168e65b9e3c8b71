/** The comparison with the last release, on repositories made for it. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";

const root = join(import.meta.dirname, "../../..");
const named = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@b.c", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@b.c" };

interface Commit {
  readonly version: string;
  /** Fields of the query type. */
  readonly fields: string;
  readonly changelog?: string;
  readonly tag?: string;
}

function git(directory: string, ...args: readonly string[]): void {
  execFileSync("git", args, { cwd: directory, env: { ...process.env, ...named }, stdio: "ignore" });
}

function repository(commits: readonly Commit[]): string {
  const directory = mkdtempSync(join(tmpdir(), "repository-"));
  mkdirSync(join(directory, "schema"));
  git(directory, "init", "--quiet");
  for (const { version, fields, changelog = "", tag } of commits) {
    writeFileSync(join(directory, "package.json"), JSON.stringify({ version }, null, 2));
    writeFileSync(join(directory, "schema/schema.graphql"), `type Query { ${fields} }`);
    writeFileSync(join(directory, "CHANGELOG.md"), `# Changelog\n\n## [${version}] - Unreleased\n\n### Removed\n\n${changelog}\n`);
    git(directory, "add", ".");
    git(directory, "commit", "--quiet", "--allow-empty", "--message", "change");
    if (tag !== undefined) git(directory, "tag", tag);
  }
  return directory;
}

function compare(directory: string, noSkip = "") {
  const { status, stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", join(root, "scripts/schema-diff.ts"), directory], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, CI_NO_SKIP: noSkip },
  });
  return { status, said: `${stdout}${stderr}` };
}

describe("since the last release", () => {
  it("is since the last tag, and what it does not announce fails", () => {
    const released = { version: "1.0.0", fields: "a: Int b: Int c: Int", tag: "v1.0.0" };
    const untagged = { version: "1.1.0", fields: "a: Int b: Int c: Int" };
    const silent = repository([released, untagged, { version: "1.1.0", fields: "a: Int", changelog: "- `Query.b`" }]);
    expect(compare(silent)).toEqual({
      status: 1,
      said: expect.stringMatching(/^1 unannounced of 2 .* since v1.0.0\nAnnounce `Query.c`/) as string,
    });
    const announced = repository([released, untagged, { version: "1.1.0", fields: "a: Int", changelog: "- `Query.b`, `Query.c`" }]);
    expect(compare(announced)).toEqual({ status: 0, said: "0 unannounced of 2 breaking changes since v1.0.0\n" });
  });

  it("is since the release before, where this version has its tag already", () => {
    const now = { version: "1.1.0", fields: "a: Int", tag: "v1.1.0" };
    expect(compare(repository([{ version: "1.0.0", fields: "a: Int b: Int", tag: "v1.0.0" }, now])).status).toBe(1);
  });

  it("is since the last commit before this version, where there are no tags", () => {
    const earlier = { version: "0.1.0", fields: "a: Int b: Int c: Int" };
    const commits = [{ ...earlier, fields: "z: Int" }, earlier, { version: "0.2.0", fields: "a: Int b: Int c: Int" }];
    const { status, said } = compare(repository([...commits, { version: "0.2.0", fields: "a: Int b: Int" }]));
    expect([status, said]).toEqual([1, expect.stringMatching(/^1 unannounced of 1 .*\nAnnounce `Query.c`/)]);
  });

  it("has nothing to compare in a first version", () => {
    expect(compare(repository([{ version: "0.1.0", fields: "a: Int" }]), "1")).toEqual({
      status: 0,
      said: expect.stringContaining("first release") as string,
    });
  });

  it("cannot be told by a shallow clone: a skip, and a failure where there may be none", () => {
    const full = repository([
      { version: "0.1.0", fields: "a: Int b: Int" },
      { version: "0.2.0", fields: "a: Int" },
    ]);
    const shallow = mkdtempSync(join(tmpdir(), "shallow-"));
    git(shallow, "clone", "--quiet", "--depth", "1", `file://${full}`, ".");
    expect(compare(shallow)).toEqual({ status: 0, said: expect.stringMatching(/^skipped: .*--unshallow/) as string });
    expect(compare(shallow, "1").status).toBe(1);
  });
});
