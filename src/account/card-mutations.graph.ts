/** The mutations that select and delete payment cards. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import type { Scope } from "../shared/scope.js";
import type { UserErrorFacts } from "../shared/user-error.js";
import type { UserCredential } from "../upstream/session.js";
import { changeCard } from "./card-changes.js";
import { userPaymentCardDelete, userPaymentCardSelect } from "./endpoints.js";

interface Changed {
  readonly user: UserCredential | undefined;
  readonly userErrors: readonly UserErrorFacts[];
}

function payload(name: string, mutation: string) {
  return builder.objectRef<Changed>(name).implement({
    description: `Result of \`${mutation}\`.`,
    fields: (t) => ({
      viewer: t.field({
        type: viewerRef,
        description: "The user. Select `paymentCards` for the cards as they are now. Null if no user is signed in.",
        resolve: ({ user }) => (user === undefined ? null : { credential: user }),
      }),
      userErrors: t.expose("userErrors", {
        type: [userErrorRef],
        nullable: false,
        description: "Why the card was not changed, or why that is not known. Empty if it was changed.",
      }),
    }),
  });
}

function input(name: string, description: string) {
  return builder.inputType(name, {
    description,
    fields: (t) => ({ cardId: t.id({ required: true, description: "`cardId` of one of the user's `paymentCards`." }) }),
  });
}

async function changed(scope: Scope, ...[method, cardId]: [Parameters<typeof changeCard>[1], string]): Promise<Changed> {
  return { user: scope.user, userErrors: await changeCard(scope, method, cardId) };
}

builder.mutationFields((t) => ({
  paymentCardSelect: t.field({
    ...upstream(userPaymentCardSelect, { nullOnlyWithError: true }),
    type: payload("PaymentCardSelectPayload", "paymentCardSelect"),
    description: "Makes one of the user's cards the one that pays for purchases.",
    args: {
      input: t.arg({
        type: input("PaymentCardSelectInput", "The card to pay with."),
        required: true,
        description: "The card to pay with.",
      }),
    },
    resolve: (_, { input: { cardId } }, scope) => changed(scope, userPaymentCardSelect, cardId),
  }),
  paymentCardDelete: t.field({
    ...upstream(userPaymentCardDelete, { nullOnlyWithError: true }),
    type: payload("PaymentCardDeletePayload", "paymentCardDelete"),
    description: "Removes one of the user's cards at 7digital.",
    args: {
      input: t.arg({ type: input("PaymentCardDeleteInput", "The card to remove."), required: true, description: "The card to remove." }),
    },
    resolve: (_, { input: { cardId } }, scope) => changed(scope, userPaymentCardDelete, cardId),
  }),
}));
