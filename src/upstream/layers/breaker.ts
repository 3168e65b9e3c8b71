/** Leaves 7digital alone while most calls fail: refuses them at once, and lets one through now and then to see whether it answers again.
 *  cockatiel's breaker is not used: it lets callers wait for that one call, takes any error it does not count for a recovery, and reads
 *  the clock by itself. */
import { UpstreamError, type UpstreamErrorCode } from "../errors.js";
import type { BreakerState, CallSort } from "../figures.js";
import type { Layer } from "../pipeline.js";
import type { AnyEndpoint } from "../request.js";

const windowMs = 10_000;
const sliceMs = 1000;
const fewestCalls = 10;
const failedShare = 0.5;
const probeEveryMs = 5000;

/** One for each sort of call: lockers that fail say nothing about the catalogue, and neither does about purchases. */
export type Breakers = Readonly<Record<CallSort, Breaker>>;

export function createBreakers(now: () => number): Breakers {
  return { read: new Breaker(now), signedRead: new Breaker(now), write: new Breaker(now), money: new Breaker(now) };
}

export function breaker<A>(breakers: Breakers): Layer<A> {
  return (next) => async (call) => {
    if (call.exempt) return next(call);
    const settle = breakers[sortOf(call.endpoint)].admit(call.endpoint.path);
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

const failures: ReadonlySet<UpstreamErrorCode> = new Set(["UPSTREAM_UNAVAILABLE", "UPSTREAM_TIMEOUT", "UPSTREAM_BAD_RESPONSE"]);

function verdictOf(error: unknown): Verdict {
  if (!(error instanceof UpstreamError)) return undefined;
  const { code, httpStatus = 0, sevendigitalCode = "", notSent } = error;
  if (failures.has(code)) return "failed";
  if (notSent) return undefined;
  return code === "UPSTREAM_ERROR" && (httpStatus >= 500 || /^[79]\d{3}$/.test(sevendigitalCode)) ? "failed" : "answered";
}

export class Breaker {
  private recent = new RecentCalls();
  /** Undefined while calls are let through. */
  private probeAtMs: number | undefined;
  private probing = false;

  constructor(private readonly now: () => number) {}

  get state(): BreakerState {
    if (this.probeAtMs === undefined) return "closed";
    return this.probing ? "halfOpen" : "open";
  }

  /** Gives whom to tell how the call ended. @throws UpstreamError where it is not to be made. */
  admit(method: string): (verdict: Verdict) => void {
    const { recent, probeAtMs } = this;
    if (probeAtMs === undefined) {
      return (verdict) => {
        // Calls that began before the last change say nothing about what is now.
        if (recent === this.recent) this.count(verdict);
      };
    }
    const nowMs = this.now();
    // A clock that was set back is not waited for.
    const isDue = nowMs >= probeAtMs || probeAtMs > nowMs + probeEveryMs;
    if (this.probing || !isDue) throw refusal(method, probeAtMs);
    this.probing = true;
    this.probeAtMs = nowMs + probeEveryMs;
    return (verdict) => {
      this.probing = false;
      if (verdict === "answered") this.probeAtMs = undefined;
      else if (verdict === undefined) this.probeAtMs = nowMs;
    };
  }

  private count(verdict: Verdict): void {
    if (verdict === undefined) return;
    const nowMs = this.now();
    this.recent.add(verdict === "failed", nowMs);
    if (verdict === "answered" || !this.recent.mostlyFailed()) return;
    this.recent = new RecentCalls();
    this.probeAtMs = nowMs + probeEveryMs;
  }
}

function refusal(method: string, resetAtMs: number): UpstreamError {
  const message = `${method} was not called: 7digital fails at the moment. Ask again in some seconds.`;
  return new UpstreamError("UPSTREAM_UNAVAILABLE", message, { method, resetAtMs, notSent: true });
}

interface Slice {
  readonly startedMs: number;
  calls: number;
  failed: number;
}

/** The last ten seconds, second by second. */
class RecentCalls {
  private slices: Slice[] = [];

  add(failed: boolean, nowMs: number): void {
    let last = this.slices.at(-1);
    if (last === undefined || nowMs >= last.startedMs + sliceMs) {
      last = { startedMs: nowMs, calls: 0, failed: 0 };
      this.slices = [...this.slices.filter(({ startedMs }) => nowMs < startedMs + windowMs), last];
    }
    last.calls += 1;
    if (failed) last.failed += 1;
  }

  mostlyFailed(): boolean {
    let calls = 0;
    let failed = 0;
    for (const slice of this.slices) {
      calls += slice.calls;
      failed += slice.failed;
    }
    return calls >= fewestCalls && failed >= failedShare * calls;
  }
}
