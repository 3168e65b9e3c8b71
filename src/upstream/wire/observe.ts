/** Reports how every try of a call ended, to its operation and to telemetry. */
import { CallAborted } from "../limits/abort.js";
import type { Ambient } from "../client.js";
import { UpstreamError } from "../errors.js";
import type { CallReport } from "../meter.js";
import type { Answer, Call, Layer } from "../pipeline.js";

type Ended = Pick<CallReport, "outcome" | "httpStatus" | "sent">;

export function observe({ now, observe: watch }: Pick<Ambient, "now" | "observe">): Layer<Answer> {
  const report = ({ endpoint: { path: method, auth, effect }, meter }: Call, startedMs: number, ended: Ended): void => {
    const { outcome, httpStatus, sent } = ended;
    const facts: CallReport = { method, auth, effect, outcome, httpStatus, sent, durationMs: now() - startedMs };
    meter?.called(facts);
    watch?.(facts);
  };
  return (next) => async (call) => {
    const startedMs = now();
    try {
      const answer = await next(call);
      report(call, startedMs, { outcome: "OK", httpStatus: answer.httpStatus, sent: true });
      return answer;
    } catch (error) {
      const ended = failureEnd(error);
      if (ended !== undefined) report(call, startedMs, ended);
      throw error;
    }
  };
}

/** Undefined for our own bugs. */
export function failureEnd(error: unknown): Ended | undefined {
  if (error instanceof UpstreamError) return { outcome: error.code, httpStatus: error.httpStatus, sent: !error.notSent };
  return error instanceof CallAborted ? { outcome: "ABORTED", httpStatus: undefined, sent: !error.notSent } : undefined;
}
