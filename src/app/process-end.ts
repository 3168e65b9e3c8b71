/** How the process ends: gracefully on a signal, at once on an unforeseen failure. */
import { setTimeout as wait } from "node:timers/promises";
import { reportFailure } from "../telemetry/failure-report.js";
import type { Log } from "../telemetry/log.js";
import { flushSpans } from "../telemetry/tracing.js";
import type { RunningServer } from "./server.js";

interface Running extends Pick<RunningServer, "drain"> {
  readonly log: Log;
  readonly close: () => Promise<void>;
}

interface Stopping extends Running {
  /** Time for a load balancer to notice that this copy is no longer ready. */
  readonly drainMs: number;
}

/** Handles SIGINT, SIGTERM and SIGHUP: the first signal stops gracefully, the second exits at once. SIGINT comes from a terminal, where no
 *  load balancer has to notice, so it does not wait. SIGHUP says that the terminal is gone, sometimes twice, and hurries nothing.
 *  @returns Call it once the service listens. A signal before that exits at once. */
export function stopOnSignal(): (running: Stopping) => void {
  let running: Stopping | undefined;
  let stopping = false;
  const onSignal = async (isWatched: boolean): Promise<void> => {
    if (running === undefined) process.exit(0);
    if (stopping) process.exit(1);
    stopping = true;
    running.drain();
    if (isWatched) await wait(running.drainMs);
    await closeAndEnd(running);
  };
  process.on("SIGINT", () => void onSignal(false));
  process.on("SIGTERM", () => void onSignal(true));
  process.on("SIGHUP", () => {
    if (!stopping) void onSignal(false);
  });
  return (started) => {
    running = started;
  };
}

/** Ends the process when everything under way has ended: with code 0, or 1 where that fails. */
export async function closeAndEnd({ log, close }: Pick<Running, "log" | "close">): Promise<void> {
  try {
    await close();
    await flushSpans();
    process.exit(0);
  } catch (error) {
    reportFailure(log, error, "failure while stopping");
    process.exit(1);
  }
}

/** After an uncaught failure the state of the process is unknown, so it exits. Purchases under way are recorded, and are reconciled at
 *  the next start. */
export function endOnFailure(log: Log): void {
  for (const kind of ["uncaughtException", "unhandledRejection"] as const) {
    process.on(kind, (error: unknown) => {
      reportFailure(log, error, kind === "uncaughtException" ? "uncaught exception" : "unhandled rejection");
      process.exit(1);
    });
  }
}
