/** Whether more requests should be sent to this process. It does not ask 7digital: it goes by what the calls of others have shown. */
import type { CallOutcome, CallReport } from "../upstream/meter.js";
import type { Watched } from "./metrics.js";

/** `unready` is answered with 503. `degraded` still with 200: while 7digital is down, all copies are, and one that is taken out of service
 *  serves not even what it remembers. */
interface Readiness {
  readonly status: "ready" | "degraded" | "unready";
  readonly reasons: readonly string[];
}

export interface ReadinessWatch {
  /** From now on it is not ready. */
  drain(): void;
  called(report: Pick<CallReport, "outcome" | "auth">): void;
  look(): Promise<Readiness>;
}

interface ReadinessOptions {
  /** Epoch milliseconds. */
  readonly now: () => number;
  /** Why purchases cannot be recorded; undefined where they can. */
  readonly records: () => Promise<string | undefined>;
  readonly client: () => Pick<Watched, "figures"> | undefined;
}

/** No longer, or a copy that gets no requests would never find out that its key is good again. */
const refusalMs = 60_000;

/** What 7digital tells only whose key it knows. */
const ofKeyHolders: ReadonlySet<CallOutcome> = new Set(["OK", "NOT_FOUND", "NOT_AVAILABLE_IN_COUNTRY"]);

export function createReadiness({ now, records, client }: ReadinessOptions): ReadinessWatch {
  let draining = false;
  let refusedUntilMs = 0;
  return {
    drain() {
      draining = true;
    },
    called({ outcome, auth }) {
      // Of a signed call it may be that one method is not for us.
      if (outcome === "UPSTREAM_AUTH" && auth === "key") refusedUntilMs = now() + refusalMs;
      else if (ofKeyHolders.has(outcome)) refusedUntilMs = 0;
    },
    async look() {
      const missing = await records();
      const grave = [...(draining ? ["draining"] : []), ...(now() < refusedUntilMs ? ["upstream refused our key"] : [])];
      const light = [
        ...(isFailing(client()) ? ["upstream is failing"] : []),
        ...(missing === undefined ? [] : [`purchase records: ${missing}`]),
      ];
      const status = grave.length > 0 ? "unready" : light.length > 0 ? "degraded" : "ready";
      return { status, reasons: [...grave, ...light] };
    },
  };
}

/** While it is tried, too: a try that hangs takes as long as the wait for it. */
function isFailing(client: Pick<Watched, "figures"> | undefined): boolean {
  return client !== undefined && client.figures().breakers.read !== "closed";
}
