/** Every method of the API document by the section it stands in. scripts/coverage.ts fails where one of them has a gap. */

export type Verb = "GET" | "POST" | "PUT" | "DELETE";

export interface ApiMethod {
  /** As the document's heading spells it. */
  readonly path: string;
  readonly section: string;
  /** Where a path has several. */
  readonly verb?: Verb;
  /** Why it is declared for clients that call any method, and has no field. */
  readonly noField?: string;
  /** Why it cannot be declared. */
  readonly notDeclared?: string;
}

const inSection = (section: string, ...paths: string[]): ApiMethod[] => paths.map((path) => ({ path, section }));

export const apiMethods: readonly ApiMethod[] = [
  ...inSection("Status", "status"),
  ...inSection(
    "Artist",
    "artist/browse",
    "artist/chart",
    "artist/details",
    "artist/releases",
    "artist/search",
    "artist/toptracks",
    "artist/similar",
  ),
  ...inSection("Release", "release/bydate", "release/chart", "release/details", "release/recommend", "release/search", "release/tracks"),
  ...inSection("Track", "track/chart", "track/details", "track/preview", "track/search"),
  ...inSection("Tags", "tag", "artist/tags", "artist/bytag/top", "release/tags", "release/bytag/new", "release/bytag/top"),
  ...inSection("Editorial", "editorial/list"),
  ...inSection("Basket", "basket", "basket/create", "basket/addItem", "basket/removeItem", "basket/applyVoucher"),
  ...inSection("OAuth", "oauth/requesttoken", "oauth/accesstoken"),
  ...inSection("Locker", "user/locker"),
  ...inSection("Purchasing", "user/purchase/item", "user/purchase/rrpItem", "user/purchase/basket"),
  ...inSection("Custom pricing", "basket/addpriceditem", "user/purchase/priceditem", "user/deliveritem"),
  ...inSection("Media", "user/downloadtrack", "user/streamtrack", "user/download/release", "user/download/purchase"),
  ...inSection("Catalogue media", "track/stream", "track/download"),
];
