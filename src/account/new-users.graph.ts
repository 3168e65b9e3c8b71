/** The mutations that create users. */
import { builder } from "../graph/builder.js";
import { operatorUpstream } from "../graph/operator.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { createPartnerUser, signUpUser, type NewUser } from "./new-users.js";
import type { Outcome } from "./outcome.js";
import { partnerUserIdAdvice } from "../shared/partner-user-id.js";
import { userCreate, userSignup } from "./endpoints.js";

function payload(name: string, description: string, userId: string) {
  return builder.objectRef<Outcome<NewUser>>(name).implement({
    description,
    fields: (t) => ({
      userId: t.id({ description: userId, resolve: ({ value }) => value?.userId }),
      userErrors: t.expose("userErrors", { type: [userErrorRef], nullable: false, description: "Why there is none." }),
    }),
  });
}

builder.mutationFields((t) => ({
  userCreate: t.field({
    ...operatorUpstream(userCreate),
    type: payload(
      "UserCreatePayload",
      "A user whom a partner manages.",
      "The partner's own identifier, as it was given. Send it as x-7d-user-id to act for the user.",
    ),
    description: "Makes a user whom the partner manages: they have no password at 7digital, and the partner vouches for who they are.",
    args: {
      userId: t.arg.id({ required: true, description: `The partner's own identifier: ${partnerUserIdAdvice}.` }),
      emailAddress: t.arg.string({ description: "Where 7digital may write to them." }),
    },
    resolve: (_, args, scope) => createPartnerUser(scope, args),
  }),
  userSignUp: t.field({
    ...operatorUpstream(userSignup),
    type: payload("UserSignUpPayload", "A user of 7digital's own.", "7digital's id of the user. Null where 7digital told none."),
    description:
      "Makes a user of 7digital's own. Not for anonymous browsers, which would make accounts at will in the operator's name: there a user " +
      "signs up on the page of signInStart.",
    args: {
      emailAddress: t.arg.string({ required: true, description: "The address, which is also the name to sign in with." }),
      password: t.arg.string({ required: true, description: "Their password. Send it as a variable: documents are remembered." }),
    },
    resolve: (_, args, scope) => signUpUser(scope, args),
  }),
}));
