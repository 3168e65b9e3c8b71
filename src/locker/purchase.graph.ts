/** Purchases in the graph: what was bought at once. */
import { builder } from "../graph/builder.js";
import { atMost, upstream } from "../graph/extensions.js";
import { parseIdOf } from "../graph/node-id.js";
import { findNodesOf } from "../graph/node-lookup.js";
import { nodeRef } from "../catalogue/refs.js";
import { userDownloadPurchase } from "../media/endpoints/user-download-purchase.js";
import { errorUrlArg, errorUrlOf, signedUrl, signedUrlRef } from "../media/signed-url.graph.js";
import { dateTimeOf } from "../shared/date-time.js";
import { andThen } from "../shared/maybe-promise.js";
import { viewerRef } from "../shared/viewer.graph.js";
import { readable } from "../upstream/unreadable.js";
import { dateOf, purchaseOf, releasesOf } from "./owned.js";
import { lockerReleaseRef, purchaseRef } from "./refs.js";
import { ownedRelease, usualReleases } from "./told.js";

const asked = upstream("user/locker", 1, { tells: ownedRelease });
const manyReleases = { extensions: { ...asked.extensions, ...atMost(usualReleases).extensions } };

purchaseRef.implement({
  description: "What a user has bought, or was delivered, at once.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global id, e.g. "purchase:49193524". Only its owner gets anything for it.',
      resolve: ({ purchaseId }) => `purchase:${purchaseId}`,
    }),
    purchaseId: t.exposeID("purchaseId", { nullable: false, description: "7digital's id of the purchase." }),
    purchasedAt: t.field({
      ...upstream("user/locker"),
      type: "DateTime",
      description: "When it was bought. Null where 7digital does not tell.",
      resolve: (purchase, _, context) => andThen(dateOf(purchase, context), (written) => readable(dateTimeOf(written))),
    }),
    releases: t.field({
      ...manyReleases,
      type: [lockerReleaseRef],
      description: "The releases and tracks it holds. Costs a call where 7digital's answer to the purchase left them out.",
      resolve: (purchase, _, context) => releasesOf(purchase, context),
    }),
    zip: t.field({
      ...upstream("user/download/purchase", 0),
      type: signedUrlRef,
      description: "A link to one ZIP file with all of it. It is signed here and costs no call.",
      args: errorUrlArg(),
      resolve: ({ purchaseId, owner }, args, context) =>
        signedUrl(userDownloadPurchase, { purchaseId, errorUrl: errorUrlOf(args, context) }, context, owner ?? context.user),
    }),
  }),
});

builder.objectField(viewerRef, "purchase", (t) =>
  t.field({
    ...upstream("user/locker", 1, { tells: { purchasedAt: {}, releases: ownedRelease } }),
    type: purchaseRef,
    description: "One purchase of the user's. Null where the user has made no such purchase.",
    args: { id: t.arg.id({ required: true, description: 'A global id ("purchase:49193524") or 7digital\'s own ("49193524").' }) },
    resolve: ({ credential }, { id }, context) => purchaseOf(credential, parseIdOf("purchase", "id", id).id, context),
  }),
);

findNodesOf("purchase", ({ id }, context) => (context.user === undefined ? null : purchaseOf(context.user, id, context)));
