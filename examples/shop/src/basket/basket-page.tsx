import { useEffect } from "react";
import { Link } from "wouter";
import { useQuery } from "urql";
import { useCountry } from "../country/country";
import { graphql, unmask } from "../generated";
import type { BasketPartsFragment } from "../generated/graphql";
import { Loaded } from "../shared/loaded";
import { Page } from "../shared/page";
import { buyPath } from "../shared/paths";
import { basketParts } from "./basket-fragment";
import { BasketLine } from "./basket-line";
import { storeBasket, useStoredBasket } from "./stored-baskets";
import { VoucherForm } from "./voucher-form";

export const BasketPageDocument = graphql(`
  query BasketPage($id: ID!) {
    basket(id: $id) {
      ...BasketParts
    }
  }
`);

export function BasketPage() {
  const stored = useStoredBasket();
  const [result, reload] = useQuery({
    query: BasketPageDocument,
    variables: { id: stored?.id ?? "" },
    pause: stored === undefined,
    // Another tab may have changed it.
    requestPolicy: "cache-and-network",
  });
  return (
    <Page title="Basket">
      {stored === undefined ? (
        <Empty />
      ) : (
        <Loaded result={result} onRetry={reload} skeleton={<div className="basket skeleton" />}>
          {(data) => <BasketView basket={unmask(basketParts, data.basket) ?? undefined} />}
        </Loaded>
      )}
    </Page>
  );
}

function BasketView({ basket }: { readonly basket: BasketPartsFragment | undefined }) {
  useStoredCount(basket);
  if (basket === undefined || basket.lines.length === 0) return <Empty />;
  return (
    <div className="basket">
      <ul className="lines">
        {basket.lines.map((line) => (
          <BasketLine key={line.lineId} line={line} basketId={basket.id} />
        ))}
      </ul>
      <aside className="summary" aria-label="Total">
        <BasketTotal basket={basket} />
        <VoucherForm basketId={basket.id} />
        <Link href={buyPath("basket")} className="button">
          Buy
        </Link>
      </aside>
    </div>
  );
}

export function BasketTotal({ basket: { subtotal, amountDue } }: { readonly basket: BasketPartsFragment }) {
  const isReduced = subtotal !== null && amountDue !== null && subtotal.display !== amountDue.display;
  return (
    <dl>
      {isReduced && (
        <div>
          <dt>Before discounts</dt>
          <dd>{subtotal.display}</dd>
        </div>
      )}
      <div className="due">
        <dt>Total</dt>
        <dd>{amountDue?.display}</dd>
      </div>
    </dl>
  );
}

/** The header shows what was read last. */
function useStoredCount(basket: BasketPartsFragment | undefined): void {
  const country = useCountry();
  const { id, itemCount } = basket ?? {};
  useEffect(() => {
    storeBasket(country, id === undefined || itemCount === undefined ? undefined : { id, itemCount });
  }, [country, id, itemCount]);
}

function Empty() {
  return (
    <>
      <p>There is nothing in your basket.</p>
      <p>
        <Link href="/">See what is new</Link>
      </p>
    </>
  );
}
