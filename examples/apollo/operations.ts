/** What the examples ask for. */
import { graphql } from "./generated";

// #region price
/** Ask for prices by one fragment: then an amount, its display and its quote always come from one response. */
export const priceParts = graphql(`
  fragment PriceParts on Price {
    current {
      amount
      currencyCode
      display
    }
    quote
    soldAs
  }
`);
// #endregion price

// #region top-tracks
export const TopTracks = graphql(`
  query TopTracks($artistId: ID!, $first: Int, $after: String) {
    artist(id: $artistId) {
      id
      name
      topTracks(first: $first, after: $after) {
        edges {
          node {
            id
            title
            price {
              ...PriceParts
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

// #region price-by-argument
export const TopTracksIn = graphql(`
  query TopTracksIn($artistId: ID!, $country: CountryCode, $first: Int, $after: String) {
    artist(id: $artistId) {
      id
      topTracks(first: $first, after: $after) {
        edges {
          node {
            id
            price(country: $country) {
              ...PriceParts
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
// #endregion price-by-argument

export const BasketCreate = graphql(`
  mutation BasketCreate {
    basketCreate(input: {}) {
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

// #region basket
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
// #endregion basket

// #region purchase
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
  query Locker($first: Int, $after: String) {
    viewer {
      id
      locker(first: $first, after: $after) {
        totalCount
        edges {
          node {
            release {
              id
              title
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
// #endregion purchase

// #region parts
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
// #endregion parts

export const PurchaseOutcome = graphql(`
  subscription PurchaseOutcome($idempotencyKey: String!) {
    purchaseAttempt(idempotencyKey: $idempotencyKey) {
      id
      status
    }
  }
`);
