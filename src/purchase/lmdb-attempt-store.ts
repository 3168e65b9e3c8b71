/** Keeps attempts in an LMDB file of this machine. Several processes may share it: a transaction sees what all others committed, and only
 *  one writes at a time. It is opened when it is first needed, so that a catalogue without purchases needs no disk. */
import { createHmac, randomBytes } from "node:crypto";
import { isOpen, overlap, type AttemptRecord, type PurchasedItem } from "./attempt.js";
import type { AttemptStore, Claim, ClaimTerms } from "./attempt-store.js";
import { openFile, type File } from "./lmdb-file.js";

/** What is kept under which key:
 *  ["attempt", scope, key] → record; ["scope", key, scope] → scope; ["item", scope, releaseId, startedAtMs, key] → key;
 *  ["purchase", purchaseId] → name of its attempt; ["secret"] → what digests are made with. */
export function createLmdbAttemptStore(directory: string): AttemptStore {
  let opened: File | undefined;
  let digestKey: Buffer | undefined;
  const file = (): File => (opened ??= openFile(directory));

  /** LMDB reads at once; a file that can not be opened rejects like any other failure. */
  function reading<T>(read: (db: File["db"]) => T): Promise<T> {
    return new Promise((resolve) => {
      const { db } = file();
      // Not as it stood when somebody read a moment ago.
      db.resetReadTxn();
      resolve(read(db));
    });
  }

  /** One step for all processes, on the disk when it resolves. */
  async function atomically<T>(step: (db: File["db"]) => T): Promise<T> {
    const { db } = file();
    const result = await db.transaction(() => step(db));
    await db.flushed;
    return result;
  }

  return {
    async digest(text) {
      const known = digestKey ?? (await reading((db) => db.get(["secret"])));
      digestKey =
        known instanceof Buffer ? known : Buffer.from((known as string | undefined) ?? (await atomically(digestSecret)), "base64");
      return createHmac("sha256", digestKey).update(text).digest("base64url");
    },
    find: (scope, idempotencyKey) => reading((db) => found(db, scope, idempotencyKey)),
    attemptsAt: (scope, items) => reading((db) => attemptsAt(db, scope, items)),
    claim: (intent, terms) => atomically((db) => claim(db, intent, terms)),

    settle: (attempt, ending) =>
      atomically((db) => {
        const current = found(db, attempt.scope, attempt.idempotencyKey);
        if (current === undefined || !isOpen(current) || current.id !== attempt.id) return false;
        // What an answer says is beyond doubt; what a locker shows belongs to whom it was told first.
        if (ending.confirmedBy === "LOCKER" && ending.purchaseId !== undefined && isTaken(db, ending.purchaseId, attempt)) return false;
        write(db, { ...current, ...ending });
        return true;
      }),

    isTaken: (purchaseId, attempt) => reading((db) => isTaken(db, purchaseId, attempt)),
    async close() {
      await opened?.release();
    },
  };
}

function digestSecret(db: File["db"]): string {
  const known = db.get(["secret"]) as string | undefined;
  if (known !== undefined) return known;
  const made = randomBytes(32).toString("base64");
  void db.put(["secret"], made);
  return made;
}

function found(db: File["db"], scope: string, idempotencyKey: string): AttemptRecord | undefined {
  return db.get(["attempt", scope, idempotencyKey]) as AttemptRecord | undefined;
}

function attemptsAt(db: File["db"], scope: string, items: readonly PurchasedItem[]): AttemptRecord[] {
  const releaseIds = new Set(items.map(({ releaseId }) => releaseId));
  const keys = [...releaseIds].flatMap((releaseId) => {
    const range = db.getRange({ start: ["item", scope, releaseId], end: ["item", scope, releaseId, Number.MAX_SAFE_INTEGER] });
    return [...range].map(({ value }) => String(value));
  });
  return [...new Set(keys)]
    .flatMap((key) => found(db, scope, key) ?? [])
    .filter((attempt) => overlap(attempt.items, items))
    .sort((one, other) => one.startedAtMs - other.startedAtMs);
}

function claim(db: File["db"], intent: AttemptRecord, { acknowledged, replaces }: ClaimTerms): Claim {
  const before = found(db, intent.scope, intent.idempotencyKey);
  if (before !== undefined && (before.state !== "NOT_SENT" || before.id !== replaces)) return { kind: "used", by: before };
  const others = attemptsAt(db, intent.scope, intent.items).filter(isOpen);
  const underWay = others.some(({ state, deadlineAtMs }) => state === "INTENT" && intent.startedAtMs < deadlineAtMs);
  if (underWay || (others.length > 0 && !acknowledged)) return { kind: "contested", by: others };
  if (!acknowledged && wasSentBefore(db, intent)) return { kind: "sentBefore" };
  write(db, intent);
  return { kind: "claimed" };
}

/** Whether the same may have been bought with the same key in another scope. */
function wasSentBefore(db: File["db"], { scope, idempotencyKey, fingerprint }: AttemptRecord): boolean {
  const scopes = db.getRange({ start: ["scope", idempotencyKey], end: ["scope", idempotencyKey, "\uffff"] });
  return [...scopes].some(({ value }) => {
    const other = value === scope ? undefined : found(db, String(value), idempotencyKey);
    return other?.fingerprint === fingerprint && (isOpen(other) || other.state === "SUCCEEDED");
  });
}

/** With what it is found by. */
function write(db: File["db"], attempt: AttemptRecord): void {
  const { scope, items, startedAtMs, idempotencyKey, purchaseId } = attempt;
  void db.put(["attempt", scope, idempotencyKey], attempt);
  void db.put(["scope", idempotencyKey, scope], scope);
  for (const { releaseId } of items) void db.put(["item", scope, releaseId, startedAtMs, idempotencyKey], idempotencyKey);
  if (purchaseId !== undefined) void db.put(["purchase", purchaseId], nameOf(attempt));
}

function nameOf({ scope, idempotencyKey }: AttemptRecord): string {
  return `${scope} ${idempotencyKey}`;
}

function isTaken(db: File["db"], purchaseId: string, attempt: AttemptRecord): boolean {
  const owner = db.get(["purchase", purchaseId]);
  return owner !== undefined && owner !== nameOf(attempt);
}
