import type { AttemptRecord } from "../../../src/purchase/attempt.js";

/** An attempt to buy release 1 that is recorded and not sent yet. */
export const intent: AttemptRecord = {
  id: "id-1",
  scope: "scope",
  idempotencyKey: "key-1",
  fingerprint: "print",
  method: "item",
  items: [{ releaseId: "1" }],
  store: { country: "GB" },
  startedAtMs: 1000,
  deadlineAtMs: 2000,
  baseline: [],
  state: "INTENT",
};
