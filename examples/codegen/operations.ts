/** What the examples ask for. */
import { graphql } from "./generated";

// #region fragment
export const trackRow = graphql(`
  fragment TrackRow on Track {
    id
    title
    clip {
      url
    }
    price {
      current {
        display
      }
    }
  }
`);

export const ArtistPage = graphql(`
  query ArtistPage($id: ID!, $first: Int, $after: String) {
    artist(id: $id) {
      name
      topTracks(first: $first, after: $after) {
        nodes {
          ...TrackRow
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  }
`);
// #endregion fragment

export const SignInStart = graphql(`
  mutation SignInStart($input: SignInStartInput!) {
    signInStart(input: $input) {
      authorizeUrl
      state
      userErrors {
        code
        message
      }
    }
  }
`);

export const SignInComplete = graphql(`
  mutation SignInComplete($input: SignInCompleteInput!) {
    signInComplete(input: $input) {
      accessToken
      expiresAt
      userErrors {
        code
        message
      }
    }
  }
`);

// #region buy
export const Buy = graphql(`
  mutation Buy($input: ItemPurchaseInput!, $returnUrl: URL!) {
    itemPurchase(input: $input) {
      attempt {
        status
      }
      userErrors {
        __typename
        code
        message
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
      }
    }
  }
`);

export const Attempt = graphql(`
  query Attempt($idempotencyKey: String!) {
    viewer {
      purchaseAttempt(idempotencyKey: $idempotencyKey) {
        status
      }
    }
  }
`);
// #endregion buy

// #region wait
export const Outcome = graphql(`
  subscription Outcome($idempotencyKey: String!) {
    purchaseAttempt(idempotencyKey: $idempotencyKey) {
      status
    }
  }
`);
// #endregion wait

export const ItemPrice = graphql(`
  query ItemPrice($id: ID!) {
    track(id: $id) {
      price {
        current {
          display
        }
        quote
      }
    }
  }
`);

// #region clip
export const Clip = graphql(`
  query Clip($id: ID!) {
    track(id: $id) {
      clip {
        url
        expiresAt
      }
    }
  }
`);
// #endregion clip
