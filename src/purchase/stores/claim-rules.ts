/** What a claim and an ending may do to the records, in any database. Pure functions. */
import { isOpen, overlap, type AttemptKey, type AttemptRecord, type Ending, type PurchasedItem } from "../attempt.js";
import type { Claim, ClaimTerms } from "../attempt-store.js";

/** The result of a step of a transaction, and whether it has written anything. */
export interface Done<T> {
  readonly wrote: boolean;
  readonly result: T;
}

/** The records that decide a claim, read in its transaction. */
export interface ClaimRecords {
  /** Records with the same idempotency key, of all users. */
  readonly underKey: readonly AttemptRecord[];
  /** Records of the same user that share a release with the intent. */
  readonly atReleases: readonly AttemptRecord[];
}

export function decideClaim(attempt: AttemptRecord, terms: ClaimTerms, { underKey, atReleases }: ClaimRecords): Claim {
  const { acknowledged, replaces } = terms;
  const before = underKey.find(({ scope }) => scope === attempt.scope);
  if (before !== undefined && (before.state !== "NOT_SENT" || before.id !== replaces)) return { kind: "used", by: before };
  const others = attemptsAt(atReleases, attempt.items).filter(isOpen);
  const underWay = others.some(({ state, deadlineAtMs }) => state === "INTENT" && attempt.startedAtMs < deadlineAtMs);
  if (underWay || (others.length > 0 && !acknowledged)) return { kind: "contested", by: others };
  if (!acknowledged && underKey.some((other) => isSameElsewhere(attempt, other))) return { kind: "sentBefore" };
  return { kind: "claimed" };
}

/** Whether the same may have been bought with the same key under another sign-in. */
function isSameElsewhere({ scope, fingerprint }: AttemptRecord, other: AttemptRecord): boolean {
  return other.scope !== scope && other.fingerprint === fingerprint && (isOpen(other) || other.state === "SUCCEEDED");
}

/** The attempts at any of the items, the oldest first. */
export function attemptsAt(attempts: readonly AttemptRecord[], items: readonly PurchasedItem[]): readonly AttemptRecord[] {
  return attempts.filter((attempt) => overlap(attempt.items, items)).sort((one, other) => one.startedAtMs - other.startedAtMs);
}

export function releasesOf(items: readonly PurchasedItem[]): readonly string[] {
  return [...new Set(items.map(({ releaseId }) => releaseId))];
}

/** The record with the ending. Undefined where it must not be written. @param current The record under the attempt's key.
 *  @param owner The attempt that the ending's purchase is recorded for. */
export function endedRecord(
  current: AttemptRecord | undefined,
  { attempt, ending }: { readonly attempt: AttemptRecord; readonly ending: Ending },
  owner: AttemptKey | undefined,
): AttemptRecord | undefined {
  if (current === undefined || !isOpen(current) || current.id !== attempt.id) return undefined;
  // An answer is proof. What a locker shows belongs to the attempt that was recorded first.
  if (ending.confirmedBy === "LOCKER" && isOwnedByAnother(owner, attempt)) return undefined;
  return { ...current, ...ending };
}

/** The record with another id. Undefined where the record under the key is another attempt's by now, or was sent. */
export function renewedRecord(current: AttemptRecord | undefined, attempt: AttemptRecord, id: string): AttemptRecord | undefined {
  return current?.state === "NOT_SENT" && current.id === attempt.id ? { ...current, id } : undefined;
}

export function isOwnedByAnother(owner: AttemptKey | undefined, { scope, idempotencyKey }: AttemptKey): boolean {
  return owner !== undefined && (owner.scope !== scope || owner.idempotencyKey !== idempotencyKey);
}
