/** The mutations a user signs in by. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { operatorUpstream } from "../graph/operator.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";
import type { Outcome } from "./outcome.js";
import { authorizeSignIn, completeSignIn, signInMinutes, startSignIn, type SignedIn, type Started } from "./sign-in.js";
import { oauthAccessToken, oauthRequestToken, oauthRequestTokenAuthorise } from "./endpoints.js";

const start = builder.inputType("SignInStartInput", {
  description: "Options of a sign-in.",
  fields: (t) => ({
    callbackUrl: t.field({
      type: "URL",
      description:
        "URL to which 7digital sends the user afterwards. The operator must have allowed its origin. It must not have a fragment. " +
        "Ignore the parameters that 7digital appends to it: `signInComplete` needs only `state`. If null, the user stays on " +
        "7digital's page.",
    }),
    clientIdentifier: t.string({
      description:
        "Name of this connection, which 7digital shows to the user, e.g. the name of the device. 1 to 100 printable characters. A " +
        "user can have 3 access tokens with the same name. A fourth ends the first.",
    }),
  }),
});

const state = "`state` from `signInStart`.";

const completeInput = builder.inputType("SignInCompleteInput", {
  description: "Sign-in to complete.",
  fields: (t) => ({ state: t.string({ required: true, description: state }) }),
});

const authorizeInput = builder.inputType("SignInAuthorizeInput", {
  description: "A sign-in by name and password.",
  fields: (t) => ({
    state: t.string({ required: true, description: state }),
    username: t.string({ required: true, description: "E-mail address of the user, which is the name to sign in with." }),
    password: t.string({ required: true, description: "Password of the user. Send it as a variable: documents are kept in memory." }),
  }),
});

const startPayload = builder.objectRef<Outcome<Started>>("SignInStartPayload").implement({
  description: "Result of `signInStart`.",
  fields: (t) => ({
    authorizeUrl: t.field({
      type: "URL",
      description: "URL of 7digital's sign-in page. Open it in the user's browser. Null if there are `userErrors`.",
      resolve: ({ value }) => value?.authorizeUrl,
    }),
    state: t.string({
      description: `Opaque state of the sign-in. Keep it in the user's browser only, and send it to \`signInComplete\` within ${String(signInMinutes)} minutes. Null if there are \`userErrors\`.`,
      resolve: ({ value }) => value?.state,
    }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why no sign-in was started. Empty if one was.",
    }),
  }),
});

const completePayload = builder.objectRef<Outcome<SignedIn>>("SignInCompletePayload").implement({
  description: "Result of a sign-in.",
  fields: (t) => ({
    accessToken: t.string({
      description:
        "Access token of the user. Send it as `Authorization: Bearer …`. Opaque: it contains 7digital's token, encrypted. Null if there are `userErrors`.",
      resolve: ({ value }) => value?.accessToken,
    }),
    expiresAt: t.field({
      type: "DateTime",
      description: "When the access token expires. It may end earlier if the user revokes access. Null if there are `userErrors`.",
      resolve: ({ value }) => (value === null ? null : new Date(value.expiresAtMs).toISOString()),
    }),
    viewer: t.expose("value", { type: viewerRef, description: "The signed-in user. Null if there are `userErrors`." }),
    userErrors: t.expose("userErrors", {
      type: [userErrorRef],
      nullable: false,
      description: "Why no user was signed in. Empty if one was.",
    }),
  }),
});

builder.mutationFields((t) => ({
  signInStart: t.field({
    ...upstream(oauthRequestToken, { nullOnlyWithError: true }),
    type: startPayload,
    description: "Starts a sign-in on 7digital's own page.",
    args: { input: t.arg({ type: start, required: true, description: "Where 7digital sends the user afterwards." }) },
    resolve: (_, { input }, scope) => startSignIn(scope, input),
  }),
  signInComplete: t.field({
    ...upstream(oauthAccessToken, { nullOnlyWithError: true }),
    type: completePayload,
    description:
      "Completes a sign-in: returns the access token after the user has agreed on 7digital's page. If the user has not agreed yet, there is a user error, and you can call it again.",
    args: { input: t.arg({ type: completeInput, required: true, description: "The sign-in to complete." }) },
    resolve: (_, { input }, scope) => completeSignIn(scope, input.state),
  }),
  signInAuthorize: t.field({
    ...operatorUpstream(oauthRequestTokenAuthorise, { calls: 2, nullOnlyWithError: true }),
    type: completePayload,
    description:
      "Signs a user in by name and password, without 7digital's page, and returns the access token. For partners whom 7digital " +
      "allows to handle passwords.",
    args: { input: t.arg({ type: authorizeInput, required: true, description: "The sign-in and the user's credentials." }) },
    resolve: (_, { input }, scope) => authorizeSignIn(scope, input),
  }),
}));
