import { graphql, unmask, type FragmentType } from "../generated";
import type { SoldAs } from "../generated/enums";

const priceParts = graphql(`
  fragment PriceParts on Price {
    current {
      display
    }
    rrp {
      display
    }
    onSale
    soldAs
  }
`);

export type PriceFragment = FragmentType<typeof priceParts> | null | undefined;

/** Why there is no price. UNKNOWN: 7digital leaves some prices out of lists. */
const reasons: Readonly<Record<Exclude<SoldAs, "ITEM">, string>> = {
  WHOLE_RELEASE_ONLY: "Album only",
  SINGLE_TRACKS_ONLY: "Tracks only",
  NOT_FOR_SALE: "Not for sale here",
  UNKNOWN: "See price",
};

export function PriceTag({ price }: { readonly price: PriceFragment }) {
  const parts = unmask(priceParts, price);
  if (!parts?.current) return <span className="price none">{reasonFor(parts?.soldAs)}</span>;
  const { current, rrp, onSale } = parts;
  const before = onSale && rrp && rrp.display !== current.display ? rrp.display : undefined;
  return (
    <span className="price">
      {before !== undefined && (
        <>
          <span className="visually-hidden">Reduced from </span>
          <s>{before}</s> <span className="visually-hidden">to </span>
        </>
      )}
      {current.display}
    </span>
  );
}

/** Whether it can be put into a basket. */
export function isSold(price: PriceFragment): boolean {
  return Boolean(unmask(priceParts, price)?.current);
}

function reasonFor(soldAs: SoldAs | undefined): string {
  return soldAs === undefined || soldAs === "ITEM" ? reasons.UNKNOWN : reasons[soldAs];
}
