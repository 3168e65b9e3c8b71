import { expect, it } from "vitest";
import { failureFacts } from "../../../src/telemetry/failure-report.js";

it("tells where a fault is and never what its message says", () => {
  const fault = new TypeError("connect to http://key:secret@10.0.0.1 failed\n    at http://key:secret@10.0.0.1/x");
  const { failure, frames } = failureFacts(fault);
  expect(failure).toBe("TypeError");
  expect(frames[0]).toMatch(/^at .*failure-report\.test\.ts:\d+:\d+/);
  expect(frames.join()).not.toContain("secret");
});

it("tells where a fault of a class of its own is", () => {
  class OwnFault extends Error {
    override readonly name = "OwnFault";
  }
  const { failure, frames } = failureFacts(new OwnFault("secret"));
  expect(failure).toBe("OwnFault");
  expect(frames[0]).toMatch(/^at /);
});

it("does not take a message for the stack where the two were made apart", () => {
  const fault = new Error("first secret\n    at secret");
  fault.message = "second";
  expect(failureFacts(fault).frames.join()).not.toContain("secret");
});

it("does not repeat a name that is no name of a class", () => {
  const fault = new Error("m");
  fault.name = "secret\r\nsecond line";
  expect(failureFacts(fault).failure).toBe("Error");
});

it("says what the system refused, but no code that is not the system's", () => {
  expect(failureFacts(Object.assign(new Error("m"), { code: "EMFILE" }))).toMatchObject({ failure: "Error", code: "EMFILE" });
  expect(failureFacts(Object.assign(new Error("m"), { code: "secret" }))).not.toHaveProperty("code");
});

it.each([undefined, null, "secret", { stack: "secret" }])("says little of what is no error: %o", (thrown) => {
  expect(failureFacts(thrown)).toEqual({ failure: "no error", frames: [] });
});
