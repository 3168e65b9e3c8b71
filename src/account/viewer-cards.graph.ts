/** The viewer's links to 7digital's own pages for their payment cards. */
import { builder } from "../graph/builder.js";
import { addCardUrl, paymentCardsUrl } from "../shared/account-pages.js";
import { accountPageArgs, accountPageSecret } from "../graph/types/account-page.graph.js";
import { viewerRef } from "../graph/viewer.graph.js";

builder.objectFields(viewerRef, (t) => ({
  addCardUrl: t.field({
    type: "URL",
    description: `7digital's page where the user adds a payment card, which then pays for what they buy. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, scope) => addCardUrl(scope, { store: scope.store, user }, args),
  }),
  paymentCardsUrl: t.field({
    type: "URL",
    description: `7digital's page where the user sees, chooses and deletes their payment cards. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, scope) => paymentCardsUrl(scope, { store: scope.store, user }, args),
  }),
}));
