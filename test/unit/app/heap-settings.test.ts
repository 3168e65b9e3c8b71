/** Which flags of V8 a process of our own sets, and that Node's command line comes first. */
import { setFlagsFromString } from "node:v8";
import { afterEach, expect, it, vi } from "vitest";
import { setUpHeap } from "../../../src/app/heap-settings.js";

vi.mock("node:v8", async (original) => ({ ...(await original<object>()), setFlagsFromString: vi.fn() }));

const oldGeneration = "--heap-growing-percent=60";
const noPretenuring = "--no-allocation-site-pretenuring";
const { execArgv } = process;

afterEach(() => {
  process.execArgv = execArgv;
  vi.mocked(setFlagsFromString).mockClear();
});

it.each([
  [[], [oldGeneration, noPretenuring]],
  [["--max-old-space-size=4096"], [oldGeneration, noPretenuring]],
  [["--heap-growing-percent=200"], [noPretenuring]],
  [["--heap_growing_percent=200"], [noPretenuring]],
  [["--allocation-site-pretenuring"], [oldGeneration]],
  [["--no-allocation_site_pretenuring"], [oldGeneration]],
])("started with %j, it sets %j", (given, set) => {
  process.execArgv = given;
  setUpHeap();
  expect(vi.mocked(setFlagsFromString).mock.calls.flat()).toEqual(set);
});
