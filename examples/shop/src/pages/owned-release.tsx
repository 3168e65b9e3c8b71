import { Link } from "wouter";
import { Cover } from "../components/cover";
import { graphql, unmask, type FragmentType } from "../generated";
import type { OwnedReleasePartsFragment } from "../generated/graphql";
import { releasePath } from "../shared/paths";

const ownedReleaseParts = graphql(`
  fragment OwnedReleaseParts on LockerRelease {
    release {
      id
      title
      artist {
        id
        name
      }
      image(width: 100) {
        ...CoverParts
      }
    }
    tracks(first: 100) {
      nodes {
        track {
          id
          title
          version
        }
        remainingDownloads
        downloads {
          format {
            formatId
            description
            fileFormat
          }
          link {
            url
          }
        }
      }
    }
    zip {
      url
    }
  }
`);

/** A release of the library, with its downloads. */
export function OwnedRelease({ owned }: { readonly owned: FragmentType<typeof ownedReleaseParts> }) {
  const { release, tracks: bought, zip } = unmask(ownedReleaseParts, owned);
  const tracks = withoutRepeats(bought.nodes);
  const canDownload = tracks.some(({ downloads }) => downloads.length > 0);
  return (
    <li className="owned">
      <Cover image={release.image} sizes="6rem" />
      <div>
        <h2>
          <Link href={releasePath(release.id)}>{release.title}</Link>
        </h2>
        <p className="detail">{release.artist?.name}</p>
        <ul className="owned-tracks">
          {tracks.map((track) => (
            <OwnedTrack key={track.track.id} owned={track} />
          ))}
        </ul>
        {canDownload && zip && tracks.length > 1 && (
          <a className="button" href={zip.url} download>
            Download all<span className="visually-hidden"> of {release.title}</span>
          </a>
        )}
      </div>
    </li>
  );
}

type Owned = OwnedReleasePartsFragment["tracks"]["nodes"][number];

/** A track that was bought twice is there twice: the one that can be downloaded is enough. */
function withoutRepeats(tracks: readonly Owned[]): Owned[] {
  const once = new Map<string, Owned>();
  for (const owned of tracks) {
    const known = once.get(owned.track.id);
    if (known === undefined || known.downloads.length === 0) once.set(owned.track.id, owned);
  }
  return [...once.values()];
}

function OwnedTrack({ owned: { track, downloads, remainingDownloads } }: { readonly owned: Owned }) {
  const title = track.version === null ? track.title : `${track.title ?? ""} (${track.version})`;
  return (
    <li>
      <span className="owned-title">
        {title}
        {remainingDownloads !== null && <span className="detail"> {downloadsLeft(remainingDownloads)}</span>}
      </span>
      <span className="downloads">
        {downloads.map(({ format, link }) => (
          <a key={format.formatId} href={link.url} download>
            <span className="visually-hidden">Download {title} as </span>
            {format.description ?? format.fileFormat}
          </a>
        ))}
      </span>
    </li>
  );
}

function downloadsLeft(count: number): string {
  return count === 1 ? "1 download left" : `${String(count)} downloads left`;
}
