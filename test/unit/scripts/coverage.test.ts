import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { apiMethods } from "../../../scripts/api-methods.js";
import { coverageFailures, coverageRows, coverageTable, headingsOf, methodsTestedIn } from "../../../scripts/coverage-table.js";

const given = process.env["SHARED_DIR"] ?? resolve(import.meta.dirname, "../../../../shared");
const apiDocument = join(given, "api/7digital-api-1.2.txt");

const method = (path: string) => ({ path, section: "S" });
const everywhere = (path: string) => ({ declared: [path], sandbox: [path], graph: [path], tested: [path] });

describe("coverage", () => {
  it("is content with a method that stands everywhere, however it is spelled", () => {
    expect(coverageFailures(coverageRows([method("artist/topTracks")], everywhere("artist/toptracks")))).toEqual([]);
  });

  it("names every gap of a method", () => {
    const rows = coverageRows([method("tag")], { declared: ["tag"], sandbox: [], graph: ["artist/tags"], tested: [] });
    expect(coverageFailures(rows).map((line) => line.split(":")[0])).toEqual([
      "tag is not in the sandbox",
      "tag is not in the graph",
      "tag is not tested",
    ]);
  });

  it("wants what is declared beyond the document to be complete too", () => {
    const rows = coverageRows([], { ...everywhere("country/resolve"), tested: [] });
    expect(coverageFailures(rows).map((line) => line.split(":")[0])).toEqual(["country/resolve is not tested"]);
  });

  it("shows one line a method, and the sum", () => {
    const table = coverageTable(coverageRows([method("tag"), method("basket")], everywhere("tag")));
    expect(table.split("\n").slice(1)).toEqual([
      "S                   tag                       yes      yes      yes      yes",
      "S                   basket                    -        -        -        -",
      "1 of 2 methods complete",
    ]);
  });
});

it("reads which methods a test file's titles begin with", () => {
  const source = `
    it("artist/details: gives Keane", f);
    it.each(rows)("release/tracks of %s", f);
    test.each([
      1,
    ])(
      'tag: all', f);
    it("tells artist/chart apart", f);
    call("artist/similar: not a title");
    it("artist/detailsMore: another", f);
    it("users/{id}/update: sends a change", f);
  `;
  const paths = ["artist/details", "release/tracks", "tag", "artist/chart", "artist/similar", "artist", "users/{id}/update"];
  expect(methodsTestedIn(source, paths)).toEqual(["artist/details", "release/tracks", "tag", "users/{id}/update"]);
});

it("finds the method headings of the API document, single words only where a description follows", () => {
  const text =
    "or\n.\nExample\nstatus\nThis method returns the time.\nartist/browse\nartist/release/track | Artist | x\nuser/purchase/rrpItem\n";
  expect(headingsOf(text)).toEqual(["status", "artist/browse", "user/purchase/rrpItem"]);
});

it.skipIf(!existsSync(apiDocument))("lists exactly the methods of the API document (skipped where the document is not there)", () => {
  const headings = headingsOf(readFileSync(apiDocument, "utf8"));
  expect(apiMethods.map(({ path }) => path).sort()).toEqual([...headings].sort());
});
