/** The viewer's links to 7digital's own pages for their payment cards. */
import { builder } from "../graph/builder.js";
import { withoutCall } from "../graph/field-cost.js";
import { addCardUrl, paymentCardsUrl } from "../shared/account-pages.js";
import { accountPageArgs, accountPageSecret } from "../graph/types/account-page.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";

builder.objectFields(viewerRef, (t) => ({
  addCardUrl: t.field({
    ...withoutCall({ mentionsNoCost: true, nullOnlyWithError: true }),
    type: "URL",
    description: `URL of 7digital's page where the user adds a card for purchases. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, scope) => addCardUrl(scope, { store: scope.store, user }, args),
  }),
  paymentCardsUrl: t.field({
    ...withoutCall({ mentionsNoCost: true, nullOnlyWithError: true }),
    type: "URL",
    description: `URL of 7digital's page where the user views, selects and deletes cards. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, scope) => paymentCardsUrl(scope, { store: scope.store, user }, args),
  }),
}));
