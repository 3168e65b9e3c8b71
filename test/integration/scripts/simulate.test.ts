/** `npm run simulate` predicts the calls that real servers make. */
import { existsSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { afterAll, beforeAll, expect, it } from "vitest";
import { answerVisits } from "../../../scripts/simulate/real-fleet.js";
import { takeSamples, type Samples } from "../../../scripts/simulate/samples.js";
import { simulate } from "../../../scripts/simulate/simulation.js";
import { Visits } from "../../../scripts/simulate/visits.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";

const root = join(import.meta.dirname, "../../..");
/** As deep as `src/app`, because it looks for its files from there. */
const program = join(root, "test-results", "simulate", "main.mjs");
const days = 2;
const seed = 3;
const large = 64 * 2 ** 20;

let sandbox: Sandbox;
let samples: Samples;

beforeAll(async () => {
  buildSync({
    entryPoints: [join(root, "src/main.ts")],
    outfile: program,
    bundle: true,
    packages: "external",
    platform: "node",
    format: "esm",
  });
  sandbox = await startSandbox();
  samples = await takeSamples(sandbox.baseUrl, seed);
});

afterAll(() => sandbox.close());

it.each([
  ["one copy whose cache holds all", { copies: 1, cacheBytes: large, sharedBytes: 0 }],
  ["two copies whose caches hold all", { copies: 2, cacheBytes: large, sharedBytes: 0 }],
  ["two copies whose caches are too small", { copies: 2, cacheBytes: 300_000, sharedBytes: 0 }],
  ["two copies whose caches are too small, with a Redis that holds all", { copies: 2, cacheBytes: 300_000, sharedBytes: large }],
])("%s: within a tenth of what is measured", { timeout: 60_000 }, async (_, fleet) => {
  const visits = new Visits(200, 1.1, seed);
  sandbox.journal.clear();
  await answerVisits(visits, { ...fleet, program, baseUrl: sandbox.baseUrl, days });
  const measured = sandbox.journal.count();
  const predicted = simulate(visits, days, fleet, samples).days;
  expect(measured).toBeGreaterThan(200);
  const calls = predicted.reduce((sum, day) => sum + day.calls, 0);
  expect(calls / measured).toBeGreaterThan(0.9);
  expect(calls / measured).toBeLessThan(1.1);
});

it("leaves no server behind where another one does not start", async () => {
  const folder = mkdtempSync(join(tmpdir(), "one-server-"));
  const first = join(folder, "first");
  const onlyOne = join(folder, "only-one.mjs");
  writeFileSync(
    onlyOne,
    `import { writeFileSync } from "node:fs";
     try { writeFileSync(${JSON.stringify(first)}, String(process.pid), { flag: "wx" }); } catch { process.exit(1); }
     console.log("http://127.0.0.1:9/graphql ");
     setInterval(() => undefined, 1000);`,
  );
  const plan = { copies: 2, cacheBytes: large, sharedBytes: 0, program: onlyOne, baseUrl: sandbox.baseUrl, days };
  await expect(answerVisits(new Visits(200, 1.1, seed), plan)).rejects.toThrow("A server ended with 1 before it listened.");
  expect(existsSync(`/proc/${readFileSync(first, "utf8")}`)).toBe(false);
});
