import { useQuery } from "urql";
import { ArtistCard } from "../components/artist-card";
import { MoreButton } from "../components/more-button";
import { CardSkeletons } from "../components/release-card";
import { hasReleases, ReleaseList } from "../components/release-list";
import { Section } from "../components/section";
import { TrackRow } from "../components/track-row";
import { graphql } from "../generated";
import type { SearchPageQuery } from "../generated/graphql";
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
        ...ReleaseListParts
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

const MoreFound = graphql(`
  query MoreFound($query: String!, $after: String) {
    search(query: $query) {
      releases(first: 12, after: $after) {
        ...ReleaseListParts
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
  const releases = search?.releases;
  if (artists.length + tracks.length === 0 && !hasReleases(releases)) return <p>Nothing was found. Try fewer or other words.</p>;
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
      {hasReleases(releases) && (
        <ReleaseList
          title={() => "Releases"}
          releases={releases}
          more={(after) => <MoreButton document={MoreFound} variables={{ query, after }} label="More releases" />}
        />
      )}
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
