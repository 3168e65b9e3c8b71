import { Link } from "wouter";
import { Cover } from "../components/cover";
import { graphql, unmask, type FragmentType } from "../generated";
import { artistPath, releasePath } from "../shared/paths";

/** Without the price: editorial lists do not include it, and it would cost a call for each release. */
const pickParts = graphql(`
  fragment PickParts on Release {
    id
    title
    artist {
      id
      name
    }
    image(width: 350) {
      ...CoverParts
    }
  }
`);

/** A release that 7digital's editors recommend. */
export function Pick({ release }: { readonly release: FragmentType<typeof pickParts> }) {
  const { id, title, artist, image } = unmask(pickParts, release);
  return (
    <li className="card">
      <Link href={releasePath(id)} className="card-title">
        <Cover image={image} sizes="(width < 40rem) 45vw, 12rem" />
        <span className="card-name">{title}</span>
      </Link>
      {artist && (
        <Link href={artistPath(artist.id)} className="card-artist">
          {artist.name}
        </Link>
      )}
    </li>
  );
}
