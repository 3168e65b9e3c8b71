/** Ends a purchase before anything is sent. */
import type { UserErrorFacts } from "../shared/user-error.js";

export class PurchaseRejected extends Error {
  override readonly name = "PurchaseRejected";

  constructor(readonly userError: UserErrorFacts) {
    super(userError.message);
  }
}
