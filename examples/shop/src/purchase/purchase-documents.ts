/** What the shop asks when it buys, and when it asks how a purchase ended. */
import { graphql } from "../generated";

export const attemptParts = graphql(`
  fragment AttemptParts on PurchaseAttempt {
    id
    idempotencyKey
    status
    failure
  }
`);

export const purchaseErrorParts = graphql(`
  fragment PurchaseErrorParts on UserError {
    __typename
    code
    ... on PriceChangedError {
      current {
        current {
          display
        }
        quote
      }
    }
    ... on PaymentCardError {
      addCardUrl(returnUrl: $returnUrl)
    }
    ... on EarlierAttemptError {
      attempts {
        ...AttemptParts
      }
    }
  }
`);

export const ItemPurchase = graphql(`
  mutation ItemPurchase($input: ItemPurchaseInput!, $returnUrl: URL) {
    itemPurchase(input: $input) {
      attempt {
        ...AttemptParts
      }
      userErrors {
        ...PurchaseErrorParts
      }
    }
  }
`);

export const BasketPurchase = graphql(`
  mutation BasketPurchase($input: BasketPurchaseInput!, $returnUrl: URL) {
    basketPurchase(input: $input) {
      attempt {
        ...AttemptParts
      }
      userErrors {
        ...PurchaseErrorParts
      }
    }
  }
`);

/** Costs a look into the locker while the outcome is not known. */
export const HowItEnded = graphql(`
  query HowItEnded($idempotencyKey: String!, $returnUrl: URL) {
    viewer {
      id
      addCardUrl(returnUrl: $returnUrl)
      purchaseAttempt(idempotencyKey: $idempotencyKey) {
        ...AttemptParts
      }
    }
  }
`);
