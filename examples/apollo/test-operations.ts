/** What only the tests ask for. */
import { graphql } from "./generated";

export const InContext = graphql(`
  query InContext($country: CountryCode) @inContext(country: $country) {
    release(id: "155408") {
      id
      price {
        current {
          currencyCode
        }
      }
    }
  }
`);

export const Quote = graphql(`
  query Quote($id: ID!) {
    track(id: $id) {
      id
      price {
        quote
      }
    }
  }
`);

export const BadAndGood = graphql(`
  query BadAndGood {
    bad: artist(id: "abc") {
      name
    }
    good: artist(id: "1") {
      name
    }
  }
`);

export const ArtistAndLocker = graphql(`
  query ArtistAndLocker {
    artist(id: "1") {
      id
      name
    }
    viewer {
      id
      locker {
        totalCount
      }
    }
  }
`);
