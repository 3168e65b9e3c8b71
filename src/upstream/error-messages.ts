/** What clients read about an error of 7digital's, in our words: what happened and what to do. 7digital's own texts differ between methods
 *  for one code, and may contain what was sent. @see API document, "Error codes" */
import type { ErrorSubject } from "./error-words.js";

interface Rejection {
  /** The method called. */
  readonly method: string;
  readonly sevendigitalCode: string | undefined;
  readonly subject: ErrorSubject | undefined;
}

export function rejectionMessage({ method, sevendigitalCode: code, subject }: Rejection): string {
  if (code === undefined) return `7digital rejected ${method} without a reason.`;
  if (code === "2001") return notFoundMessage(method, subject);
  if (code === "2002") return unavailableMessage(method, subject);
  if (code === "2003") return "7digital has this already. Read what there is before you send it again.";
  if (/^1\d{3}$/.test(code)) return `7digital rejected a value that this server sent (error ${code} of ${method}). Contact the operator.`;
  if (/^[79]\d{3}$/.test(code)) return `7digital failed (error ${code} of ${method}). Try again later.`;
  return `7digital rejected ${method} with error ${code}.`;
}

function notFoundMessage(method: string, subject: ErrorSubject | undefined): string {
  if (isAboutBasket(method, subject)) return "7digital has no basket with this ID. Check the ID, or create a basket.";
  if (method === "basket/removeItem") return "The basket has no line with this ID. Read the basket again.";
  if (isAdding(method)) return "7digital has no release or track with this ID. Check the ID.";
  if (method.includes("/bytag/")) return "7digital has none of these tags. Use tags from `tags`.";
  if (method === "editorial/list") return "7digital has no editorial list with this key. Check the key.";
  const kind = kindOf(method);
  return kind === undefined
    ? "7digital does not have what was requested. Check the input."
    : `7digital has no ${kind} with this ID. Check the ID.`;
}

function unavailableMessage(method: string, subject: ErrorSubject | undefined): string {
  if (isAboutBasket(method, subject) || method === "basket/removeItem") {
    return "The basket belongs to another store. Send the global ID that it was created with.";
  }
  if (isAdding(method)) return "The item is not sold in the store of the basket. Choose another item, or create a basket in another store.";
  return `The ${kindOf(method) ?? "item"} is not available in this store. Request it in another store.`;
}

function isAdding(method: string): boolean {
  return method === "basket/addItem" || method === "basket/addpriceditem";
}

/** Of some methods the basket is all that can be missing. */
function isAboutBasket(method: string, subject: ErrorSubject | undefined): boolean {
  return subject === "basket" || method === "basket" || method === "basket/applyVoucher";
}

/** Of methods that take the ID of one. */
function kindOf(method: string): string | undefined {
  const [, kind] =
    /^(artist|release|track)\/(?:details|details\/batch|releases|toptracks|similar|tags|recommend|tracks)$/.exec(method) ?? [];
  return kind;
}
