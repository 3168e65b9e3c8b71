/** What an error is about, where only 7digital's words say it. This is the one place where a decision depends on them. */

export type ErrorSubject = "basket";

/** 2001 (not found) and 2002 (not in this store) are the codes both for a basket and for what is put into it or taken out of it. The API
 *  document tells "Basket with basketId not found." from "Basket item with id not found." by the text alone, and error documents hold
 *  nothing else. Text that says neither leaves the error with the item, so a change of words costs precision and nothing more.
 *  @see API document, "basket/removeItem", "Method specific errors" */
export function errorSubject(sevendigitalCode: string | undefined, text: string): ErrorSubject | undefined {
  if (sevendigitalCode !== "2001" && sevendigitalCode !== "2002") return undefined;
  return /^basket (?!item)/i.test(text) ? "basket" : undefined;
}
