/** The errors that only purchases have. */
import { readable } from "../upstream/unreadable.js";
import { createCatalogueLoaders } from "../catalogue/loaders.js";
import { upstream } from "../graph/extensions.js";
import type { GraphContext } from "../graph/context.js";
import { accountPageArgs, accountPageSecret } from "../shared/account-pages.graph.js";
import { addCardUrl } from "../shared/account-pages.js";
import { priceOf } from "../shared/price-reading.js";
import { moneyRef, priceRef, type ForSale, type ShownPrice } from "../shared/price.graph.js";
import { userErrorRef, userErrorType } from "../shared/user-error.graph.js";
import { attemptRef } from "./attempt.graph.js";
import type { EarlierAttemptFacts, PaymentCardFacts, PriceChangedFacts } from "./purchase-payload.js";

userErrorType<PaymentCardFacts>("PaymentCardError").implement({
  description: "The user's card can not be charged. Lead them to `addCardUrl`, then buy with a new idempotency key.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    addCardUrl: t.field({
      type: "URL",
      description: `7digital's page where the user adds a card. No call. ${accountPageSecret}`,
      args: accountPageArgs(),
      resolve: (_, args, { services, session }) => addCardUrl(services, session, args),
    }),
  }),
});

userErrorType<PriceChangedFacts>("PriceChangedError").implement({
  description: "What was to be bought no longer costs what was shown. Nothing was charged: show the current price and ask again.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    shown: t.field({
      type: moneyRef,
      description: "What was shown. Null where no price was.",
      resolve: ({ shown }) => shown,
    }),
    current: t.field({
      ...upstream("track/details", 2),
      type: priceRef,
      description: "What it costs now, asked of 7digital anew, with a new quote. Null where 7digital does not tell.",
      resolve: ({ current }, _, context) =>
        current !== null && "releaseId" in current ? currentPrice(current, context) : current && ofBasket(current),
    }),
  }),
});

userErrorType<EarlierAttemptFacts>("EarlierAttemptError").implement({
  description:
    "An earlier purchase of the same thing, or of one that holds it, may have been charged or is under way, so this one was not sent. To buy " +
    "once more all the same, send `acknowledgeUnknown: true`; what is under way has to end first.",
  interfaces: [userErrorRef],
  fields: (t) => ({
    attempts: t.field({
      type: [attemptRef],
      nullable: false,
      description:
        "The earlier ones, the oldest first; ask `viewer.purchaseAttempt` by their keys. Empty where they were made under another sign-in.",
      resolve: ({ attempts }) => attempts,
    }),
  }),
});

function ofBasket({ amount }: Pick<ShownPrice, "amount">): ShownPrice {
  return { amount, rrp: null, onSale: null, soldAs: "ITEM" };
}

/** Whatever is remembered is what was shown, so it is not looked at. */
async function currentPrice(of: ForSale, { services: { client, pageSizes } }: GraphContext): Promise<ShownPrice | null> {
  const { releaseId, trackId, store } = of;
  const catalogue = createCatalogueLoaders(client.exempt().anew(), { store }, pageSizes.catalogue);
  const price =
    trackId === undefined
      ? priceOf(await catalogue.release(releaseId), "SINGLE_TRACKS_ONLY")
      : priceOf(await catalogue.track({ trackId, releaseId }), "WHOLE_RELEASE_ONLY");
  return price === undefined ? null : { ...readable(price), of };
}
