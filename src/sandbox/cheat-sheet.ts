/** Everything that a person needs to know to try the sandbox: users, vouchers, test cards, and items that misbehave on purpose. Made from
 *  what the sandbox itself uses; docs/sandbox.md is checked against it. */

import { seededUsers, type SeededUser } from "./accounts/seed.js";
import { createCatalogue } from "./catalogue/catalogue.js";
import { badResponses, type BadResponse } from "./faults/bad-responses.js";
import type { Catalogue } from "./model.js";
import { signingConsumer } from "./oauth/signature.js";
import { misbehaving, misbehaviours } from "./shop/misbehaving.js";
import { vouchers } from "./shop/vouchers.js";
import { testCards } from "./sites/account/test-cards.js";

export interface CheatSheet {
  /** The only consumer that may sign calls. An unsigned call needs a key: any will do. */
  readonly consumer: { readonly key: string; readonly secret: string };
  readonly users: readonly SheetUser[];
  /** Any other code is refused. */
  readonly vouchers: readonly { readonly code: string; readonly effect: string }[];
  /** The account pages accept no other number. */
  readonly cards: readonly { readonly number: string; readonly effect: string }[];
  /** Releases that misbehave when they or one of their tracks are bought. Prices are those of Britain, in pounds. */
  readonly misbehavingReleases: readonly { readonly releaseId: number; readonly price: string | null; readonly effect: string }[];
  /** Responses that are bad without a fault rule. */
  readonly badResponses: readonly BadResponse[];
}

export interface SheetUser {
  readonly name: string;
  /** Both null for a user of a partner, who cannot sign in. */
  readonly emailAddress: string | null;
  readonly password: string | null;
  readonly token: { readonly token: string; readonly secret: string } | null;
  /** Value of `userId` in a partner's calls; null for all other users. */
  readonly partnerUserId: string | null;
  /** What becomes of a payment: "good", "expired", "declined", or "none" without a card. */
  readonly card: string;
  readonly locker: string;
}

const britain = { country: "GB", shopId: null };

export function cheatSheet(catalogue: Catalogue = createCatalogue()): CheatSheet {
  return {
    consumer: signingConsumer,
    users: seededUsers(catalogue).map(sheetUser),
    vouchers: vouchers.map(({ code, effect }) => ({ code, effect })),
    cards: testCards.map(({ number, meaning }) => ({ number, effect: meaning })),
    misbehavingReleases: Object.entries(misbehaviours).map(([name, effect]) => {
      const releaseId = misbehaving[name as keyof typeof misbehaving];
      const release = catalogue.release(releaseId);
      return { releaseId, price: release === undefined ? null : catalogue.priceOf(release, britain).value, effect };
    }),
    badResponses,
  };
}

function sheetUser({ user, password, token, card, owns }: SeededUser): SheetUser {
  const { emailAddress, partnerUserId } = user;
  return {
    name: partnerUserId ?? emailAddress.replace(/@.*/, ""),
    emailAddress: emailAddress || null,
    password,
    token,
    partnerUserId,
    card: String(card?.kind ?? "none"),
    locker: owns,
  };
}
