/** NOT_SENT is true when it is reported, however copies of the service meet under one key, and whichever of them is killed. Each test holds
 *  a copy up at the point where another one overtakes it. A copy that is never released is one that was killed. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { lockerOf, look, lost, openCopies, sale, track, unsent, type Copies, type Copy, type Send } from "./copies.js";

const key = "key-of-several-copies";
const other = "another-key-for-the-same";

let copies: Copies;
let a: Copy;
let b: Copy;
let c: Copy;
beforeEach(() => {
  copies = openCopies();
  ({ a, b, c } = copies);
});
afterEach(() => copies.close());

const notSent = { status: "NOT_SENT" };
const bought = { status: "SUCCEEDED", purchase: { purchaseId: "4711" } };
const underWay = { status: "IN_PROGRESS" };

/** A purchase call that has been sent and is not answered yet. */
function pending(): { readonly send: Send; readonly isSent: Promise<void>; answer(): void } {
  let sent = (): void => undefined;
  let answer = (): void => undefined;
  const isSent = new Promise<void>((resolve) => (sent = resolve));
  const answered = new Promise<void>((resolve) => (answer = resolve));
  return {
    isSent,
    answer: () => answer(),
    send: async () => {
      sent();
      await answered;
      return sale();
    },
  };
}

/** Preparing that goes on only when it is let. */
function slowly(): { readonly prepare: Parameters<Copy["submit"]>[2]; readonly begun: Promise<void>; goOn(failure?: Error): void } {
  let begin = (): void => undefined;
  let goOn: (failure?: Error) => void = () => undefined;
  const begun = new Promise<void>((resolve) => (begin = resolve));
  const over = new Promise<void>((resolve, reject) => {
    goOn = (failure) => (failure === undefined ? resolve() : reject(failure));
  });
  return {
    begun,
    goOn: (failure) => goOn(failure),
    prepare: {
      prepare: async () => {
        begin();
        await over;
        return { items: [{ releaseId: "10", trackId: "1" }], owned: look() };
      },
    },
  };
}

describe("a copy that has settled its attempt as not sent", () => {
  it.each(["after", "before"] as const)(
    "reports the purchase that another one made since (held up %s the write, or the look)",
    async (when) => {
      // "before": the look right before the report, which is the second; the submit begins with one.
      const held = when === "after" ? a.hold("after", "recordEnding") : a.hold("before", "find", 1);
      const first = a.submit(key, unsent);
      await held.reached;
      expect(await b.submit(key, sale)).toMatchObject(bought);
      held.release();
      expect(await first).toMatchObject(bought);
      expect(copies.sent()).toBe(2);
    },
  );

  it("reports that it is under way where another one is sending it", async () => {
    const held = a.hold("after", "recordEnding");
    const first = a.submit(key, unsent);
    await held.reached;
    const call = pending();
    const second = b.submit(key, call.send);
    await call.isSent;
    held.release();
    expect(await first).toMatchObject(underWay);
    call.answer();
    expect(await second).toMatchObject(bought);
  });

  it("reports so to all who submitted it here, or none of them", async () => {
    const held = a.hold("after", "recordEnding");
    const submits = [a.submit(key, unsent), a.submit(key, unsent), a.submit(key, unsent)];
    await held.reached;
    await b.submit(key, sale);
    held.release();
    for (const submit of submits) expect(await submit).toMatchObject(bought);
  });

  it("does not say so where the records cannot be read any more", async () => {
    a.fail("before", "find", 1);
    expect(await a.submit(key, unsent)).toMatchObject({ reason: "UNREADABLE" });
    expect(await a.ask(key)).toMatchObject(notSent);
  });

  it("has closed the key to submits that began before it reported: they report it too, and a later one buys", async () => {
    const settled = a.hold("after", "recordEnding");
    const first = a.submit(key, unsent);
    await settled.reached;
    // B has seen A's record, and prepares while A reports it.
    const slow = slowly();
    const second = b.submit(key, sale, slow.prepare);
    await slow.begun;
    settled.release();
    expect(await first).toMatchObject(notSent);
    slow.goOn();
    expect(await second).toMatchObject(notSent);
    expect(copies.sent()).toBe(1);
    expect(await b.submit(key, sale)).toMatchObject(bought);
  });

  it("reports the purchase of another one that sends before the key is closed", async () => {
    const held = a.hold("before", "renew");
    const first = a.submit(key, unsent);
    await held.reached;
    expect(await b.submit(key, sale)).toMatchObject(bought);
    held.release();
    expect(await first).toMatchObject(bought);
  });

  it("reports it where two close the key at once", async () => {
    const held = a.hold("before", "renew");
    const first = a.submit(key, unsent);
    await held.reached;
    expect(await b.submit(key, unsent)).toMatchObject(notSent);
    held.release();
    expect(await first).toMatchObject(notSent);
    expect(await c.submit(key, sale)).toMatchObject(bought);
  });

  it("does not say so where the key cannot be closed, but tells operators that it could not", async () => {
    a.fail("before", "renew");
    expect(await a.submit(key, unsent)).toMatchObject({ reason: "UNREADABLE" });
    expect(a.reported).toHaveLength(1);
    expect(await b.submit(key, sale)).toMatchObject(bought);
  });

  it("nor where another copy, which has seen the same record, is about to send", async () => {
    await c.submit(key, unsent);
    const slow = slowly();
    const second = b.submit(key, sale, slow.prepare);
    await slow.begun;
    a.fail("before", "renew");
    const broken = () => Promise.reject(new Error("the locker cannot be read"));
    expect(await a.submit(key, sale, { prepare: broken })).toMatchObject({ reason: "UNREADABLE" });
    slow.goOn();
    expect(await second).toMatchObject(bought);
  });

  it("after it slept through its time reports the purchase that another one made since", async () => {
    const claimed = a.hold("after", "claim");
    const first = a.submit(key, sale);
    await claimed.reached;
    copies.clock.nowMs += 1001;
    expect(await b.submit(key, sale)).toMatchObject({ status: "OUTCOME_UNKNOWN" });
    const settled = a.hold("after", "recordEnding");
    claimed.release();
    await settled.reached;
    expect(await b.submit(key, sale)).toMatchObject(bought);
    settled.release();
    expect(await first).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });
});

describe("a claim replaces a record that was not sent only", () => {
  it("if it stood there when its submit began, not one that another copy is about to report", async () => {
    const slow = slowly();
    const first = a.submit(key, sale, slow.prepare);
    await slow.begun;
    const settled = b.hold("after", "recordEnding");
    const second = b.submit(key, unsent);
    await settled.reached;
    slow.goOn();
    expect(await first).toMatchObject(notSent);
    settled.release();
    expect(await second).toMatchObject(notSent);
    expect(copies.sent()).toBe(1);
    expect(await a.submit(key, sale)).toMatchObject(bought);
  });

  it("once: of two that saw the same one, the second reports what the first made of it", async () => {
    await c.submit(key, unsent);
    const slow = slowly();
    const first = a.submit(key, sale, slow.prepare);
    await slow.begun;
    expect(await b.submit(key, unsent)).toMatchObject(notSent);
    slow.goOn();
    expect(await first).toMatchObject(notSent);
    expect(copies.sent()).toBe(2);
  });

  it("and reports the purchase of a third copy that followed on it", async () => {
    const slow = slowly();
    const first = a.submit(key, sale, slow.prepare);
    await slow.begun;
    await b.submit(key, unsent);
    // Between A's claim, which B's record refuses, and A's report.
    const refused = a.hold("after", "claim");
    slow.goOn();
    await refused.reached;
    expect(await c.submit(key, sale)).toMatchObject(bought);
    refused.release();
    expect(await first).toMatchObject(bought);
    expect(copies.sent()).toBe(2);
  });
});

describe("a copy that could not begin the purchase", () => {
  it.each([
    ["made", sale, bought],
    ["lost", lost, { status: "OUTCOME_UNKNOWN" }],
  ])("reports the one that another copy %s while it prepared", async (_what, send, expected) => {
    const slow = slowly();
    const first = a.submit(key, sale, slow.prepare);
    await slow.begun;
    await b.submit(key, send);
    slow.goOn(new Error("the locker cannot be read"));
    expect(await first).toMatchObject(expected);
    expect(copies.sent()).toBe(1);
  });

  it("says so where nobody has, or nobody has sent it", async () => {
    const broken = () => Promise.reject(new Error("the locker cannot be read"));
    expect(await a.submit(key, sale, { prepare: broken })).toMatchObject({ reason: "NOT_PREPARED" });
    await b.submit(key, unsent);
    expect(await a.submit(key, sale, { prepare: broken })).toMatchObject({ reason: "NOT_PREPARED" });
    expect(a.sent).toBe(0);
  });

  it("because it is closing reports what another one made of it", async () => {
    await b.submit(key, sale);
    await a.purchases.close();
    expect(await a.submit(key, sale)).toMatchObject(bought);
    expect(await a.submit(other, sale)).toMatchObject({ reason: "CLOSING" });
    expect(a.sent).toBe(0);
  });

  it("because of an earlier purchase reports what another one made of it by acknowledging that", async () => {
    await c.submit(other, lost);
    const contested = a.hold("after", "claim");
    const first = a.submit(key, sale);
    await contested.reached;
    expect(await b.submit(key, sale, { acknowledgeUnknown: true })).toMatchObject(bought);
    contested.release();
    expect(await first).toMatchObject(bought);
    expect(a.sent).toBe(0);
  });

  it("because the key was used under another sign-in reports what another one made of it by acknowledging that", async () => {
    await c.submit(key, sale, { user: { partnerUserId: "the same reader" } });
    const sentBefore = a.hold("after", "claim");
    const first = a.submit(key, sale);
    await sentBefore.reached;
    const call = pending();
    const second = b.submit(key, call.send, { acknowledgeUnknown: true });
    await call.isSent;
    sentBefore.release();
    expect(await first).toMatchObject(underWay);
    call.answer();
    await second;
  });
});

describe("another purchase under the key of one that is still being prepared here", () => {
  const payload = ["10", "2"];

  it("is the one that another copy has begun: it is reported, not refused", async () => {
    const slow = slowly();
    const first = a.submit(key, sale, { ...slow.prepare, payload });
    await slow.begun;
    const call = pending();
    const begun = b.submit(key, call.send);
    await call.isSent;
    expect(await a.submit(key, sale)).toMatchObject(underWay);
    slow.goOn();
    expect(await first).toEqual({ reason: "KEY_REUSED" });
    call.answer();
    expect(await begun).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });

  it("waits for it, and is refused where that one was sent", async () => {
    const slow = slowly();
    const first = a.submit(key, sale, { ...slow.prepare, payload });
    await slow.begun;
    const second = a.submit(key, sale);
    slow.goOn();
    expect(await first).toMatchObject(bought);
    expect(await second).toEqual({ reason: "KEY_REUSED" });
    expect(copies.sent()).toBe(1);
  });

  it("waits for it, and is bought where that one was not", async () => {
    const slow = slowly();
    const first = a.submit(key, sale, { ...slow.prepare, payload });
    await slow.begun;
    const others = [a.submit(key, sale), a.submit(key, sale)];
    slow.goOn(new Error("the locker cannot be read"));
    expect(await first).toMatchObject({ reason: "NOT_PREPARED" });
    for (const other of others) expect(await other).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });
});

describe("a claim that fails", () => {
  it("although it was written is undone, and its key buys", async () => {
    a.fail("after", "claim");
    expect(await a.submit(key, sale)).toMatchObject({ reason: "NOT_RECORDED" });
    expect(await b.ask(key)).toMatchObject(notSent);
    expect(await b.submit(key, sale)).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });

  it.each([
    ["and was written", "after"],
    ["and was not written", "before"],
  ] as const)("%s: the copy reports the purchase that another one made since", async (_how, when) => {
    a.fail(when, "claim");
    const undone = a.hold("after", "recordEnding");
    const first = a.submit(key, sale);
    await undone.reached;
    expect(await b.submit(key, sale)).toMatchObject(bought);
    undone.release();
    expect(await first).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });

  it("and cannot be undone frees its key when it can be, and not before", async () => {
    a.fail("after", "claim");
    a.fail("before", "recordEnding");
    a.fail("before", "recordEnding");
    expect(await a.submit(key, sale)).toMatchObject({ reason: "NOT_RECORDED" });
    // Nobody else can know.
    expect(await b.submit(key, sale)).toMatchObject(underWay);
    copies.clock.nowMs += 1001;
    expect(await b.submit(key, sale)).toMatchObject({ status: "OUTCOME_UNKNOWN" });
    expect(await a.submit(key, sale)).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });

  it("and is written after all is undone by the copy that made it, whatever key is asked about", async () => {
    const commit = a.delay("claim");
    expect(await a.submit(key, sale)).toMatchObject({ reason: "NOT_RECORDED" });
    expect(await b.ask(key)).toBeUndefined();
    await commit();
    expect(await b.submit(key, sale)).toMatchObject(underWay);
    expect(await a.submit(other, sale)).toMatchObject(bought);
    expect(await b.ask(key)).toMatchObject(notSent);
    expect(copies.sent()).toBe(1);
  });

  it("and is written after another copy has bought with its key changes nothing", async () => {
    const commit = a.delay("claim");
    await a.submit(key, sale);
    expect(await b.submit(key, sale)).toMatchObject(bought);
    await commit();
    expect(await a.submit(key, sale)).toMatchObject(bought);
    expect(await c.ask(key)).toMatchObject(bought);
    expect(copies.sent()).toBe(1);
  });
});

describe("a copy that is killed", () => {
  it.each(["claim", "recordEnding"] as const)(
    "after a %s leaves a key that nobody calls unsent while it may be under way",
    async (call) => {
      const killed = a.hold(call === "claim" ? "after" : "before", call);
      void a.submit(key, sale);
      await killed.reached;
      expect(await b.submit(key, sale)).toMatchObject(underWay);
      expect(await b.submit(other, sale)).toMatchObject({ reason: "CONTESTED" });
      copies.clock.nowMs += 1001;
      expect(await b.submit(key, sale)).toMatchObject({ status: "OUTCOME_UNKNOWN" });
      expect(await c.ask(key)).toMatchObject({ status: "OUTCOME_UNKNOWN" });
      expect(b.sent + c.sent).toBe(0);
    },
  );

  it("after it recorded that nothing was sent leaves a key that buys", async () => {
    const killed = a.hold("after", "recordEnding");
    void a.submit(key, unsent);
    await killed.reached;
    expect(await b.ask(key)).toMatchObject(notSent);
    expect(await b.submit(key, sale)).toMatchObject(bought);
  });

  it("before its claim leaves nothing", async () => {
    const killed = a.hold("before", "claim");
    void a.submit(key, sale);
    await killed.reached;
    expect(await b.ask(key)).toBeUndefined();
    expect(await b.submit(key, sale)).toMatchObject(bought);
  });

  it("while it replaces a record that was not sent leaves the key to whoever comes first", async () => {
    await c.submit(key, unsent);
    const killed = a.hold("before", "claim");
    void a.submit(key, sale);
    await killed.reached;
    expect(await b.submit(key, sale)).toMatchObject(bought);
    killed.release();
    await expect.poll(async () => (await a.ask(key))?.status).toBe("SUCCEEDED");
    expect(copies.sent()).toBe(2);
  });
});

it("a question reports the attempt that stands under the key after its look into the locker, not the one before", async () => {
  const undone = a.hold("before", "recordEnding");
  const first = a.submit(key, unsent);
  await undone.reached;
  // During C's look A's attempt is settled as not sent, and B makes another.
  const meanwhile = lockerOf(async () => {
    undone.release();
    expect(await first).toMatchObject(notSent);
    expect(await b.submit(key, sale)).toMatchObject(bought);
    return look();
  });
  expect(await c.ask(key, meanwhile)).toMatchObject(bought);
});

describe("an ending that cannot be recorded", () => {
  it("is told all the same, and recorded when the attempt is next read", async () => {
    a.fail("before", "recordEnding");
    expect(await a.submit(key, sale)).toMatchObject({ ...bought, confirmedBy: "ANSWER" });
    expect(a.reported).toHaveLength(1);
    expect(await b.ask(key)).toMatchObject(underWay);
    expect(await a.ask(key)).toMatchObject({ ...bought, confirmedBy: "ANSWER" });
    expect(await b.ask(key)).toMatchObject({ ...bought, confirmedBy: "ANSWER" });
  });

  it("is that nothing was sent: the same copy buys later, and no other one calls it unsent before", async () => {
    a.fail("before", "recordEnding");
    a.fail("before", "recordEnding");
    expect(await a.submit(key, unsent)).toMatchObject(notSent);
    expect(await b.submit(key, sale)).toMatchObject(underWay);
    expect(await a.submit(key, sale)).toMatchObject(bought);
    expect(copies.sent()).toBe(2);
  });
});

it.each([
  ["was lost", false],
  ["was killed", true],
])("a purchase in the locker settles one attempt: another one, which %s, does not report it as its own", async (_how, isKilled) => {
  const shown = lockerOf(() => look(track));
  const reader = { user: { partnerUserId: "the same reader" } };
  const killed = isKilled ? c.hold("after", "claim") : undefined;
  void c.submit(key, lost);
  if (killed === undefined) await expect.poll(async () => (await a.ask(key))?.status).toBe("OUTCOME_UNKNOWN");
  await killed?.reached;
  copies.clock.nowMs += 1001;
  await b.submit(other, lost, reader);
  const held = a.hold("before", "recordEnding");
  const mine = a.ask(key, shown);
  await held.reached;
  expect(await b.purchases.findAttempt(reader.user, other, shown)).toMatchObject(bought);
  held.release();
  expect(await mine).toMatchObject({ status: "OUTCOME_UNKNOWN" });
});
