/** The errors that only purchases have. */
import type { ForSale, Money } from "../shared/price-reading.js";
import type { UserErrorFacts } from "../shared/user-error.js";
import type { AttemptReport } from "./attempt-report.js";

export interface PriceChangedFacts extends UserErrorFacts {
  readonly type: "PriceChangedError";
  readonly shown: Money | null;
  /** What it costs now, or the item whose price can be asked for. */
  readonly current: { readonly amount: Money | null } | ForSale | null;
}

export interface PaymentCardFacts extends UserErrorFacts {
  readonly type: "PaymentCardError";
}

export interface EarlierAttemptFacts extends UserErrorFacts {
  readonly type: "EarlierAttemptError";
  readonly attempts: readonly AttemptReport[];
}
