import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { apiMethods, type ApiMethod } from "../../../scripts/api-methods.js";
import { methodSection } from "../../../scripts/coverage-page.js";
import { coverageFailures, coverageRows, coverageTable, headingsOf, methodsTestedIn, type Found } from "../../../scripts/coverage-table.js";

const given = process.env["SHARED_DIR"] ?? resolve(import.meta.dirname, "../../../../shared");
const apiDocument = join(given, "api/7digital-api-1.2.txt");

const method = (path: string) => ({ path, section: "S" });
const get = (path: string) => ({ path, verb: "GET" }) as const;
const everywhere = (path: string) => ({ declared: [get(path)], sandbox: [path], graph: [path], tested: [path] });
const failuresOf = (methods: readonly ApiMethod[], found: Found) =>
  coverageFailures(coverageRows(methods, found)).map((line) => line.split(":")[0]);

describe("coverage", () => {
  it("is content with a method that stands everywhere, however it is spelled", () => {
    expect(failuresOf([method("artist/topTracks")], everywhere("artist/toptracks"))).toEqual([]);
  });

  it("names every gap of a method", () => {
    const found = { declared: [get("tag")], sandbox: [], graph: ["artist/tags"], tested: [] };
    expect(failuresOf([method("tag")], found)).toEqual(["tag is not in the sandbox", "tag is not in the graph", "tag is not tested"]);
  });

  it("wants what is declared beyond the lists to be complete too", () => {
    expect(failuresOf([], { ...everywhere("country/resolve"), tested: [] })).toEqual(["country/resolve is not tested"]);
  });

  it("tells the verbs of a path apart", () => {
    const write = { ...method("thing"), verb: "POST" } as const;
    expect(failuresOf([write], everywhere("thing"))).toEqual(["POST thing is not declared"]);
    expect(failuresOf([write], { ...everywhere("thing"), declared: [{ path: "thing", verb: "POST" }] })).toEqual([]);
  });

  it("wants a method without a field declared and tested, and nothing more", () => {
    const noField = { ...method("thing"), noField: "None needs it." };
    const found = { declared: [get("thing")], sandbox: [], graph: [], tested: ["thing"] };
    expect(failuresOf([noField], found)).toEqual([]);
    expect(failuresOf([noField], { ...found, declared: [], tested: [] })).toEqual(["thing is not declared", "thing is not tested"]);
    expect(failuresOf([noField], { ...found, graph: ["thing"] })).toEqual(["thing has a field"]);
  });

  it("wants a method that cannot be declared not to be", () => {
    const notDeclared = { ...method("thing"), notDeclared: "No response is known." };
    expect(failuresOf([notDeclared], { declared: [], sandbox: [], graph: [], tested: [] })).toEqual([]);
    expect(failuresOf([notDeclared], everywhere("thing"))).toEqual(["thing is declared"]);
  });

  it("shows one line a method, and the sum", () => {
    const methods = [method("tag"), { ...method("basket"), noField: "x" }, { ...method("feed"), notDeclared: "y" }];
    const table = coverageTable(coverageRows(methods, everywhere("tag")));
    expect(table.split("\n").slice(1)).toEqual([
      "S                   tag                       yes      yes      yes      yes",
      "S                   basket                    -                          -",
      "S                   feed",
      "1 of 3 methods complete, 0 without a field, 1 not declared",
    ]);
  });

  it("is a page with one line for each method", () => {
    const methods = [method("tag"), { ...method("feed"), notDeclared: "It is on another host." }];
    const page = methodSection(coverageRows(methods, everywhere("tag")), new Map([["Tag", ["Query.tags", "Tag.text"]]]));
    expect(page).toContain("### Methods with fields\n\n**S**\n\n- `tag`: `Query.tags`, `Tag.text`\n");
    expect(page).toContain("### Methods without a field\n\nNone.\n");
    expect(page).toMatch(/- `feed`: It is on another host\.$/);
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
