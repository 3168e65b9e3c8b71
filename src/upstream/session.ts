/** For whom and where a call is made. Knows nothing of HTTP headers: who serves clients builds sessions. */
import type { Token } from "./oauth.js";

/** Where a call shops. A shop id makes 7digital ignore the country, so exactly one of the two is kept.
 *  `country` is ISO 3166-1 alpha-2 in upper case: "GB" and "gb" would be remembered apart.
 *  @see API document, "Country and Shop" */
export type Store = { readonly country: string } | { readonly shopId: string };

/** How a user is named to 7digital: by a token of OAuth's, or, among users whom a partner manages, by the partner's own id for them in a
 *  call that is signed without a token. Both are secrets of the user's. */
export type UserCredential = { readonly token: Token } | { readonly partnerUserId: string };

export interface Session {
  readonly store: Store;
  /** Undefined where nobody has signed in. */
  readonly user?: UserCredential | undefined;
}
