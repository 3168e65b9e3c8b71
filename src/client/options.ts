/** What a client is made with, and what a call may override. */
import type { Auth, Effect, Verb } from "../upstream/endpoint.js";

/** A token of 7digital's with its secret: an access token, or a request token that is to become one. Both parts are secrets. */
export interface Token {
  readonly token: string;
  readonly secret: string;
}

/** The user of a call: by a token (3-legged), or by the ID that a partner gave to a user whom the partner manages (2-legged with `userId`). */
export type User = Token | { readonly partnerUserId: string };

export type ParamValue = string | number | boolean | readonly (string | number)[];

/** Parameters of all calls that take them and do not set them. */
export interface DefaultParams {
  /** ISO 3166-1 alpha-2, in either case. "GB" if no default and no call names a store. */
  readonly country?: string | undefined;
  /** Goes before a country that is set at the same place. */
  readonly shopId?: string | undefined;
  /** Width of pictures in pixels. */
  readonly imageSize?: number | undefined;
  readonly pageSize?: number | undefined;
  readonly [name: string]: ParamValue | undefined;
}

/** What calls have in common. */
export interface Defaults {
  readonly defaultParams?: DefaultParams | undefined;
  /** Of calls that are signed for a user; null for none. */
  readonly user?: User | null | undefined;
}

export interface ClientOptions extends Defaults {
  readonly consumerKey: string;
  /** A secret. Without it no call can be signed. */
  readonly consumerSecret?: string | undefined;
  /** Without a slash at the end. Default: https://api.7digital.com/1.2 */
  readonly baseUrl?: string | undefined;
  /** Of signed calls. Default: the base URL with https. */
  readonly secureBaseUrl?: string | undefined;
  /** 7digital's pages for users. Default: https://account.7digital.com */
  readonly accountUrl?: string | undefined;
  /** PEM of the certificate authority to trust instead of those that Node knows. */
  readonly ca?: string | undefined;
  /** As the variables HTTP_PROXY, HTTPS_PROXY and NO_PROXY of curl. Default: no proxy. */
  readonly proxy?: ProxyOptions | undefined;
  /** What music is used for, sent with reads of the catalogue: download, subscriptionstreaming, adsupportedstreaming. */
  readonly usageTypes?: readonly UsageType[] | undefined;
  /** For a whole call, a second try included. Default: 5000 */
  readonly timeoutMs?: number | undefined;
  /** For a call that spends money. Default: 30000 */
  readonly purchaseTimeoutMs?: number | undefined;
  /** Calls at once. Default: 64 */
  readonly maxConnections?: number | undefined;
  /** Memory for cached responses; 0 for no cache. Default: 128 MiB */
  readonly cacheBytes?: number | undefined;
  /** Share of the daily quota that is kept for users, baskets and purchases. Default: 5 */
  readonly quotaReservePercent?: number | undefined;
}

export interface ProxyOptions {
  readonly http?: string | undefined;
  readonly https?: string | undefined;
  /** Hosts without a proxy, separated by commas. */
  readonly except?: string | undefined;
}

export type UsageType = "download" | "subscriptionstreaming" | "adsupportedstreaming";

/** Of one call. */
export interface CallOptions {
  readonly country?: string | undefined;
  readonly shopId?: string | undefined;
  readonly imageSize?: number | undefined;
  /** Null for none, where the client has one. */
  readonly user?: User | null | undefined;
  /** Makes a call although the cache has the answer, and caches the new one. */
  readonly bypassCache?: boolean | undefined;
  /** Ends the wait for a read; a call that only this one needs is not sent any more. A write or a purchase goes on. */
  readonly signal?: AbortSignal | undefined;
}

export type UntypedParams = Readonly<Record<string, ParamValue | undefined>>;

/** Of one call of any method. */
export interface RequestOptions extends CallOptions {
  /** Default: of the declared method, otherwise GET. */
  readonly verb?: Verb | undefined;
  /** Default: of the declared method, otherwise `key`. */
  readonly auth?: Auth | undefined;
  /** Default: of the declared method, otherwise `write`, for a GET of 7digital's may well change something. Say `read` for a method that changes
   *  nothing, and it is cached and retried. */
  readonly effect?: Effect | undefined;
}
