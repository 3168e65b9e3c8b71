import { Link } from "wouter";
import { AddButton } from "../basket/add-button";
import { graphql, unmask, type FragmentType } from "../generated";
import { PlayButton } from "../player/play-button";
import { releasePath } from "../shared/paths";
import { isSold, PriceTag } from "./price-tag";

export const trackRowParts = graphql(`
  fragment TrackRowParts on Track {
    id
    title
    version
    number
    durationSeconds
    explicit
    clip {
      url
    }
    price {
      ...PriceParts
    }
  }
`);

export type TrackRowFragment = FragmentType<typeof trackRowParts>;

interface TrackRowProps {
  readonly track: TrackRowFragment;
  readonly artistName: string;
  /** Shown where the list is not that of one release. */
  readonly release?: { readonly id: string; readonly title: string | null } | null;
}

export function TrackRow({ track, artistName, release }: TrackRowProps) {
  const { id, title, version, number, durationSeconds, explicit, clip, price } = unmask(trackRowParts, track);
  const name = version === null ? (title ?? "") : `${title ?? ""} (${version})`;
  return (
    <li className="track">
      <PlayButton clip={{ id, url: clip.url, title: name, artistName }} />
      {!release && <span className="track-number">{number}</span>}
      <span className="track-name">
        {name}
        {explicit === true && <span className="explicit">Explicit</span>}
        {release && (
          <Link href={releasePath(release.id)} className="track-release">
            {release.title}
          </Link>
        )}
      </span>
      <span className="track-time">{durationSeconds !== null && minutes(durationSeconds)}</span>
      <PriceTag price={price} />
      {isSold(price) ? <AddButton itemId={id} title={name} isSmall /> : <span className="add-space" />}
    </li>
  );
}

function minutes(seconds: number): string {
  return `${String(Math.floor(seconds / 60))}:${String(seconds % 60).padStart(2, "0")}`;
}

/** In the size of `count` tracks. */
export function TrackSkeletons({ count }: { readonly count: number }) {
  return (
    <ul className="tracks" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <li className="track skeleton" key={index}>
          <span className="bone" />
        </li>
      ))}
    </ul>
  );
}
