/** Counts what came of the runs, and tells it as a table. */
import { alignedTable } from "../bench/table.js";
import { targets, wasDisturbed, type Period } from "./disturbance.js";
import type { Answer, History } from "./history.js";
import type { Crime, Finding } from "./judge.js";
import type { Plan } from "./plan.js";

/** Everything about a run that broke a rule. */
export interface Broken {
  readonly plan: Plan;
  readonly history: History;
  readonly findings: readonly Finding[];
}

export interface Outcome {
  /** Whether what was planned for the purchase came to pass. */
  readonly struck: boolean;
  readonly findings: readonly Finding[];
  /** All disturbances so far. */
  readonly periods: readonly Period[];
}

const columns = ["SUCCEEDED", "REJECTED", "NOT_SENT", "OUTCOME_UNKNOWN", "other"] as const;
type Column = (typeof columns)[number];

interface Row {
  runs: number;
  struck: number;
  sales: number;
  byLocker: number;
  readonly ended: Record<Column, number>;
}

const crimes: readonly (readonly [Crime, string])[] = [
  ["double purchase", "double purchases"],
  ["wrong report", "wrong reports"],
  ["sent twice", "sent twice"],
  ["unsettled", "unsettled"],
  ["bad answer", "bad answers"],
  ["failed read", "failed reads"],
];

export class Tally {
  readonly broken: Broken[] = [];
  runs = 0;
  moneyCalls = 0;
  asked = 0;
  unanswered = 0;
  /** Answers that records could not be read. */
  unreadable = 0;
  /** Runs whose money call met a disturbance before it was reported; and those of each database. */
  readonly disturbed = { any: 0, redis: 0, postgres: 0 };
  /** Runs that were recorded, and whose façade ended before it could send anything or say that it did not. */
  unsentUnknown = 0;
  private readonly rows = new Map<string, Row>();
  /** Found in no run of its own. */
  readonly general: Finding[] = [];

  add(plan: Plan, history: History, { struck, findings, periods }: Outcome): void {
    const row = this.row(plan.fault);
    const { main } = history.final;
    this.runs += 1;
    this.moneyCalls += history.calls.length;
    this.asked += history.said.length;
    this.unanswered += history.said.filter(({ answer }) => answer.kind === "none").length;
    this.unreadable += history.said.filter(({ answer }) => answer.kind === "unreadable").length;
    this.unsentUnknown += columnOf(main) === "OUTCOME_UNKNOWN" && history.calls.length === 0 ? 1 : 0;
    this.countDisturbed(history, periods);
    row.runs += 1;
    row.struck += struck ? 1 : 0;
    row.sales += history.sales.length;
    row.byLocker += main?.kind === "reported" && main.confirmedBy === "LOCKER" ? 1 : 0;
    row.ended[columnOf(main)] += 1;
    if (findings.length > 0) this.broken.push({ plan, history, findings });
  }

  private countDisturbed({ calls, said }: History, periods: readonly Period[]): void {
    const [call] = calls;
    if (call === undefined) return;
    const untilMs = Math.min(...said.flatMap(({ reportedAtMs }) => (reportedAtMs > call.atMs ? [reportedAtMs] : [])));
    const met = targets.filter((target) =>
      wasDisturbed(
        periods.filter((period) => period.target === target),
        call.atMs,
        untilMs,
      ),
    );
    for (const target of met) this.disturbed[target] += 1;
    if (met.length > 0) this.disturbed.any += 1;
  }

  /** How many runs there are of a crime, or findings in no run. */
  count(crime: Crime): number {
    const guilty = (findings: readonly Finding[]) => findings.some((finding) => finding.crime === crime);
    return this.broken.filter(({ findings }) => guilty(findings)).length + this.general.filter((finding) => finding.crime === crime).length;
  }

  get sales(): number {
    return [...this.rows.values()].reduce((sum, { sales }) => sum + sales, 0);
  }

  table(): string {
    const rows = [...this.rows].sort(([one], [other]) => one.localeCompare(other));
    const cells = ({ runs, struck, sales, byLocker, ended }: Row) => [runs, struck, sales, byLocker, ...columns.map((name) => ended[name])];
    const total = rows
      .map(([, row]) => cells(row))
      .reduce((sum, row) => sum.map((value, at) => value + (row[at] ?? 0)), Array<number>(9).fill(0));
    const named: (readonly [string, readonly number[]])[] = [...rows.map(([fault, row]) => [fault, cells(row)] as const), ["all", total]];
    return alignedTable(
      ["fault", "runs", "struck", "sales", "by locker", ...columns],
      named.map(([fault, values]) => [fault, ...values.map(String)]),
    );
  }

  verdict(): string {
    return crimes.map(([crime, words]) => `${String(this.count(crime))} ${words}`).join(", ");
  }

  private row(fault: string): Row {
    const known = this.rows.get(fault);
    if (known !== undefined) return known;
    const ended = { SUCCEEDED: 0, REJECTED: 0, NOT_SENT: 0, OUTCOME_UNKNOWN: 0, other: 0 };
    const row: Row = { runs: 0, struck: 0, sales: 0, byLocker: 0, ended };
    this.rows.set(fault, row);
    return row;
  }
}

function columnOf(answer: Answer | undefined): Column {
  return answer?.kind === "reported" && answer.status !== "IN_PROGRESS" ? answer.status : "other";
}

const mostLines = 40;

/** A run as it was, with times from its first question on. */
export function storyOf(plan: Plan, { said, calls, sales, final }: History): string {
  const beginsMs = Math.min(...said.map(({ askedAtMs }) => askedAtMs));
  const events = [
    ...said.map(({ askedAtMs, reportedAtMs, answeredAtMs, by, key, facade, answer }) => {
      const lasted = [askedAtMs, reportedAtMs, answeredAtMs].map((atMs) => String(atMs - beginsMs)).join("-");
      return { atMs: askedAtMs, text: `${lasted} ms: ${by} of ${key} at façade ${String(facade)}: ${JSON.stringify(answer)}` };
    }),
    ...calls.map(({ atMs, label }) => ({ atMs, text: `${String(atMs - beginsMs)} ms: money call of ${label} on the wire` })),
  ];
  const lines = events.sort((one, other) => one.atMs - other.atMs).map(({ text }) => `    ${text}`);
  if (lines.length > mostLines) lines.splice(mostLines / 2, lines.length - mostLines, "    …");
  return [`  ${JSON.stringify(plan)}`, ...lines, `    sales: ${JSON.stringify(sales)}`, `    finally: ${JSON.stringify(final)}`].join("\n");
}
