import { expect, it } from "vitest";
import { errorSubject } from "../../../src/upstream/error-words.js";

it.each([
  // As the API document writes them.
  ["2001", "Basket with basketId not found.", "basket"],
  ["2002", "Basket with basketId is unavailable in this country / shop.", "basket"],
  ["2001", "Basket item with id not found.", undefined],
  ["2001", "Release not found", undefined],
  // The code decides first.
  ["1002", "Basket with basketId not found.", undefined],
  [undefined, "Basket with basketId not found.", undefined],
])("error %s, %j, is about: %s", (code, text, expected) => {
  expect(errorSubject(code, text)).toBe(expected);
});
