/** What a claim and an ending may do to the records, whatever database they are in. Pure. */
import { isOpen, overlap, type AttemptRecord, type Ending, type PurchasedItem } from "../attempt.js";
import type { Claim, ClaimTerms } from "../attempt-store.js";

/** What a claim has to know, read in its own transaction. */
export interface Known {
  /** Records with the same idempotency key, of all users. */
  readonly underKey: readonly AttemptRecord[];
  /** Records of the same user that share a release with the intent. */
  readonly atReleases: readonly AttemptRecord[];
}

/** Whose purchase it is. */
export interface Owner {
  readonly scope: string;
  readonly idempotencyKey: string;
}

export function claimOf(intent: AttemptRecord, { acknowledged, replaces }: ClaimTerms, { underKey, atReleases }: Known): Claim {
  const before = underKey.find(({ scope }) => scope === intent.scope);
  if (before !== undefined && (before.state !== "NOT_SENT" || before.id !== replaces)) return { kind: "used", by: before };
  const others = attemptsAt(atReleases, intent.items).filter(isOpen);
  const underWay = others.some(({ state, deadlineAtMs }) => state === "INTENT" && intent.startedAtMs < deadlineAtMs);
  if (underWay || (others.length > 0 && !acknowledged)) return { kind: "contested", by: others };
  if (!acknowledged && underKey.some((other) => isSameElsewhere(intent, other))) return { kind: "sentBefore" };
  return { kind: "claimed" };
}

/** Whether the same may have been bought with the same key by somebody else. */
function isSameElsewhere({ scope, fingerprint }: AttemptRecord, other: AttemptRecord): boolean {
  return other.scope !== scope && other.fingerprint === fingerprint && (isOpen(other) || other.state === "SUCCEEDED");
}

/** Those of them that are at one of the items, the oldest first. */
export function attemptsAt(attempts: readonly AttemptRecord[], items: readonly PurchasedItem[]): readonly AttemptRecord[] {
  return attempts.filter((attempt) => overlap(attempt.items, items)).sort((one, other) => one.startedAtMs - other.startedAtMs);
}

export function releasesOf(items: readonly PurchasedItem[]): readonly string[] {
  return [...new Set(items.map(({ releaseId }) => releaseId))];
}

/** The record once its attempt has ended; undefined where that must not be written.
 *  @param current What is kept under its key.
 *  @param owner Of the purchase that the ending names. */
export function endedRecord(
  current: AttemptRecord | undefined,
  { attempt, ending }: { readonly attempt: AttemptRecord; readonly ending: Ending },
  owner: Owner | undefined,
): AttemptRecord | undefined {
  if (current === undefined || !isOpen(current) || current.id !== attempt.id) return undefined;
  // What an answer says is beyond doubt; what a locker shows belongs to whom it was told first.
  if (ending.confirmedBy === "LOCKER" && isOwnedByAnother(owner, attempt)) return undefined;
  return { ...current, ...ending };
}

/** The record under another id; undefined where it is not the attempt's any more, or was sent.
 *  @param current What is kept under its key. */
export function renewedRecord(current: AttemptRecord | undefined, attempt: AttemptRecord, id: string): AttemptRecord | undefined {
  return current?.state === "NOT_SENT" && current.id === attempt.id ? { ...current, id } : undefined;
}

export function isOwnedByAnother(owner: Owner | undefined, { scope, idempotencyKey }: Owner): boolean {
  return owner !== undefined && (owner.scope !== scope || owner.idempotencyKey !== idempotencyKey);
}
