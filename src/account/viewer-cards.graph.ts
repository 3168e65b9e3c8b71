/** The way to 7digital's own pages for a user's payment cards, from whoever they belong to. */
import { builder } from "../graph/builder.js";
import { addCardUrl, paymentCardsUrl } from "../shared/account-pages.js";
import { accountPageArgs, accountPageSecret } from "../shared/account-pages.graph.js";
import { viewerRef } from "../shared/viewer.graph.js";

builder.objectFields(viewerRef, (t) => ({
  addCardUrl: t.field({
    type: "URL",
    description: `7digital's page where the user adds a payment card, which then pays for what they buy. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, { services, store }) => addCardUrl(services, { store, user }, args),
  }),
  paymentCardsUrl: t.field({
    type: "URL",
    description: `7digital's page where the user sees, chooses and deletes their payment cards. ${accountPageSecret}`,
    args: accountPageArgs(),
    resolve: ({ credential: user }, args, { services, store }) => paymentCardsUrl(services, { store, user }, args),
  }),
}));
