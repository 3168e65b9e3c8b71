import { expect, it } from "vitest";
import { initials } from "../../../src/sandbox/sites/images/initials.js";

it.each([
  ["Dreams", "D"],
  ["The Whitest Boy Alive", "TWB"],
  ["  in the   wise château ", "ITW"],
  ["Über Monks, The", "ÜMT"],
  ["Don't Stop", "DS"],
  ["1989", "1989"],
  ["21 Guns", "21"],
  ["37162 Nights", "3N"],
  ["AC/DC", "AD"],
  ["<3", "3"],
  ["]]>", "♪"],
  ["", "♪"],
])("%j is %s", (text, letters) => {
  expect(initials(text)).toBe(letters);
});
