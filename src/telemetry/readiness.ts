/** Readiness: whether to send more requests to this process. It sends no call of its own, but watches the calls of operations. */
import { outcomeTraits, type CallReport } from "../upstream/meter.js";
import type { Watched } from "./metrics.js";

/** `degraded` still takes requests: while 7digital is down all copies are, and they still serve from their caches. */
interface Readiness {
  readonly status: "ready" | "degraded" | "unready";
  readonly reasons: readonly string[];
}

interface ReadinessOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Why purchases cannot be recorded; undefined where they can. */
  readonly records: () => Promise<string | undefined>;
  readonly client: () => Pick<Watched, "stats"> | undefined;
}

/** A copy without requests could not find out that its key is valid again, so a rejection expires. */
const rejectionMs = 60_000;

export function createReadiness({ now, records, client }: ReadinessOptions) {
  let draining = false;
  let rejectedUntilMs = 0;
  return {
    /** From now on it is not ready. */
    drain: (): void => {
      draining = true;
    },
    observeCall({ outcome, auth }: Pick<CallReport, "outcome" | "auth">): void {
      const { key } = outcomeTraits(outcome);
      // A signed call may be rejected because one method is not for us.
      if (key === "rejected" && auth === "key") rejectedUntilMs = now() + rejectionMs;
      else if (key === "accepted") rejectedUntilMs = 0;
    },
    read: async (): Promise<Readiness> => {
      const missing = await records();
      const grave = [...(draining ? ["draining"] : []), ...(now() < rejectedUntilMs ? ["upstream refused our key"] : [])];
      const light = [
        ...(isFailing(client()) ? ["upstream is failing"] : []),
        ...(missing === undefined ? [] : [`purchase records: ${missing}`]),
      ];
      const status = grave.length > 0 ? "unready" : light.length > 0 ? "degraded" : "ready";
      return { status, reasons: [...grave, ...light] };
    },
  };
}

/** Half-open counts as failing: a probe that hangs takes as long as the wait for it. */
function isFailing(client: Pick<Watched, "stats"> | undefined): boolean {
  return client !== undefined && client.stats().breakers.read !== "closed";
}
