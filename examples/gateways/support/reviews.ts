/** A second subgraph: reviews of releases and tracks, which it knows by 7digital's ids. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { buildSchema, graphql } from "graphql";

/** As another team would write it. It has a Relay-style `node` of its own. */
export const reviewsSdl = `
extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])

type Query {
  reviews(first: Int!): [Review!]!
  trackReviews(first: Int!): [Review!]!
  node(id: ID!): Node
}

interface Node {
  id: ID!
}

type Review implements Node @key(fields: "id") {
  id: ID!
  stars: Int!
  release: Release
  track: Track
}

type Release @key(fields: "releaseId") {
  releaseId: ID!
  averageStars: Float
}

type Track @key(fields: "trackId releaseId") {
  trackId: ID!
  releaseId: ID
}

type PageInfo @shareable {
  endCursor: String
  hasNextPage: Boolean!
  hasPreviousPage: Boolean!
  startCursor: String
}
`;

interface Reviewed {
  /** 7digital's ids, in order. */
  readonly releaseIds: readonly string[];
  /** Tracks of one release. */
  readonly tracks: { readonly releaseId: string; readonly trackIds: readonly string[] };
}

export interface Reviews {
  readonly url: string;
  close(): Promise<void>;
}

interface Representation {
  readonly __typename: string;
  readonly releaseId?: string;
}

export async function startReviews({ releaseIds, tracks }: Reviewed): Promise<Reviews> {
  const { schema, execute } = executable(releaseIds, tracks);
  const server = createServer((request, response) => {
    void (async () => {
      let body = "";
      for await (const chunk of request) body += String(chunk);
      const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
      const result = await graphql({ schema, source: query, rootValue: execute, variableValues: variables });
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify(result));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

function executable(releaseIds: readonly string[], { releaseId, trackIds }: Reviewed["tracks"]) {
  const federation =
    "scalar _Any union _Entity = Review | Release | Track " +
    "extend type Query { _entities(representations: [_Any!]!): [_Entity]! } " +
    "directive @link(url: String!, import: [String!]) on SCHEMA directive @shareable on OBJECT directive @key(fields: String!) on OBJECT ";
  const schema = buildSchema(reviewsSdl.replace(/extend schema.*/, "") + federation);
  const stars = (id: string): number => (Number(id) % 5) + 1;
  const ofRelease = (id: string) => ({ __typename: "Release", releaseId: id, averageStars: stars(id) });
  const review = (id: string, more: object) => ({ __typename: "Review", id: `review:${id}`, stars: stars(id), ...more });
  const execute = {
    reviews: ({ first }: { first: number }) => releaseIds.slice(0, first).map((id) => review(id, { release: ofRelease(id) })),
    trackReviews: ({ first }: { first: number }) =>
      trackIds.slice(0, first).map((id) => review(id, { track: { __typename: "Track", trackId: id, releaseId } })),
    _entities: ({ representations }: { representations: readonly Representation[] }) =>
      representations.map((one) => (one.releaseId === undefined ? one : { ...one, ...ofRelease(one.releaseId) })),
  };
  return { schema, execute };
}
