/** Circuit breaker: while most calls fail it rejects calls at once, and lets a probe through every few seconds. It reacts to a server that is down,
 *  not to single items that fail (docs/decisions/0021).
 *  cockatiel's breaker is not used: callers have to wait for its probe, any error it does not count closes it, and it has its own clock. */
import { subjectOf } from "../request/call-key.js";
import { UpstreamError } from "../errors.js";
import type { BreakerState, CallClass } from "../stats.js";
import type { Layer } from "../pipeline.js";
import { RecentCalls } from "./recent-calls.js";
import type { AnyEndpoint } from "../request/request.js";

const probeEveryMs = 5000;
/** For this long after a probe is due, subjects that failed a moment ago are not the probe: they may fail for a reason of their own. */
const othersFirstMs = 500;
const longestWithoutProbeMs = 10_000;

/** One per class of calls: lockers that fail say nothing about the catalogue or about purchases. */
export type Breakers = Readonly<Record<CallClass, Breaker>>;

export function createBreakers(now: () => number): Breakers {
  return { read: new Breaker(now), signedRead: new Breaker(now), write: new Breaker(now), money: new Breaker(now) };
}

export function breaker<A>(breakers: Breakers): Layer<A> {
  return (next) => async (call) => {
    if (call.critical) return next(call);
    const report = breakers[classOf(call.endpoint)].admit(call.endpoint.path, subjectOf(call));
    try {
      const answer = await next(call);
      report("answered");
      return answer;
    } catch (error) {
      report(verdictOf(error));
      throw error;
    }
  };
}

function classOf({ effect, auth }: AnyEndpoint): CallClass {
  return effect === "read" && auth !== "key" ? "signedRead" : effect;
}

/** What the end of a call says about 7digital. Undefined: nothing. */
type Verdict = "answered" | "failed" | undefined;

/** Any answer with HTTP 2xx to 4xx proves that 7digital is up, even one that cannot be read or says that it failed (7xxx, 9xxx). */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof UpstreamError)) return undefined;
  const { traits, httpStatus, notSent } = error;
  if (httpStatus === undefined ? traits.tripsBreaker.includes("noResponse") : httpStatus >= 500 && error.isServerFault) return "failed";
  return notSent ? undefined : "answered";
}

/** The state while calls are rejected. */
interface Open {
  probeAtMs: number;
  probing: boolean;
  /** Calls that failed before it opened, and failed probes. */
  readonly failed: RecentCalls;
}

export class Breaker {
  private recent = new RecentCalls();
  private open: Open | undefined;
  private calls = 0;

  constructor(private readonly now: () => number) {}

  get state(): BreakerState {
    if (this.open === undefined) return "closed";
    return this.open.probing ? "halfOpen" : "open";
  }

  /** @param subject What the call is about. @returns takes how the call ended. @throws UpstreamError where it must not be made. */
  admit(method: string, subject: string): (verdict: Verdict) => void {
    const nowMs = this.now();
    const { open } = this;
    if (open === undefined) return this.letThrough(subject);
    // Also after the clock was set back.
    const isDue = nowMs >= open.probeAtMs || open.probeAtMs > nowMs + probeEveryMs;
    if (open.probing || !isDue) throw rejection(method, open.probeAtMs);
    if (subject === open.failed.last) return this.afterOthers(open, method, subject, nowMs);
    const from = open.failed.hasFailed(subject, nowMs) ? open.probeAtMs + othersFirstMs : nowMs;
    if (nowMs < from) throw rejection(method, from);
    return this.probe(open, subject, nowMs);
  }

  /** What failed last is never the probe. But a service that reads a single item must recover, so the breaker closes after ten seconds. */
  private afterOthers({ probeAtMs }: Open, method: string, subject: string, nowMs: number): (verdict: Verdict) => void {
    if (nowMs < probeAtMs + longestWithoutProbeMs) throw rejection(method, probeAtMs + longestWithoutProbeMs);
    this.close();
    return this.letThrough(subject);
  }

  private letThrough(subject: string): (verdict: Verdict) => void {
    const { recent } = this;
    const nth = (this.calls += 1);
    return (verdict) => {
      // Calls that began before the last change of state do not count.
      if (recent === this.recent) this.count(subject, verdict, nth);
    };
  }

  private probe(open: Open, subject: string, nowMs: number): (verdict: Verdict) => void {
    open.probing = true;
    open.probeAtMs = nowMs + probeEveryMs;
    return (verdict) => {
      open.probing = false;
      if (verdict === "answered") this.close();
      else if (verdict === "failed") open.failed.add(subject, true, 0, this.now());
      else open.probeAtMs = nowMs;
    };
  }

  private close(): void {
    this.open = undefined;
    this.recent = new RecentCalls();
  }

  private count(subject: string, verdict: Verdict, nth: number): void {
    if (verdict === undefined) return;
    const nowMs = this.now();
    const { recent } = this;
    recent.add(subject, verdict === "failed", nth, nowMs);
    if (verdict === "answered" || !recent.mostlyFailed()) return;
    this.recent = new RecentCalls();
    this.open = { probeAtMs: nowMs + probeEveryMs, probing: false, failed: recent };
  }
}

function rejection(method: string, resetAtMs: number): UpstreamError {
  const message = `${method} was not called: most calls to 7digital fail at the moment. Try again in some seconds.`;
  return new UpstreamError("UPSTREAM_UNAVAILABLE", message, { method, resetAtMs, notSent: true });
}
