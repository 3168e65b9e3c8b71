/** Every method of the API document by the section it stands in. `pending` marks, in this one place, what is still to be built:
 *  scripts/coverage.ts fails when another row has a gap, and when a pending one has none. */

export interface ApiMethod {
  /** As the document's heading spells it. */
  readonly path: string;
  readonly section: string;
  readonly pending: boolean;
}

const built = (section: string, ...paths: string[]): ApiMethod[] => paths.map((path) => ({ path, section, pending: false }));
const pending = (section: string, ...paths: string[]): ApiMethod[] => paths.map((path) => ({ path, section, pending: true }));

export const apiMethods: readonly ApiMethod[] = [
  ...built("Status", "status"),
  ...built(
    "Artist",
    "artist/browse",
    "artist/chart",
    "artist/details",
    "artist/releases",
    "artist/search",
    "artist/toptracks",
    "artist/similar",
  ),
  ...built("Release", "release/bydate", "release/chart", "release/details", "release/recommend", "release/search", "release/tracks"),
  ...built("Track", "track/chart", "track/details", "track/preview", "track/search"),
  ...built("Tags", "tag", "artist/tags", "artist/bytag/top", "release/tags", "release/bytag/new", "release/bytag/top"),
  ...built("Editorial", "editorial/list"),
  ...pending("Basket", "basket", "basket/create", "basket/addItem", "basket/removeItem", "basket/applyVoucher"),
  ...built("OAuth", "oauth/requesttoken", "oauth/accesstoken"),
  ...pending("Locker", "user/locker"),
  ...pending("Purchasing", "user/purchase/item", "user/purchase/rrpItem", "user/purchase/basket"),
  ...pending("Custom pricing", "basket/addpriceditem", "user/purchase/priceditem", "user/deliveritem"),
  ...pending("Media", "user/downloadtrack", "user/streamtrack", "user/download/release", "user/download/purchase"),
  ...pending("Catalogue media", "track/stream", "track/download"),
];
