import { useQuery } from "urql";
import { Link } from "wouter";
import { Cover } from "../components/cover";
import { isSold, PriceTag } from "../components/price-tag";
import { graphql } from "../generated";
import type { ItemCheckoutQuery } from "../generated/graphql";
import { NotFound } from "../pages/not-found";
import { Loaded } from "../shared/loaded";
import { Notice } from "../shared/notice";
import { libraryPath } from "../shared/paths";
import { Checkout } from "./checkout";
import type { Order } from "./order";

/** The price with its quote, and whether the user owns it already. */
const ItemCheckoutDocument = graphql(`
  query ItemCheckout($id: ID!) {
    release(id: $id) {
      id
      title
      artist {
        id
        name
      }
      image(width: 100) {
        ...CoverParts
      }
      price {
        current {
          display
        }
        quote
        ...PriceParts
      }
    }
    viewer {
      id
      locker(first: 1, releaseId: $id) {
        totalCount
      }
    }
  }
`);

export function ItemCheckout({ id }: { readonly id: string }) {
  const [result, reload] = useQuery({ query: ItemCheckoutDocument, variables: { id }, requestPolicy: "network-only" });
  const read = (): void => reload({ requestPolicy: "network-only" });
  return (
    <Loaded result={result} onRetry={read} skeleton={<div className="order skeleton" />}>
      {(data) => <Item data={data} onReload={read} />}
    </Loaded>
  );
}

interface ItemProps {
  readonly data: ItemCheckoutQuery;
  readonly onReload: () => void;
}

function Item({ data: { release, viewer }, onReload }: ItemProps) {
  if (!release) return <NotFound />;
  const { id, title, artist, image, price } = release;
  const order: Order | undefined =
    price?.current && price.quote !== null ? { kind: "item", itemId: id, quote: price.quote, display: price.current.display } : undefined;
  const isOwned = (viewer?.locker?.totalCount ?? 0) > 0;
  return (
    <Checkout subject={id} order={order} onReload={onReload}>
      <div className="order">
        <Cover image={image} sizes="5rem" />
        <p>
          <strong>{title}</strong>
          <span className="detail">{artist?.name}</span>
        </p>
        <PriceTag price={price} />
      </div>
      {isOwned && (
        <Notice tone="info" title="You own this already">
          <p>
            All or part of it is in your <Link href={libraryPath}>library</Link>.
          </p>
        </Notice>
      )}
      {!isSold(price) && <p>It is not sold as a whole. Look for single tracks.</p>}
    </Checkout>
  );
}
