/** Reports how every try of a call ended, to its operation and to telemetry. */
import { CallAborted } from "../limits/abort.js";
import { UpstreamError } from "../errors.js";
import type { CallOutcome, CallReport } from "../meter.js";
import type { Answer, Call, Layer } from "../pipeline.js";

/** @param watch Called for every try of every call. */
export function observe(now: () => number, watch: ((report: CallReport) => void) | undefined): Layer<Answer> {
  const report = ({ endpoint: { path: method, auth, effect }, meter }: Call, startedMs: number, ended: Ended): void => {
    const facts: CallReport = { method, auth, effect, ...ended, durationMs: now() - startedMs };
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
      if (error instanceof UpstreamError) {
        report(call, startedMs, { outcome: error.code, httpStatus: error.httpStatus, sent: !error.notSent });
      } else if (error instanceof CallAborted) {
        report(call, startedMs, { outcome: "GIVEN_UP", httpStatus: undefined, sent: !error.notSent });
      }
      throw error;
    }
  };
}

interface Ended {
  readonly outcome: CallOutcome;
  readonly httpStatus: number | undefined;
  readonly sent: boolean;
}
