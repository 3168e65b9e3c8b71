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
      userErrors: t.expose("userErrors", {
        type: [userErrorRef],
        nullable: false,
        description: "Why no user was created. Empty if the user was created.",
      }),
    }),
  });
}

const createInput = builder.inputType("UserCreateInput", {
  description: "A user managed by a partner.",
  fields: (t) => ({
    userId: t.id({ required: true, description: `Your own ID of the user: ${partnerUserIdAdvice}.` }),
    emailAddress: t.string({ description: "E-mail address of the user, to which 7digital may send messages." }),
  }),
});

const signUpInput = builder.inputType("UserSignUpInput", {
  description: "A new user of 7digital.",
  fields: (t) => ({
    emailAddress: t.string({ required: true, description: "E-mail address of the user, which is also the name to sign in with." }),
    password: t.string({ required: true, description: "Password of the user. Send it as a variable: documents are kept in memory." }),
  }),
});

builder.mutationFields((t) => ({
  userCreate: t.field({
    ...operatorUpstream(userCreate, { nullOnlyWithError: true }),
    type: payload(
      "UserCreatePayload",
      "A user managed by a partner.",
      "Your own ID of the user, as you sent it. Send it in the header `x-7d-user-id` to act for the user. Null if there are `userErrors`.",
    ),
    description: "Creates a user whom a partner manages. The user has no password at 7digital: the partner authenticates the user.",
    args: { input: t.arg({ type: createInput, required: true, description: "The user to create." }) },
    resolve: (_, { input }, scope) => createPartnerUser(scope, input),
  }),
  userSignUp: t.field({
    ...operatorUpstream(userSignup, { nullOnlyWithError: true }),
    type: payload(
      "UserSignUpPayload",
      "Result of `userSignUp`.",
      "7digital's ID of the user. Null if there are `userErrors`, and null if 7digital does not send it.",
    ),
    description: "Creates a user of 7digital with a password. In a browser, let users sign up on the page that `signInStart` returns.",
    args: { input: t.arg({ type: signUpInput, required: true, description: "The user to sign up." }) },
    resolve: (_, { input }, scope) => signUpUser(scope, input),
  }),
}));
