/** Takes the money and keeps the book of sales. A call that comes twice is charged twice, as 7digital does. */

import type { Accounts, PaymentRefusal, User } from "../accounts/model.js";
import { ApiError } from "../api/errors.js";

export interface Sale {
  readonly purchaseId: number;
  /** 7digital's own id of the user. */
  readonly userId: number;
  /** As the API document names it. */
  readonly method: string;
  readonly items: readonly { readonly releaseId: number; readonly trackId: number | null }[];
  /** Decimal text: what was charged, or what a delivery was reported to have cost. */
  readonly amount: string;
  readonly currencyCode: string;
  readonly transactionId: string | null;
  readonly tags: Readonly<Record<string, string>>;
  /** Epoch ms. */
  readonly atMs: number;
}

/** 3101 and 3102 are recorded; the others follow the names that 7digital's C# client has for them. */
const refusals: Readonly<Record<PaymentRefusal, string>> = {
  3005: "Purchases are not permitted from the country of the card",
  3100: "Payment provider connection error",
  3101: "Payment Failed: A8",
  3102: "Payment Declined : 33",
  3104: "Adding the card was declined",
};

export class Till {
  private readonly sold: Sale[] = [];
  private readonly accounts: Accounts;

  constructor(accounts: Accounts) {
    this.accounts = accounts;
  }

  /** In order. The list goes on with the sales. */
  get sales(): readonly Sale[] {
    return this.sold;
  }

  /** Throws ApiError 3001 to 3003, and what a test card brings. Nothing is due: no card is needed. */
  charge(user: User, hundredths: number): void {
    if (hundredths === 0) return;
    const card = this.accounts.cardsOf(user).find(({ isDefault, active }) => isDefault && active);
    if (card === undefined) throw new ApiError(3002, "The user has no card details saved");
    if (card.kind === "expired") throw new ApiError(3001, "The user's card has expired");
    if (card.kind === "declined") {
      this.accounts.deactivateCard(user, card.id);
      throw new ApiError(3003, "Payment for this purchase has failed");
    }
    if (card.kind !== "good") throw new ApiError(card.kind, refusals[card.kind]);
  }

  record(sale: Sale): void {
    this.sold.push(sale);
  }

  clear(): void {
    this.sold.length = 0;
  }
}
