/** Tells how every try of a call ended: to the operation that makes it, and to whoever watches the process. */
import { GivenUp } from "../deadline.js";
import { UpstreamError } from "../errors.js";
import type { CallOutcome, CallReport } from "../meter.js";
import type { Answer, Call, Layer } from "../pipeline.js";

/** @param watch Told of all calls. */
export function observe(now: () => number, watch: ((report: CallReport) => void) | undefined): Layer<Answer> {
  const tell = ({ endpoint: { path: method, auth, effect }, meter }: Call, startedMs: number, ended: Ended): void => {
    const report: CallReport = { method, auth, effect, ...ended, durationMs: now() - startedMs };
    meter?.called(report);
    watch?.(report);
  };
  return (next) => async (call) => {
    const startedMs = now();
    try {
      const answer = await next(call);
      tell(call, startedMs, { outcome: "OK", httpStatus: answer.httpStatus, sent: true });
      return answer;
    } catch (error) {
      if (error instanceof UpstreamError) {
        tell(call, startedMs, { outcome: error.code, httpStatus: error.httpStatus, sent: !error.notSent });
      } else if (error instanceof GivenUp) {
        tell(call, startedMs, { outcome: "GIVEN_UP", httpStatus: undefined, sent: !error.notSent });
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
