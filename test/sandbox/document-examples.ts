/** The example requests of the API document that the sandbox answers, and what their example answers show. Written down by
 *  hand from the document; what it elides with "..." is not here. */

export interface DocumentExample {
  /** As the document prints it, without scheme, host and prefix. */
  readonly request: string;
  /** What this test adds: two examples of the document lack a key, one shows an answer it does not ask for. */
  readonly added?: string;
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
];
