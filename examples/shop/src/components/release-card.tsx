import { Link } from "wouter";
import { graphql, unmask, type FragmentType } from "../generated";
import { artistPath, releasePath } from "../shared/paths";
import { Cover } from "./cover";
import { PriceTag } from "./price-tag";

const releaseCardParts = graphql(`
  fragment ReleaseCardParts on Release {
    id
    title
    version
    artist {
      id
      name
    }
    image(width: 350) {
      ...CoverParts
    }
    price {
      ...PriceParts
    }
  }
`);

export type ReleaseCardFragment = FragmentType<typeof releaseCardParts>;

interface ReleaseCardProps {
  readonly release: ReleaseCardFragment;
  /** Position in a chart. */
  readonly position?: number;
}

export function ReleaseCard({ release, position }: ReleaseCardProps) {
  const { id, title, version, artist, image, price } = unmask(releaseCardParts, release);
  return (
    <li className="card">
      <Link href={releasePath(id)} className="card-title">
        <Cover image={image} sizes="(width < 40rem) 45vw, 12rem" />
        <span className="card-name">
          {position !== undefined && <span className="position">{position}. </span>}
          {title}
          {version !== null && <span className="version"> {version}</span>}
        </span>
      </Link>
      {artist && (
        <Link href={artistPath(artist.id)} className="card-artist">
          {artist.name}
        </Link>
      )}
      <PriceTag price={price} />
    </li>
  );
}

interface CardSkeletonsProps {
  readonly count: number;
  /** Of text, below the picture. */
  readonly lines?: number;
}

/** In the size of `count` cards. */
export function CardSkeletons({ count, lines = 3 }: CardSkeletonsProps) {
  return (
    <ul className="cards" aria-hidden="true">
      {Array.from({ length: count }, (_, index) => (
        <li className="card skeleton" key={index}>
          <span className="cover" />
          {Array.from({ length: lines }, (_line, line) => (
            <span className="bone" key={line} />
          ))}
        </li>
      ))}
    </ul>
  );
}
