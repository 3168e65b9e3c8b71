/** Purchases: what was bought at once. */
import { builder } from "../graph/builder.js";
import { upstream } from "../graph/field-cost.js";
import { IncludedFields } from "../graph/included-fields.js";
import { parseIdOf } from "../shared/node-id.js";
import { nodeRef, type NodeFinder } from "../graph/node.js";
import { userDownloadPurchase } from "../media/endpoints.js";
import { errorUrlArg, errorUrlOf, signedUrl, signedUrlRef } from "../media/signed-url.graph.js";
import { dateTimeOf } from "../shared/date-time.js";
import { andThen } from "../shared/maybe-promise.js";
import { viewerRef } from "../graph/viewer.graph.js";
import { readable } from "../upstream/xml/unreadable.js";
import { findPurchase, readPurchaseDate, readReleases } from "./loaders.js";
import type { OwnedPurchase } from "./owned.js";
import { lockerReleaseRef, purchaseRef } from "./refs.js";
import { userLocker } from "./endpoints.js";

/** In a purchase with more than one. */
const usualReleases = 10;

const purchaseInLocker = new IncludedFields();

purchaseRef.implement({
  description: "What a user has bought, or was delivered, at once.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, e.g. "purchase:49193524". Only its owner gets anything for it.',
      resolve: ({ purchaseId }) => `purchase:${purchaseId}`,
    }),
    purchaseId: t.exposeID("purchaseId", { nullable: false, description: "7digital's ID of the purchase." }),
    purchasedAt: t.field({
      ...upstream(userLocker, { includedIn: [purchaseInLocker] }),
      type: "DateTime",
      description: "When it was bought. Null if 7digital does not send it.",
      resolve: (purchase, _, scope) => andThen(readPurchaseDate(purchase, scope), (written) => readable(dateTimeOf(written))),
    }),
    releases: t.field({
      ...upstream(userLocker, { includedIn: [purchaseInLocker], most: usualReleases }),
      type: [lockerReleaseRef],
      description: "The releases and tracks it holds. Costs a call where 7digital's answer to the purchase left them out.",
      resolve: (purchase, _, scope) => readReleases(purchase, scope),
    }),
    zip: t.field({
      ...upstream(userDownloadPurchase, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Link to one ZIP file with everything in the purchase.",
      args: errorUrlArg(),
      resolve: ({ purchaseId, owner }, args, scope) =>
        signedUrl(userDownloadPurchase, { purchaseId, errorUrl: errorUrlOf(args, scope) }, scope, owner ?? scope.user),
    }),
  }),
});

builder.objectField(viewerRef, "purchase", (t) =>
  t.field({
    ...upstream(userLocker, { gives: purchaseInLocker }),
    type: purchaseRef,
    description: "One purchase of the user's. Null if the user has made no such purchase.",
    args: { id: t.arg.id({ required: true, description: 'A global ID ("purchase:49193524") or 7digital\'s own ("49193524").' }) },
    resolve: ({ credential }, { id }, scope) => findPurchase(credential, parseIdOf("purchase", "id", id).id, scope),
  }),
);

export const purchaseFinder: NodeFinder<OwnedPurchase> = {
  type: purchaseRef,
  idMember: "purchaseId",
  method: userLocker,
  find: ({ id }, scope) => (scope.user === undefined ? null : findPurchase(scope.user, id, scope)),
};
