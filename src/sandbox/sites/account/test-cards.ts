/** The only card numbers that the sandbox accepts, each with its result, so that real ones are never entered here. */

import type { CardKind } from "../../accounts/model.js";

interface TestCard {
  readonly number: string;
  readonly kind: CardKind;
  readonly meaning: string;
}

export const testCards: readonly TestCard[] = [
  { number: "4444333322221111", kind: "good", meaning: "every payment succeeds" },
  { number: "4000000000000002", kind: "declined", meaning: "every payment is declined" },
  { number: "4000000000003005", kind: 3005, meaning: "no payment is permitted from the country of the card (3005)" },
  { number: "4000000000003100", kind: 3100, meaning: "the payment provider is never reached (3100)" },
  { number: "4000000000003101", kind: 3101, meaning: "every payment fails (3101)" },
  { number: "4000000000003102", kind: 3102, meaning: "every payment is declined, and the card stays in use (3102)" },
  { number: "4000000000003104", kind: 3104, meaning: "every payment is answered with 3104, that adding the card was declined" },
];

export const cardTypes = ["Visa", "MasterCard", "Maestro", "American Express"] as const;
