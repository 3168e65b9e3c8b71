/** Nothing of a recorded response is lost: every element and attribute is shown by the graph, which is proven by changing it, or has a reason why
 *  not. With SHARED_DIR these are the responses of another folder. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { elementSection } from "../../scripts/elements-page.js";
import { withSection } from "../../scripts/write-or-check.js";
import { hasRecordings } from "../support/given-material.js";
import { notExposed } from "./elements/reasons.js";
import { recordedBodies } from "./elements/recorded-bodies.js";
import { judge, type Verdict } from "./elements/verdicts.js";
import { otherValues, placesIn } from "./elements/xml-places.js";

const isOtherFolder = process.env["SHARED_DIR"] !== undefined;

describe.skipIf(!hasRecordings)("elements of recorded responses (skipped where no recordings are given)", () => {
  let verdicts: readonly Verdict[];
  beforeAll(async () => {
    verdicts = await judge(recordedBodies().bodies);
  }, 300_000);

  const of = (kind: Verdict["kind"]) => verdicts.filter((verdict) => verdict.kind === kind);

  it("each have a verdict", () => {
    expect(of("unknown").map(({ method, path }) => `${method}: ${path}`)).toEqual([]);
  });

  it("mostly reach the graph", () => {
    expect(of("exposed").length).toBeGreaterThan(verdicts.length * 0.7);
  });

  it.skipIf(isOtherFolder)("leave no reason without an element that it is about", () => {
    const unused = notExposed.filter((reason) => !of("not exposed").some(({ method, path }) => reason.covers(method, path)));
    expect(unused.map(({ pattern }) => pattern)).toEqual([]);
  });

  it.skipIf(isOtherFolder)("are in docs/coverage.md", async () => {
    const page = readFileSync(join(import.meta.dirname, "../../docs/coverage.md"), "utf8");
    const text = await withSection("docs/coverage.md", "elements", "npm run elements", elementSection(verdicts));
    expect(page === text, "docs/coverage.md is out of date: run `npm run elements` and commit it").toBe(true);
  });

  it.skipIf(isOtherFolder)("are of all files but those that hold none", () => {
    const { leftOut } = recordedBodies();
    expect(leftOut.filter(({ why }) => why.startsWith("a part")).map(({ file }) => file)).toEqual([
      "object-nested-release-list__fragment__filip-d.xml",
      "object-release-list-empty__fragment__filip-d.xml",
      "object-release-list__fragment__filip-d.xml",
    ]);
  });
});

describe("places in a response", () => {
  const body = '<response status="ok" xmlns:xsi="x"><a id="1"><b>&lt;x</b><b/><c xsi:nil="true"/></a></response>';

  it("are its attributes and the elements without elements inside, and nothing of XML itself", () => {
    expect(placesIn(body).map(({ path, value }) => [path, value])).toEqual([
      ["@status", "ok"],
      ["a/@id", "1"],
      ["a/b", "<x"],
      ["a/b", ""],
      ["a/c", ""],
    ]);
  });

  it("can each have another value, and have their own again then", () => {
    const [, id, text, empty, nil] = placesIn(body);
    expect(id?.with("2")).toContain('<a id="2"><b>&lt;x</b>');
    expect(text?.with("a & b")).toContain('<a id="1"><b>a &amp; b</b><b></b>');
    expect(empty?.with("y")).toContain("<b>&lt;x</b><b>y</b>");
    expect(nil?.with("z")).toContain("<c>z</c>");
    expect(id?.with("1")).toContain('xsi:nil="true"');
  });

  it("are tried with values of their own form first", () => {
    expect(otherValues("0042")[0]).toBe("43");
    expect(otherValues("7.99")[0]).toBe("7.09");
    expect(otherValues("2009-04-24T23:00:00+01:00")[0]).toBe("2003-04-24T23:00:00+01:00");
    expect(otherValues("http://x.test/img/1_50.jpg")[0]).toBe("http://x.test/img/x1_50.jpg");
    expect(otherValues("True")[0]).toBe("false");
    expect(otherValues("word")).not.toContain("word");
  });
});
