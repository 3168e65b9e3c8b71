import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

type Measured = Readonly<Record<string, { readonly heapBytes: number; readonly accountedBytes: number }>>;

/** In a process of its own, for only there can the garbage be collected before the heap is measured. */
function measured(): Measured {
  const program = fileURLToPath(new URL("keep-many-answers.ts", import.meta.url));
  return JSON.parse(execFileSync(process.execPath, ["--expose-gc", "--import", "tsx", program], { encoding: "utf8" })) as Measured;
}

it("accounts for remembered answers what the heap holds for them", () => {
  const kinds = Object.entries(measured());
  expect(kinds.map(([kind]) => kind)).toEqual(["charts of 50 releases", "single artists", "sparse tracks"]);
  for (const [kind, { heapBytes, accountedBytes }] of kinds) {
    expect(heapBytes / accountedBytes, kind).toBeLessThan(1.5);
    expect(heapBytes / accountedBytes, kind).toBeGreaterThan(0.5);
  }
});
