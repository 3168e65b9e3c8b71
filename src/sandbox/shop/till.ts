/** Takes the money and keeps the book of sales. A call that comes twice is charged twice, as 7digital does. */

import type { Accounts, User } from "../accounts/model.js";
import { ApiError } from "../errors.js";

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

export class Till {
  readonly #sales: Sale[] = [];
  readonly #accounts: Accounts;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
  }

  /** In order. The list goes on with the sales. */
  get sales(): readonly Sale[] {
    return this.#sales;
  }

  /** Throws ApiError 3001 to 3003. Nothing is due: no card is needed. */
  charge(user: User, hundredths: number): void {
    if (hundredths === 0) return;
    const card = this.#accounts.cardsOf(user).find(({ isDefault, active }) => isDefault && active);
    if (card === undefined) throw new ApiError(3002, "The user has no card details saved");
    if (card.kind === "expired") throw new ApiError(3001, "The user's card has expired");
    if (card.kind === "declined") {
      this.#accounts.deactivateCard(user, card.id);
      throw new ApiError(3003, "Payment for this purchase has failed");
    }
  }

  record(sale: Sale): void {
    this.#sales.push(sale);
  }

  clear(): void {
    this.#sales.length = 0;
  }
}
