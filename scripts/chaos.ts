/** `npm run chaos`: random fault × double submit × kill -9 of a façade × restart × databases that fail, against the sandbox, on real sockets of
 *  this machine. Exits 1 where money was spent twice, an attempt is reported wrong, sent twice or never settled, or the catalogue is read wrong;
 *  the seed and the number of a run play it again. */
import { constants } from "node:os";
import { resolve } from "node:path";
import { Agent } from "undici";
import { startSandbox } from "../src/sandbox/sandbox.js";
import { Client, operatorSecret } from "./chaos/client.js";
import { Databases } from "./chaos/databases.js";
import { Facades } from "./chaos/facades.js";
import { judge } from "./chaos/judge.js";
import { commandOf, usage, type ChaosOptions } from "./chaos/options.js";
import { planOf } from "./chaos/plan.js";
import { Proxy } from "./chaos/proxy.js";
import { Readers } from "./chaos/reads.js";
import { report } from "./chaos/report.js";
import { play, type Stage } from "./chaos/run.js";
import { Shop } from "./chaos/shop.js";
import { storyOf, Tally } from "./chaos/tally.js";

const root = resolve(import.meta.dirname, "..");
const progressMs = 5000;
/** Reads of the catalogue at once. */
const readers = 2;

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
    // Enough for a machine that starts façades and databases meanwhile.
    SEVENDIGITAL_TIMEOUT_MS: "2500",
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

async function playAll({ runs, seed, parallel, facades, disturb, verbose }: ChaosOptions, stage: Stage, tally: Tally): Promise<void> {
  const users = new Map<number, number>();
  const waiting = [...runs].reverse();
  const work = async (): Promise<void> => {
    for (let run = waiting.pop(); run !== undefined; run = waiting.pop()) {
      const plan = planOf(seed, run, facades, disturb.includes("postgres"));
      const { history, struck, userId } = await play(plan, stage);
      const findings = judge(history);
      users.set(userId, history.sales.length);
      tally.add(plan, history, { struck, findings, periods: stage.databases.periods });
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

async function chaos(options: ChaosOptions): Promise<void> {
  progress(`seed ${String(options.seed)}, ${String(options.runs.length)} runs`);
  const sandbox = await startSandbox({ dailyLimit: Number.MAX_SAFE_INTEGER });
  const proxy = await Proxy.start(sandbox.port);
  const databases = await Databases.start(options);
  const common = environment(sandbox.baseUrl, proxy.origin);
  const facades = new Facades(root, options.facades, (index) => ({ ...common, ...databases.environment(index) }));
  const connections = new Agent({ connections: 64 });
  const reads = new Readers(facades, connections, options.seed);
  const tally = new Tally();
  endOnSignal(async () => {
    await facades.end();
    await databases.remove();
  });
  const begunMs = performance.now();
  const timer = setInterval(() => {
    progress(`${String(tally.runs)} of ${String(options.runs.length)} runs, ${String(facades.kills)} kills, ${tally.verdict()}`);
  }, progressMs);
  try {
    await facades.start();
    const shop = await Shop.open(new Client(facades, "partner-user", connections));
    const stage = { sandbox, proxy, facades, databases, connections, shop };
    if (options.disturb.length > 0) reads.begin(readers);
    databases.disturb(options.seed, (error) =>
      tally.general.push({ crime: "bad answer", detail: `a database does not come back: ${String(error)}` }),
    );
    await playAll(options, stage, tally);
    await databases.calm();
    await reads.end();
    for (const detail of reads.details) tally.general.push({ crime: "failed read", detail });
    report(options, stage, { tally, reads: reads.counts, tookMs: performance.now() - begunMs });
  } finally {
    clearInterval(timer);
    await facades.end();
    await databases.remove();
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
