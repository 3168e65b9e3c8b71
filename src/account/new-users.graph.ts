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
        description: "Why no user was created. Empty if one was.",
      }),
    }),
  });
}

const createInput = builder.inputType("UserCreateInput", {
  description: "A user for the partner to manage.",
  fields: (t) => ({
    userId: t.id({ required: true, description: `The partner's own ID of the user: ${partnerUserIdAdvice}.` }),
    emailAddress: t.string({ description: "E-mail address at which 7digital may write to the user." }),
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
      "A user whom a partner manages.",
      "The partner's own identifier, as it was given. Send it as x-7d-user-id to act for the user.",
    ),
    description: "Makes a user whom the partner manages: they have no password at 7digital, and the partner vouches for who they are.",
    args: { input: t.arg({ type: createInput, required: true, description: "The user to create." }) },
    resolve: (_, { input }, scope) => createPartnerUser(scope, input),
  }),
  userSignUp: t.field({
    ...operatorUpstream(userSignup, { nullOnlyWithError: true }),
    type: payload(
      "UserSignUpPayload",
      "A user of 7digital's own.",
      "7digital's ID of the user. Null if there are `userErrors`, or if 7digital sends no ID.",
    ),
    description:
      "Makes a user of 7digital's own. Not for anonymous browsers, which would make accounts at will in the operator's name: there a user " +
      "signs up on the page of signInStart.",
    args: { input: t.arg({ type: signUpInput, required: true, description: "The user to sign up." }) },
    resolve: (_, { input }, scope) => signUpUser(scope, input),
  }),
}));
