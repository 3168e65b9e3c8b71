/** `npm run resilience`: what clients notice when Redis or PostgreSQL stops, and in a release. Real servers, under load, on loopback. See
 *  docs/operations.md. Exits 1 where it is more than it may be; the seed plays the load again. */
import { spawnSync } from "node:child_process";
import { constants, cpus, loadavg } from "node:os";
import { join, resolve } from "node:path";
import { commandOf, usage, type ResilienceOptions, type ScenarioName } from "./resilience/options.js";
import { postgresScenario } from "./resilience/postgres-scenario.js";
import { redisScenario } from "./resilience/redis-scenario.js";
import { releaseScenario } from "./resilience/release-scenario.js";
import { bars, lenientBars, type Bars, type Check, type Findings } from "./resilience/report.js";

const root = resolve(import.meta.dirname, "..");
const main = join(root, "dist/main.js");

type Scenario = (main: string, options: ResilienceOptions, bars: Bars) => Promise<Findings>;
const scenarios: Readonly<Record<ScenarioName, Scenario>> = {
  redis: redisScenario,
  postgres: postgresScenario,
  release: releaseScenario,
};

/** Compiles what `npm start` would compile. */
function build(): void {
  const { status } = spawnSync(process.execPath, [join(root, "scripts/start.mjs"), "--version"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) throw new Error("The service cannot be built.");
}

async function play(name: ScenarioName, options: ResilienceOptions): Promise<readonly Check[]> {
  console.log(`\n== ${name} (load of the machine before: ${loadavg()[0]?.toFixed(1) ?? ""} on ${String(cpus().length)} cores)`);
  const { lines, checks } = await scenarios[name](main, options, options.lenient ? lenientBars : bars);
  console.log([...lines, ...checks.map(({ name: what, passed }) => `${passed ? "ok  " : "FAIL"} ${what}`)].join("\n"));
  return checks;
}

async function resilience(options: ResilienceOptions): Promise<void> {
  build();
  console.log(`seed ${String(options.seed)}, ${String(options.rate)} operations a second, phases of ${String(options.seconds)} s`);
  const checks: Check[] = [];
  for (const name of options.scenarios) checks.push(...(await play(name, options)));
  const passed = checks.filter((check) => check.passed).length;
  console.log(`\n${String(passed)} passed, ${String(checks.length - passed)} failed`);
  if (passed < checks.length) process.exitCode = 1;
}

// What was started ends with the process.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, () => process.exit(128 + constants.signals[signal]));

const command = commandOf(process.argv.slice(2), Math.floor(Math.random() * 2 ** 32));
if ("help" in command) console.log(usage);
else if ("refused" in command) {
  console.error([...command.refused, "", usage].join("\n"));
  process.exitCode = 2;
} else await resilience(command.resilience);
