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
  description: "A completed purchase of one or more items.",
  interfaces: [nodeRef],
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Global ID, e.g. "purchase:49193524". For other users, `node` returns null.',
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
      description: "Releases and tracks of the purchase. Null if 7digital does not send them.",
      resolve: (purchase, _, scope) => readReleases(purchase, scope),
    }),
    zip: t.field({
      ...upstream(userDownloadPurchase, { calls: 0, nullOnlyWithError: true }),
      type: signedUrlRef,
      description: "Signed link to a ZIP file with everything in the purchase.",
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
    description: "A purchase of the user by ID. Null if the user has no such purchase.",
    args: { id: t.arg.id({ required: true, description: 'Global ID ("purchase:49193524") or 7digital\'s ID ("49193524").' }) },
    resolve: ({ credential }, { id }, scope) => findPurchase(credential, parseIdOf("purchase", "id", id).id, scope),
  }),
);

export const purchaseFinder: NodeFinder<OwnedPurchase> = {
  type: purchaseRef,
  idMember: "purchaseId",
  method: userLocker,
  find: ({ id }, scope) => (scope.user === undefined ? null : findPurchase(scope.user, id, scope)),
};
