/** Baskets as 7digital sends them. An amount is called `value` in prices, `amount` or `value` in what is due, and only some items name
 *  their currency. @see API document, "Basket" */
import { attribute, child, idAttribute, object, part, placesOf, type Decoded } from "../upstream/xml/decode.js";
import { decimal, integer, needed, numericId, text, token } from "../upstream/xml/values.js";
import { currency } from "../shared/currency.js";

const amount = object({
  currency: child("currency", currency),
  amount: child("amount", decimal),
  value: child("value", decimal),
  rrp: child("rrp", decimal),
  formattedRrp: child("formattedRrp", text),
  formattedAmount: child("formattedAmount", text),
  formattedPrice: child("formattedPrice", text),
});

/** 7digital sends no more of it than its ID. */
const basketPackage = object({ packageId: attribute("id") });

const basketItem = object({
  lineId: idAttribute("id"),
  type: child("type", token),
  itemName: child("itemName", text),
  artistName: child("artistName", text),
  /** Empty or "0" where the item is a whole release. */
  trackId: child("trackId", needed(numericId)),
  releaseId: child("releaseId", needed(numericId)),
  price: child("price", amount),
  amountDue: child("amountDue", amount),
  discount: child("discount", object({ type: child("type", token) })),
  /** Only in answers of later years. */
  package: part("package", basketPackage),
});

export const basketElement = object({
  basketId: attribute("id"),
  itemCount: child("itemCount", integer),
  price: child("price", amount),
  amountDue: child("amountDue", amount),
  /** A line that cannot be read is not shown, and a basket with such a line cannot be bought. */
  items: child("basketItems", placesOf("basketItem", basketItem)),
});

export type AmountFacts = Decoded<typeof amount>;
export type PackageFacts = Decoded<typeof basketPackage>;
export type BasketItemFacts = Decoded<typeof basketItem>;
export type BasketFacts = Decoded<typeof basketElement>;
