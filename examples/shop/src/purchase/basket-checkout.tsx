import { useState } from "react";
import { useQuery } from "urql";
import { BasketPageDocument, BasketTotal } from "../basket/basket-page";
import { basketParts } from "../basket/basket-fragment";
import { storeBasket, useStoredBasket } from "../basket/stored-baskets";
import { useCountry } from "../country/country";
import { unmask } from "../generated";
import type { BasketPartsFragment } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Checkout } from "./checkout";

export function BasketCheckout() {
  const country = useCountry();
  const stored = useStoredBasket();
  // Once it is bought the shop forgets it, and this page still says so.
  const [id] = useState(stored?.id);
  const [result, reload] = useQuery({
    query: BasketPageDocument,
    variables: { id: id ?? "" },
    pause: id === undefined,
    requestPolicy: "network-only",
  });
  const read = (): void => reload({ requestPolicy: "network-only" });
  if (id === undefined) return <p>There is nothing in your basket.</p>;
  return (
    <Loaded result={result} onRetry={read} skeleton={<div className="order skeleton" />}>
      {(data) => (
        <BasketOrder
          id={id}
          basket={unmask(basketParts, data.basket) ?? undefined}
          onReload={read}
          onBought={() => storeBasket(country, undefined)}
        />
      )}
    </Loaded>
  );
}

interface BasketOrderProps {
  readonly id: string;
  readonly basket: BasketPartsFragment | undefined;
  readonly onReload: () => void;
  readonly onBought: () => void;
}

function BasketOrder({ id, basket, onReload, onBought }: BasketOrderProps) {
  const due = basket?.amountDue;
  const order =
    due && basket.lines.length > 0
      ? ({ kind: "basket", basketId: id, expectedAmountDue: due.amount, display: due.display } as const)
      : undefined;
  return (
    <Checkout subject={id} order={order} onReload={onReload} onBought={onBought}>
      {basket && (
        <>
          <ul className="order-lines">
            {basket.lines.map(({ lineId, title, artistName, amountDue }) => (
              <li key={lineId}>
                <span>
                  {title} <span className="detail">{artistName}</span>
                </span>
                <span className="price">{amountDue?.display}</span>
              </li>
            ))}
          </ul>
          <BasketTotal basket={basket} />
        </>
      )}
    </Checkout>
  );
}
