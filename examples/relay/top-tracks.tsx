/** An artist's most popular tracks with their prices, page by page. */
// #region pagination
import { graphql, useLazyLoadQuery, usePaginationFragment } from "react-relay";
import type { topTracks_artist$key } from "./generated/topTracks_artist.graphql";
import type { topTracksMoreQuery } from "./generated/topTracksMoreQuery.graphql";
import type { topTracksPageQuery } from "./generated/topTracksPageQuery.graphql";

/** @param props.country Left out where each country has its environment: prices are those of its header. */
export function TopTracksPage({ artistId, country }: { readonly artistId: string; readonly country?: string }) {
  const { artist } = useLazyLoadQuery<topTracksPageQuery>(
    graphql`
      query topTracksPageQuery($artistId: ID!, $country: CountryCode) {
        artist(id: $artistId) {
          ...topTracks_artist @arguments(country: $country)
        }
      }
    `,
    { artistId, country },
  );
  return artist && <TopTracks artist={artist} />;
}

function TopTracks({ artist }: { readonly artist: topTracks_artist$key }) {
  const { data, hasNext, loadNext } = usePaginationFragment<topTracksMoreQuery, topTracks_artist$key>(
    graphql`
      fragment topTracks_artist on Artist
      @refetchable(queryName: "topTracksMoreQuery")
      @argumentDefinitions(country: { type: "CountryCode" }, first: { type: "Int", defaultValue: 2 }, after: { type: "String" }) {
        topTracks(first: $first, after: $after) @connection(key: "topTracks_topTracks") {
          edges {
            node {
              id
              title
              price(country: $country) {
                current {
                  display
                }
              }
            }
          }
        }
      }
    `,
    artist,
  );
  return (
    <>
      <ol>
        {data.topTracks?.edges.map(({ node }) => (
          <li key={node.id}>
            {node.title}: <b>{node.price?.current?.display}</b>
          </li>
        ))}
      </ol>
      {hasNext && <button onClick={() => loadNext(2)}>More</button>}
    </>
  );
}
// #endregion pagination
