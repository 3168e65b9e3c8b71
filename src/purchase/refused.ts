/** Ends a purchase before it begins, with what its buyer is told. */
import type { UserErrorFacts } from "../shared/user-error.graph.js";

export class Refused extends Error {
  override readonly name = "Refused";

  constructor(readonly told: UserErrorFacts) {
    super(told.message);
  }
}
