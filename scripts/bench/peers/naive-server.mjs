/** The façade that one writes first: Apollo Server, `fetch` and xml2js, without batching, joining or a cache. It answers Q1, Q2 and Q3 of the
 *  benchmark over the same sandbox, with the same data as ours. */
import { ApolloServer } from "@apollo/server";
import { startStandaloneServer } from "@apollo/server/standalone";
import { parseStringPromise } from "xml2js";

const { fetch, URLSearchParams } = globalThis;
const [baseUrl = ""] = process.argv.slice(2);

const typeDefs = `
  type Query { artist(id: ID!): Artist release(id: ID!): Release releaseChart(first: Int!, until: String!): Releases! }
  type Artist { name: String }
  type Releases { nodes: [Release!]! }
  type Release { title: String artist: Artist price: Price tracks(first: Int!): Tracks! }
  type Price { current: Money }
  type Money { amount: String currencyCode: String display: String }
  type Tracks { nodes: [Track!]! }
  type Track { title: String durationSeconds: Int }
`;

async function call(method, params) {
  const query = new URLSearchParams({ ...params, country: "GB", oauth_consumer_key: "sandbox" });
  const response = await fetch(`${baseUrl}/${method}?${query}`);
  return (await parseStringPromise(await response.text(), { explicitArray: false })).response;
}

const listOf = (value) => (value === undefined ? [] : [value].flat());
const details = async (method, name, id) => (await call(`${method}/details`, { [`${method}Id`]: id }))[name];

/** Older responses have one price, newer ones a price for each package. */
function currentPrice({ price, download }) {
  if (price !== undefined) {
    if (typeof price.value !== "string") return null;
    return { amount: price.value, currencyCode: price.currency.$.code, display: price.formattedPrice };
  }
  const standard = listOf(download.packages.package).find(({ $ }) => $.id === "2");
  const amount = standard?.price.sevendigitalPrice;
  return typeof amount === "string" ? { amount, currencyCode: "GBP", display: `£${amount}` } : null;
}

const resolvers = {
  Query: {
    artist: (_, { id }) => details("artist", "artist", id),
    release: (_, { id }) => details("release", "release", id),
    releaseChart: async (_, { first, until }) => {
      const { chart } = await call("release/chart", { pageSize: first, toDate: until.replaceAll("-", "") });
      return { nodes: listOf(chart.chartItem).map(({ release }) => release) };
    },
  },
  Release: {
    artist: ({ artist }) => details("artist", "artist", artist.$.id),
    price: (release) => ({ current: currentPrice(release) }),
    tracks: async ({ $ }, { first }) => ({
      nodes: listOf((await call("release/tracks", { releaseId: $.id, pageSize: first })).tracks.track),
    }),
  },
  Track: { durationSeconds: ({ duration }) => Number(duration) },
};

const { url } = await startStandaloneServer(new ApolloServer({ typeDefs, resolvers }), { listen: { port: 0, host: "127.0.0.1" } });
console.log(`naive on ${url} `);
