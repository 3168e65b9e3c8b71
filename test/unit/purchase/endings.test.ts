/** Endings of attempts that cannot be written at once. */
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { AttemptRecord, Ending } from "../../../src/purchase/attempt.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { Endings } from "../../../src/purchase/endings.js";

const begun: AttemptRecord = {
  ...{ id: "first", scope: "a buyer", idempotencyKey: "key", method: "item", store: { country: "GB" }, state: "INTENT" },
  ...{ fingerprint: "one track", items: [], startedAtMs: 0, deadlineAtMs: 30_000, baseline: [] },
};
const other: AttemptRecord = { ...begun, id: "second", idempotencyKey: "other key" };
const unknown: Ending = { state: "UNKNOWN" };
const succeeded: Ending = { state: "SUCCEEDED", settledAtMs: 5, confirmedBy: "ANSWER", purchaseId: "900" };

interface Write {
  readonly id: string;
  readonly ending: Ending;
  readonly answer: (isWritten: boolean) => void;
  readonly fail: () => void;
}

let writes: Write[];
let endings: Endings;

beforeEach(() => {
  vi.useFakeTimers();
  writes = [];
  const store: Pick<AttemptStore, "recordEnding" | "find"> = {
    recordEnding: ({ id }, ending) =>
      new Promise((answer, reject) => {
        writes.push({ id, ending, answer, fail: () => reject(new Error("no connection")) });
      }),
    find: () => Promise.resolve(undefined),
  };
  endings = new Endings({ store: store as AttemptStore, report: () => undefined });
});
afterEach(() => {
  vi.useRealTimers();
});

/** The write that is under way. */
async function next(): Promise<Write> {
  await vi.advanceTimersByTimeAsync(1000);
  const write = writes.shift();
  if (write === undefined) throw new Error("Nothing is being written.");
  return write;
}

async function cannotWrite(attempt: AttemptRecord, ending: Ending): Promise<void> {
  const written = endings.write(attempt, ending);
  writes.shift()?.fail();
  expect(await written).toMatchObject(ending);
}

it("are written a second later, again and again until they are", async () => {
  await cannotWrite(begun, succeeded);
  (await next()).fail();
  (await next()).answer(true);
  await vi.advanceTimersByTimeAsync(10_000);
  expect(writes).toEqual([]);
});

it("are not forgotten where an older one is written meanwhile", async () => {
  await cannotWrite(begun, unknown);
  const older = await next();
  await cannotWrite(begun, succeeded);
  older.answer(true);
  expect(await next()).toMatchObject({ id: "first", ending: succeeded });
});

it("hold up no other", async () => {
  await cannotWrite(begun, unknown);
  await cannotWrite(other, succeeded);
  const ids: string[] = [];
  for (let nth = 0; nth < 2; nth += 1) {
    const { id, fail } = await next();
    ids.push(id);
    fail();
  }
  expect(ids).toEqual(["first", "second"]);
});

it("are tried once more when the process stops, and never after that", async () => {
  await cannotWrite(begun, succeeded);
  const closed = endings.close();
  await vi.advanceTimersByTimeAsync(0);
  writes.shift()?.fail();
  await closed;
  await vi.advanceTimersByTimeAsync(10_000);
  expect(writes).toEqual([]);
});

it("are not left half written when the process stops", async () => {
  await cannotWrite(begun, succeeded);
  const underWay = await next();
  let isClosed = false;
  const closed = endings.close().then(() => (isClosed = true));
  await vi.advanceTimersByTimeAsync(0);
  expect(isClosed).toBe(false);
  underWay.answer(true);
  await closed;
  expect(writes).toEqual([]);
});
