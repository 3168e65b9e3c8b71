/** `npm run chaos`: random fault × double submit × kill -9 of a façade × restart, against the sandbox, on real sockets of this machine.
 *  Exits 1 where money was spent twice, an attempt is reported wrong, sent twice or never settled; the seed and the number of a run
 *  play it again. */
import { constants } from "node:os";
import { resolve } from "node:path";
import { Agent } from "undici";
import { startSandbox } from "../src/sandbox/sandbox.js";
import { Client, operatorSecret } from "./chaos/client.js";
import { Facades } from "./chaos/facades.js";
import { judge, type Finding } from "./chaos/judge.js";
import { commandOf, usage, type ChaosOptions } from "./chaos/options.js";
import { planOf } from "./chaos/plan.js";
import { Proxy } from "./chaos/proxy.js";
import { play, type Stage } from "./chaos/run.js";
import { Shop } from "./chaos/shop.js";
import { storyOf, Tally } from "./chaos/tally.js";
import { newRecordsPlace } from "./databases/records-place.js";

const root = resolve(import.meta.dirname, "..");
const progressMs = 5000;
const mostStories = 10;

function progress(what: string): void {
  console.error(`chaos: ${what}`);
}

/** Short times, so that faults are not waited for longer than they teach anything. */
function environment(apiUrl: string, secureOrigin: string): Record<string, string> {
  const { origin } = new URL(apiUrl);
  return {
    SEVENDIGITAL_CONSUMER_KEY: "sandbox",
    SEVENDIGITAL_CONSUMER_SECRET: "sandbox-secret",
    SEVENDIGITAL_BASE_URL: apiUrl,
    SEVENDIGITAL_SECURE_BASE_URL: `${secureOrigin}/1.2`,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_TIMEOUT_MS: "800",
    OPERATOR_SECRET: operatorSecret,
    // Operations are logged from there on.
    LOG_LEVEL: "info",
    // One for all copies and all their lives, so that quotes outlive a kill.
    SEALING_KEYS: `chaos:${Buffer.alloc(32, "chaos").toString("base64")}`,
    QUOTE_MINUTES: "1440",
    PURCHASE_TIMEOUT_MS: "400",
    PURCHASE_SETTLE_MS: "0,50",
    // A user buys faster here than anybody should.
    LIMIT_PURCHASES_PER_MINUTE: "0",
    LIMIT_OPERATIONS_PER_MINUTE: "0",
    LIMIT_SOCKETS_PER_CLIENT: "0",
  };
}

async function playAll({ runs, seed, parallel, facades, verbose }: ChaosOptions, stage: Stage, tally: Tally): Promise<void> {
  const users = new Map<number, number>();
  const waiting = [...runs].reverse();
  const work = async (): Promise<void> => {
    for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
      const plan = planOf(seed, run, facades);
      const { history, struck, userId } = await play(plan, stage);
      const findings = judge(history);
      users.set(userId, history.sales.length);
      tally.add(plan, history, struck, findings);
      if (verbose) console.log(storyOf(plan, history));
      const [first] = findings;
      if (first !== undefined) progress(`run ${String(run)}: ${first.crime}: ${first.detail}`);
    }
  };
  await Promise.all(Array.from({ length: parallel }, work));
  // What is sold to somebody after they have asked for the last time.
  for (const { userId } of stage.sandbox.sales) users.set(userId, (users.get(userId) ?? 0) - 1);
  const late = [...users.values()].filter((left) => left !== 0).length;
  if (late > 0) tally.general.push({ crime: "double purchase", detail: `${String(late)} users were sold more after their run had ended` });
}

function report({ seed, parallel, facades: copies, store }: ChaosOptions, { facades }: Stage, tally: Tally, tookMs: number): void {
  const { runs, sales, moneyCalls, asked, unanswered, broken, general } = tally;
  const lines = [
    tally.table(),
    "",
    `seed ${String(seed)}: ${String(runs)} runs in ${(tookMs / 1000).toFixed(1)} s, ${String(parallel)} at once, ${String(copies)} façades, records in ${store}`,
    `${String(sales)} sales, ${String(moneyCalls)} money calls, ${String(asked)} questions (${String(unanswered)} without an answer), ` +
      `${String(facades.kills)} kills, ${String(facades.deaths)} façades that ended by themselves`,
    tally.verdict(),
  ];
  console.log(lines.join("\n"));
  for (const { detail } of general) console.log(`FAIL ${detail}`);
  for (const { plan, history, findings } of broken.slice(0, mostStories)) {
    console.log(`FAIL run ${String(plan.run)} of seed ${String(seed)}: ${detailsOf(findings)}`);
    console.log(storyOf(plan, history));
  }
  if (broken.length > 0) {
    const numbers = broken.map(({ plan }) => plan.run).join(",");
    console.log(`Again: npm run chaos -- --seed ${String(seed)} --facades ${String(copies)} --store ${store} --only ${numbers}`);
  }
  if (facades.complaints.length > 0) console.log(["The façades said at last:", ...facades.complaints].join("\n  "));
  if (broken.length > 0 || general.length > 0 || facades.deaths > 0) process.exitCode = 1;
}

/** Whoever asks again and again is told the same again and again. */
function detailsOf(findings: readonly Finding[]): string {
  return [...new Set(findings.map(({ crime, detail }) => `${crime}: ${detail}`))].join("; ");
}

async function chaos(options: ChaosOptions): Promise<void> {
  progress(`seed ${String(options.seed)}, ${String(options.runs.length)} runs`);
  const sandbox = await startSandbox({ dailyLimit: Number.MAX_SAFE_INTEGER });
  const proxy = await Proxy.start(sandbox.port);
  const records = await newRecordsPlace(options.store);
  const facades = new Facades(root, options.facades, { ...environment(sandbox.baseUrl, proxy.origin), ...records.environment });
  const connections = new Agent({ connections: 64 });
  const tally = new Tally();
  endOnSignal(async () => {
    await facades.end();
    await records.remove();
  });
  const begunMs = performance.now();
  const timer = setInterval(() => {
    progress(`${String(tally.runs)} of ${String(options.runs.length)} runs, ${String(facades.kills)} kills, ${tally.verdict()}`);
  }, progressMs);
  try {
    await facades.start();
    const shop = await Shop.open(new Client(facades, "partner-user", connections));
    const stage = { sandbox, proxy, facades, connections, shop };
    await playAll(options, stage, tally);
    report(options, stage, tally, performance.now() - begunMs);
  } finally {
    clearInterval(timer);
    await facades.end();
    await records.remove();
    await connections.destroy();
    await proxy.close();
    await sandbox.close();
  }
}

/** Every time and not once: a terminal, npm and tsx each hand on the same Ctrl+C. */
function endOnSignal(end: () => Promise<void>): void {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end().then(() => process.exit(128 + constants.signals[signal])));
  }
}

const command = commandOf(process.argv.slice(2), Math.floor(Math.random() * 2 ** 32));
if ("help" in command) console.log(usage);
else if ("refused" in command) {
  console.error([...command.refused, "", usage].join("\n"));
  process.exitCode = 2;
} else {
  await chaos(command.chaos);
  // Node may wait for ever for sockets that were reset, when it leaves by itself.
  process.exit();
}
