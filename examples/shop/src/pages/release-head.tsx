import { Link } from "wouter";
import { AddButton } from "../basket/add-button";
import { Cover } from "../components/cover";
import { isSold, PriceTag } from "../components/price-tag";
import { graphql, unmask, type FragmentType } from "../generated";
import type { ReleaseHeadPartsFragment } from "../generated/graphql";
import { artistPath, buyPath } from "../shared/paths";

const releaseHeadParts = graphql(`
  fragment ReleaseHeadParts on Release {
    id
    title
    version
    type
    year
    releasedAt
    explicit
    artist {
      id
      name
    }
    artistCredit
    label {
      labelId
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

const types = { ALBUM: "Album", SINGLE: "Single", VIDEO: "Video", OTHER: "Release" } as const;
const day = new Intl.DateTimeFormat("en", { dateStyle: "long" });

/** What the release is, and the two ways to buy it. */
export function ReleaseHead({ release }: { readonly release: FragmentType<typeof releaseHeadParts> }) {
  const parts = unmask(releaseHeadParts, release);
  const { id, title, version, artist, artistCredit, image, price } = parts;
  return (
    <div className="release-head">
      <Cover image={image} sizes="(width < 40rem) 90vw, 20rem" alt={`Cover of ${title ?? "the release"}`} isFirst />
      <div className="release-facts">
        <h1>
          {title}
          {version !== null && <span className="version"> {version}</span>}
        </h1>
        {artist && (
          <p className="by">
            <Link href={artistPath(artist.id)}>{artistCredit ?? artist.name}</Link>
          </p>
        )}
        <p className="facts">{factsOf(parts).join(" · ")}</p>
        <p className="release-price">
          <PriceTag price={price} />
        </p>
        {isSold(price) && (
          <p className="actions">
            <AddButton itemId={id} title={title ?? "The release"} />
            <Link href={buyPath(id)} className="button">
              Buy now
            </Link>
          </p>
        )}
      </div>
    </div>
  );
}

type Facts = Pick<ReleaseHeadPartsFragment, "type" | "year" | "releasedAt" | "explicit" | "label">;

function factsOf({ type, year, releasedAt, explicit, label }: Facts): string[] {
  const released = releasedAt === null ? undefined : new Date(releasedAt);
  const facts = [
    type && types[type],
    released && released > new Date() ? `Pre-order, out on ${day.format(released)}` : year?.toString(),
    label?.name,
    explicit === true && "Explicit",
  ];
  return facts.filter((fact) => typeof fact === "string");
}
