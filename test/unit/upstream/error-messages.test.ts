/** Messages to clients are ours: what happened and what to do. Codes and methods by the API document. */
import { describe, expect, it } from "vitest";
import { rejectionMessage } from "../../../src/upstream/error-messages.js";
import { readEndpoints } from "../../support/endpoints.js";

const message = (method: string, sevendigitalCode: string | undefined, subject?: "basket") =>
  rejectionMessage({ method, sevendigitalCode, subject });

describe("the message of an error of 7digital's", () => {
  it.each([
    ["artist/details", "2001", undefined, "7digital has no artist with this ID. Check the ID."],
    ["release/tracks", "2001", undefined, "7digital has no release with this ID. Check the ID."],
    ["release/details/batch", "2001", undefined, "7digital has no release with this ID. Check the ID."],
    ["release/bytag/top", "2001", undefined, "7digital has none of these tags. Use tags from `tags`."],
    ["editorial/list", "2001", undefined, "7digital has no editorial list with this key. Check the key."],
    ["release/bydate", "2001", undefined, "7digital does not have what was requested. Check the input."],
    ["track/details", "2002", undefined, "The track is not available in this store. Request it in another store."],
  ] as const)("%s, %s, names the kind of thing that is missing", (method, code, subject, expected) => {
    expect(message(method, code, subject)).toBe(expected);
  });

  it.each([
    ["basket", "2001", undefined, "no basket with this ID"],
    ["basket/addItem", "2001", "basket", "no basket with this ID"],
    ["basket/addItem", "2001", undefined, "no release or track with this ID"],
    ["basket/removeItem", "2001", "basket", "no basket with this ID"],
    ["basket/removeItem", "2001", undefined, "no line with this ID"],
    ["basket/applyVoucher", "2001", undefined, "no basket with this ID"],
    ["basket", "2002", undefined, "belongs to another store"],
    // 2002 is never about the line.
    ["basket/removeItem", "2002", undefined, "belongs to another store"],
    ["basket/addItem", "2002", "basket", "belongs to another store"],
    ["basket/addItem", "2002", undefined, "item is not sold in the store of the basket"],
  ] as const)("%s, %s (%s), says whether the basket is at fault or what is in it", (method, code, subject, expected) => {
    expect(message(method, code, subject)).toContain(expected);
  });

  it("says who can do something about it", () => {
    expect(message("artist/details", "1001")).toMatch(/error 1001 .*Contact the operator\.$/);
    for (const code of ["7001", "7003", "9001"]) expect(message("artist/details", code)).toMatch(/Try again later\.$/);
  });

  it("is whole sentences, whatever the method and the code", async () => {
    for (const { path } of await readEndpoints()) {
      for (const code of [undefined, "1002", "2001", "2002", "2003", "3012", "4242", "9001"]) {
        expect(message(path, code)).toMatch(/^(7digital|The) [^\n]+\.$/);
        expect(message(path, code)).not.toMatch(/undefined|told|tell/);
      }
    }
  });
});
