/** Written by `npm run cache-config` from schema/schema.graphql. */
import type { KeyingConfig, ResolverConfig } from "@urql/exchange-graphcache";
import { relayPagination } from "@urql/exchange-graphcache/extras";

/** A value without an `id` belongs to the object that it was read from. */
const embedded = (): null => null;

export const keys: KeyingConfig = {
  ArtistMatch: embedded,
  BasketCreatePayload: embedded,
  BasketLine: embedded,
  BasketLinesAddPayload: embedded,
  BasketLinesRemovePayload: embedded,
  BasketPurchasePayload: embedded,
  BasketVoucherApplyPayload: embedded,
  Download: embedded,
  EarlierAttemptError: embedded,
  EditorialItem: embedded,
  Format: embedded,
  Image: embedded,
  InputError: embedded,
  ItemDeliverPayload: embedded,
  ItemPurchasePayload: embedded,
  Label: embedded,
  Licensor: embedded,
  LockerRelease: embedded,
  LockerTrack: embedded,
  Money: embedded,
  OperationError: embedded,
  Package: embedded,
  PaymentCardError: embedded,
  Price: embedded,
  PriceChangedError: embedded,
  ReleaseMatch: embedded,
  Search: embedded,
  SignInCompletePayload: embedded,
  SignInStartPayload: embedded,
  SignedUrl: embedded,
  Store: embedded,
  StoreContext: embedded,
  StoreLanguage: embedded,
  Tagged: embedded,
  TrackMatch: embedded,
  UnavailableInContextError: embedded,
  UpstreamQuota: embedded,
  UserCreatePayload: embedded,
  UserSignUpPayload: embedded,
  VoucherError: embedded,
};

export const resolvers: ResolverConfig = {
  Artist: {
    recommendedReleases: relayPagination(),
    releases: relayPagination(),
    similarArtists: relayPagination(),
    tags: relayPagination(),
    topTracks: relayPagination(),
  },
  EditorialList: { items: relayPagination() },
  LockerRelease: { tracks: relayPagination() },
  MerchandisingList: { items: relayPagination() },
  Query: {
    artistChart: relayPagination(),
    artists: relayPagination(),
    newReleases: relayPagination(),
    releaseChart: relayPagination(),
    tags: relayPagination(),
    trackChart: relayPagination(),
  },
  Release: { recommendedReleases: relayPagination(), tags: relayPagination(), tracks: relayPagination() },
  Search: { artists: relayPagination(), releases: relayPagination(), tracks: relayPagination() },
  Tagged: { artists: relayPagination(), newReleases: relayPagination(), relatedTags: relayPagination(), topReleases: relayPagination() },
  Viewer: { locker: relayPagination() },
};
