import { useState } from "react";
import { useMutation } from "urql";
import { Link } from "wouter";
import { Cover } from "../components/cover";
import { useCountry } from "../country/country";
import { graphql, unmask } from "../generated";
import type { BasketPartsFragment } from "../generated/graphql";
import { announce } from "../shared/announcer";
import { releasePath } from "../shared/paths";
import { basketParts } from "./basket-fragment";
import { storeBasket } from "./stored-baskets";
import { wordsForBasketError } from "./user-error-words";

const BasketLinesRemove = graphql(`
  mutation BasketLinesRemove($input: BasketLinesRemoveInput!) {
    basketLinesRemove(input: $input) {
      basket {
        ...BasketParts
      }
      userErrors {
        code
      }
    }
  }
`);

type Line = BasketPartsFragment["lines"][number];

export function BasketLine({ line, basketId }: { readonly line: Line; readonly basketId: string }) {
  const { title, artistName, item, price, amountDue, discount } = line;
  const release = item && "release" in item ? item.release : item;
  const isReduced = discount !== null && price !== null && price.display !== amountDue?.display;
  return (
    <li className="line">
      <Cover image={item?.image} sizes="4rem" />
      <span className="line-name">
        {release ? <Link href={releasePath(release.id)}>{title}</Link> : title}
        <span className="detail">{artistName}</span>
        {discount === "VOUCHER" && <span className="badge">Voucher</span>}
      </span>
      <span className="price">
        {isReduced && (
          <>
            <span className="visually-hidden">Reduced from </span>
            <s>{price.display}</s> <span className="visually-hidden">to </span>
          </>
        )}
        {amountDue?.display}
      </span>
      <RemoveButton basketId={basketId} lineId={line.lineId} title={title ?? "the item"} />
    </li>
  );
}

function RemoveButton({ basketId, lineId, title }: { readonly basketId: string; readonly lineId: string; readonly title: string }) {
  const [, remove] = useMutation(BasketLinesRemove);
  const country = useCountry();
  const [isRemoving, setRemoving] = useState(false);
  const removeLine = async (): Promise<void> => {
    setRemoving(true);
    const { data } = await remove({ input: { basketId, lineIds: [lineId] } });
    setRemoving(false);
    const basket = unmask(basketParts, data?.basketLinesRemove?.basket);
    const [error] = data?.basketLinesRemove?.userErrors ?? [];
    if (!basket) {
      announce(wordsForBasketError(error?.code));
      return;
    }
    storeBasket(country, basket);
    announce(`${title} is no longer in your basket.`);
    // The button is gone, and the focus with it.
    document.getElementById("main")?.focus();
  };
  return (
    <button type="button" className="quiet" aria-disabled={isRemoving} onClick={() => void (isRemoving || removeLine())}>
      Remove<span className="visually-hidden"> {title}</span>
    </button>
  );
}
