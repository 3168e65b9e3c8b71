/** Which flag of V8 a process of our own sets, and that Node's command line comes first. */
import { setFlagsFromString } from "node:v8";
import { afterEach, expect, it, vi } from "vitest";
import { keepHeapSmall } from "../../../src/app/small-heap.js";

vi.mock("node:v8", async (original) => ({ ...(await original<object>()), setFlagsFromString: vi.fn() }));

const oldGeneration = "--heap-growing-percent=60";
const { execArgv } = process;

afterEach(() => {
  process.execArgv = execArgv;
  vi.mocked(setFlagsFromString).mockClear();
});

it.each([
  [[], [oldGeneration]],
  [["--max-old-space-size=4096"], [oldGeneration]],
  [["--heap-growing-percent=200"], []],
  [["--heap_growing_percent=200"], []],
])("started with %j, it sets %j", (given, set) => {
  process.execArgv = given;
  keepHeapSmall();
  expect(vi.mocked(setFlagsFromString).mock.calls.flat()).toEqual(set);
});
