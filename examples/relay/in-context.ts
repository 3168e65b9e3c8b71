/** What the guide warns of: relay-compiler puts `@inContext` into the first query, and not into the one for further pages. Never used. */
import { graphql } from "react-relay";

export const firstPage = graphql`
  query inContextPageQuery($artistId: ID!) @inContext(country: "DE") {
    artist(id: $artistId) {
      ...inContext_artist
    }
  }
`;

export const furtherPages = graphql`
  fragment inContext_artist on Artist
  @refetchable(queryName: "inContextMoreQuery")
  @argumentDefinitions(first: { type: "Int", defaultValue: 2 }, after: { type: "String" }) {
    topTracks(first: $first, after: $after) @connection(key: "inContext_topTracks") {
      edges {
        node {
          price {
            soldAs
          }
        }
      }
    }
  }
`;
