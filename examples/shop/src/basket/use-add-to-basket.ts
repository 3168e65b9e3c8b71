import { useState } from "react";
import { useClient, type Client } from "urql";
import { useCountry } from "../country/country";
import { graphql, unmask } from "../generated";
import { announce } from "../shared/announcer";
import { basketParts } from "./basket-fragment";
import { storeBasket, storedBasketOf } from "./stored-baskets";
import { wordsForBasketError } from "./user-error-words";

const BasketCreate = graphql(`
  mutation BasketCreate {
    basketCreate {
      basket {
        id
      }
      userErrors {
        code
      }
    }
  }
`);

const BasketLinesAdd = graphql(`
  mutation BasketLinesAdd($input: BasketLinesAddInput!) {
    basketLinesAdd(input: $input) {
      basket {
        ...BasketParts
      }
      userErrors {
        code
      }
    }
  }
`);

/** @returns Whether it is in the basket, or why it is not. */
export function useAddToBasket() {
  const client = useClient();
  const country = useCountry();
  const [isAdding, setAdding] = useState(false);

  async function add(itemId: string, title: string): Promise<void> {
    if (isAdding) return;
    setAdding(true);
    const failure = await addTo(client, country, itemId);
    setAdding(false);
    announce(failure ?? `${title} is in your basket.`);
  }
  return { add, isAdding };
}

/** @returns Why it was not added. */
async function addTo(client: Client, country: string, itemId: string): Promise<string | undefined> {
  const basketId = storedBasketOf(country)?.id ?? (await createBasket(client));
  if (basketId === undefined) return wordsForBasketError(undefined);
  const { data } = await client.mutation(BasketLinesAdd, { input: { basketId, lines: [{ itemId }] } }).toPromise();
  const basket = unmask(basketParts, data?.basketLinesAdd?.basket);
  const codes = data?.basketLinesAdd?.userErrors.map(({ code }) => code) ?? [];
  if (basket) storeBasket(country, basket);
  else if (codes.includes("NOT_FOUND")) storeBasket(country, undefined);
  const failed = !basket || codes.length > 0;
  return failed ? wordsForBasketError(codes[0]) : undefined;
}

async function createBasket(client: Client): Promise<string | undefined> {
  const { data } = await client.mutation(BasketCreate, {}).toPromise();
  return data?.basketCreate?.basket?.id;
}
