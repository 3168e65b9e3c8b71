import { expect, it } from "vitest";
import { disturbancesOf, type Target } from "../../../scripts/chaos/disturbance.js";
import type { Answer, History, Said, Report } from "../../../scripts/chaos/history.js";
import { judge } from "../../../scripts/chaos/judge.js";
import { commandOf } from "../../../scripts/chaos/options.js";
import { planOf } from "../../../scripts/chaos/plan.js";
import { Reports } from "../../../scripts/chaos/reports.js";

function reported(status: Report["status"], rest: Partial<Report> = {}): Report {
  return { kind: "reported", status, purchaseId: undefined, settledAtMs: undefined, confirmedBy: undefined, errors: [], ...rest };
}

const bought = reported("SUCCEEDED", { purchaseId: "1", settledAtMs: 150 });
const noAttempt: Answer = { kind: "noAttempt", errors: [] };
const keyReused: Answer = { kind: "noAttempt", errors: ["IDEMPOTENCY_KEY_REUSED"] };

function said(answer: Answer, rest: Partial<Said> = {}): Said {
  return { by: "submit", key: "main", facade: 0, askedAtMs: 90, reportedAtMs: 159, answeredAtMs: 160, answer, ...rest };
}

/** One purchase, without trouble. */
const good: History = {
  said: [said(bought), said(bought, { by: "question", askedAtMs: 200, answeredAtMs: 210 })],
  calls: [{ label: "main", atMs: 100 }],
  sales: [{ label: "main", purchaseId: "1" }],
  journalled: ["main"],
  disturbed: [],
  final: { main: bought, rival: undefined },
};

const nothingSold = { sales: [], journalled: [] };
const unreadable: Answer = { kind: "unreadable" };
const partedFrom = (facade: number) => ({ disturbed: [{ target: "postgres", kind: "parted", facade, fromMs: 5, untilMs: 60 } as const] });
/** The records were stopped then. */
const stopped = (fromMs: number, untilMs: number) => ({
  disturbed: [{ target: "postgres", kind: "stopped", facade: undefined, fromMs, untilMs } as const],
});
const never = { ...nothingSold, calls: [] };
const unknown = reported("OUTCOME_UNKNOWN");
const later = { askedAtMs: 200, reportedAtMs: 209, answeredAtMs: 210 };
const before = { askedAtMs: 10, reportedAtMs: 49, answeredAtMs: 50 };
/** Asked before the call was sent, and read after it was answered. */
const meanwhile = (reportedAtMs: number) => ({ askedAtMs: 90, reportedAtMs, answeredAtMs: 160 });

it.each<[string, History]>([
  ["a purchase", good],
  ["one that was not sent at first", { ...good, said: [said(reported("NOT_SENT"), before), ...good.said] }],
  [
    "one that was not sent yet when that was reported, which its client read only later",
    { ...good, said: [said(reported("NOT_SENT", { settledAtMs: 95 }), meanwhile(100)), ...good.said] },
  ],
  [
    "one that was not prepared, and was sent only after that was reported",
    { ...good, said: [said({ kind: "noAttempt", errors: ["NOT_SENT"] }, meanwhile(100)), ...good.said] },
  ],
  ["one that was asked for before it was made", { ...good, said: [said(noAttempt, { ...before, by: "question" }), ...good.said] }],
  [
    "one that another façade could not prepare",
    { ...good, said: [said({ kind: "noAttempt", errors: ["NOT_SENT"] }, before), ...good.said] },
  ],
  [
    "another key that has to wait",
    { ...good, said: [...good.said, said({ kind: "noAttempt", errors: ["EARLIER_ATTEMPT"] }, { key: "rival" })] },
  ],
  ["one whose client heard nothing", { ...good, said: [said({ kind: "none", why: "down" }), said(bought, later)] }],
  ["one that was not known at first", { ...good, said: [said(unknown), said(bought, later)] }],
  [
    "a call that may have been charged, and was not",
    { ...good, ...nothingSold, said: [said(unknown)], final: { main: unknown, rival: undefined } },
  ],
  [
    "a rejected one",
    { ...good, ...nothingSold, said: [said(reported("REJECTED"))], final: { main: reported("REJECTED"), rival: undefined } },
  ],
  ["another payload that is refused", { ...good, said: [...good.said, said(keyReused, { by: "otherPayload" })] }],
  [
    "another key, after the first one was settled",
    {
      ...good,
      said: [...good.said, said(reported("SUCCEEDED", { purchaseId: "2" }), { key: "rival", ...later })],
      calls: [...good.calls, { label: "rival", atMs: 151 }],
      sales: [...good.sales, { label: "rival", purchaseId: "2" }],
      journalled: ["main", "rival"],
      final: { main: bought, rival: reported("SUCCEEDED", { purchaseId: "2" }) },
    },
  ],
  ["one whose record could not be read then", { ...good, ...stopped(5, 20), said: [said(unreadable, before), ...good.said] }],
  [
    "one whose record its façade could not read then",
    { ...good, ...partedFrom(0), said: [said(unreadable, { ...before, by: "question" }), ...good.said] },
  ],
  [
    "one that waits for a lock of another façade that is cut off",
    { ...good, ...partedFrom(1), said: [said(unreadable, before), ...good.said] },
  ],
  [
    "one whose end could not be recorded, and that another façade knows nothing of",
    { ...good, ...stopped(155, 170), said: [...good.said, said(unknown, { askedAtMs: 300, answeredAtMs: 310 })] },
  ],
  [
    "another payload while records cannot be read",
    { ...good, ...stopped(90, 160), said: [...good.said, said(unreadable, { by: "otherPayload" })] },
  ],
])("finds nothing wrong with %s", (_, history) => {
  expect(judge(history)).toEqual([]);
});

it.each<[string, string, History]>([
  ["double purchase", "two sales", { ...good, sales: [...good.sales, { label: "main", purchaseId: "2" }] }],
  ["sent twice", "two calls, of which one was lost", { ...good, calls: [...good.calls, { label: "main", atMs: 120 }] }],
  ["sent twice", "calls that went past the wire", { ...good, journalled: ["main", "main"] }],
  ["sent twice", "another payload that was sent", { ...good, calls: [...good.calls, { label: "other", atMs: 120 }] }],
  ["sent twice", "another key while the first one was under way", { ...good, calls: [...good.calls, { label: "rival", atMs: 149 }] }],
  [
    "sent twice",
    "another key while nobody knows of the first one",
    { ...good, calls: [...good.calls, { label: "rival", atMs: 900 }], final: { main: unknown, rival: reported("REJECTED") }, sales: [] },
  ],
  ["wrong report", "NOT_SENT with a sale", { ...good, said: [said(reported("NOT_SENT"), later)] }],
  [
    "wrong report",
    "NOT_SENT when a call was under way",
    { ...good, said: [said(reported("NOT_SENT", { settledAtMs: 95 }), meanwhile(101)), ...good.said] },
  ],
  ["wrong report", "NOT_SENT in the end", { ...good, ...nothingSold, said: [], final: { main: reported("NOT_SENT"), rival: undefined } }],
  ["wrong report", "REJECTED with a sale", { ...good, said: [said(reported("REJECTED"))] }],
  ["wrong report", "SUCCEEDED without a sale", { ...good, ...nothingSold }],
  ["wrong report", "SUCCEEDED with the sale of another", { ...good, sales: [{ label: "rival", purchaseId: "1" }] }],
  ["wrong report", "SUCCEEDED without the purchase", { ...good, said: [said(reported("SUCCEEDED"))] }],
  [
    "wrong report",
    "OUTCOME_UNKNOWN after SUCCEEDED",
    { ...good, said: [...good.said, said(unknown, { askedAtMs: 300, answeredAtMs: 310 })] },
  ],
  [
    "wrong report",
    "a submit told that nothing was sent, after its call",
    { ...good, said: [said({ kind: "noAttempt", errors: ["NOT_SENT"] }, later)] },
  ],
  [
    "wrong report",
    "a submit told that nothing was sent, when its call was under way",
    { ...good, said: [said({ kind: "noAttempt", errors: ["NOT_SENT"] }, meanwhile(101)), ...good.said] },
  ],
  [
    "wrong report",
    "a submit told of earlier attempts only, when its call was under way",
    { ...good, said: [said({ kind: "noAttempt", errors: ["EARLIER_ATTEMPT"] }, meanwhile(101)), ...good.said] },
  ],
  [
    "wrong report",
    "no attempt when a call was under way",
    { ...good, said: [said(noAttempt, { by: "question", ...meanwhile(101) }), ...good.said] },
  ],
  [
    "wrong report",
    "a submit refused for no good reason",
    { ...good, said: [said({ kind: "noAttempt", errors: ["INVALID"] }, before), ...good.said] },
  ],
  ["wrong report", "no attempt where a call was made", { ...good, said: [said(noAttempt, { by: "question", ...later })] }],
  ["wrong report", "the same input refused", { ...good, said: [said(keyReused)] }],
  ["wrong report", "another payload that is taken", { ...good, said: [...good.said, said(bought, { by: "otherPayload" })] }],
  ["unsettled", "a sale that nobody is told of", { ...good, said: [], final: { main: unknown, rival: undefined } }],
  [
    "unsettled",
    "a sale of the other key",
    { ...good, sales: [...good.sales, { label: "rival", purchaseId: "2" }], final: { main: bought, rival: unknown } },
  ],
  [
    "unsettled",
    "one that is under way for ever",
    { ...good, ...nothingSold, said: [], final: { main: reported("IN_PROGRESS"), rival: undefined } },
  ],
  ["unsettled", "a key without an attempt", { ...good, ...never, said: [], final: { main: noAttempt, rival: undefined } }],
  ["unsettled", "one that cannot be sent", { ...good, ...never, said: [], final: { main: reported("NOT_SENT"), rival: undefined } }],
  [
    "wrong report",
    "REJECTED after SUCCEEDED, whatever befell the records",
    { ...good, ...stopped(0, 400), said: [...good.said, said(reported("REJECTED"), { askedAtMs: 300, answeredAtMs: 310 })] },
  ],
  [
    "bad answer",
    "records that cannot be read for no reason",
    { ...good, ...stopped(0, 20), said: [said(unreadable, { askedAtMs: 600, reportedAtMs: 610 })] },
  ],
  [
    "bad answer",
    "records that cannot be read because another façade is cut off",
    { ...good, ...partedFrom(1), said: [said(unreadable, { ...before, by: "question" }), ...good.said] },
  ],
  [
    "unsettled",
    "records that cannot be read in the end",
    { ...good, ...stopped(0, 400), said: [], final: { main: unreadable, rival: undefined } },
  ],
  ["bad answer", "HTTP 500", { ...good, said: [...good.said, said({ kind: "bad", detail: "HTTP 500" })] }],
])("finds %s: %s", (crime, _, history) => {
  expect(judge(history).map((finding) => finding.crime)).toContain(crime);
});

it("plans a run the same alone and among others, and another seed's differently", () => {
  const plans = (seed: number) => Array.from({ length: 200 }, (_, run) => planOf(seed, run, 2, true));
  expect(planOf(7, 150, 2, true)).toEqual(plans(7)[150]);
  expect(plans(8)).not.toEqual(plans(7));
  const faults = new Set(plans(7).map(({ fault }) => fault));
  expect(faults.size).toBeGreaterThan(20);
});

it("kills façades between record and call only where it sees when a record is committed", () => {
  const moments = (seesRecords: boolean) => new Set(Array.from({ length: 500 }, (_, run) => planOf(7, run, 2, seesRecords).kill?.at));
  expect(moments(true)).toEqual(new Set([undefined, "submission", "record", "call", "answer"]));
  expect(moments(false)).toEqual(new Set([undefined, "submission", "call", "answer"]));
});

it("plans the same disturbances for the same seed, and all that a database may meet", () => {
  const first = (seed: number, target: Target) => {
    const all = disturbancesOf(seed, target, 3);
    return Array.from({ length: 400 }, () => all.next().value);
  };
  expect(first(7, "postgres")).toEqual(first(7, "postgres"));
  expect(first(8, "postgres")).not.toEqual(first(7, "postgres"));
  const kinds = (target: Target) => [...new Set(first(7, target).map(({ kind }) => kind))].sort();
  expect(kinds("redis")).toEqual(["cut off", "flushed", "frozen", "killed", "parted", "slow"]);
  expect(kinds("postgres")).toEqual(["commits unanswered", "cut off", "frozen", "killed", "parted", "slow", "stopped"]);
});

it("cuts off one façade or all, at times for longer than a lock is waited for, and stops servers for all", () => {
  const all = disturbancesOf(7, "postgres", 3);
  const first = Array.from({ length: 400 }, () => all.next().value);
  const facades = (kind: string) => new Set(first.filter((one) => one.kind === kind).map(({ facade }) => facade));
  for (const kind of ["cut off", "parted", "slow", "commits unanswered"]) expect(facades(kind)).toEqual(new Set([undefined, 0, 1, 2]));
  for (const kind of ["stopped", "killed", "frozen"]) expect(facades(kind)).toEqual(new Set([undefined]));
  const parts = first.filter(({ kind }) => kind === "parted").map(({ lastsMs }) => lastsMs);
  expect(parts.some((ms) => ms > 3000)).toBe(true);
  expect(parts.some((ms) => ms < 1000)).toBe(true);
});

it("tells everything that is wrong with a command line", () => {
  expect(commandOf(["--runs", "3", "--seed", "9"], 1)).toEqual({
    chaos: { runs: [0, 1, 2], seed: 9, parallel: 8, facades: 2, store: "sqlite", disturb: [], verbose: false },
  });
  expect(commandOf(["--only", "4,2"], 1)).toMatchObject({ chaos: { runs: [4, 2], seed: 1, verbose: true } });
  expect(commandOf(["--store", "postgres"], 1)).toMatchObject({ chaos: { store: "postgres" } });
  expect(commandOf(["--disturb", "redis"], 1)).toMatchObject({ chaos: { store: "sqlite", disturb: ["redis"] } });
  expect(commandOf(["--disturb", "postgres,redis"], 1)).toMatchObject({ chaos: { store: "postgres", disturb: ["redis", "postgres"] } });
  expect(commandOf(["--disturb", "postgres", "--store", "sqlite"], 1)).toEqual({ refused: ["--disturb postgres needs --store postgres"] });
  expect(commandOf(["--disturb", "redis,valkey"], 1)).toEqual({ refused: ["--disturb must be redis or postgres, or both with a comma"] });
  expect(commandOf(["--store", "redis"], 1)).toEqual({ refused: ["--store must be sqlite or postgres"] });
  expect(commandOf(["--runs", "0", "--sed", "9", "x"], 1)).toEqual({
    refused: ["Unknown option --sed", "Unknown argument 9", "Unknown argument x", "--runs must be a whole number from 1 to 1000000"],
  });
});

it("learns from a façade's log when it had an answer ready", async () => {
  const reports = new Reports();
  const line = (requestId: string) => JSON.stringify({ level: "info", time: "2026-11-22T12:00:00.123Z", requestId, msg: "operation" });
  expect(reports.take(line("one"))).toBe(true);
  expect(await reports.of("one")).toBe(Date.UTC(2026, 10, 22, 12, 0, 0, 123));
  const two = reports.of("two");
  reports.take(line("two"));
  expect(await two).toBe(Date.UTC(2026, 10, 22, 12, 0, 0, 123));
  expect(reports.take("not JSON")).toBe(false);
  expect(reports.take(JSON.stringify({ level: "warn", msg: "upstream failure" }))).toBe(false);
});
