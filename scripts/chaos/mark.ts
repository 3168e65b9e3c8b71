/** How runs and purchases are named, so that what sees one on its way knows whose it is. */
import type { JournalEntry } from "../../src/sandbox/api/journal.js";
import type { Sale } from "../../src/sandbox/shop/till.js";
import type { Key, Label } from "./history.js";

export function userIdOf(run: number): string {
  return `chaos-${String(run)}`;
}

/** @throws Error */
export function runOf(userId: string): number {
  const [, run] = /^chaos-(\d+)$/.exec(userId) ?? [];
  if (run === undefined) throw new Error("A call without a run came.");
  return Number(run);
}

export function idempotencyKeyOf(run: number, key: Key): string {
  return `chaos-run-${String(run).padStart(8, "0")}-${key}`;
}

/** Stored with a sale as a tag, or as the transaction id of a delivery. */
export function markOf(run: number, label: Label): string {
  return `${userIdOf(run)}-${label}`;
}

/** @throws Error */
export function labelIn(mark: string): Label {
  const [, label] = /^chaos-\d+-(main|rival|other)$/.exec(mark) ?? [];
  if (label === undefined) throw new Error("A purchase without a mark came.");
  return label as Label;
}

export function markOfSale({ tags, transactionId }: Sale): string {
  return tags["chaos"] ?? transactionId ?? "";
}

export function markOfEntry({ params }: JournalEntry): string {
  return params["tag_chaos"] ?? params["transactionId"] ?? "";
}
