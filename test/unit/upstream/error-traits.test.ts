import { describe, expect, it } from "vitest";
import { errorTraits, type UpstreamErrorCode } from "../../../src/upstream/error-traits.js";

const codes = Object.keys(errorTraits) as UpstreamErrorCode[];
const limits = ["QUOTA_RESERVED", "OVERLOADED", "TOO_MANY_UPSTREAM_CALLS", "CALLER_CALL_LIMIT", "OPERATION_TIMEOUT"] as const;

describe("the traits of error codes", () => {
  it("let a stale value stand in only for what says nothing about the item", () => {
    for (const code of codes) {
      const { allowsStale, cached } = errorTraits[code];
      if (allowsStale) expect(cached, code).not.toBe("negative");
    }
  });

  it("blame 7digital for no limit of ours", () => {
    for (const code of limits) {
      expect(errorTraits[code], code).toMatchObject({ retryable: false, tripsBreaker: [], cached: "never", allowsStale: true });
    }
  });

  it("retry only what may have been a failure on the way or of the server", () => {
    const retryable = codes.filter((code) => errorTraits[code].retryable);
    expect(retryable.sort()).toEqual(["UPSTREAM_BAD_RESPONSE", "UPSTREAM_ERROR", "UPSTREAM_UNAVAILABLE"]);
    for (const code of retryable) expect(errorTraits[code].tripsBreaker, code).not.toEqual([]);
  });
});
