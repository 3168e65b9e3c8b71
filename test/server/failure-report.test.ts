import { expect, it } from "vitest";
import { failureReport } from "../../src/server/failure-report.js";

it("tells where a fault is and never what its message says", () => {
  const fault = new TypeError("connect to http://key:secret@10.0.0.1 failed\n    at http://key:secret@10.0.0.1/x");
  const report = failureReport(fault);
  expect(report).toMatch(/^unforeseen TypeError\n {4}at .*failure-report\.test\.ts:\d+:\d+/);
  expect(report).toMatch(/[^\n]\n$/);
  expect(report).not.toContain("secret");
});

it("tells where a fault of a class of its own is", () => {
  class OwnFault extends Error {
    override readonly name = "OwnFault";
  }
  expect(failureReport(new OwnFault("secret"))).toMatch(/^unforeseen OwnFault\n {4}at /);
});

it("does not take a message for the stack where the two were made apart", () => {
  const fault = new Error("first secret\n    at secret");
  fault.message = "second";
  expect(failureReport(fault)).not.toContain("secret");
});

it.each([undefined, null, "secret", { stack: "secret" }])("says little of what is no error: %o", (thrown) => {
  expect(failureReport(thrown)).toBe("unforeseen failure\n");
});
