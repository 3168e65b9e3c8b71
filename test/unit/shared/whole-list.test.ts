/** Windows of lists that came whole: positions are those of the list that was sent. */
import { expect, it } from "vitest";
import { windowIn } from "../../../src/shared/whole-list.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";

const bad = new Unreadable("method", "item");

it.each([
  ["all of a short list", ["a", "b"], { offset: 0, count: 5 }, { end: 2, items: ["a", "b"], positions: [1, 2], hasNext: false }],
  [
    "the beginning of a longer one",
    ["a", "b", "c"],
    { offset: 0, count: 2 },
    { end: 2, items: ["a", "b"], positions: [1, 2], hasNext: true },
  ],
  ["the middle, up to the end", ["a", "b", "c"], { offset: 1, count: 2 }, { end: 3, items: ["b", "c"], positions: [2, 3], hasNext: false }],
  ["nothing behind the end", ["a"], { offset: 4, count: 2 }, { end: 4, items: [], positions: [], hasNext: false }],
  ["nothing of an empty list", [], { offset: 0, count: 2 }, { end: 0, items: [], positions: [], hasNext: false }],
  [
    "what can be read, each in its place",
    ["a", bad, "c"],
    { offset: 0, count: 3 },
    { end: 3, items: ["a", "c"], positions: [1, 3], hasNext: false },
  ],
  ["a window of which nothing can be read", ["a", bad, "c"], { offset: 1, count: 1 }, { end: 2, items: [], positions: [], hasNext: true }],
] as const)("gives %s", (_, places, window, { items, ...expected }) => {
  const read = windowIn<string>(places, window);
  expect(read).toEqual({ ...expected, offset: window.offset, total: places.length, items: items.map((item) => ({ item })) });
});
