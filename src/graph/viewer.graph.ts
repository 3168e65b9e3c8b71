/** The user on whose behalf an operation runs. Slices add what the user owns and may do. */
import { builder } from "./builder.js";
import type { UserCredential } from "../upstream/session.js";

export const viewerRef = builder.objectRef<{ readonly credential: UserCredential }>("Viewer").implement({
  description: "The signed-in user. 7digital provides the user's locker and purchases, but no name or address.",
});

builder.queryField("viewer", (t) =>
  t.field({
    type: viewerRef,
    description: "The signed-in user. Null if the request has no user credentials.",
    resolve: (_, __, { user }) => (user === undefined ? null : { credential: user }),
  }),
);
