/** Methods of the 7digital API that its document does not have. A method here is as complete as one of the document, unless it says why it has
 *  no field or is not declared. scripts/coverage.ts fails where such a reason is missing or out of date. */
import type { ApiMethod, Verb } from "./api-methods.js";

type Reasons = Pick<ApiMethod, "noField" | "notDeclared">;

/** @param method A path, with the verb before it where that is not GET. */
function known(section: string, method: string, reasons: Reasons = {}): ApiMethod {
  const [, verb = "GET", path = ""] = /^(?:([A-Z]+) )?(.+)$/.exec(method) ?? [];
  return { section, path, verb: verb as Verb, ...reasons };
}

const needsBody = "It takes a JSON or XML body. Calls are made with forms, for those are what is signed.";
const playlist = "Playlists are not part of a shop. The response is known from 7digital's own C# client only.";
const jsonBatch = "It takes a batch in JSON, and no response of it is known.";
const feed = "It is a file of comma-separated values on feeds.api.7digital.com, and no response of the API.";
const page = "It is a page for browsers, to which a field gives the link.";
const stub = "It is known from a stub of 7digital's only";

const cardData = "It takes the number of a card. Card numbers never pass through this service: see decision 32.";
const lockerStream = "Its parameters are not known. LockerTrack.stream is the same on the host of the document.";
const offlineStream = "It is for devices that keep tracks, and what it needs of a device is not known.";

export const laterMethods: readonly ApiMethod[] = [
  known("Artist", "artist/match/byId"),
  known("Release", "release/match/byId"),
  known("Track", "track/match/byId"),
  known("Release", "release/editorial"),
  known("Tags", "tag/related"),
  known("Editorial", "merchandising/list/details"),
  known("Stores", "countries"),
  known("Stores", "country/resolve"),
  known("Stores", "country/georestrictions/checkout"),
  known("Stores", "translations"),
  known("OAuth", "POST oauth/requestToken/authorise"),
  known("Users", "user/create"),
  known("Users", "POST user/signup"),
  known("Catalogue", "catalogue/artist-byurl"),
  known("Catalogue", "catalogue/release-byurl"),
  known("Artist", "artist/recommend", { noField: "It gives what release/recommend gives for an artist, which is in the API document." }),
  known("Payments", "payment/voucher/details", {
    notDeclared: "Only its name and that it is signed are known. What a voucher does shows when it is applied to a basket.",
  }),
  known("Catalogue", "catalogue/artist/{artistSlug}", { notDeclared: "It gives what catalogue/artist-byurl gives." }),
  known("Catalogue", "catalogue/artist/{artistSlug}/release/{releaseSlug}", {
    notDeclared: "It gives what catalogue/release-byurl gives.",
  }),
  known("Catalogue", "catalogue/artist/{artistSlug}/release/{releaseSlug}/shopid/{shopId}", {
    notDeclared: "It gives what catalogue/release-byurl gives.",
  }),
  known("Release", "release/details/batch"),
  known("Track", "track/details/batch"),
  known("Track", "track/search2", { noField: `${stub}, where it gives what track/search gives.` }),
  known("Users", "user/details"),
  known("Users", "POST user/authenticate"),
  known("Users", "users"),
  known("Users", "PUT users/{id}/update"),
  known("Cards", "payment/card/type"),
  known("Cards", "user/payment/card"),
  known("Cards", "POST user/payment/card/add", { notDeclared: cardData }),
  known("Cards", "POST user/payment/card/select"),
  known("Cards", "POST user/payment/card/delete"),
  known("Cards", "POST user/payment/cardregistration"),
  known("Cards", "user/payment/cardregistration/{id}"),
  known("Streaming", "user/unlimitedStreaming"),
  known("Streaming", "POST user/unlimitedStreaming"),
  known("Streaming", "stream/subscription"),
  known("Streaming", "stream/subscription.m3u8"),
  known("Streaming", "stream/catalogue"),
  known("Streaming", "stream/catalogue.m3u8"),
  known("Streaming", "stream/locker", { notDeclared: lockerStream }),
  known("Streaming", "stream/locker.m3u8", { notDeclared: lockerStream }),
  known("Streaming", "offline/subscription", { notDeclared: offlineStream }),
  known("Streaming", "offline/subscription.m3u8", { notDeclared: offlineStream }),
  known("PayPal", "basket/paypalurl", {
    noField:
      "A purchase is recorded before it is sent and looked up in the locker if its outcome is unknown. How PayPal's checkout ends is not known well enough for that.",
  }),
  known("PayPal", "POST basket/completepaypalpurchase", { noField: "As basket/paypalurl." }),
  known("Payments", "basket/{basketId}/status", { noField: `${stub}: whether a payment that is not made by card has succeeded.` }),
  known("Payments", "user/purchase/prepare", {
    noField: `${stub}: it prepares a payment at a provider that a shop has its own contract with.`,
  }),
  known("Payments", "POST user/payment/makePayment", {
    noField: "It charges a card and sells nothing. Only an early stub of 7digital's has it.",
  }),
  known("Payments", "POST user/payment/refund", {
    noField: "It pays back what user/payment/makePayment charged, and was in the same stub.",
  }),
  known("Payments", "DELETE user/purchase/{purchaseId}/release/{releaseId}", {
    noField: "It takes a refunded release out of the report of sales: the back office of a shop, and no response is known.",
  }),
  known("Payments", "DELETE user/purchase/{purchaseId}/track/{trackId}", { noField: "The same for a track." }),
  known("Payments", "basket/create2", { notDeclared: `${stub}, without a response.` }),
  known("Playlists", "playlists", { noField: playlist }),
  known("Playlists", "user/playlists", { noField: playlist }),
  known("Playlists", "playlists/tags", { noField: playlist }),
  known("Playlists", "playlists/{playlistId}", { noField: playlist }),
  known("Playlists", "playlists/{playlistId}/tracks", { noField: playlist }),
  known("Playlists", "DELETE playlists/{playlistId}", { noField: playlist }),
  known("Playlists", "DELETE playlists/{playlistId}/tracks/{playlistTrackId}", { noField: playlist }),
  known("Playlists", "POST playlists", { notDeclared: needsBody }),
  known("Playlists", "POST playlists/{playlistId}/details", { notDeclared: needsBody }),
  known("Playlists", "POST playlists/{playlistId}/tracks", { notDeclared: needsBody }),
  known("Playlists", "user/playlists/groups", { notDeclared: "Only its name is known." }),
  known("Logs", "POST catalogue/log", { notDeclared: jsonBatch }),
  known("Logs", "POST preview/log", { notDeclared: jsonBatch }),
  known("Logs", "POST user/subscription/log", { notDeclared: jsonBatch }),
  known("Logs", "user/unlimitedStreaming/offline", { notDeclared: "Only its name is known." }),
  known("Logs", "user/offlineclients", { notDeclared: "Only its name is known." }),
  known("Logs", "media/transfer", { notDeclared: "Only its name is known." }),
  known("Feeds", "feed/artist/full", { notDeclared: feed }),
  known("Feeds", "feed/artist/updates", { notDeclared: feed }),
  known("Feeds", "feed/release/full", { notDeclared: feed }),
  known("Feeds", "feed/release/updates", { notDeclared: feed }),
  known("Feeds", "feed/track/full", { notDeclared: feed }),
  known("Feeds", "feed/track/updates", { notDeclared: feed }),
  known("Pages", "{consumerKey}/oauth/authorise", { notDeclared: page }),
  known("Pages", "{consumerKey}/payment/addcard", { notDeclared: page }),
];
