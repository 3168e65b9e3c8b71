/** Redis is killed and started again, hangs and goes on, and forgets everything, under load. */
import { Client } from "./client.js";
import { Load } from "./load.js";
import type { ResilienceOptions } from "./options.js";
import { operationsOf, userIdOf } from "./plan.js";
import { backToNormal, failuresIn, ms, notTooBusy, readTimes, shownFailures, type Bars, type Findings } from "./report.js";
import { Stage } from "./stage.js";
import { during, Phases, quantile, type Phase } from "./times.js";

const copies = 2;

export async function redisScenario(main: string, options: ResilienceOptions, bars: Bars): Promise<Findings> {
  const stage = await Stage.open(main, copies, 1);
  const client = new Client(stage.copies.map(({ origin }) => origin));
  try {
    await client.warmUp();
    const load = new Load(client, operationsOf(options.seed, options.rate, await client.goods(userIdOf(0))));
    const phases = await disturb(stage, new Phases(load), options.seconds * 1000);
    await load.end();
    return judge(load, phases, bars);
  } finally {
    await client.close();
    await stage.close();
  }
}

async function disturb({ redis }: Stage, phases: Phases, phaseMs: number): Promise<readonly Phase[]> {
  await phases.warmUp();
  await phases.run("undisturbed", phaseMs);
  await phases.run("killed", phaseMs, () => redis.stop());
  await phases.run("started again", phaseMs, () => redis.run());
  await phases.run("hangs", phaseMs, () => redis.freeze());
  await phases.run("goes on", phaseMs, () => redis.thaw());
  await phases.run("forgets all", phaseMs, () => redis.use((connection) => connection.flushall()));
  return phases.all;
}

function judge({ samples }: Load, phases: readonly Phase[], bars: Bars): Findings {
  const { times, plusMs } = bars;
  const [undisturbed, ...others] = phases;
  if (undisturbed === undefined) throw new Error("Nothing was measured.");
  const quietMs = quantile(during(samples, undisturbed, "read"), 0.99);
  const normalMs = times * quietMs + plusMs;
  const failures = failuresIn(samples);
  return {
    lines: [
      readTimes(samples, phases, normalMs),
      `Times in ms, from the moment that an operation was planned for. Normal: the p99 of both halves of a second is at most ` +
        `${String(times)} × ${ms(quietMs)} (undisturbed) + ${String(plusMs)} = ${ms(normalMs)} ms.`,
      ...shownFailures(failures),
    ],
    checks: [
      ...notTooBusy(quietMs, bars),
      { name: `Redis: 0 of ${String(samples.length)} operations fail (${String(failures.length)})`, passed: failures.length === 0 },
      ...others.map((phase) => backToNormal(`Redis ${phase.name}`, { samples, phase, normalMs }, bars)),
    ],
  };
}
