/** `npm run durability`: processes record and settle purchases as fast as they can while some of them are killed. Exits 1 where something that
 *  was acknowledged is lost, was claimed twice, or was not seen by a read that began afterwards. */
import { constants } from "node:os";
import { resolve } from "node:path";
import { createPostgresAttemptStore } from "../src/purchase/stores/postgres-attempt-store.js";
import { createSqliteAttemptStore } from "../src/purchase/stores/sqlite-attempt-store.js";
import { newRecordsPlace, type RecordsPlace } from "./databases/records-place.js";
import { Judge } from "./durability/judge.js";
import { releaseOf, scope } from "./durability/messages.js";
import { commandOf, usage, type DurabilityOptions } from "./durability/options.js";
import { Workers } from "./durability/workers.js";

const progressMs = 5000;
const mostShown = 10;

async function verified(judge: Judge, { environment }: RecordsPlace): Promise<void> {
  const { DATABASE_URL: url, DATA_DIRECTORY: directory = "" } = environment;
  const store = url === undefined ? createSqliteAttemptStore(directory) : createPostgresAttemptStore(url);
  await judge.verify((keys) =>
    store.attemptsAt(
      scope,
      keys.map((key) => ({ releaseId: releaseOf(key) })),
    ),
  );
  await store.close();
}

function report({ store }: DurabilityOptions, judge: Judge, workers: Workers, tookMs: number): void {
  const { claims, settlements, reads } = judge.figures;
  const { lost, doubleClaims, staleReads } = judge.crimes;
  console.log(`${store}: ${String(workers.kills)} kills in ${(tookMs / 1000).toFixed(1)} s`);
  console.log(
    `${String(claims)} claims and ${String(settlements)} settlements acknowledged, ${String(reads)} reads after an acknowledgement`,
  );
  for (const [why, times] of judge.refusals) console.log(`refused ${String(times)} times: ${why}`);
  const rules: readonly (readonly [string, readonly string[]])[] = [
    ["acknowledged commits lost", lost],
    ["double claims", doubleClaims],
    ["stale reads", staleReads],
    ["processes that ended by themselves", workers.deaths],
  ];
  for (const [crime, found] of rules) {
    console.log(`${String(found.length)} ${crime}`);
    for (const one of found.slice(0, mostShown)) console.log(`FAIL ${crime}: ${one}`);
  }
  const failed = rules.filter(([, found]) => found.length > 0).length + (claims === 0 || reads === 0 ? 1 : 0);
  console.log(`${String(rules.length - failed)} passed, ${String(failed)} failed`);
  if (failed > 0) process.exitCode = 1;
}

async function durability(options: DurabilityOptions): Promise<void> {
  const place = await newRecordsPlace(options.store);
  const judge = new Judge();
  const { environment } = place;
  const workers = new Workers({
    root: resolve(import.meta.dirname, ".."),
    environment,
    kills: options.kills,
    hear: (said) => judge.hear(said),
  });
  const end = async (): Promise<void> => {
    await workers.end();
    await place.remove();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) {
    process.on(signal, () => void end().then(() => process.exit(128 + constants.signals[signal])));
  }
  const begunMs = performance.now();
  const timer = setInterval(() => {
    console.error(`durability: ${String(workers.kills)} of ${String(options.kills)} kills, ${String(judge.figures.claims)} claims`);
  }, progressMs);
  try {
    await workers.run();
    const tookMs = performance.now() - begunMs;
    await workers.end();
    await verified(judge, place);
    report(options, judge, workers, tookMs);
  } finally {
    clearInterval(timer);
    await end();
  }
}

const command = commandOf(process.argv.slice(2));
if ("help" in command) console.log(usage);
else if ("refused" in command) {
  console.error(`${command.refused}\n\n${usage}`);
  process.exitCode = 2;
} else await durability(command.durability);
