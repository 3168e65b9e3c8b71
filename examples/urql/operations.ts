/** What the examples ask for. */
import { graphql } from "./generated";

// #region top-tracks
export const TopTracks = graphql(`
  query TopTracks($artistId: ID!, $country: CountryCode, $first: Int, $after: String) {
    artist(id: $artistId) {
      id
      topTracks(first: $first, after: $after) {
        edges {
          node {
            id
            title
            price(country: $country) {
              current {
                amount
                currencyCode
                display
              }
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
// #endregion top-tracks

export const basketParts = graphql(`
  fragment BasketParts on Basket {
    id
    itemCount
    amountDue {
      amount
      currencyCode
      display
    }
    lines {
      lineId
      title
    }
  }
`);

export const BasketCreate = graphql(`
  mutation BasketCreate {
    basketCreate(input: {}) {
      basket {
        ...BasketParts
      }
    }
  }
`);

export const BasketPage = graphql(`
  query BasketPage($id: ID!) {
    basket(id: $id) {
      ...BasketParts
    }
  }
`);

export const BasketLinesAdd = graphql(`
  mutation BasketLinesAdd($input: BasketLinesAddInput!) {
    basketLinesAdd(input: $input) {
      basket {
        ...BasketParts
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const ItemPurchase = graphql(`
  mutation ItemPurchase($input: ItemPurchaseInput!) {
    itemPurchase(input: $input) {
      attempt {
        id
        status
      }
      userErrors {
        code
        message
      }
    }
  }
`);

export const Locker = graphql(`
  query Locker($first: Int) {
    viewer {
      id
      locker(first: $first) {
        totalCount
        edges {
          node {
            release {
              id
              title
            }
          }
        }
      }
    }
  }
`);

export const PurchaseOutcome = graphql(`
  subscription PurchaseOutcome($idempotencyKey: String!) {
    purchaseAttempt(idempotencyKey: $idempotencyKey) {
      id
      status
    }
  }
`);

export const ArtistInParts = graphql(`
  query ArtistInParts($id: ID!) {
    artist(id: $id) {
      id
      name
      ... @defer(label: "tracks") {
        topTracks(first: 3) {
          edges {
            node {
              id
              title
            }
          }
        }
      }
    }
  }
`);
