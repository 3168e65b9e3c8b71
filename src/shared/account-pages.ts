/** Links to 7digital's own pages for a user's payment cards. Only the user's browser goes there.
 *  @see API document, "Adding a payment card" and "Displaying a list of active payment cards" */
import { returnOrigins, returnUrl as checkedReturnUrl } from "./return-url.js";
import type { Scope } from "./scope.js";
import { sites, type Sites } from "./sites.js";
import { encodePairs, percentEncode, type Pair } from "../upstream/request/percent-encoding.js";
import type { Session } from "../upstream/session.js";

/** ISO 639-1, of those the pages come in. */
export type AccountPageLanguage = "de" | "en" | "es" | "fr" | "it" | "nl" | "pt";

export interface AccountPageOptions {
  /** Where the page sends the user back to. */
  readonly returnUrl?: string | null | undefined;
  /** Without it 7digital picks one by the country. */
  readonly language?: AccountPageLanguage | null | undefined;
}

/** Where a card is added. For a user with a token the link is signed and signs them in, so it is a secret. @throws ClientError BAD_USER_INPUT */
export function addCardUrl(scope: Scope, session: Session, options: AccountPageOptions): string {
  return pageUrl(scope, session, "payment/addcard", options);
}

/** Where the cards on file are listed. Secret as above. @throws ClientError BAD_USER_INPUT */
export function paymentCardsUrl(scope: Scope, session: Session, options: AccountPageOptions): string {
  return pageUrl(scope, session, "payment", options);
}

/** Absolute, without a query. @param page 7digital's name of the page, e.g. "oauth/authorise". */
export function accountPage({ accountUrl, consumerKey }: Pick<Sites, "accountUrl" | "consumerKey">, page: string): string {
  return `${accountUrl}/${percentEncode(consumerKey)}/${page}`;
}

function pageUrl({ client, use }: Scope, { store, user }: Session, page: string, options: AccountPageOptions): string {
  const { returnUrl, language } = options;
  const pairs: Pair[] = [];
  // The pages take countries, and no shops.
  if ("country" in store) pairs.push(["country", store.country]);
  if (language) pairs.push(["lang", language]);
  if (returnUrl) pairs.push(["returnUrl", checkedReturnUrl("returnUrl", returnUrl, use(returnOrigins)())]);
  const url = accountPage(use(sites), page);
  // Users a partner manages have no token: they sign in on the page.
  if (user !== undefined && "token" in user) return client.signedUrl(url, pairs, user);
  return pairs.length === 0 ? url : `${url}?${encodePairs(pairs)}`;
}
