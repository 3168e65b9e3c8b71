import { describe, expect, it } from "vitest";
import { deprecationProblems } from "../../../scripts/deprecations.js";

const sdl = (applied: string): string => `type Query {\n  old: Int ${applied}\n}`;

describe("a deprecation", () => {
  it.each([
    ["on a later day", "2026-07-02"],
    ["on its last day", "2026-07-01"],
  ])("passes %s", (_, day) => {
    expect(deprecationProblems(sdl(`@deprecated(reason: "Use new. Removed after ${day}.")`), "2026-07-01")).toEqual([]);
  });

  it.each([
    "@deprecated",
    `@deprecated(reason: "Use new.")`,
    `@deprecated(reason: "Removed after 2027-02-30.")`,
    `@deprecated(reason: "Use new. Removed after 2027-02-30.")`,
    `@deprecated(reason: "Use new. Removed after 2027-01-01, perhaps")`,
  ])("fails without its day: %s", (applied) => {
    expect(deprecationProblems(sdl(applied), "2026-07-01")).toEqual([expect.stringMatching(/^line 2: End the reason with/)]);
  });

  it("fails after its day, also on arguments and enum values", () => {
    const gone = `@deprecated(reason: "Use new. Removed after 2026-06-30.")`;
    const all = `type Query { a(b: Int ${gone}): E }\nenum E { ONE TWO ${gone} }`;
    expect(deprecationProblems(all, "2026-07-01")).toEqual([
      expect.stringMatching(/^line 1: Remove it/),
      expect.stringMatching(/^line 2: Remove it/),
    ]);
  });
});
