/** Finds in the history of a run what must never be. Pure; it believes the wire and the book of sales, and nothing that we say. */
import { aftermathMs, wasDisturbed } from "./disturbance.js";
import type { Answer, History, Key, Label, Said, Report } from "./history.js";

export type Crime =
  /** Two sales under one key. */
  | "double purchase"
  /** A client was told what is not so. */
  | "wrong report"
  /** Two money calls under one key, or one that should not have been made at all. */
  | "sent twice"
  /** All is well again, and the outcome is still not known. */
  | "unsettled"
  /** An answer that is none: HTTP status, GraphQL errors, silence. */
  | "bad answer"
  /** A catalogue that is warm is not read, or not as it is. */
  | "failed read";

export interface Finding {
  readonly crime: Crime;
  readonly detail: string;
}

const keys: readonly Key[] = ["main", "rival"];

export function judge(history: History): readonly Finding[] {
  return [
    ...keys.flatMap((key) => [
      ...moneySpent(history, key),
      ...history.said.filter((one) => one.key === key).flatMap((one) => believed(history, one)),
      ...changedMinds(history, key),
      ...settled(history, key),
    ]),
    ...otherPayload(history),
    ...rival(history),
  ];
}

function found(crime: Crime, detail: string): Finding {
  return { crime, detail };
}

function count(labels: readonly Label[], label: Label): number {
  return labels.filter((one) => one === label).length;
}

function moneySpent({ calls, sales, journalled }: History, key: Key): Finding[] {
  const sold = count(
    sales.map(({ label }) => label),
    key,
  );
  const sent = count(
    calls.map(({ label }) => label),
    key,
  );
  const arrived = count(journalled, key);
  return [
    ...(sold > 1 ? [found("double purchase", `${sold} sales under the ${key} key`)] : []),
    ...(sent > 1 ? [found("sent twice", `${sent} money calls under the ${key} key`)] : []),
    ...(arrived > sent ? [found("sent twice", `${arrived} money calls of the ${key} key in the journal, ${sent} on the wire`)] : []),
  ];
}

/** Whether one answer is true. */
function believed(history: History, { by, key, answer, askedAtMs, reportedAtMs, facade }: Said): Finding[] {
  const where = `${by} of ${key} at façade ${facade}`;
  if (answer.kind === "bad") return [found("bad answer", `${where}: ${answer.detail}`)];
  if (answer.kind === "unreadable") {
    // A question waits for no lock, so what cuts off another façade is no excuse.
    const excuses = history.disturbed.filter((period) => by !== "question" || period.facade === undefined || period.facade === facade);
    return wasDisturbed(excuses, askedAtMs - aftermathMs, reportedAtMs)
      ? []
      : [found("bad answer", `${where}: nothing keeps records from being read`)];
  }
  // The façade that sent it had claimed the key before. A call after the report makes the report no less true.
  const wasSent = history.calls.some((call) => call.label === key && call.atMs < reportedAtMs);
  if (answer.kind === "noAttempt") {
    // Another key for a basket that the first one has emptied.
    if (key === "rival" && answer.errors.includes("INVALID") && !wasSent) return [];
    return unattempted(where, by, answer.errors, wasSent);
  }
  if (answer.kind === "none" || by === "otherPayload") return [];
  const reported = statusIsTrue(history, key, answer);
  if (reported !== undefined) return [found("wrong report", `${where}: ${reported}`)];
  if (answer.status === "NOT_SENT" && wasSent) {
    return [found("wrong report", `${where}: NOT_SENT, but a money call had been sent`)];
  }
  return [];
}

/** Refusals that are true of a submit under a key that was never sent before. */
const sentNothing = new Set(["NOT_SENT", "RATE_LIMITED", "EARLIER_ATTEMPT"]);

function unattempted(where: string, by: Said["by"], errors: readonly string[], wasSent: boolean): Finding[] {
  if (by === "otherPayload") return [];
  if (by === "question") return wasSent ? [found("wrong report", `${where}: no attempt, but its money call was sent before`)] : [];
  const isTrue = errors.length > 0 && errors.every((code) => sentNothing.has(code)) && !wasSent;
  return isTrue ? [] : [found("wrong report", `${where}: refused with ${errors.join(", ")}`)];
}

/** Undefined where it is so. */
function statusIsTrue({ sales }: History, key: Key, { status, purchaseId }: Report): string | undefined {
  const ids = sales.filter(({ label }) => label === key).map((sale) => sale.purchaseId);
  const wholeTruth = ids.length === 0 ? "there is no sale" : `there is sale ${ids.join(", ")}`;
  if (status === "SUCCEEDED" && !(ids.length === 1 && ids[0] === purchaseId)) {
    return `SUCCEEDED with purchase ${String(purchaseId)}, but ${wholeTruth}`;
  }
  if (status === "REJECTED" && ids.length > 0) return `REJECTED, but ${wholeTruth}`;
  return undefined;
}

/** What is certain stays; as far as it could be recorded. What could not is unknown to other façades until the locker shows it. */
function changedMinds({ said, disturbed }: History, key: Key): Finding[] {
  const certain = said.filter((one) => one.key === key && one.by !== "otherPayload" && isCertain(one.answer));
  const [first] = [...certain].sort((one, other) => one.answeredAtMs - other.answeredAtMs);
  if (first === undefined) return [];
  const was = reported(first.answer)?.status;
  const isRecorded = !wasDisturbed(disturbed, first.askedAtMs - aftermathMs, first.reportedAtMs);
  return said
    .filter((one) => one.key === key && one.by !== "otherPayload" && one.askedAtMs > first.answeredAtMs)
    .flatMap(({ answer, by }) => {
      const now = reported(answer)?.status;
      const isOpen = now === "OUTCOME_UNKNOWN" || now === "IN_PROGRESS";
      return now === undefined || now === was || (isOpen && !isRecorded)
        ? []
        : [found("wrong report", `${by} of ${key}: ${now} after ${String(was)}`)];
    });
}

function isCertain(answer: Answer): boolean {
  const status = reported(answer)?.status;
  return status === "SUCCEEDED" || status === "REJECTED";
}

function reported(answer: Answer | undefined): Report | undefined {
  return answer?.kind === "reported" ? answer : undefined;
}

function settled({ final, sales, calls }: History, key: Key): Finding[] {
  const last = final[key];
  if (last === undefined) return [];
  const sold = sales.some(({ label }) => label === key);
  const status = reported(last)?.status;
  if (sold && status !== "SUCCEEDED") return [found("unsettled", `${key}: there is a sale, and in the end it is ${status ?? last.kind}`)];
  if (status === "IN_PROGRESS") return [found("unsettled", `${key}: in the end still IN_PROGRESS`)];
  if (status === undefined && (key === "main" || calls.some(({ label }) => label === key))) {
    return [found("unsettled", `${key}: in the end there is no attempt (${last.kind})`)];
  }
  if (status === "NOT_SENT" && calls.some(({ label }) => label === key)) {
    return [found("wrong report", `${key}: in the end NOT_SENT, but a money call was sent`)];
  }
  // It was sent once more when nothing stood in its way.
  return status === "NOT_SENT" && key === "main" ? [found("unsettled", `${key}: in the end it cannot be sent`)] : [];
}

function otherPayload({ said, calls, sales }: History): Finding[] {
  const sent = calls.some(({ label }) => label === "other") || sales.some(({ label }) => label === "other");
  const accepted = said.filter(({ by, answer }) => {
    if (by !== "otherPayload" || answer.kind === "none" || answer.kind === "unreadable" || answer.kind === "bad") return false;
    return answer.kind !== "noAttempt" || !answer.errors.includes("IDEMPOTENCY_KEY_REUSED");
  });
  return [
    ...(sent ? [found("sent twice", "another payload was sent under the key")] : []),
    ...accepted.map(({ answer }) => found("wrong report", `another payload under the key was not refused: ${JSON.stringify(answer)}`)),
  ];
}

/** Another key for the same thing may be sent once it is known how the first one ended. */
function rival({ calls, final }: History): Finding[] {
  const mine = calls.find(({ label }) => label === "rival");
  const first = calls.find(({ label }) => label === "main");
  if (mine === undefined || first === undefined || mine.atMs < first.atMs) return [];
  const settledAtMs = reported(final.main)?.settledAtMs;
  if (settledAtMs !== undefined && settledAtMs <= mine.atMs) return [];
  return [found("sent twice", "another key for the same thing was sent while the first attempt was open")];
}
