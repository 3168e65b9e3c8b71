import { useQuery } from "urql";
import { ArtistCard } from "../components/artist-card";
import { MoreButton } from "../components/more-button";
import { CardSkeletons, ReleaseCard } from "../components/release-card";
import { Section } from "../components/section";
import { TrackRow } from "../components/track-row";
import { graphql, unmask } from "../generated";
import type { FoundReleasesPartsFragment, SearchPageQuery } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";

const SearchPageDocument = graphql(`
  query SearchPage($query: String!) {
    search(query: $query) {
      artists(first: 6) {
        nodes {
          id
          ...ArtistCardParts
        }
      }
      releases(first: 12) {
        ...FoundReleasesParts
      }
      tracks(first: 5) {
        nodes {
          id
          artist {
            id
            name
          }
          release {
            id
            title
          }
          ...TrackRowParts
        }
      }
    }
  }
`);

const foundReleasesParts = graphql(`
  fragment FoundReleasesParts on ReleaseConnection {
    edges {
      node {
        id
        ...ReleaseCardParts
      }
    }
    pageInfo {
      hasNextPage
      endCursor
    }
  }
`);

const MoreFound = graphql(`
  query MoreFound($query: String!, $after: String) {
    search(query: $query) {
      releases(first: 12, after: $after) {
        ...FoundReleasesParts
      }
    }
  }
`);

export function SearchPage({ query }: { readonly query: string }) {
  const [result, reload] = useQuery({ query: SearchPageDocument, variables: { query }, pause: query === "" });
  if (query === "") return <Page title="What are you looking for?">{null}</Page>;
  return (
    <Page title={`Results for “${query}”`}>
      <Loaded result={result} onRetry={reload} skeleton={<Skeleton />}>
        {({ search }) => <Results query={query} search={search} />}
      </Loaded>
    </Page>
  );
}

interface ResultsProps {
  readonly query: string;
  readonly search: SearchPageQuery["search"];
}

function Results({ query, search }: ResultsProps) {
  const artists = search?.artists?.nodes ?? [];
  const tracks = search?.tracks?.nodes ?? [];
  const releases = unmask(foundReleasesParts, search?.releases);
  if (artists.length + tracks.length + (releases?.edges.length ?? 0) === 0) return <p>Nothing was found. Try fewer or other words.</p>;
  return (
    <>
      {artists.length > 0 && (
        <Section title="Artists">
          <ul className="cards">
            {artists.map((artist) => (
              <ArtistCard key={artist.id} artist={artist} />
            ))}
          </ul>
        </Section>
      )}
      {releases && <Releases query={query} releases={releases} />}
      {tracks.length > 0 && (
        <Section title="Tracks">
          <ol className="tracks">
            {tracks.map((track) => (
              <TrackRow key={track.id} track={track} artistName={track.artist?.name ?? ""} release={track.release} />
            ))}
          </ol>
        </Section>
      )}
    </>
  );
}

function Releases({ query, releases: { edges, pageInfo } }: { readonly query: string; readonly releases: FoundReleasesPartsFragment }) {
  if (edges.length === 0) return null;
  return (
    <Section title="Releases">
      <ul className="cards">
        {edges.map(({ node }) => (
          <ReleaseCard key={node.id} release={node} />
        ))}
      </ul>
      {pageInfo.hasNextPage && <MoreButton document={MoreFound} variables={{ query, after: pageInfo.endCursor }} label="More releases" />}
    </Section>
  );
}

function Skeleton() {
  return (
    <>
      <Section title="Artists">
        <CardSkeletons count={6} lines={1} />
      </Section>
      <Section title="Releases">
        <CardSkeletons count={12} />
      </Section>
    </>
  );
}
