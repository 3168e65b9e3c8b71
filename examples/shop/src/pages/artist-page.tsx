import { useQuery } from "urql";
import { ArtistCard } from "../components/artist-card";
import { Cover } from "../components/cover";
import { MoreButton } from "../components/more-button";
import { CardSkeletons, ReleaseCard } from "../components/release-card";
import { Section } from "../components/section";
import { TrackRow, TrackSkeletons } from "../components/track-row";
import { graphql, unmask } from "../generated";
import type { ArtistPageQuery } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";
import { NotFound } from "./not-found";

const ArtistPageDocument = graphql(`
  query ArtistPage($id: ID!) {
    artist(id: $id) {
      id
      name
      biography
      image(width: 200) {
        ...CoverParts
      }
      topTracks(first: 5) {
        nodes {
          id
          release {
            id
            title
          }
          ...TrackRowParts
        }
      }
      releases(first: 12) {
        ...ArtistReleasesParts
      }
      similarArtists(first: 6) {
        nodes {
          id
          ...ArtistCardParts
        }
      }
    }
  }
`);

const artistReleasesParts = graphql(`
  fragment ArtistReleasesParts on ReleaseConnection {
    totalCount
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

const MoreReleases = graphql(`
  query MoreReleases($id: ID!, $after: String) {
    artist(id: $id) {
      id
      releases(first: 12, after: $after) {
        ...ArtistReleasesParts
      }
    }
  }
`);

type Artist = NonNullable<ArtistPageQuery["artist"]>;

export function ArtistPage({ id }: { readonly id: string }) {
  const [result, reload] = useQuery({ query: ArtistPageDocument, variables: { id } });
  return (
    <Loaded result={result} onRetry={reload} skeleton={<Skeleton />}>
      {({ artist }) => (artist ? <ArtistView artist={artist} /> : !result.error && <NotFound />)}
    </Loaded>
  );
}

function ArtistView({ artist }: { readonly artist: Artist }) {
  const { name, biography, image, topTracks, similarArtists } = artist;
  const similar = similarArtists?.nodes ?? [];
  return (
    <Page title={name ?? ""} hasOwnHeading>
      <div className="artist-head">
        <Cover image={image} sizes="9rem" isFirst isRound />
        <h1>{name}</h1>
      </div>
      {biography !== null && <p className="biography">{biography}</p>}
      {topTracks && topTracks.nodes.length > 0 && (
        <Section title="Popular tracks">
          <ol className="tracks">
            {topTracks.nodes.map((track) => (
              <TrackRow key={track.id} track={track} artistName={name ?? ""} release={track.release} />
            ))}
          </ol>
        </Section>
      )}
      <Releases artist={artist} />
      {similar.length > 0 && (
        <Section title="Similar artists">
          <ul className="cards">
            {similar.map((other) => (
              <ArtistCard key={other.id} artist={other} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

function Releases({ artist }: { readonly artist: Artist }) {
  const releases = unmask(artistReleasesParts, artist.releases);
  if (!releases) return null;
  const { edges, pageInfo, totalCount } = releases;
  return (
    <Section title={totalCount === null ? "Releases" : `Releases (${String(totalCount)})`}>
      <ul className="cards">
        {edges.map(({ node }) => (
          <ReleaseCard key={node.id} release={node} />
        ))}
      </ul>
      {pageInfo.hasNextPage && (
        <MoreButton document={MoreReleases} variables={{ id: artist.id, after: pageInfo.endCursor }} label="More releases" />
      )}
    </Section>
  );
}

function Skeleton() {
  return (
    <>
      <div className="artist-head skeleton">
        <span className="cover round" />
        <span className="bone" />
      </div>
      <Section title="Popular tracks">
        <TrackSkeletons count={5} />
      </Section>
      <Section title="Releases">
        <CardSkeletons count={12} />
      </Section>
    </>
  );
}
