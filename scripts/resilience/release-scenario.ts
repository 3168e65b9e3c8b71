/** A release: four copies behind HAProxy are stopped and started again, one after the other, under load. The same load without that says how
 *  many more calls it costs. */
import { setTimeout as wait } from "node:timers/promises";
import { Client } from "./client.js";
import type { Copy } from "./copy.js";
import { startHaproxy } from "./haproxy.js";
import { Load, purchasesIn, type Sample } from "./load.js";
import type { ResilienceOptions } from "./options.js";
import { operationsOf, userIdOf } from "./plan.js";
import { failuresIn, ms, shownFailures, tableOf, type Check, type Findings } from "./report.js";
import { Stage } from "./stage.js";
import { during, quantile } from "./times.js";

const copyCount = 4;
/** HAProxy, and what the load says to be in front of it: clients have addresses of their own that way. */
const trustedProxies = 2;
/** What a restart may cost, for what the cache of a copy alone had. */
const mostMoreCalls = 0.05;

interface Restart {
  readonly code: number | null;
  readonly stopMs: number;
  readonly startMs: number;
}

interface Run {
  readonly name: string;
  readonly samples: readonly Sample[];
  readonly sold: readonly string[];
  /** What the sandbox got. */
  readonly calls: number;
  /** From the first operation on. */
  readonly tookMs: number;
}

type During = (stage: Stage, load: Load) => Promise<void>;

export async function releaseScenario(main: string, options: ResilienceOptions): Promise<Findings> {
  const restarts: Restart[] = [];
  const pause = (): Promise<void> => wait(options.seconds * 1000);
  const released = await run("release", main, options, async ({ copies }, load) => {
    await pause();
    for (const copy of copies) restarts.push(await restart(copy));
    await pause();
    await load.end();
  });
  const undisturbed = await run("undisturbed", main, options, (_stage, load) => load.end(released.tookMs));
  return judge(released, undisturbed, restarts);
}

async function run(name: string, main: string, { seed, rate }: ResilienceOptions, meanwhile: During): Promise<Run> {
  const stage = await Stage.open(main, copyCount, trustedProxies);
  const proxy = await startHaproxy(stage.copies.map(({ port }) => port)).catch(async (error: unknown) => {
    await stage.close();
    throw error;
  });
  const client = new Client([proxy.origin]);
  try {
    await client.warmUp();
    const goods = await client.goods(userIdOf(0));
    const callsBefore = await stage.calls();
    const load = new Load(client, operationsOf(seed, rate, goods));
    await meanwhile(stage, load);
    return { name, samples: load.samples, tookMs: load.endMs, sold: await stage.sold(), calls: (await stage.calls()) - callsBefore };
  } finally {
    await client.close();
    await proxy.close();
    await stage.close();
  }
}

async function restart(copy: Copy): Promise<Restart> {
  const begunMs = performance.now();
  const code = await copy.stop();
  const stoppedMs = performance.now();
  await copy.start();
  return { code, stopMs: stoppedMs - begunMs, startMs: performance.now() - stoppedMs };
}

function judge(released: Run, undisturbed: Run, restarts: readonly Restart[]): Findings {
  const runs = [released, undisturbed];
  const more = released.calls / undisturbed.calls - 1;
  const codes = restarts.map(({ code }) => String(code));
  return {
    lines: [
      tableOf({
        head: ["run", "operations", "failed", "purchases", "calls to the sandbox", "p50 of reads", "p99 of reads"],
        rows: runs.map(rowOf),
      }),
      "",
      tableOf({
        head: ["copy", "exit code", "stopped in", "ready in"],
        rows: restarts.map(({ code, stopMs, startMs }, nth) => [String(nth + 1), String(code), `${ms(stopMs)} ms`, `${ms(startMs)} ms`]),
      }),
      ...shownFailures(runs.flatMap(({ samples }) => failuresIn(samples))),
    ],
    checks: [
      {
        name: `Release: the copies end with code 0 (${codes.join(", ")})`,
        passed: codes.length === copyCount && codes.every((code) => code === "0"),
      },
      ...runs.flatMap(checksOf),
      { name: `Release: at most 5 % more calls than without (${(100 * more).toFixed(1)} %)`, passed: more <= mostMoreCalls },
    ],
  };
}

function rowOf({ name, samples, calls }: Run): readonly string[] {
  const reads = during(samples, { fromMs: 0, toMs: Infinity }, "read");
  const counts = [samples.length, failuresIn(samples).length, purchasesIn(samples).length, calls].map(String);
  return [name, ...counts, ms(quantile(reads, 0.5)), ms(quantile(reads, 0.99))];
}

function checksOf({ name, samples, sold }: Run): readonly Check[] {
  const failed = failuresIn(samples).length;
  const purchases = purchasesIn(samples);
  const heard = purchases.filter((purchase) => purchase.heard.outcome === "SUCCEEDED").map(({ key }) => key);
  const once = heard.filter((key) => sold.filter((one) => one === key).length === 1).length;
  const all = `${String(purchases.length)} purchases, ${String(sold.length)} sales, ${String(once)} reported and sold once`;
  return [
    { name: `Release, ${name}: 0 of ${String(samples.length)} operations fail (${String(failed)})`, passed: failed === 0 },
    { name: `Release, ${name}: ${all}`, passed: once === purchases.length && sold.length === purchases.length },
  ];
}
