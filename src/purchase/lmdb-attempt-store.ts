/** Keeps attempts in an LMDB file of this machine. Several processes may share it: a transaction sees what all others committed, and only
 *  one writes at a time. It is opened when it is first needed, so that a catalogue without purchases needs no disk. */
import { createHmac, randomBytes } from "node:crypto";
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { open, type RootDatabase } from "lmdb";
import { isOpen, type AttemptRecord } from "./attempt.js";
import type { AttemptStore, Claim } from "./attempt-store.js";

/** ["attempt", scope, key], ["open", scope, subject, startedAtMs, key], ["purchase", scope, purchaseId] → key, ["secret"]. */
type Key = (string | number)[];

export function createLmdbAttemptStore(directory: string): AttemptStore {
  let opened: RootDatabase<unknown, Key> | undefined;
  let digestKey: Buffer | undefined;

  function database(): RootDatabase<unknown, Key> {
    if (opened === undefined) {
      mkdirSync(directory, { recursive: true, mode: 0o700 });
      opened = open<unknown, Key>({ path: join(directory, "purchases.mdb"), noSubdir: true, encoding: "json" });
    }
    return opened;
  }

  /** LMDB reads at once; a store that can not be opened rejects like any other failure. */
  function reading<T>(read: (db: RootDatabase<unknown, Key>) => T): Promise<T> {
    return new Promise((resolve) => {
      resolve(read(database()));
    });
  }

  /** One step for all processes, on the disk when it resolves. */
  async function atomically<T>(step: (db: RootDatabase<unknown, Key>) => T): Promise<T> {
    const db = database();
    const result = await db.transaction(() => step(db));
    await db.flushed;
    return result;
  }

  return {
    async digest(text) {
      digestKey ??= Buffer.from(
        await atomically((db) => {
          const known = db.get(["secret"]) as string | undefined;
          if (known !== undefined) return known;
          const made = randomBytes(32).toString("base64");
          void db.put(["secret"], made);
          return made;
        }),
        "base64",
      );
      return createHmac("sha256", digestKey).update(text).digest("base64url");
    },

    find: (scope, idempotencyKey) => reading((db) => found(db, scope, idempotencyKey)),
    openOn: (scope, subject) => reading((db) => openOn(db, scope, subject)),
    claim: (intent, acknowledged) => atomically((db) => claim(db, intent, acknowledged)),

    settle: (attempt, ending) =>
      atomically((db) => {
        const current = found(db, attempt.scope, attempt.idempotencyKey);
        if (current === undefined || !isOpen(current) || current.startedAtMs !== attempt.startedAtMs) return false;
        // What an answer says is beyond doubt; what a locker shows belongs to whom it was told first.
        if (ending.confirmedBy === "LOCKER" && ending.purchaseId !== undefined && isTaken(db, ending.purchaseId, attempt)) return false;
        write(db, { ...current, ...ending });
        return true;
      }),

    isTaken: (purchaseId, attempt) => reading((db) => isTaken(db, purchaseId, attempt)),
    async close() {
      await opened?.flushed;
      await opened?.close();
      opened = undefined;
    },
  };
}

function found(db: RootDatabase<unknown, Key>, scope: string, idempotencyKey: string): AttemptRecord | undefined {
  return db.get(["attempt", scope, idempotencyKey]) as AttemptRecord | undefined;
}

function openOn(db: RootDatabase<unknown, Key>, scope: string, subject: string): AttemptRecord[] {
  const range = db.getRange({ start: ["open", scope, subject], end: ["open", scope, subject, Number.MAX_SAFE_INTEGER] });
  return [...range].flatMap(({ value }) => found(db, scope, String(value)) ?? []);
}

function claim(db: RootDatabase<unknown, Key>, intent: AttemptRecord, acknowledged: boolean): Claim {
  const before = found(db, intent.scope, intent.idempotencyKey);
  if (before !== undefined && before.state !== "NOT_SENT") return { kind: "used", by: before };
  const others = openOn(db, intent.scope, intent.subject);
  const underWay = others.some(({ state, deadlineAtMs }) => state === "INTENT" && intent.startedAtMs < deadlineAtMs);
  if (underWay || (others.length > 0 && !acknowledged)) return { kind: "contested", by: others };
  write(db, intent);
  return { kind: "claimed" };
}

/** With what is found by it. */
function write(db: RootDatabase<unknown, Key>, attempt: AttemptRecord): void {
  const { scope, subject, startedAtMs, idempotencyKey, purchaseId } = attempt;
  const openKey = ["open", scope, subject, startedAtMs, idempotencyKey];
  void db.put(["attempt", scope, idempotencyKey], attempt);
  if (isOpen(attempt)) void db.put(openKey, idempotencyKey);
  else void db.remove(openKey);
  if (purchaseId !== undefined) void db.put(["purchase", scope, purchaseId], idempotencyKey);
}

function isTaken(db: RootDatabase<unknown, Key>, purchaseId: string, { scope, idempotencyKey }: AttemptRecord): boolean {
  const owner = db.get(["purchase", scope, purchaseId]);
  return owner !== undefined && owner !== idempotencyKey;
}
