/** A call of every method that 7digital's own client has, with parameters that the sandbox knows. */

export type Parameters = Readonly<Record<string, string | number>>;
/** Makes a call first, and gives its whole answer. */
export type Ask = (name: string, parameters: Parameters) => Promise<unknown>;

export interface MethodCall {
  readonly parameters: Parameters | ((ask: Ask) => Promise<Parameters>);
  /** The element in the answer; null for an answer that only says ok. */
  readonly root: string | null;
  /** Whose token signs the call. */
  readonly user?: string;
  /** Why the sandbox does not answer it. */
  readonly fails?: string;
}

const track = { releaseId: 155408, trackId: 889 };
const sold = { releaseId: 123456, trackId: 123456 };
const user = "demo-token";
const returning = { redirectUrl: "https://shop.test/cards" };

/** What the walk along names and list places leads to. */
function at(answer: unknown, ...path: readonly (string | number)[]): string {
  const found = path.reduce<unknown>((value, key) => (value as Readonly<Record<string | number, unknown>> | undefined)?.[key], answer);
  if (typeof found !== "string") throw new Error(`There is no ${path.join(".")} in ${JSON.stringify(answer)}.`);
  return found;
}

const newBasket = async (ask: Ask) => ({ basketId: at(await ask("Basket.create", {}), "basket", "id") });

async function filledBasket(ask: Ask) {
  const basket = await newBasket(ask);
  await ask("Basket.addItem", { ...basket, ...track });
  return basket;
}

const priceOf = async (ask: Ask) => ({ price: at(await ask("Tracks.getDetails", { trackId: sold.trackId }), "track", "price", "value") });

/** By resource and method, as the client names them. */
export const calls: Readonly<Record<string, MethodCall>> = {
  "Releases.getByDate": { parameters: { fromDate: "20090601", toDate: "20090610" }, root: "releases" },
  "Releases.getDetails": { parameters: { releaseId: 155408 }, root: "release" },
  "Releases.getEditorial": { parameters: { releaseId: 155408 }, root: "editorial" },
  "Releases.getChart": { parameters: { period: "week" }, root: "chart" },
  "Releases.getRecommendations": { parameters: { releaseId: 155408 }, root: "recommendations" },
  "Releases.search": { parameters: { q: "keane" }, root: "searchResults" },
  "Releases.getTracks": { parameters: { releaseId: 155408 }, root: "tracks" },
  "Releases.getTags": { parameters: { releaseId: 155408 }, root: "tags" },
  "Releases.matchById": { parameters: { sevenDigitalIds: 155408 }, root: "matches" },
  "Releases.getNewByTags": { parameters: { tags: "rock" }, root: "taggedResults" },
  "Releases.getTopByTags": { parameters: { tags: "rock" }, root: "taggedResults" },
  "Artists.browse": { parameters: { letter: "k" }, root: "artists" },
  "Artists.getChart": { parameters: { period: "week" }, root: "chart" },
  "Artists.getDetails": { parameters: { artistId: 1 }, root: "artist" },
  "Artists.getReleases": { parameters: { artistId: 1 }, root: "releases" },
  "Artists.getSimilar": { parameters: { artistId: 1 }, root: "artists" },
  "Artists.search": { parameters: { q: "keane" }, root: "searchResults" },
  "Artists.getTopTracks": { parameters: { artistId: 1 }, root: "tracks" },
  "Artists.getTags": { parameters: { artistId: 1 }, root: "tags" },
  "Artists.matchById": { parameters: { sevenDigitalIds: 1 }, root: "matches" },
  "Artists.getTopByTags": { parameters: { tags: "rock" }, root: "taggedResults" },
  "Tracks.getChart": { parameters: { period: "week" }, root: "chart" },
  "Tracks.getDetails": { parameters: { trackId: 889 }, root: "track" },
  "Tracks.search": { parameters: { q: "keane" }, root: "searchResults" },
  "Tracks.matchById": { parameters: { sevenDigitalIds: 889 }, root: "matches" },
  "Tags.all": { parameters: {}, root: "tags" },
  "Basket.get": { parameters: newBasket, root: "basket" },
  "Basket.addItem": { parameters: async (ask) => ({ ...(await newBasket(ask)), ...track }), root: "basket" },
  "Basket.removeItem": {
    async parameters(ask) {
      const basket = await filledBasket(ask);
      return { ...basket, itemId: at(await ask("Basket.get", basket), "basket", "basketItems", 0, "id") };
    },
    root: "basket",
  },
  "Basket.create": { parameters: {}, root: "basket" },
  "Basket.applyVoucher": { parameters: async (ask) => ({ ...(await filledBasket(ask)), voucherCode: "FREE-TRACK" }), root: "basket" },
  "Basket.addPricedItem": { parameters: async (ask) => ({ ...(await newBasket(ask)), ...track, price: "0.50" }), root: "basket" },
  "Basket.getPayPalUrl": { parameters: filledBasket, root: "expressCheckout" },
  "Basket.completePayPalPurchase": {
    async parameters(ask) {
      const basket = await filledBasket(ask);
      const url = at(await ask("Basket.getPayPalUrl", basket), "expressCheckout", "url");
      return { ...basket, token: new URL(url).searchParams.get("token") ?? "" };
    },
    root: "purchase",
    user,
  },
  "User.getUnlimitedStreaming": { parameters: {}, root: "streaming", user },
  "User.updateUnlimitedStreaming": {
    parameters: {
      userId: "partner-user",
      planCode: "premium-unlimited-streaming",
      status: "active",
      activatedAt: "2020-01-01T00:00:00Z",
      currentPeriodStartDate: "2020-01-01T00:00:00Z",
      expiryDate: "2030-01-01T00:00:00Z",
      currency: "GBP",
      recurringFee: "999",
    },
    root: "streaming",
  },
  "User.getLocker": { parameters: {}, root: "locker", user },
  "User.purchaseItem": { parameters: async (ask) => ({ ...sold, ...(await priceOf(ask)) }), root: "purchase", user },
  "User.purchaseRrpItem": {
    async parameters(ask) {
      const details = await ask("Tracks.getDetails", { trackId: sold.trackId });
      return { ...sold, price: at(details, "track", "price", "rrp") };
    },
    root: "purchase",
    user,
  },
  "User.purchaseBasket": { parameters: filledBasket, root: "purchase", user },
  "User.purchasePricedItem": { parameters: { ...sold, price: "0.50" }, root: "purchase", user },
  "User.listCards": { parameters: {}, root: "cards", user },
  "User.selectCard": { parameters: firstCard, root: null, user },
  "User.deleteCard": { parameters: firstCard, root: null, user },
  "User.registerCard": { parameters: returning, root: "cardRegistration", user },
  "User.getCardRegistration": {
    parameters: async (ask) => ({ id: at(await ask("User.registerCard", returning), "cardRegistration", "id") }),
    root: "cardRegistration",
    user,
  },
  "User.deliverItem": { parameters: { ...sold, transactionId: "t-1" }, root: "purchase", user },
  "User.signup": { parameters: { emailAddress: "new@sandbox.test", password: "secret" }, root: "user" },
  "User.create": { parameters: { userId: "partner-new", emailAddress: "partner-new@sandbox.test" }, root: "user" },
  "User.getDetails": { parameters: { userId: "partner-user" }, root: "user" },
  "User.authenticate": { parameters: { emailAddress: "demo@sandbox.test", password: "demo" }, root: "user" },
  "Users.find": { parameters: { emailAddress: "demo@sandbox.test" }, root: "users" },
  "Users.update": { parameters: { id: "1000001", emailAddress: "demo-2@sandbox.test" }, root: "users", user },
  "Territories.getCountries": { parameters: {}, root: "countries" },
  "Translations.get": { parameters: {}, root: "translations" },
  "IpLookup.getCountryForIp": { parameters: { ipaddress: "84.45.95.241" }, root: "GeoIpLookup" },
  "Editorial.getList": { parameters: { key: "featured_albums" }, root: "list" },
  "Catalogue.getArtistIdByUrl": { parameters: { artistSlug: "keane" }, root: "artist" },
  "Catalogue.getReleaseIdByUrl": {
    async parameters(ask) {
      const url = at(await ask("Releases.getDetails", { releaseId: 155408 }), "release", "url");
      const [, artistSlug = "", releaseSlug = ""] = /artists?\/([^/]+)\/(?:releases?\/)?([^/?]+)/.exec(url) ?? [];
      return { artistSlug, releaseSlug };
    },
    root: "release",
  },
  "Payment.getCardTypes": { parameters: {}, root: "cardTypes" },
  "Payment.getVoucherDetails": { parameters: { voucherCode: "FREE-TRACK" }, root: "voucher", fails: "No response of it is known." },
};

async function firstCard(ask: Ask) {
  return { cardId: at(await ask("User.listCards", {}), "cards", "card", 0, "id") };
}
