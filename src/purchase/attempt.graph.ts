/** The type of attempts to spend money, and the fields that find one later. */
import { GraphQLError } from "graphql";
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { nodeRef, type NodeFinder } from "../graph/node.js";
import type { Scope } from "../shared/scope.js";
import { userIds, type UserIds } from "../shared/user-id.js";
import { purchaseRef } from "../locker/refs.js";
import { userErrorCode } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { attemptWatch, type AttemptChanges } from "./attempt-watch.js";
import type { ErrorCode } from "../shared/error-codes.js";
import { ownedReader } from "./owned-reader.js";
import { isIdempotencyKey } from "./order-input.js";
import type { UserCredential } from "../upstream/session.js";
import type { AttemptReport } from "./attempt-report.js";
import { purchaseService } from "./purchase-service.js";
import { readable } from "./records-error.js";
import { userLocker } from "../locker/endpoints.js";

const status = builder.enumType("PurchaseStatus", {
  description: "Outcome of a purchase attempt.",
  values: {
    SUCCEEDED: { description: "The purchase succeeded." },
    REJECTED: {
      description: "7digital rejected it, and it is not in the user's locker. Nothing was charged. To try again, use a new key.",
    },
    NOT_SENT: {
      description: "Nothing reached 7digital, so nothing was charged. You may send the same key again.",
    },
    IN_PROGRESS: { description: "In progress. Query it again soon. Sending the same key again never buys twice." },
    OUTCOME_UNKNOWN: {
      description:
        "Unknown: the user may have been charged. Do not buy it again. Query `viewer.purchaseAttempt` later, which looks into the " +
        "locker.",
    },
  },
} as const);

const confirmation = builder.enumType("PurchaseConfirmation", {
  description: "How we know that a purchase succeeded.",
  values: {
    ANSWER: { description: "7digital's response to the purchase." },
    LOCKER: { description: "The user's locker, because the response was lost." },
  },
} as const);

/** Calls that a look into the locker may cost. */
const lookCalls = 2;

/** An attempt, with its user where that is not the operation's. */
export interface AttemptOf extends AttemptReport {
  readonly owner?: UserCredential;
}

export const attemptRef = builder.objectRef<AttemptOf>("PurchaseAttempt").implement({
  description:
    "One attempt to spend money. It is recorded before it is sent, and sent at most once. Query `viewer.purchaseAttempt` with " +
    "its key to learn how it ended.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, e.g. "purchaseAttempt:gK0WbQ9yq0uJc2fYvEx7Tg:<idempotencyKey>". For other users, `node` returns null.',
      resolve: ({ idempotencyKey, owner }, _, { use, user }) => attemptId(use(userIds), owner ?? user, idempotencyKey),
    }),
    status: t.expose("status", { type: status, nullable: false, description: "Outcome of the attempt." }),
    idempotencyKey: t.exposeString("idempotencyKey", { nullable: false, description: "Idempotency key of the attempt." }),
    startedAt: t.field({
      type: "DateTime",
      nullable: false,
      description: "When it was recorded, which is just before it was sent.",
      resolve: ({ startedAtMs }) => new Date(startedAtMs).toISOString(),
    }),
    settledAt: t.field({
      type: "DateTime",
      description: "When the outcome became known. Null while it is unknown.",
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
      description: "The purchase. Null unless the attempt succeeded, and null if 7digital does not send its ID.",
      resolve: ({ purchase, owner }) => purchase && { ...purchase, owner },
    }),
  }),
});

builder.objectField(viewerRef, "purchaseAttempt", (t) =>
  t.field({
    ...upstream(userLocker, { calls: lookCalls }),
    type: attemptRef,
    description:
      "An earlier purchase attempt of the user, by its idempotency key. If its outcome is unknown, this looks into the locker. " +
      "Null if this sign-in of the user never sent the key.",
    args: { idempotencyKey: t.arg.string({ required: true, description: "Idempotency key that was sent with the purchase." }) },
    resolve: ({ credential }, { idempotencyKey }, scope) =>
      isIdempotencyKey(idempotencyKey) ? findAttempt(credential, idempotencyKey, scope) : null,
  }),
);

builder.subscriptionField("purchaseAttempt", (t) =>
  t.field({
    type: attemptRef,
    description:
      "A purchase attempt of the user: as it is now, then after each change, until it has ended. `OUTCOME_UNKNOWN` is the last event where the " +
      "locker has not shown the outcome within about a minute: query `viewer.purchaseAttempt` later, which looks again. Null if this sign-in of the " +
      "user never sent the key. Needs a user's credentials. Waiting costs no call to 7digital, and an event what its fields cost.",
    args: { idempotencyKey: t.arg.string({ required: true, description: "Idempotency key that was sent with the purchase." }) },
    async subscribe(_, { idempotencyKey }, { user, use }) {
      if (user === undefined) throw subscriptionError("UNAUTHENTICATED", "Sign in first: purchases are of users.");
      if (!isIdempotencyKey(idempotencyKey)) return noAttempt();
      const changes = await readable(use(attemptWatch).watch(user, idempotencyKey));
      if (changes !== undefined) return changes;
      throw subscriptionError(
        "SUBSCRIPTION_LIMIT",
        "Too many subscriptions are open. Close one, or query `viewer.purchaseAttempt` instead.",
      );
    },
    resolve: (attempt) => attempt,
  }),
);

// eslint-disable-next-line @typescript-eslint/require-await -- there is nothing to wait for.
async function* noAttempt(): AttemptChanges {
  yield null;
}

function subscriptionError(code: ErrorCode, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The ID of another user's attempt is refused before anything is looked up: the time it takes says nothing either. */
export const attemptFinder: NodeFinder<AttemptOf> = {
  type: attemptRef,
  idMember: "idempotencyKey",
  method: userLocker,
  calls: lookCalls,
  find({ id }, scope) {
    const { user, use } = scope;
    const [userId = "", idempotencyKey = ""] = id.split(":");
    return user !== undefined && use(userIds).isOf(userId, user) ? findAttempt(user, idempotencyKey, scope) : null;
  },
};

/** Null where this user has not sent the key. */
async function findAttempt(user: UserCredential, idempotencyKey: string, scope: Scope): Promise<AttemptOf | null> {
  const locker = ownedReader(scope, { store: scope.store, user });
  const attempt = await readable(scope.use(purchaseService).findAttempt(user, idempotencyKey, locker));
  return attempt === undefined ? null : { ...attempt, owner: user };
}

function attemptId(ids: UserIds, user: UserCredential | undefined, idempotencyKey: string): string {
  if (user === undefined) throw new TypeError("An attempt without a user.");
  return `purchaseAttempt:${ids.of(user)}:${idempotencyKey}`;
}
