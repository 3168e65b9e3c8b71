/** PostgreSQL, which records purchases, is stopped and started again, and hangs and goes on, under load. */
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "./client.js";
import { heardIn, Load, purchasesIn, type Heard, type Sample } from "./load.js";
import type { ResilienceOptions } from "./options.js";
import { operationsOf, userIdOf } from "./plan.js";
import { backToNormal, failuresIn, notTooBusy, readTimes, shownFailures, tableOf, type Bars, type Check, type Findings } from "./report.js";
import { Stage } from "./stage.js";
import { during, Phases, quantile, type Phase } from "./times.js";

const copies = 2;
/** Until a purchase is refused while PostgreSQL hangs: longer than the service waits for a connection and an answer. */
const hangMs = 8000;
/** A purchase that was refused is sent again for so long. */
const patienceMs = 30_000;
const pauseMs = 500;

interface Outage {
  readonly phase: Phase;
  /** Calls that the sandbox had got before it ended, by the key of the purchase. */
  readonly called: ReadonlySet<string>;
}

interface Observed {
  readonly load: Load;
  readonly phases: readonly Phase[];
  readonly outages: readonly Outage[];
  /** By key, what became of purchases that were refused and sent again. */
  readonly again: ReadonlyMap<string, Heard>;
  /** Keys of all sales. */
  readonly sold: readonly string[];
}

export async function postgresScenario(main: string, options: ResilienceOptions, bars: Bars): Promise<Findings> {
  const stage = await Stage.open(main, copies, 1);
  const client = new Client(stage.copies.map(({ origin }) => origin));
  try {
    await client.warmUp();
    const load = new Load(client, operationsOf(options.seed, options.rate, await client.goods(userIdOf(0))));
    const phases = new Phases(load);
    const outages = await disturb(stage, phases, options.seconds * 1000);
    await load.end();
    const again = await sendAgain(client, load.samples);
    return judge({ load, phases: phases.all, outages, again, sold: await stage.sold() }, bars);
  } finally {
    await client.close();
    await stage.close();
  }
}

async function disturb(stage: Stage, phases: Phases, phaseMs: number): Promise<readonly Outage[]> {
  const { postgres } = stage;
  const outage = async (name: string, ms: number): Promise<Outage> => {
    // From the moment that it no longer answers.
    const phase = await phases.run(name, ms);
    return { phase, called: new Set(await stage.moneyCalls()) };
  };
  await phases.warmUp();
  await phases.run("undisturbed", phaseMs);
  await postgres.stop();
  const stopped = await outage("stopped", phaseMs);
  await phases.run("started again", phaseMs, () => postgres.run());
  const goOn = postgres.freeze();
  const hung = await outage("hangs", Math.max(phaseMs, hangMs));
  await phases.run("goes on", phaseMs, goOn);
  return [stopped, hung];
}

/** As clients do, with the same key, until each is bought. */
async function sendAgain(client: Client, samples: readonly Sample[]): Promise<ReadonlyMap<string, Heard>> {
  const again = new Map<string, Heard>();
  const untilMs = performance.now() + patienceMs;
  let left = purchasesIn(samples).filter(({ heard }) => heard.outcome !== "SUCCEEDED");
  while (left.length > 0 && performance.now() < untilMs) {
    for (const { key, planned } of left) again.set(key, heardIn(await client.send(planned)));
    left = left.filter(({ key }) => again.get(key)?.outcome !== "SUCCEEDED");
    if (left.length > 0) await wait(pauseMs);
  }
  return again;
}

function judge({ load: { samples }, phases, outages, again, sold }: Observed, bars: Bars): Findings {
  const [undisturbed, ...others] = phases;
  if (undisturbed === undefined) throw new Error("Nothing was measured.");
  const p99Of = (phase: Phase): number => quantile(during(samples, phase, "read"), 0.99);
  const normalMs = bars.times * p99Of(undisturbed) + bars.plusMs;
  const reads = samples.filter(({ kind }) => kind === "read");
  const failures = failuresIn(samples);
  const failedReads = failuresIn(reads).length;
  const keys = purchasesIn(samples).map(({ key }) => key);
  const bought = keys.filter((key) => sold.filter((one) => one === key).length === 1).length;
  return {
    lines: [
      readTimes(samples, phases, normalMs),
      "",
      purchaseTable(samples, phases),
      `${String(again.size)} purchases were sent again afterwards: ${countsOf([...again.values()])}.`,
      ...shownFailures(failures),
    ],
    checks: [
      ...notTooBusy(p99Of(undisturbed), bars),
      { name: `PostgreSQL: 0 of ${String(reads.length)} reads fail (${String(failedReads)})`, passed: failedReads === 0 },
      ...outages.flatMap((outage) => checksOf(outage, samples)),
      ...outages.map(({ phase }) => ({
        name: `PostgreSQL ${phase.name}: reads take as long as before (p99)`,
        passed: p99Of(phase) <= normalMs,
      })),
      ...others.map((phase) => backToNormal(`PostgreSQL ${phase.name}`, { samples, phase, normalMs }, bars)),
      {
        name: `PostgreSQL: each of ${String(keys.length)} purchases is sold once in the end (${String(bought)}), of ${String(sold.length)} sales`,
        passed: bought === keys.length && sold.length === keys.length,
      },
    ],
  };
}

function checksOf({ phase, called }: Outage, samples: readonly Sample[]): readonly Check[] {
  const sent = purchasesIn(samples).filter(({ sentMs }) => sentMs >= phase.fromMs && sentMs < phase.toMs);
  const answered = samples.flatMap(({ purchase, answeredMs }) =>
    purchase !== undefined && sent.includes(purchase) && answeredMs < phase.toMs ? [purchase] : [],
  );
  const refused = answered.filter(({ heard }) => heard.saysNothingWasSent);
  const calls = sent.filter(({ key }) => called.has(key)).length;
  return [
    {
      name: `PostgreSQL ${phase.name}: 0 money calls for ${String(sent.length)} purchases sent meanwhile (${String(calls)})`,
      passed: sent.length > 0 && calls === 0,
    },
    {
      name: `PostgreSQL ${phase.name}: all of ${String(answered.length)} answers say that nothing was sent (${String(refused.length)})`,
      passed: answered.length > 0 && refused.length === answered.length,
    },
  ];
}

function purchaseTable(samples: readonly Sample[], phases: readonly Phase[]): string {
  const rows = phases.map((phase) => {
    const begun = during(samples, phase, "purchase");
    return [phase.name, String(begun.length), countsOf(purchasesIn(begun).map(({ heard }) => heard))];
  });
  return tableOf({ head: ["purchases", "count", "clients heard"], rows });
}

/** "12 SUCCEEDED, 3 nothing was sent" */
function countsOf(all: readonly Heard[]): string {
  const counts = new Map<string, number>();
  for (const { outcome, saysNothingWasSent } of all) {
    const words = saysNothingWasSent ? `nothing was sent (${outcome})` : outcome;
    counts.set(words, (counts.get(words) ?? 0) + 1);
  }
  return [...counts].map(([words, count]) => `${String(count)} ${words}`).join(", ") || "–";
}
