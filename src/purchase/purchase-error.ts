/** The errors that only purchases have. */
import type { ForSale, Money, ShownPrice } from "../shared/price-reading.js";
import { inputError, type UserErrorFacts } from "../shared/user-error.js";
import type { AttemptReport } from "./attempt-report.js";

/** Ends a purchase before anything is sent. */
export class PurchaseRejected extends Error {
  override readonly name = "PurchaseRejected";

  constructor(readonly userError: UserErrorFacts) {
    super(userError.message);
  }
}

/** @param path Where in the mutation's `input` it is. @param advice What is wrong and what to send instead. */
export function rejectInput(path: string | readonly string[], advice: string): PurchaseRejected {
  return new PurchaseRejected(inputError(typeof path === "string" ? [path] : path, advice));
}

export interface PriceChangedFacts extends UserErrorFacts {
  readonly type: "PriceChangedError";
  readonly shown: Money | null;
  /** What it costs now, or the item whose price can be asked for. */
  readonly current: ShownPrice | ForSale | null;
}

export interface PaymentCardFacts extends UserErrorFacts {
  readonly type: "PaymentCardError";
}

export interface EarlierAttemptFacts extends UserErrorFacts {
  readonly type: "EarlierAttemptError";
  readonly attempts: readonly AttemptReport[];
}
