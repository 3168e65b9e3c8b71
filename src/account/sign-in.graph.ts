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
  description: "How a user is to be led through signing in.",
  fields: (t) => ({
    callbackUrl: t.field({
      type: "URL",
      description:
        "Where 7digital leads the user back to, on an origin that the operator has allowed, without a fragment. Read nothing from what " +
        "7digital appends to it (with a second `?` where it has a query): `state` is all that signInComplete needs. Without it the user " +
        "stays there.",
    }),
    clientIdentifier: t.string({
      description:
        "What the user knows this connection by, e.g. the name of their device: 7digital shows it to them. From 1 to 100 printable " +
        "characters. A user may have three access tokens of one identifier; a fourth ends the first.",
    }),
  }),
});

const state = "`state` of the SignInStartPayload.";

const completeInput = builder.inputType("SignInCompleteInput", {
  description: "A sign-in that the user has agreed to.",
  fields: (t) => ({ state: t.string({ required: true, description: state }) }),
});

const authorizeInput = builder.inputType("SignInAuthorizeInput", {
  description: "A sign-in by name and password.",
  fields: (t) => ({
    state: t.string({ required: true, description: state }),
    username: t.string({ required: true, description: "Name that the user signs in to 7digital with: the e-mail address." }),
    password: t.string({ required: true, description: "Password of the user. Send it as a variable: documents are kept in memory." }),
  }),
});

const startPayload = builder.objectRef<Outcome<Started>>("SignInStartPayload").implement({
  description: "A sign-in that has begun.",
  fields: (t) => ({
    authorizeUrl: t.field({
      type: "URL",
      description: "7digital's page where the user signs in and agrees: lead their browser there.",
      resolve: ({ value }) => value?.authorizeUrl,
    }),
    state: t.string({
      description: `Keep it where only this user's browser finds it, and give it to signInComplete within ${String(signInMinutes)} minutes. It is sealed.`,
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
  description: "A user who has signed in.",
  fields: (t) => ({
    accessToken: t.string({
      description: "Send it as `Authorization: Bearer`. It is sealed: 7digital's own token is in it and is not to be had.",
      resolve: ({ value }) => value?.accessToken,
    }),
    expiresAt: t.field({
      type: "DateTime",
      description: "When the access token expires. It may end earlier if the user revokes access.",
      resolve: ({ value }) => (value === null ? null : new Date(value.expiresAtMs).toISOString()),
    }),
    viewer: t.expose("value", { type: viewerRef, description: "The user who has signed in." }),
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
    description: "Begins to sign a user in on 7digital's own page.",
    args: { input: t.arg({ type: start, required: true, description: "How the user is to be led." }) },
    resolve: (_, { input }, scope) => startSignIn(scope, input),
  }),
  signInComplete: t.field({
    ...upstream(oauthAccessToken, { nullOnlyWithError: true }),
    type: completePayload,
    description:
      "Gives the access token of a user who has agreed on 7digital's page. Where they have not, that is a user error and may be asked again.",
    args: { input: t.arg({ type: completeInput, required: true, description: "The sign-in to complete." }) },
    resolve: (_, { input }, scope) => completeSignIn(scope, input.state),
  }),
  signInAuthorize: t.field({
    ...operatorUpstream(oauthRequestTokenAuthorise, { calls: 2, nullOnlyWithError: true }),
    type: completePayload,
    description:
      "Signs a user in by name and password instead of 7digital's page, and gives the access token. For partners whom 7digital trusts " +
      "with passwords. The second of its calls is oauth/accesstoken.",
    args: { input: t.arg({ type: authorizeInput, required: true, description: "The sign-in, and who signs in." }) },
    resolve: (_, { input }, scope) => authorizeSignIn(scope, input),
  }),
}));
