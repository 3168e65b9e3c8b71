/** Leaves 7digital alone while most calls fail: refuses them at once, and lets one through now and then to see whether it answers again. It
 *  reacts to a server that is down, not to items that can not be answered (docs/decisions/0021).
 *  cockatiel's breaker is not used: it lets callers wait for that one call, takes any error it does not count for a recovery, and reads
 *  the clock by itself. */
import { subjectOf } from "../call-key.js";
import { UpstreamError, type UpstreamErrorCode } from "../errors.js";
import type { BreakerState, CallSort } from "../figures.js";
import type { Layer } from "../pipeline.js";
import { RecentCalls } from "../recent-calls.js";
import type { AnyEndpoint } from "../request.js";

const probeEveryMs = 5000;
/** So long after a probe is due what failed a moment ago leaves it to others: it may fail for a reason of its own. */
const othersFirstMs = 500;
const longestWithoutProbeMs = 10_000;

/** One for each sort of call: lockers that fail say nothing about the catalogue, and neither does about purchases. */
export type Breakers = Readonly<Record<CallSort, Breaker>>;

export function createBreakers(now: () => number): Breakers {
  return { read: new Breaker(now), signedRead: new Breaker(now), write: new Breaker(now), money: new Breaker(now) };
}

export function breaker<A>(breakers: Breakers): Layer<A> {
  return (next) => async (call) => {
    if (call.exempt) return next(call);
    const settle = breakers[sortOf(call.endpoint)].admit(call.endpoint.path, subjectOf(call));
    try {
      const answer = await next(call);
      settle("answered");
      return answer;
    } catch (error) {
      settle(verdictOf(error));
      throw error;
    }
  };
}

function sortOf({ effect, auth }: AnyEndpoint): CallSort {
  return effect === "read" && auth !== "key" ? "signedRead" : effect;
}

/** What the end of a call says about 7digital; undefined where it says nothing. */
type Verdict = "answered" | "failed" | undefined;

/** Without an HTTP answer. */
const onTheWay: ReadonlySet<UpstreamErrorCode> = new Set(["UPSTREAM_UNAVAILABLE", "UPSTREAM_TIMEOUT", "UPSTREAM_BAD_RESPONSE"]);

/** Any answer with HTTP 2xx to 4xx proves that 7digital is up, even one that cannot be read or says that it failed (7xxx, 9xxx). */
function verdictOf(error: unknown): Verdict {
  if (!(error instanceof UpstreamError)) return undefined;
  const { code, httpStatus, notSent } = error;
  if (httpStatus === undefined ? onTheWay.has(code) : httpStatus >= 500) return "failed";
  return notSent ? undefined : "answered";
}

/** While calls are refused. */
interface Open {
  probeAtMs: number;
  probing: boolean;
  /** What failed before, and as a probe. */
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

  /** Gives whom to tell how the call ended. @param subject What it is about. @throws UpstreamError where it is not to be made. */
  admit(method: string, subject: string): (verdict: Verdict) => void {
    const nowMs = this.now();
    const { open } = this;
    if (open === undefined) return this.letThrough(subject);
    // A clock that was set back is not waited for.
    const isDue = nowMs >= open.probeAtMs || open.probeAtMs > nowMs + probeEveryMs;
    if (open.probing || !isDue) throw refusal(method, open.probeAtMs);
    if (subject === open.failed.last) return this.afterOthers(open, method, subject, nowMs);
    const from = open.failed.hasFailed(subject, nowMs) ? open.probeAtMs + othersFirstMs : nowMs;
    if (nowMs < from) throw refusal(method, from);
    return this.probe(open, subject, nowMs);
  }

  /** What failed last is never the probe. Where nothing else is asked for it is let through as any other call, or a service that asks for one
   *  thing alone would never recover. */
  private afterOthers({ probeAtMs }: Open, method: string, subject: string, nowMs: number): (verdict: Verdict) => void {
    if (nowMs < probeAtMs + longestWithoutProbeMs) throw refusal(method, probeAtMs + longestWithoutProbeMs);
    this.close();
    return this.letThrough(subject);
  }

  private letThrough(subject: string): (verdict: Verdict) => void {
    const { recent } = this;
    const nth = (this.calls += 1);
    return (verdict) => {
      // Calls that began before the last change say nothing about what is now.
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

function refusal(method: string, resetAtMs: number): UpstreamError {
  const message = `${method} was not called: 7digital fails at the moment. Ask again in some seconds.`;
  return new UpstreamError("UPSTREAM_UNAVAILABLE", message, { method, resetAtMs, notSent: true });
}
