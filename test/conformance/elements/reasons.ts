/** Elements and attributes that the graph does not show, on purpose. */

export interface Reason {
  readonly pattern: string;
  readonly why: string;
  covers(method: string, path: string): boolean;
}

/** @param pattern A path, or "method: path". `*` is any part of it, and a path without a method is of any. */
function because(why: string, ...patterns: readonly string[]): readonly Reason[] {
  return patterns.map((pattern) => {
    const [method = "*", path = ""] = pattern.includes(": ") ? pattern.split(": ") : ["*", pattern];
    const [ofMethod, ofPath] = [matching(method), matching(path)];
    return { pattern, why, covers: (one, other) => ofMethod.test(one) && ofPath.test(other) };
  });
}

function matching(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`));
  return new RegExp(`^${parts.join(".*")}$`);
}

export const notExposed: readonly Reason[] = [
  ...because("The envelope of every response.", "@status", "@version"),
  ...because("How many items 7digital put on its page. A connection has as many as the client asked for.", "*pageSize"),
  ...because("Tags are read from the beginning, whatever page 7digital says it is.", "tag: tags/page"),
  ...because(
    "Says what kind of item follows, as the type of the field does.",
    "*taggedResults/type",
    "*chart/type",
    "*searchResult/type",
    "*listItem/type",
    "*basketItem/type",
  ),
  ...because("A measure without a unit. Lists come in its order.", "artist/popularity"),
  ...because(
    "How an artist is usually credited. `artistCredit` has how a release or track credits them.",
    "artist/details: artist/appearsAs",
  ),
  ...because(
    "The sign of the currency. Amounts have its code, and their text as 7digital writes it.",
    "*price/currency",
    "*amountDue/currency",
  ),
  ...because(
    "The recorded prices have no value, and so there is no amount with a currency.",
    "release/bydate: *price/currency/@code",
    "release/recommend: *price/currency/@code",
  ),
  ...because("Pages of 7digital's own shops, to which a shop on the graph does not lead.", "countries: *url"),
  ...because("The address that was asked for.", "country/resolve: GeoIpLookup/ipaddress"),
  ...because("The method takes the number of a card, and is not declared.", "user/payment/card/add: *"),
  ...because("The format that a package is named after. It is among its formats.", "*/package/format/*"),
  ...because("7digital's own link, signed for one user. Links are signed here, when a client asks.", "*downloadUrl/url"),
  ...because("7digital's number of the list, by which no method finds it. Its key does.", "*list/@id"),
  ...because("It is sealed in the state of the sign-in, and never shown.", "oauth_request_token/oauth_token_secret"),
  ...because("It is sealed in the access token that the client gets, and never shown.", "oauth_access_token/*"),
  ...because("What the client has just sent, and what kind of user every new one is.", "user/signup: user/*"),
];
