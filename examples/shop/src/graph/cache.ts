/** What the normalised cache has to know about the schema. */
import { cacheExchange, type CacheExchangeOpts, type KeyGenerator } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";
import possibleTypes from "../../../../schema/possible-types.json" with { type: "json" };

/** A value without an `id` belongs to the object that it was read from. */
const embedded: KeyGenerator = () => null;

const values = [
  "BasketLine Download EditorialItem Format Image Label LockerRelease LockerTrack Money Price Search SignedUrl",
  "BasketCreatePayload BasketLinesAddPayload BasketLinesRemovePayload BasketVoucherApplyPayload",
  "BasketPurchasePayload ItemPurchasePayload SignInStartPayload SignInCompletePayload",
  "EarlierAttemptError InputError OperationError PaymentCardError PriceChangedError UnavailableInContextError VoucherError",
];

const options: CacheExchangeOpts = {
  possibleTypes,
  keys: {
    ...Object.fromEntries(values.flatMap((names) => names.split(" ")).map((name) => [name, embedded])),
    Store: ({ country }) => (typeof country === "string" ? country : null),
  },
  // The lists that the shop pages.
  resolvers: {
    Artist: { releases: relayPagination() },
    Search: { releases: relayPagination() },
    Viewer: { locker: relayPagination() },
  },
};

export const createCache = () => cacheExchange(options);
