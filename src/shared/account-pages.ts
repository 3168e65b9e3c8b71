/** Addresses of 7digital's own pages for a user's payment cards. Nothing here is asked: the user's browser goes there.
 *  @see API document, "Adding a payment card" and "Displaying a list of active payment cards" */
import { returnUrl as checkedReturnUrl } from "../graph/return-url.js";
import type { Services } from "../graph/services.js";
import { encodePairs, percentEncode, type Pair } from "../upstream/percent-encoding.js";
import type { Session } from "../upstream/session.js";

/** ISO 639-1, of those the pages come in. */
export type AccountPageLanguage = "de" | "en" | "es" | "fr" | "it" | "nl" | "pt";

export interface AccountPageOptions {
  /** Where the page leads back to. */
  readonly returnUrl?: string | null | undefined;
  /** 7digital picks it by the country where there is none. */
  readonly language?: AccountPageLanguage | null | undefined;
}

type Pages = Pick<Services, "client" | "sites" | "returnOrigins">;

/** Where a card is added. For a user with a token it is signed and signs them in: a secret. @throws GraphQLError BAD_USER_INPUT */
export function addCardUrl(services: Pages, session: Session, options: AccountPageOptions): string {
  return pageUrl(services, session, "payment/addcard", options);
}

/** Where the cards on file are listed, as above. @throws GraphQLError BAD_USER_INPUT */
export function paymentCardsUrl(services: Pages, session: Session, options: AccountPageOptions): string {
  return pageUrl(services, session, "payment", options);
}

/** Absolute, without a query. @param page As 7digital names it, e.g. "oauth/authorise". */
export function accountPage({ accountUrl, consumerKey }: Services["sites"], page: string): string {
  return `${accountUrl}/${percentEncode(consumerKey)}/${page}`;
}

function pageUrl({ client, sites, returnOrigins }: Pages, { store, user }: Session, page: string, options: AccountPageOptions): string {
  const { returnUrl, language } = options;
  const pairs: Pair[] = [];
  // A shop is no country, and the pages know no shops.
  if ("country" in store) pairs.push(["country", store.country]);
  if (language) pairs.push(["lang", language]);
  if (returnUrl) pairs.push(["returnUrl", checkedReturnUrl("returnUrl", returnUrl, returnOrigins)]);
  const url = accountPage(sites, page);
  // The users a partner manages have no token to be signed in by: they sign in on the page.
  if (user !== undefined && "token" in user) return client.signedUrl(url, pairs, user);
  return pairs.length === 0 ? url : `${url}?${encodePairs(pairs)}`;
}
