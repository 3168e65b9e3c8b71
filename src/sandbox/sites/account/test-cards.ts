/** Card numbers the sandbox takes, each with its fate, and no others: nobody shall type a real one in here. */

import type { CardKind } from "../../accounts/model.js";

interface TestCard {
  readonly number: string;
  readonly kind: CardKind;
  readonly meaning: string;
}

export const testCards: readonly TestCard[] = [
  { number: "4444333322221111", kind: "good", meaning: "every payment succeeds" },
  { number: "4000000000000002", kind: "declined", meaning: "every payment is declined" },
];

export const cardTypes = ["Visa", "MasterCard", "Maestro", "American Express"] as const;
