import { graphql, unmask, type FragmentType } from "../generated";

const coverParts = graphql(`
  fragment CoverParts on Image {
    url
    srcset
  }
`);

interface CoverProps {
  readonly image: FragmentType<typeof coverParts> | null | undefined;
  /** How wide it is shown, as the `sizes` of an HTML image say it. */
  readonly sizes: string;
  /** Empty where the title stands beside it. */
  readonly alt?: string;
  readonly isFirst?: boolean;
  readonly isRound?: boolean;
}

/** A square picture. Its place is there before it is loaded, and stays empty where there is none. */
export function Cover({ image, sizes, alt = "", isFirst = false, isRound = false }: CoverProps) {
  const parts = unmask(coverParts, image);
  return (
    <span className={isRound ? "cover round" : "cover"}>
      {parts && (
        <img
          src={parts.url}
          srcSet={parts.srcset ?? undefined}
          sizes={sizes}
          alt={alt}
          width="350"
          height="350"
          loading={isFirst ? "eager" : "lazy"}
          decoding="async"
        />
      )}
    </span>
  );
}
