/** Logs the calls to 7digital that failed. While 7digital is down every call does: a second has a few lines, and the next line tells how
 *  many there would have been. */
import type { CallOutcome, CallReport } from "../upstream/meter.js";
import type { Log } from "./log.js";

const mostInASecond = 10;

/** Answers, though none that was hoped for. */
const ordinary: ReadonlySet<CallOutcome> = new Set(["OK", "NOT_FOUND", "NOT_AVAILABLE_IN_COUNTRY", "UNAUTHENTICATED", "GIVEN_UP"]);

/** @param now Epoch milliseconds. */
export function callLog(log: Log, now: () => number): (report: CallReport) => void {
  let second = 0;
  let lines = 0;
  return ({ method, effect, outcome, httpStatus, sent, durationMs }) => {
    const facts = { method, effect, code: outcome, httpStatus, sent, durationMs };
    if (ordinary.has(outcome)) {
      if (log.isLevelEnabled("debug")) log.debug(facts, "upstream call");
      return;
    }
    const thisSecond = Math.floor(now() / 1000);
    if (thisSecond !== second) {
      if (lines > mostInASecond) log.warn({ count: lines - mostInASecond }, "upstream failures not logged");
      second = thisSecond;
      lines = 0;
    }
    lines += 1;
    if (lines <= mostInASecond) log.warn(facts, "upstream failure");
  };
}
