/** `npm run elements`: writes to docs/coverage.md what becomes of every element and attribute of the recorded responses, and lists those without a
 *  verdict. Writes nothing where there are no recordings. It takes a minute or two. */
import { recordedBodies } from "../test/conformance/elements/recorded-bodies.js";
import { judge } from "../test/conformance/elements/verdicts.js";
import { hasRecordings } from "../test/support/given-material.js";
import { elementSection } from "./elements-page.js";
import { withSection, writeOrCheck } from "./write-or-check.js";

if (!hasRecordings) {
  console.log("skipped: there are no recorded responses here (SHARED_DIR).");
} else {
  const verdicts = await judge(recordedBodies().bodies);
  for (const { kind, method, path } of verdicts) if (kind === "unknown") console.error(`without a verdict: ${method}: ${path}`);
  if (verdicts.some(({ kind }) => kind === "unknown")) process.exitCode = 1;
  // Other recordings than those beside the project are only judged.
  if (process.env["SHARED_DIR"] === undefined) {
    const text = await withSection("docs/coverage.md", "elements", "npm run elements", elementSection(verdicts));
    writeOrCheck("docs/coverage.md", text, () => "docs/coverage.md is out of date. Run `npm run elements` and commit it.");
  }
  console.log(`${verdicts.length} paths`);
}
