/** The example requests of the API document that the sandbox answers, and what their example answers show. Written down by
 *  hand from the document; what it elides with "..." is not here. */

export interface DocumentExample {
  /** As the document prints it, without scheme, host and prefix. */
  readonly request: string;
  /** What this test adds: two examples of the document lack a key, one shows an answer it does not ask for. */
  readonly added?: string;
  /** Who signs it, where it has to be signed: whatever of OAuth the document prints is none that holds. */
  readonly signedBy?: "consumer" | "user" | "authorised request token";
  /** Elements and attributes (with @) by their names from the root. */
  readonly paths: readonly string[];
  /** Path to the first value found there. */
  readonly values?: Readonly<Record<string, string>>;
}

const under = (path: string, ...names: readonly string[]) => names.map((name) => `${path}/${name}`);
const paging = (list: string) => under(`response/${list}`, "page", "pageSize", "totalItems");
const envelope = under("response", "@status", "@version");
const schemaLocation = "response/@xsi:noNamespaceSchemaLocation";

const artistNames = ["@id", "name", "url", "sortName", "image"];
const titled = ["@id", "title", "version"];
const soldRelease = [...titled, "type", "barcode"];
const tag = ["@id", "text", "url"];

const price = ["currency", "currency/@code", "value", "formattedPrice"];
const amountDue = ["currency", "currency/@code", "amount", "formattedAmount"];
const basket = [
  ...envelope,
  ...under("response/basket", "@id", "itemCount", "basketItems"),
  ...under("response/basket/price", ...price),
  ...under("response/basket/amountDue", ...amountDue),
];
const basketItem = [
  ...under("response/basket/basketItems/basketItem", "@id", "type", "itemName", "artistName", "trackId", "releaseId"),
  ...under("response/basket/basketItems/basketItem/price", "value", "formattedPrice"),
  ...under("response/basket/basketItems/basketItem/amountDue", "amount", "formattedAmount"),
];
const withValues = (paths: readonly string[]) => paths.map((path) => path.replace(/amountDue\/amount$/, "amountDue/value"));

const lockerRelease = (list: string) => [
  ...under(`${list}/lockerRelease/release`, ...titled, "type", "url", "image"),
  ...under(`${list}/lockerRelease/release/artist`, "@id", "name", "appearsAs", "url"),
  ...under(`${list}/lockerRelease/lockerTracks/lockerTrack/track`, ...titled, "url"),
  ...under(`${list}/lockerRelease/lockerTracks/lockerTrack/track/artist`, "@id", "name", "appearsAs", "url"),
  ...under(`${list}/lockerRelease/lockerTracks/lockerTrack`, "remainingDownloads", "purchaseDate", "downloadUrls/downloadUrl/url"),
  ...under(`${list}/lockerRelease/lockerTracks/lockerTrack/downloadUrls/downloadUrl/format`, "@id", "fileFormat", "bitRate", "drmFree"),
];
const purchase = [...envelope, ...under("response/purchase", "@id", "purchaseDate"), ...lockerRelease("response/purchase/lockerReleases")];
const released = "response/purchase/lockerReleases/lockerRelease/release";
const bought = "response/purchase/lockerReleases/lockerRelease/lockerTracks/lockerTrack/track";

export const documentExamples: readonly DocumentExample[] = [
  {
    request: "status?oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...envelope, "response/serviceStatus/serverTime"],
  },
  {
    request: "artist/details?artistId=1&country=gb&oauth_consumer_key=YOUR_KEY_HERE",
    paths: envelope,
    values: { "response/artist/@id": "1" },
  },
  {
    request: "artist/releases?artistId=1&imageSize=350&oauth_consumer_key=YOUR_KEY_HERE",
    paths: envelope,
  },
  {
    request: "artist/details?artistId=1&imageSize=200&oauth_consumer_key=YOUR_KEY_HERE",
    paths: envelope,
    values: { "response/artist/image": "http://cdn.7static.com/static/img/artistimages/00/000/000/0000000001_200.jpg" },
  },
  {
    request: "artist/browse?letter=p&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, ...paging("artists"), ...under("response/artists/artist", ...artistNames)],
    values: { "response/artists/totalItems": "3256", "response/artists/artist/name": "P J Harvey" },
  },
  {
    request: "artist/chart?period=week&toDate=20090601&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("chart"),
      ...under("response/chart", "type", "fromDate", "toDate", "chartItem/position", "chartItem/change"),
      ...under("response/chart/chartItem/artist", "@id", "name", "url"),
    ],
    values: { "response/chart/type": "artist", "response/chart/chartItem/artist/name": "The Last Shadow Puppets" },
  },
  {
    request: "artist/details?artistid=1&country=GB&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...envelope, ...under("response/artist", ...artistNames)],
    values: {
      "response/artist/name": "Keane",
      "response/artist/sortName": "Keane",
      "response/artist/image": "http://cdn.7static.com/static/img/artistimages/00/000/000/0000000001_150.jpg",
    },
  },
  {
    request: "artist/releases?artistid=1&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, ...paging("releases"), ...under("response/releases/release", ...titled, "type")],
    values: { "response/releases/totalItems": "42" },
  },
  {
    request: "artist/search?q=pink&sort=score%20desc&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("searchResults"),
      ...under("response/searchResults/searchResult", "type", "score"),
      ...under("response/searchResults/searchResult/artist", ...artistNames, "popularity"),
    ],
    values: {
      "response/searchResults/totalItems": "24",
      "response/searchResults/searchResult/type": "artist",
      "response/searchResults/searchResult/artist/name": "Pink",
    },
  },
  {
    request: "artist/toptracks?artistid=1&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, ...paging("tracks"), ...under("response/tracks/track", ...titled)],
    values: { "response/tracks/totalItems": "13" },
  },
  {
    request: "artist/similar?artistid=1&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, ...paging("artists"), ...under("response/artists/artist", ...artistNames)],
    values: { "response/artists/totalItems": "28", "response/artists/artist/sortName": "Charlatans, The" },
  },
  {
    request: "release/bydate?fromDate=20090610&toDate=20090603&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...envelope, ...paging("releases"), ...under("response/releases/release", ...soldRelease, "year", "label/@id", "label/name")],
    values: { "response/releases/totalItems": "10" },
  },
  {
    request: "release/chart?period=month&todate=20080801&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("chart"),
      ...under("response/chart", "type", "fromDate", "toDate", "chartItem/position", "chartItem/change"),
      ...under("response/chart/chartItem/release", ...soldRelease),
    ],
    values: { "response/chart/type": "album", "response/chart/chartItem/release/title": "Lungs" },
  },
  {
    request: "release/details?releaseid=155408&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [
      ...envelope,
      ...under("response/release", ...soldRelease, "year", "explicitContent", "url", "image", "releaseDate", "addedDate"),
      ...under("response/release/artist", "@id", "name", "appearsAs", "url"),
      ...under("response/release/price", "currency", "currency/@code", "value", "formattedPrice", "rrp", "formattedRrp", "onSale"),
      ...under("response/release/formats", "@availableDrmFree", "format/@id", "format/fileFormat", "format/bitRate", "format/drmFree"),
      ...under("response/release/label", "@id", "name"),
    ],
    values: {
      "response/release/title": "Dreams",
      "response/release/version": "UK",
      "response/release/barcode": "00602517512078",
      "response/release/artist/name": "The Whitest Boy Alive",
      "response/release/label/name": "Universal-Island Records Ltd.",
    },
  },
  {
    request: "release/recommend?releaseid=155408&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      schemaLocation,
      ...paging("recommendations"),
      ...under("response/recommendations/recommendedItem/release", ...soldRelease),
    ],
    values: { "response/recommendations/totalItems": "10" },
  },
  {
    request: "release/search?q=no%20surprises&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      schemaLocation,
      ...paging("searchResults"),
      ...under("response/searchResults/searchResult", "type", "score"),
      ...under("response/searchResults/searchResult/release", ...soldRelease),
    ],
    values: { "response/searchResults/totalItems": "4393", "response/searchResults/searchResult/release/title": "No Surprises" },
  },
  {
    request: "release/tracks?releaseid=155408&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("tracks"),
      ...under("response/tracks/track", ...titled, "artist/@id", "artist/name", "artist/appearsAs"),
    ],
    values: { "response/tracks/totalItems": "10", "response/tracks/track/@id": "1628015", "response/tracks/track/title": "Burning" },
  },
  {
    request: "track/chart?period=week&toDate=20090301&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("chart"),
      ...under("response/chart", "type", "fromDate", "toDate", "chartItem/position", "chartItem/change"),
      ...under("response/chart/chartItem/track", ...titled, "artist/@id"),
    ],
    values: { "response/chart/type": "track", "response/chart/chartItem/track/title": "When I Grow Up" },
  },
  {
    request: "track/details?trackid=12345&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...under("response/track", ...titled, "trackNumber", "duration", "explicitContent", "isrc", "type"),
      ...under("response/track/artist", "@id", "name", "appearsAs", "url"),
      ...under("response/track/release", ...titled, "type"),
    ],
    values: {
      "response/track/title": "I Love You",
      "response/track/trackNumber": "5",
      "response/track/isrc": "USCA29600191",
      "response/track/release/title": "...The Dandy Warhols Come Down",
    },
  },
  {
    request: "track/preview?trackid=123",
    added: "oauth_consumer_key=YOUR_KEY_HERE&redirect=false",
    paths: [...envelope, "response/url"],
  },
  {
    request: "track/search?q=Happy",
    added: "oauth_consumer_key=YOUR_KEY_HERE",
    paths: [
      ...envelope,
      schemaLocation,
      ...paging("searchResults"),
      "response/searchResults/searchResult/type",
      ...under("response/searchResults/searchResult/track", ...titled),
    ],
    values: { "response/searchResults/totalItems": "4386", "response/searchResults/searchResult/track/title": "Happy" },
  },
  {
    request: "tag?oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...envelope, schemaLocation, ...paging("tags"), ...under("response/tags/tag", ...tag, "count")],
    values: { "response/tags/totalItems": "629", "response/tags/tag/@id": "pop", "response/tags/tag/count": "90847" },
  },
  {
    request: "artist/tags?artistid=1&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, ...under("response/tags/tag", ...tag)],
    values: { "response/tags/tag/@id": "rock" },
  },
  {
    request: "artist/bytag/top?tags=rock,pop,2000s&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [
      ...envelope,
      ...paging("taggedResults"),
      "response/taggedResults/taggedItem/type",
      ...under("response/taggedResults/taggedItem/artist", ...artistNames, "popularity"),
    ],
    values: { "response/taggedResults/totalItems": "24", "response/taggedResults/taggedItem/artist/name": "Pink" },
  },
  {
    request: "release/tags?releaseid=155408&oauth_consumer_key=YOUR_KEY_HERE&country=GB",
    paths: [...envelope, schemaLocation, ...paging("tags"), ...under("response/tags/tag", ...tag)],
    values: { "response/tags/totalItems": "5", "response/tags/tag/@id": "rock" },
  },
  {
    request: "release/bytag/new?tags=rock&page=2&pageSize=100&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [
      ...envelope,
      schemaLocation,
      ...paging("taggedResults"),
      "response/taggedResults/type",
      ...under("response/taggedResults/taggedItem/release", ...titled, "type"),
    ],
    values: {
      "response/taggedResults/page": "2",
      "response/taggedResults/pageSize": "100",
      "response/taggedResults/totalItems": "35451",
    },
  },
  {
    request: "release/bytag/top?tags=rock&page=1&pageSize=10&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [
      ...envelope,
      schemaLocation,
      ...paging("taggedResults"),
      "response/taggedResults/type",
      ...under("response/taggedResults/taggedItem/release", ...titled, "type"),
    ],
    values: { "response/taggedResults/totalItems": "35451" },
  },
  {
    request: "editorial/list?key=featured_albums&country=GB&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [
      ...envelope,
      ...under("response/list", "@id", "key", "listItems/listItem/@id", "listItems/listItem/type"),
      ...under("response/list/listItems/listItem/release", "@id", "title", "url", "image", "explicitContent"),
      ...under("response/list/listItems/listItem/release/artist", "@id", "name", "appearsAs", "url"),
    ],
    values: {
      "response/list/@id": "833",
      "response/list/key": "featured_albums",
      "response/list/listItems/listItem/release/title": "Collapse Into Now",
    },
  },
  {
    request: "basket?basketId=00000000-0000-0000-0000-000000000000&country=DE&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...basket, ...basketItem],
    values: {
      "response/basket/@id": "00000000-0000-0000-0000-000000000000",
      "response/basket/itemCount": "1",
      "response/basket/price/currency/@code": "EUR",
      "response/basket/price/formattedPrice": "0,99€",
      "response/basket/amountDue/amount": "0.99",
      "response/basket/basketItems/basketItem/@id": "15284882",
      "response/basket/basketItems/basketItem/type": "track",
      "response/basket/basketItems/basketItem/itemName": "Test",
      "response/basket/basketItems/basketItem/artistName": "Ghetto",
      "response/basket/basketItems/basketItem/trackId": "2458384",
      "response/basket/basketItems/basketItem/releaseId": "224820",
    },
  },
  {
    request: "basket/create?country=DE&oauth_consumer_key=YOUR_KEY_HERE",
    paths: basket,
    values: { "response/basket/itemCount": "0", "response/basket/price/value": "0", "response/basket/amountDue/amount": "0" },
  },
  {
    request:
      "basket/additem?basketid=00000000-0000-0000-0000-000000000000&releaseid=160553&trackid=1693930&country=GB&oauth_consumer_key=YOUR_KEY_HERE",
    paths: [...basket, ...basketItem],
    values: { "response/basket/basketItems/basketItem/@id": "15284882" },
  },
  {
    request: "basket/removeitem?basketid=00000000-0000-0000-0000-000000000000&itemid=15965085&country=DE&oauth_consumer_key=YOUR_KEY_HERE",
    paths: basket,
    values: {
      "response/basket/itemCount": "0",
      "response/basket/price/value": "0.00",
      "response/basket/amountDue/formattedAmount": "0,00€",
    },
  },
  {
    request: "basket/applyvoucher?basketid=00000000-0000-0000-0000-000000000000&vouchercode=ABC123&oauth_consumer_key=YOUR_KEY_HERE",
    signedBy: "consumer",
    paths: [...basket, ...basketItem, "response/basket/basketItems/basketItem/discount/type"],
    values: {
      "response/basket/price/value": "0.99",
      "response/basket/amountDue/amount": "0",
      "response/basket/amountDue/formattedAmount": "0,00€",
      "response/basket/basketItems/basketItem/amountDue/amount": "0",
      "response/basket/basketItems/basketItem/discount/type": "Voucher",
    },
  },
  {
    request:
      "oauth/requesttoken?oauth_consumer_key=YOUR_KEY_HERE&oauth_nonce=ABCDEF&oauth_timestamp=1234567890&oauth_signature_method= HMAC-SHA1&oauth_signature=4KO5478ghJ49Olsp3kJ3L589Ssslg5o5",
    signedBy: "consumer",
    paths: [...envelope, ...under("response/oauth_request_token", "oauth_token", "oauth_token_secret")],
  },
  {
    request:
      "oauth/accesstoken?oauth_consumer_key=YOUR_KEY_HERE&oauth_nonce=ABCDEF&oauth_timestamp=1234567890&oauth_signature_method= HMAC-SHA1&oauth_token=yu87230J29DT7tyuGslO98wrR43e39Of&oauth_signature=lth409pPr989rmMjaE9po3h34oKER89e",
    signedBy: "authorised request token",
    paths: [...envelope, ...under("response/oauth_access_token", "oauth_token", "oauth_token_secret")],
  },
  {
    request: "user/locker?sort=purchaseDate%20desc&oauth_token=...",
    signedBy: "user",
    paths: [
      ...envelope,
      ...paging("locker/lockerReleases"),
      ...lockerRelease("response/locker/lockerReleases"),
      "response/locker/lockerReleases/lockerRelease/release/releaseDate",
    ],
  },
  {
    request: "user/purchase/item?releaseid=786&trackid=6598&price=0.99&oauth_token=...",
    signedBy: "user",
    paths: purchase,
    values: { [`${released}/@id`]: "786", [`${bought}/@id`]: "6598" },
  },
  {
    request: "user/purchase/rrpItem?releaseid=786&trackid=6598&price=0.99&oauth_token=...",
    signedBy: "user",
    paths: purchase,
    values: { [`${released}/@id`]: "786", [`${bought}/@id`]: "6598" },
  },
  {
    request: "user/purchase/basket?basketid=00000000-0000-0000-0000-000000000000&country=FR&oauth_token=...",
    signedBy: "user",
    paths: purchase,
  },
  {
    request: "basket/addpriceditem?basketid=00000000-0000-0000-0000-000000000000&releaseid=123&price=12.30",
    signedBy: "consumer",
    paths: withValues([...basket, ...basketItem]),
  },
  {
    request: "user/purchase/priceditem?releaseid=10147&trackid=103818&price=2.00&country=FR&oauth_token=...",
    signedBy: "user",
    paths: [...purchase, "response/@xmlns:xsi", schemaLocation, `${released}/releaseDate`],
    values: {
      [`${released}/title`]: "Siamese Dream",
      [`${released}/artist/name`]: "The Smashing Pumpkins",
      [`${released}/releaseDate`]: "2005-04-05T00:00:00+01:00",
      [`${bought}/title`]: "Cherub Rock",
    },
  },
  {
    request: "user/deliveritem?country=US&trackId=4648051&releaseid=415019&transactionid=test4343&oauth_token=...",
    signedBy: "user",
    paths: [...purchase, `${released}/releaseDate`],
    values: {
      [`${released}/title`]: "Perfect Symmetry",
      [`${released}/version`]: "US Album",
      [`${released}/releaseDate`]: "2008-10-14T00:00:00+01:00",
      [`${bought}/title`]: "Spiralling",
    },
  },
];
