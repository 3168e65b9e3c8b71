import { useQuery } from "urql";
import { ArtistCard } from "../components/artist-card";
import { Cover } from "../components/cover";
import { MoreButton } from "../components/more-button";
import { CardSkeletons } from "../components/release-card";
import { ReleaseList } from "../components/release-list";
import { Section } from "../components/section";
import { TrackRow, TrackSkeletons } from "../components/track-row";
import { graphql } from "../generated";
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
        ...ReleaseListParts
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

const MoreReleases = graphql(`
  query MoreReleases($id: ID!, $after: String) {
    artist(id: $id) {
      id
      releases(first: 12, after: $after) {
        ...ReleaseListParts
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
  const { name, biography, image, topTracks, releases, similarArtists } = artist;
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
      {releases && (
        <ReleaseList
          title={(totalCount) => (totalCount === null ? "Releases" : `Releases (${String(totalCount)})`)}
          releases={releases}
          more={(after) => <MoreButton document={MoreReleases} variables={{ id: artist.id, after }} label="More releases" />}
        />
      )}
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
