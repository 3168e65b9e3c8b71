/** Random operations, answered by the façade and by the naive executor, and what they cost against what was predicted.
 *  ORACLE_OPERATIONS is how many (1000 for the whole proof), ORACLE_SEED the first of their seeds. */
import { Agent } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../src/sandbox/sandbox.js";
import { startFacade, type Facade } from "../support/facade.js";
import { compare, total, type Compared } from "./comparison.js";
import { hardOperations } from "./hard-operations.js";
import { schema } from "./naive-executor.js";
import { randomOperation } from "./random-operations.js";

const operations = Number(process.env["ORACLE_OPERATIONS"] ?? 80);
const firstSeed = Number(process.env["ORACLE_SEED"] ?? 1);
/** Every so many operations run on a façade that remembers, and has nothing to remember yet. */
const remembering = 10;
/** Every so many also run on a façade that asks for details in batches. */
const batching = Number(process.env["ORACLE_BATCHING"] ?? 4);

/** Every so many are sent twice. */
const compiling = 3;

interface Run extends Compared {
  readonly seed: number;
  readonly operation: string;
}

/** A slow machine is no difference. */
const longLimits = { SEVENDIGITAL_TIMEOUT_MS: "60000", SEVENDIGITAL_MAX_WAIT_MS: "60000", LIMIT_OPERATION_MS: "120000" };

const runs: Run[] = [];
/** Operations that were sent once more: then they are compiled. */
const compiledRuns: Run[] = [];
const batchedRuns: Run[] = [];
let naive: Sandbox;
let cold: Facade;
let batched: Facade;
const dispatcher = new Agent({ connections: 16 });

beforeAll(
  async () => {
    naive = await startSandbox();
    cold = await startFacade({ environment: { ...longLimits, CACHE_MAX_BYTES: "0" } });
    batched = await startFacade({ environment: { ...longLimits, CACHE_MAX_BYTES: "0", SEVENDIGITAL_BATCH_SIZE: "50" } });
    for (let seed = firstSeed; seed < firstSeed + operations; seed++) {
      const operation = randomOperation(schema, seed);
      const facade = seed % remembering === 0 ? await startFacade({ environment: longLimits }) : cold;
      const compared = await compare(facade, naive, dispatcher, operation);
      const run = { seed, operation: `${operation.source} ${JSON.stringify(operation.variables)}` };
      runs.push({ ...compared, ...run });
      if (facade === cold && seed % compiling === 0) compiledRuns.push({ ...(await compare(cold, naive, dispatcher, operation)), ...run });
      if (seed % batching === 0) batchedRuns.push({ ...(await compare(batched, naive, dispatcher, operation)), ...run });
      if (facade !== cold) await facade.close();
    }
  },
  60_000 + operations * 2000,
);

afterAll(async () => {
  await dispatcher.close();
  await cold.close();
  await batched.close();
  await naive.close();
});

describe(`${String(operations)} random operations`, () => {
  it("are answered as the naive executor answers them", () => {
    const different = [...runs, ...compiledRuns, ...batchedRuns].filter(({ difference }) => difference !== undefined);
    expect(different.map(({ seed, difference, operation }) => ({ seed, difference, operation }))).toEqual([]);
  });

  it("are executed but for a few, which are told what is wrong with them", () => {
    const refused = runs.flatMap((run) => run.refused);
    expect(new Set(["BAD_USER_INPUT", "TOO_MANY_UPSTREAM_CALLS", ...refused]).size).toBe(2);
    expect(refused.length).toBeLessThan(operations / 10);
  });

  it("never cost more calls than was predicted", () => {
    const above = [...runs, ...compiledRuns, ...batchedRuns].filter(({ estimated, asked }) => total(asked) > total(estimated));
    expect(above.map(({ seed, estimated, asked, operation }) => ({ seed, estimated, asked, operation }))).toEqual([]);
  });

  it("cost as many calls in batches as was predicted, in most cases", () => {
    const executed = batchedRuns.filter(({ refused }) => refused.length === 0);
    const equal = executed.filter(({ estimated, asked }) => total(asked) === total(estimated));
    process.stdout.write(`${String(equal.length)} of ${String(executed.length)} operations cost in batches what was predicted\n`);
    expect(executed.length).toBeGreaterThan(0);
    expect(equal.length / executed.length, JSON.stringify(overestimates(executed))).toBeGreaterThanOrEqual(operations < 1000 ? 0.5 : 0.75);
  });

  it("cost as many calls as was predicted in most cases, in at least 80 of 100 where they are many", () => {
    const executed = runs.filter(({ refused }) => refused.length === 0);
    const equal = executed.filter(({ estimated, asked }) => total(asked) === total(estimated));
    process.stdout.write(`${String(equal.length)} of ${String(executed.length)} operations cost what was predicted\n`);
    expect(equal.length / executed.length, JSON.stringify(overestimates(executed))).toBeGreaterThanOrEqual(operations < 1000 ? 0.7 : 0.8);
  });
});

describe("an operation on", () => {
  it.each(hardOperations)("%s is answered as the naive executor answers it, for no more than was predicted", async (_, operation) => {
    for (const facade of [cold, batched]) {
      const { difference, estimated, asked, refused } = await compare(facade, naive, dispatcher, operation);
      expect([difference, refused]).toEqual([undefined, []]);
      expect(total(asked), JSON.stringify(asked)).toBeLessThanOrEqual(total(estimated));
    }
  });
});

/** In how many operations more calls of a method were predicted than made. */
function overestimates(executed: readonly Run[]): Readonly<Record<string, number>> {
  const found: Record<string, number> = {};
  for (const { estimated, asked } of executed) {
    for (const [method, calls] of Object.entries(estimated)) {
      if (calls > (asked[method] ?? 0)) found[method] = (found[method] ?? 0) + 1;
    }
  }
  return found;
}
