/** Users' accounts in the graph. An account is visible to its user and to the operator. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorUpstream } from "../graph/operator.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import type { UserFacts } from "./decoders.js";
import { userAuthenticate, userDetails, usersFind, usersUpdate } from "./endpoints.js";
import type { Outcome } from "./outcome.js";
import { authenticateUser, findUser, findUsers, readUser, updateUser } from "./users.js";

const accountRef = builder.objectRef<UserFacts>("UserAccount").implement({
  description: "A user's account at 7digital.",
  fields: (t) => ({
    userId: t.exposeID("userId", { description: "7digital's ID of the user. Null if 7digital does not send it." }),
    type: t.exposeString("type", {
      description: 'Kind of account, in 7digital\'s words, e.g. "7digital" for a user with a password. Null if 7digital does not send it.',
    }),
    emailAddress: t.exposeString("emailAddress", {
      description: "E-mail address of the user. Null if 7digital does not send it, as for users of a partner that has given none.",
    }),
  }),
});

builder.objectField(viewerRef, "account", (t) =>
  t.field({
    ...upstream(userDetails),
    type: accountRef,
    description:
      "The user's account at 7digital. Null for users who signed in at 7digital, because 7digital shows accounts by user ID only, and null " +
      "if 7digital does not know the user.",
    resolve: ({ credential }, _, scope) => ("partnerUserId" in credential ? readUser(scope, credential.partnerUserId) : null),
  }),
);

builder.queryFields((t) => ({
  user: t.field({
    ...operatorUpstream(userDetails),
    type: accountRef,
    description: "A user by ID. Null if 7digital does not know the ID.",
    args: { userId: t.arg.id({ required: true, description: "7digital's ID of the user, or your own ID of a user you manage." }) },
    resolve: (_, { userId }, scope) => findUser(scope, userId),
  }),
  users: t.field({
    ...operatorUpstream(usersFind, { nullOnlyWithError: true }),
    type: [accountRef],
    description: "The users with an e-mail address. Empty if there are none.",
    args: {
      emailAddress: t.arg.string({
        required: true,
        description: "E-mail address of the user. Send it as a variable: documents are kept in memory.",
      }),
    },
    resolve: (_, { emailAddress }, scope) => findUsers(scope, emailAddress),
  }),
}));

const authenticateInput = builder.inputType("UserAuthenticateInput", {
  description: "E-mail address and password of a user.",
  fields: (t) => ({
    emailAddress: t.string({ required: true, description: "E-mail address of the user, which is the name to sign in with." }),
    password: t.string({ required: true, description: "Password of the user. Send it as a variable: documents are kept in memory." }),
  }),
});

const authenticatePayload = builder.objectRef<Outcome<UserFacts>>("UserAuthenticatePayload").implement({
  description: "Result of `userAuthenticate`.",
  fields: (t) => ({
    account: t.expose("value", { type: accountRef, description: "The user. Null if there are `userErrors`." }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why the user is not authenticated. Empty if the password is right.",
    }),
  }),
});

const updateInput = builder.inputType("UserUpdateInput", {
  description: "What to change of a user. What is null stays as it is.",
  fields: (t) => ({
    userId: t.id({ required: true, description: '7digital\'s ID of the user, e.g. "4874230".' }),
    emailAddress: t.string({ description: "New e-mail address. If null, it is not changed." }),
    password: t.string({
      description: "New password. Send it as a variable: documents are kept in memory. If null, it is not changed.",
    }),
  }),
});

const updatePayload = builder.objectRef<Outcome<{ readonly user: UserFacts | null }>>("UserUpdatePayload").implement({
  description: "Result of `userUpdate`.",
  fields: (t) => ({
    account: t.field({
      type: accountRef,
      description: "The user after the change. Null if there are `userErrors`, and null if 7digital does not send it.",
      resolve: ({ value }) => value?.user,
    }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why the user was not changed. Empty if the user was changed.",
    }),
  }),
});

builder.mutationFields((t) => ({
  userAuthenticate: t.field({
    ...operatorUpstream(userAuthenticate, { nullOnlyWithError: true }),
    type: authenticatePayload,
    description:
      "Checks a user's password, for partners whom 7digital allows to handle passwords. It gives no access token: `signInAuthorize` does. " +
      "In a browser, let users sign in on the page that `signInStart` returns.",
    args: { input: t.arg({ type: authenticateInput, required: true, description: "The user's credentials." }) },
    resolve: (_, { input }, scope) => authenticateUser(scope, input),
  }),
  userUpdate: t.field({
    ...operatorUpstream(usersUpdate, { nullOnlyWithError: true }),
    type: updatePayload,
    description: "Changes the e-mail address or the password of the signed-in user, for partners whom 7digital allows to handle passwords.",
    args: { input: t.arg({ type: updateInput, required: true, description: "The change." }) },
    resolve: (_, { input }, scope) => updateUser(scope, input),
  }),
}));
