import { graphql } from "../generated";

/** What the basket's page shows. Every change of the basket asks for it too, and the page is up to date without another request. */
export const basketParts = graphql(`
  fragment BasketParts on Basket {
    id
    itemCount
    subtotal {
      amount
      display
    }
    amountDue {
      amount
      display
    }
    lines {
      lineId
      title
      artistName
      price {
        display
      }
      amountDue {
        display
      }
      discount
      item {
        id
        image(width: 100) {
          ...CoverParts
        }
        ... on Track {
          release {
            id
          }
        }
      }
    }
  }
`);
