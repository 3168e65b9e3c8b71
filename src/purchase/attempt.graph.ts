/** The type of attempts to spend money, and the field that finds one later. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { purchaseRef } from "../locker/refs.js";
import { userErrorCode } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { ownedReader } from "./owned-reader.js";
import { isIdempotencyKey } from "./order-input.js";
import type { UserCredential } from "../upstream/session.js";
import type { AttemptReport } from "./attempt-report.js";
import { purchaseService } from "./purchase-service.js";
import { userLocker } from "../locker/endpoints.js";

const status = builder.enumType("PurchaseStatus", {
  description: "How an attempt to buy ended, as far as it can be known.",
  values: {
    SUCCEEDED: { description: "It was bought, once." },
    REJECTED: {
      description: "7digital refused it, and the user's locker does not show it. Nothing was charged; another attempt needs a new key.",
    },
    NOT_SENT: {
      description: "Proven that nothing reached 7digital by the time of the answer. Nothing was charged; the same key may be sent again.",
    },
    IN_PROGRESS: { description: "It is under way. The same key, sent again, is never a second purchase." },
    OUTCOME_UNKNOWN: {
      description: "It may have been charged. Never buy it again blindly: ask `viewer.purchaseAttempt` later, which looks into the locker.",
    },
  },
} as const);

const confirmation = builder.enumType("PurchaseConfirmation", {
  description: "How we know that a purchase succeeded.",
  values: {
    ANSWER: { description: "7digital's answer to the purchase itself." },
    LOCKER: { description: "The answer was lost, but the user's locker shows the purchase." },
  },
} as const);

/** An attempt, with its user where that is not the operation's. */
export interface AttemptOf extends AttemptReport {
  readonly owner?: UserCredential;
}

export const attemptRef = builder.objectRef<AttemptOf>("PurchaseAttempt").implement({
  description:
    "What is known about one attempt to spend money. It is recorded before anything is sent, sent at most once, and found by its key for " +
    "as long as records are kept.",
  fields: (t) => ({
    status: t.expose("status", { type: status, nullable: false, description: "How it ended." }),
    idempotencyKey: t.exposeString("idempotencyKey", { nullable: false, description: "The key it was sent with." }),
    startedAt: t.field({
      type: "DateTime",
      nullable: false,
      description: "When it was recorded, just before it was sent.",
      resolve: ({ startedAtMs }) => new Date(startedAtMs).toISOString(),
    }),
    settledAt: t.field({
      type: "DateTime",
      description: "When its outcome became known. Null while it is not.",
      resolve: ({ settledAtMs }) => (settledAtMs === undefined ? null : new Date(settledAtMs).toISOString()),
    }),
    confirmedBy: t.expose("confirmedBy", {
      type: confirmation,
      description: "How we know that it succeeded. Null if it did not succeed.",
    }),
    failure: t.field({
      type: userErrorCode,
      description: "Why it was rejected or not sent. Null for any other outcome.",
      resolve: ({ refusal }) => refusal?.code,
    }),
    purchase: t.field({
      type: purchaseRef,
      description: "What was bought. Null unless it succeeded, or if 7digital does not send its ID.",
      resolve: ({ purchase, owner }) => purchase && { ...purchase, owner },
    }),
  }),
});

builder.objectField(viewerRef, "purchaseAttempt", (t) =>
  t.field({
    ...upstream(userLocker, { calls: 2 }),
    type: attemptRef,
    description:
      "How an earlier purchase of this user's ended, by the key it was sent with. Where that is not known the locker is looked at, in at " +
      "most two calls. Null for a key that was never sent in this user's name, as far as it is known: who signs in anew has other records.",
    args: { idempotencyKey: t.arg.string({ required: true, description: "The key that was sent with the purchase." }) },
    resolve: async ({ credential }, { idempotencyKey }, scope) => {
      if (!isIdempotencyKey(idempotencyKey)) return null;
      const locker = ownedReader(scope, { store: scope.store, user: credential });
      const attempt = await scope.use(purchaseService).findAttempt(credential, idempotencyKey, locker);
      return attempt && { ...attempt, owner: credential };
    },
  }),
);
