/** For whom and where a call is made. Knows nothing of HTTP headers: who serves clients builds sessions. */

/** Where a call shops. A shop id makes 7digital ignore the country, so exactly one of the two is kept.
 *  `country` is ISO 3166-1 alpha-2 in upper case: "GB" and "gb" would be remembered apart.
 *  @see API document, "Country and Shop" */
export type Store = { readonly country: string } | { readonly shopId: string };

export interface Session {
  readonly store: Store;
}
