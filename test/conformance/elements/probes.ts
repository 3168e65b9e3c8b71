/** For every method whose responses were recorded: an operation that shows all that such a response can show. */
import type { Bodies } from "./graph.js";

interface Probe {
  /** @param all Selects everything of a type. @param body The response as it was recorded, for IDs. */
  readonly operation: (all: (type: string) => string, body: string) => string;
  /** What 7digital answers besides. */
  readonly others?: (body: string) => Bodies;
  /** The method that is answered, where the operation cannot call the recorded one. Both have the same decoder. */
  readonly answers?: string;
  /** A purchase is remembered, so each is asked of another graph. */
  readonly isRemembered?: true;
}

const idOf = (element: string, body: string) => new RegExp(`<${element}\\s+id="([^"]+)"`).exec(body)?.[1] ?? "1";

/** A field of `Query`. */
function query(type: string, field: string, given: string | ((body: string) => string)): Probe {
  return {
    operation: (all, body) => `{ Query__${field}: ${field}(${typeof given === "string" ? given : given(body)}) { ${all(type)} } }`,
  };
}

/** A list of an object: the field is in the object that the way leads to. */
function listOf(way: (body: string) => string, type: string, field: string, connection: string): Probe {
  return { operation: (all, body) => `{ ${way(body)} { ${type}__${field}: ${field}(first: 50) { ${all(connection)} } } }` };
}

function mutation(name: string, payload: string, input: (body: string) => string): Pick<Probe, "operation"> {
  return { operation: (all, body) => `mutation { Mutation__${name}: ${name}(input: ${input(body)}) { ${all(payload)} } }` };
}

const artist = () => 'artist(id: "1")';
const release = (body: string) => `release(id: "${idOf("release", body)}")`;
const search = () => 'search(query: "x")';
const tagged = () => 'tagged(tags: ["x"])';
const emptyLocker =
  '<response status="ok"><locker><lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>0</totalItems></lockerReleases></locker></response>';
const guid = (body: string) => idOf("basket", body);
const basketToo = (body: string) => ({ basket: body });

/** By the path of the method, in lower case. */
export const probes: Readonly<Record<string, Probe>> = {
  status: { operation: () => "{ Query__upstreamTime: upstreamTime }" },
  "artist/browse": query("ArtistConnection", "artists", 'first: 50, startingWith: "x"'),
  "artist/chart": query("ArtistChartConnection", "artistChart", "first: 50"),
  "artist/details": query("Artist", "artist", (body) => `id: "${idOf("artist", body)}"`),
  "artist/releases": listOf(artist, "Artist", "releases", "ReleaseConnection"),
  "artist/search": listOf(search, "Search", "artists", "ArtistConnection"),
  "artist/toptracks": listOf(artist, "Artist", "topTracks", "TrackConnection"),
  "artist/similar": listOf(artist, "Artist", "similarArtists", "ArtistConnection"),
  "artist/tags": listOf(artist, "Artist", "tags", "TagConnection"),
  "artist/bytag/top": listOf(tagged, "Tagged", "artists", "ArtistConnection"),
  "release/bydate": query("ReleaseConnection", "newReleases", "first: 50"),
  "release/chart": query("ReleaseChartConnection", "releaseChart", "first: 50"),
  "release/details": query("Release", "release", (body) => `id: "${idOf("release", body)}"`),
  "release/recommend": listOf(() => 'release(id: "1")', "Release", "recommendedReleases", "ReleaseConnection"),
  "release/search": listOf(search, "Search", "releases", "ReleaseConnection"),
  "release/tracks": listOf(release, "Release", "tracks", "TrackConnection"),
  "release/tags": listOf(() => 'release(id: "1")', "Release", "tags", "TagConnection"),
  "release/bytag/new": listOf(tagged, "Tagged", "newReleases", "ReleaseConnection"),
  "release/bytag/top": listOf(tagged, "Tagged", "topReleases", "ReleaseConnection"),
  "track/chart": query("TrackChartConnection", "trackChart", "first: 50"),
  "track/details": query("Track", "track", (body) => `id: "${idOf("track", body)}"`),
  "track/search": listOf(search, "Search", "tracks", "TrackConnection"),
  tag: query("TagConnection", "tags", "first: 50"),
  "editorial/list": query("EditorialList", "editorialList", 'key: "x"'),
  "merchandising/list/details": query("MerchandisingList", "merchandisingList", 'key: "x"'),
  countries: { operation: (all) => `{ Query__upstreamStores: upstreamStores { ${all("Store")} } }` },
  "country/resolve": query("IpLocation", "ipLocation", 'ipAddress: "192.0.2.1"'),
  basket: query("Basket", "basket", (body) => `id: "${guid(body)}"`),
  "basket/create": mutation("basketCreate", "BasketCreatePayload", () => "{}"),
  "basket/additem": {
    ...mutation("basketLinesAdd", "BasketLinesAddPayload", (body) => `{ basketId: "${guid(body)}", lines: [{ itemId: "release:1" }] }`),
    others: basketToo,
  },
  "basket/removeitem": {
    ...mutation("basketLinesRemove", "BasketLinesRemovePayload", (body) => `{ basketId: "${guid(body)}", lineIds: ["1"] }`),
    others: (body) => ({ basket: body.replace("<basketItems></basketItems>", '<basketItems><basketItem id="1"/></basketItems>') }),
  },
  "user/locker": listOf(() => "viewer", "Viewer", "locker", "LockerConnection"),
  "user/purchase/basket": {
    ...mutation(
      "itemDeliver",
      "ItemDeliverPayload",
      () => `{ itemId: "release:1", transactionId: "t", idempotencyKey: "elements-of-responses" }`,
    ),
    others: () => ({ "user/locker": emptyLocker }),
    answers: "user/deliveritem",
    isRemembered: true,
  },
  "user/details": query("UserAccount", "user", 'userId: "1"'),
  "user/payment/card": { operation: (all) => `{ viewer { Viewer__paymentCards: paymentCards { ${all("PaymentCard")} } } }` },
  "payment/card/type": { operation: (all) => `{ Query__paymentCardTypes: paymentCardTypes { ${all("PaymentCardKind")} } }` },
  "oauth/requesttoken": mutation("signInStart", "SignInStartPayload", () => "{}"),
  "user/signup": mutation("userSignUp", "UserSignUpPayload", () => '{ emailAddress: "a@b.test", password: "secret" }'),
};
