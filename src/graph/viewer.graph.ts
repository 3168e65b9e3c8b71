/** The user on whose behalf an operation runs. Slices add what the user owns and may do. */
import { userIds } from "../shared/user-id.js";
import type { UserCredential } from "../upstream/session.js";
import { builder } from "./builder.js";
import { withoutCall } from "./field-cost.js";
import { nodeRef, type NodeFinder } from "./node.js";

interface ViewerFacts {
  readonly credential: UserCredential;
}

export const viewerRef = builder.objectRef<ViewerFacts>("Viewer").implement({
  description: "The signed-in user: what the user owns, and the payment cards and subscription the user has at 7digital.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      ...withoutCall({ mentionsNoCost: true }),
      nullable: false,
      description:
        'Global ID, e.g. "viewer:gK0WbQ9yq0uJc2fYvEx7Tg". For other users, `node` returns null. It changes when the user signs in again, ' +
        "except for users managed by a partner.",
      resolve: ({ credential }, _, { use }) => `viewer:${use(userIds).of(credential)}`,
    }),
  }),
});

builder.queryField("viewer", (t) =>
  t.field({
    type: viewerRef,
    description: "The signed-in user. Null if the request has no user credentials.",
    resolve: (_, __, { user }) => (user === undefined ? null : { credential: user }),
  }),
);

export const viewerFinder: NodeFinder<ViewerFacts> = {
  type: viewerRef,
  idMember: "credential",
  find: ({ id }, { user, use }) => (user !== undefined && use(userIds).isOf(id, user) ? { credential: user } : null),
};
