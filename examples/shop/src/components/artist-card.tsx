import { Link } from "wouter";
import { graphql, unmask, type FragmentType } from "../generated";
import { artistPath } from "../shared/paths";
import { Cover } from "./cover";

const artistCardParts = graphql(`
  fragment ArtistCardParts on Artist {
    id
    name
    image(width: 200) {
      ...CoverParts
    }
  }
`);

export type ArtistCardFragment = FragmentType<typeof artistCardParts>;

export function ArtistCard({ artist }: { readonly artist: ArtistCardFragment }) {
  const { id, name, image } = unmask(artistCardParts, artist);
  return (
    <li className="card artist-card">
      <Link href={artistPath(id)} className="card-title">
        <Cover image={image} sizes="8rem" isRound />
        <span className="card-name">{name}</span>
      </Link>
    </li>
  );
}
