import { useQuery } from "urql";
import { CardSkeletons, ReleaseCard } from "../components/release-card";
import { Section } from "../components/section";
import { TrackRow, TrackSkeletons } from "../components/track-row";
import { graphql } from "../generated";
import type { ReleasePageQuery } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";
import { NotFound } from "./not-found";
import { ReleaseHead } from "./release-head";

/** Longer releases are rare. */
const mostTracks = 100;

const ReleasePageDocument = graphql(`
  query ReleasePage($id: ID!, $mostTracks: Int!) {
    release(id: $id) {
      id
      title
      artist {
        id
        name
      }
      ...ReleaseHeadParts
      tracks(first: $mostTracks) {
        totalCount
        nodes {
          id
          discNumber
          ...TrackRowParts
        }
      }
      recommendedReleases(first: 6) {
        nodes {
          id
          ...ReleaseCardParts
        }
      }
    }
  }
`);

type Release = NonNullable<ReleasePageQuery["release"]>;

export function ReleasePage({ id }: { readonly id: string }) {
  const [result, reload] = useQuery({ query: ReleasePageDocument, variables: { id, mostTracks } });
  return (
    <Loaded result={result} onRetry={reload} skeleton={<Skeleton />}>
      {({ release }) => (release ? <ReleaseView release={release} /> : !result.error && <NotFound />)}
    </Loaded>
  );
}

function ReleaseView({ release }: { readonly release: Release }) {
  const { title, artist, tracks, recommendedReleases } = release;
  const recommended = recommendedReleases?.nodes ?? [];
  return (
    <Page title={`${title ?? ""} by ${artist?.name ?? ""}`} hasOwnHeading>
      <ReleaseHead release={release} />
      <Section title="Tracks">
        <TrackList tracks={tracks?.nodes ?? []} artistName={artist?.name ?? ""} />
        {tracks && (tracks.totalCount ?? 0) > mostTracks && <p>These are the first {mostTracks} tracks.</p>}
        <p className="hint">Clips are for listening before you buy.</p>
      </Section>
      {recommended.length > 0 && (
        <Section title="You may also like">
          <ul className="cards">
            {recommended.map((other) => (
              <ReleaseCard key={other.id} release={other} />
            ))}
          </ul>
        </Section>
      )}
    </Page>
  );
}

type Tracks = NonNullable<Release["tracks"]>["nodes"];

function TrackList({ tracks, artistName }: { readonly tracks: Tracks; readonly artistName: string }) {
  const discs = [...new Set(tracks.map(discOf))];
  return discs.map((disc) => (
    <div key={disc}>
      {discs.length > 1 && <h3>Disc {disc}</h3>}
      <ol className="tracks">
        {tracks
          .filter((track) => discOf(track) === disc)
          .map((track) => (
            <TrackRow key={track.id} track={track} artistName={artistName} />
          ))}
      </ol>
    </div>
  ));
}

function discOf({ discNumber }: Tracks[number]): number {
  return discNumber ?? 1;
}

function Skeleton() {
  return (
    <>
      <div className="release-head skeleton">
        <span className="cover" />
        <div>
          <span className="bone" />
          <span className="bone short" />
        </div>
      </div>
      <TrackSkeletons count={10} />
      <CardSkeletons count={6} />
    </>
  );
}
