/** What processes that call with one key tell each other of its quota. */
import { expect, it } from "vitest";
import { QuotaTracker, type QuotaNews, type QuotaPeers } from "../../../src/upstream/limits/quota.js";

const nowMs = 1_800_000_000_000;

/** What it says last, and how it hears of others. */
function peers() {
  let latest: QuotaNews | undefined;
  let take: (news: QuotaNews) => void = () => undefined;
  const one: QuotaPeers = {
    changed: (read) => (latest = read()),
    watch: (listener) => (take = listener),
  };
  return { peers: one, latest: () => latest, hear: (news: QuotaNews) => take(news) };
}

function headers(limit: number, used: number) {
  const values: Readonly<Record<string, string>> = {
    "x-ratelimit-limit": String(limit),
    "x-ratelimit-current": String(used),
    "x-ratelimit-reset": "3600",
  };
  return (name: string) => values[name];
}

const none = () => undefined;

it("every answer is reported after its headers are read, and every call while it is under way", async () => {
  const { peers: all, latest } = peers();
  const tracker = new QuotaTracker(10, all);
  let end: (value: undefined) => void = () => undefined;
  const answer = tracker.counting(new Promise<undefined>((resolve) => (end = resolve)));
  expect(latest()).toEqual({ known: undefined, rejectedUntilMs: 0, uncounted: 1 });
  end(undefined);
  await answer;
  tracker.observe(headers(100, 40), nowMs);
  expect(latest()).toMatchObject({ known: { limit: 100, used: 40 }, uncounted: 0 });
  tracker.observe(none, nowMs);
  expect(latest(), "an answer without the count").toMatchObject({ known: { used: 40 }, uncounted: 1 });
  const retryAfter = (name: string) => (name === "retry-after" ? "60" : undefined);
  tracker.rejected(retryAfter, nowMs);
  expect(latest()).toMatchObject({ rejectedUntilMs: nowMs + 60_000 });
});

it("calls of others keep the reserve, and the latest count is believed", () => {
  const { peers: all, hear } = peers();
  const tracker = new QuotaTracker(10, all);
  tracker.observe(headers(100, 80), nowMs);
  const known = { limit: 100, used: 85, remaining: 15, resetAtMs: nowMs + 3_600_000 };
  hear({ known: undefined, rejectedUntilMs: 0, uncounted: 9 });
  expect(tracker.leavingUntil(1, nowMs)).toBeUndefined();
  hear({ known: undefined, rejectedUntilMs: 0, uncounted: 10 });
  expect(tracker.leavingUntil(1, nowMs)).toBe(nowMs + 3_600_000);
  hear({ known: { ...known, observedAtMs: nowMs - 1 }, rejectedUntilMs: 0, uncounted: 0 });
  expect(tracker.quota?.used, "an older count").toBe(80);
  hear({ known: { ...known, observedAtMs: nowMs + 1 }, rejectedUntilMs: 0, uncounted: 5 });
  expect(tracker.quota?.used).toBe(85);
  expect(tracker.leavingUntil(1, nowMs)).toBe(nowMs + 3_600_000);
  expect(tracker.leavingUntil(0, nowMs)).toBeUndefined();
});

it("a rejection of others holds here", () => {
  const { peers: all, hear } = peers();
  const tracker = new QuotaTracker(10, all);
  hear({ known: undefined, rejectedUntilMs: nowMs + 5000, uncounted: 0 });
  expect(tracker.spentUntil(nowMs)).toBe(nowMs + 5000);
  expect(tracker.spentUntil(nowMs + 5000)).toBeUndefined();
});
