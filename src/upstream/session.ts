/** The user and the store of a call. */

/** An access or request token. 2-legged requests have none. */
export interface Token {
  readonly key: string;
  readonly secret: string;
}

/** The store of a call. A shop ID makes 7digital ignore the country, so a store has exactly one of the two.
 *  `country` is ISO 3166-1 alpha-2 in upper case: "GB" and "gb" would be cached apart.
 *  @see API document, "Country and Shop" */
export type Store = { readonly country: string } | { readonly shopId: string };

/** An OAuth token; or, for users whom a partner manages, the partner's ID of them, sent in a call without a token. Both are secret. */
export type UserCredential = { readonly token: Token } | { readonly partnerUserId: string };

export interface Session {
  readonly store: Store;
  /** Undefined where no user has signed in. */
  readonly user?: UserCredential | undefined;
}
