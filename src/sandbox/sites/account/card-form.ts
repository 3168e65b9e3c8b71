/** What a user types in about a card, and what is wrong with it. The number goes no further than here. */

import type { Card } from "../../accounts/model.js";
import { cardTypes, testCards } from "./test-cards.js";

export type NewCard = Pick<Card, "type" | "lastFourDigits" | "cardHolderName" | "expiryDate" | "kind">;

type Read = { readonly card: NewCard } | { readonly problem: string };

/** `form` by lower-case name. `nowMs` is epoch ms. */
export function readCard(form: ReadonlyMap<string, string>, nowMs: number): Read {
  const type = cardTypes.find((name) => name === form.get("cardtype"));
  if (type === undefined) return { problem: "Choose a card type." };
  const number = (form.get("cardnumber") ?? "").replace(/[\s-]/g, "");
  const known = testCards.find((card) => card.number === number);
  if (known === undefined) return { problem: "That is none of the card numbers on this page." };
  const cardHolderName = (form.get("cardholdername") ?? "").trim();
  if (cardHolderName === "" || cardHolderName.length > 100) return { problem: "Enter the name on the card." };
  const expiryDate = expiryOf(form.get("cardexpiry") ?? "");
  if (expiryDate === null) return { problem: "Enter when the card expires, as MM/YYYY." };
  const kind = expiryDate < monthOf(nowMs) ? "expired" : known.kind;
  return { card: { type, lastFourDigits: number.slice(-4), cardHolderName, expiryDate, kind } };
}

/** YYYYMM of "MM/YYYY". */
function expiryOf(text: string): string | null {
  const [, month, year] = /^\s*(0[1-9]|1[0-2])\s*\/\s*(20\d\d)\s*$/.exec(text) ?? [];
  return month === undefined || year === undefined ? null : year + month;
}

function monthOf(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 7).replace("-", "");
}
