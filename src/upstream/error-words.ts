/** Every decision by 7digital's words. They may change without notice, so each of these is made only where an answer holds no other evidence. */

export type ErrorSubject = "basket";

/** What an error is about. 2001 (not found) and 2002 (not in this store) are the codes both for a basket and for what is put into it or taken
 *  out of it, and error documents hold nothing but code and text: "Basket with basketId not found." or "Basket item with id not found."
 *  With any other words the error stays with the item, which costs precision and nothing more.
 *  @see API document, "basket/removeItem", "Method specific errors" */
export function errorSubject(sevendigitalCode: string | undefined, text: string): ErrorSubject | undefined {
  if (sevendigitalCode !== "2001" && sevendigitalCode !== "2002") return undefined;
  return /^basket (?!item)/i.test(text) ? "basket" : undefined;
}

/** Whether a body that is not XML says that our key or signature was rejected: "OAuth authentication error: …", which also comes with HTTP 200.
 *  With any other words it is an unreadable body. With HTTP 5xx such a text may be anything. */
export function isRejectedSignature(httpStatus: number, body: string): boolean {
  return httpStatus < 500 && /^oauth\b/i.test(body);
}

const tooManyCalls =
  /\b(?:quota|rate.?limit|over (?:rate|qps)|queries per second|too many (?:requests|calls)|(?:limit|allowance) (?:is |was |has been )?(?:exceeded|reached))/i;
/** Characters of the body to search. */
const searched = 500;

/** Whether the body of an answer with HTTP 403 says that it rejects too many calls; 403 has other reasons, too. With any other words the call
 *  just fails, and following calls are made. */
export function isAboutTooManyCalls(body: string): boolean {
  return tooManyCalls.test(body.slice(0, searched));
}

/** The parameter that an error names: "Value of parameter ExpiryDate is not valid". Null with any other words. Letters alone are no value. */
export function rejectedParameter(text: string): string | null {
  return /^\s*Value of parameter ([A-Za-z]{1,40}) is not valid/.exec(text)?.[1] ?? null;
}
