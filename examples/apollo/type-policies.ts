/** Written by `npm run cache-config` from schema/schema.graphql. */
import type { TypePolicies } from "@apollo/client";
import { connection } from "./connection";

/** A list that does not page: the last response is the whole list. */
const replaced = { merge: false } as const;

export const typePolicies: TypePolicies = {
  Artist: {
    fields: {
      recommendedReleases: connection(["offset"]),
      releases: connection(["offset", "types"]),
      similarArtists: connection(["offset"]),
      tags: connection(["offset"]),
      topTracks: connection(["offset"]),
    },
  },
  ArtistMatch: { merge: true },
  Basket: { fields: { lines: replaced } },
  BasketLine: { merge: true },
  Download: { merge: true },
  EditorialItem: { merge: true },
  EditorialList: { fields: { items: connection(["offset"]) } },
  Format: { merge: true },
  Image: { merge: true },
  Label: { merge: true },
  Licensor: { merge: true },
  LockerRelease: { merge: true, fields: { tracks: connection(["offset"]) } },
  LockerTrack: { merge: true, fields: { downloads: replaced } },
  MerchandisingList: { fields: { items: connection(["offset"]) } },
  Money: { merge: true },
  Package: { merge: true, fields: { formats: replaced } },
  PaymentCard: { merge: true },
  PaymentCardKind: { merge: true },
  PaymentCardRegistration: { merge: true },
  PaymentCardRegistrationFailure: { merge: true },
  Price: { merge: true },
  Purchase: { fields: { releases: replaced } },
  Query: {
    fields: {
      artistChart: connection(["offset", "period", "until"]),
      artistMatches: replaced,
      artists: connection(["offset", "startingWith"]),
      artistsById: replaced,
      newReleases: connection(["from", "offset", "to"]),
      nodes: replaced,
      paymentCardTypes: replaced,
      releaseChart: connection(["offset", "period", "until"]),
      releaseMatches: replaced,
      releasesById: replaced,
      stores: replaced,
      tags: connection(["offset"]),
      trackChart: connection(["offset", "period", "until"]),
      trackMatches: replaced,
      tracksById: replaced,
      translations: connection(["offset"]),
    },
  },
  Release: {
    fields: {
      formats: replaced,
      packages: replaced,
      recommendedReleases: connection(["offset"]),
      tags: connection(["offset"]),
      tracks: connection(["offset"]),
    },
  },
  ReleaseMatch: { merge: true },
  Search: {
    merge: true,
    fields: { artists: connection(["offset", "sort"]), releases: connection(["offset", "types"]), tracks: connection(["offset"]) },
  },
  SignedUrl: { merge: true },
  Store: { merge: true, fields: { languages: replaced } },
  StoreContext: { merge: true },
  StoreLanguage: { merge: true },
  StreamingSubscription: { merge: true },
  Tagged: {
    merge: true,
    fields: {
      artists: connection(["offset"]),
      newReleases: connection(["offset"]),
      relatedTags: connection(["offset"]),
      topReleases: connection(["offset"]),
    },
  },
  Track: { fields: { formats: replaced, packages: replaced } },
  TrackMatch: { merge: true },
  Translation: { merge: true },
  UpstreamQuota: { merge: true },
  UserAccount: { merge: true },
  Viewer: { fields: { locker: connection(["offset", "purchaseId", "releaseId", "sort", "trackId"]), paymentCards: replaced } },
};
