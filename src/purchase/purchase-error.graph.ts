/** The errors that only purchases have. */
import { builder } from "../graph/builder.js";
import { itemPages } from "../shared/item-pages.js";
import { pageSizeLimits } from "../shared/window-read.js";
import { readable } from "../upstream/xml/unreadable.js";
import { Catalogue } from "../catalogue/loaders.js";
import { upstream, withoutCall } from "../graph/field-cost.js";
import type { Scope } from "../shared/scope.js";
import { accountPageArgs, accountPageSecret } from "../graph/types/account-page.graph.js";
import { addCardUrl } from "../shared/account-pages.js";
import { priceOf, type ForSale, type ShownPrice } from "../shared/price-reading.js";
import { moneyRef, priceRef } from "../graph/types/price.graph.js";
import { userErrorRef } from "../graph/user-error.graph.js";
import { attemptRef } from "./attempt.graph.js";
import type { EarlierAttemptFacts, PaymentCardFacts, PriceChangedFacts } from "./purchase-error.js";
import { trackDetails } from "../catalogue/endpoints/track.js";

builder.objectRef<PaymentCardFacts>("PaymentCardError").implement({
  description: "The user's card cannot be charged. Open `addCardUrl` in the user's browser, then buy with a new idempotency key.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    addCardUrl: t.field({
      ...withoutCall({ mentionsNoCost: true, nullOnlyWithError: true }),
      type: "URL",
      description: `URL of 7digital's page where the user adds a card. ${accountPageSecret}`,
      args: accountPageArgs(),
      resolve: (_, args, scope) => addCardUrl(scope, scope.session, args),
    }),
  }),
});

builder.objectRef<PriceChangedFacts>("PriceChangedError").implement({
  description: "The price has changed since it was shown. Nothing was charged. Show the current price and ask the user again.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    shown: t.expose("shown", { type: moneyRef, description: "Price that was shown to the user. Null if there was none." }),
    current: t.field({
      ...upstream(trackDetails),
      type: priceRef,
      description: "Current price with a new quote, requested from 7digital again. Null if 7digital does not send it.",
      resolve: ({ current }, _, scope) => (current !== null && "releaseId" in current ? currentPrice(current, scope) : current),
    }),
  }),
});

builder.objectRef<EarlierAttemptFacts>("EarlierAttemptError").implement({
  description:
    "Not sent, because an earlier purchase of the same item (or of its release, its tracks or a basket with it) is in progress " +
    "or may have been charged. To buy it again anyway, wait until nothing is in progress, and send `acknowledgeUnknown: true`.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    attempts: t.expose("attempts", {
      type: [attemptRef],
      nullable: false,
      description:
        "The earlier attempts, oldest first. Query `viewer.purchaseAttempt` by their keys for news. Empty if they were made under another sign-in.",
    }),
  }),
});

/** Bypasses the cache, which holds the price that was shown. */
async function currentPrice(of: ForSale, { client, use }: Scope): Promise<ShownPrice | null> {
  const { releaseId, trackId, store } = of;
  const catalogue = new Catalogue(
    client.critical().bypassCache(),
    { store },
    { limit: use(pageSizeLimits).catalogue, pages: use(itemPages), batchSize: 0 },
  );
  const price =
    trackId === undefined
      ? priceOf(await catalogue.release(releaseId), "SINGLE_TRACKS_ONLY")
      : priceOf(await catalogue.track({ trackId, releaseId }), "WHOLE_RELEASE_ONLY");
  return price === undefined ? null : { ...readable(price), of };
}
