/** Logs failed calls to 7digital, at most a few a second. The next line says how many were left out. */
import { outcomeTraits, type CallReport } from "../upstream/meter.js";
import type { Log } from "./log.js";

const mostInASecond = 10;

/** @param now Epoch milliseconds. */
export function createCallLog(log: Log, now: () => number): (report: CallReport) => void {
  let second = 0;
  let lines = 0;
  return ({ method, effect, outcome, httpStatus, sent, durationMs }) => {
    const facts = { method, effect, code: outcome, httpStatus, sent, durationMs };
    if (outcomeTraits(outcome).logLevel === "debug") {
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
