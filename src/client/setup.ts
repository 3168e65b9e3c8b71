/** How the options of a client and of its calls combine, and what the client of src/upstream gets. */
import type { UpstreamConfig } from "../config/config.js";
import { ConfigError } from "../config/config-error.js";
import { proxyFor } from "../config/proxy-settings.js";
import { readSettings } from "../config/setting.js";
import { settings } from "../config/settings.js";
import { isCountryCode } from "../formats/country-code.js";
import { isShopId } from "../formats/value-formats.js";
import type { ClientOptions as UpstreamOptions } from "../upstream/client.js";
import type { Store, UserCredential } from "../upstream/session.js";
import type { ClientOptions, DefaultParams, Token, User } from "./options.js";

/** The more specific defaults win. A store is replaced as a whole: a country of one place never meets the shop of another. */
export function mergedParams(outer: DefaultParams = {}, inner: DefaultParams = {}): DefaultParams {
  const { country, shopId, ...rest } = outer;
  const namesStore = inner.country !== undefined || inner.shopId !== undefined;
  return { ...rest, ...(namesStore ? {} : { country, shopId }), ...inner };
}

/** Without the members that are undefined, which would hide others. */
export function definedOf<T extends object>(object: T): T {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== undefined)) as T;
}

/** Undefined where neither is set. @throws TypeError for what is no store */
export function storeOf({ country, shopId }: Readonly<Record<string, unknown>>): Store | undefined {
  if (shopId !== undefined) {
    const text = typeof shopId === "number" ? String(shopId) : shopId;
    if (typeof text !== "string" || !isShopId(text)) throw new TypeError("shopId must be a whole number.");
    return { shopId: text };
  }
  if (country === undefined) return undefined;
  if (typeof country !== "string" || !isCountryCode(country))
    throw new TypeError('country must be two letters of ISO 3166-1, for example "GB".');
  return { country: country.toUpperCase() };
}

/** @throws TypeError for what is no user: half a token would sign, and be rejected with a reason that helps no one */
export function credentialOf(user: User | null | undefined): UserCredential | undefined {
  if (user === undefined || user === null) return undefined;
  const { token, secret, partnerUserId }: Partial<Token & { readonly partnerUserId: string }> = user;
  if (token && secret) return { token: { key: token, secret } };
  if (!token && !secret && partnerUserId) return { partnerUserId };
  throw new TypeError("user must have a token and its secret, or a partnerUserId.");
}

/** Of a server with the same options left out. */
const fallback = readSettings(settings, {}, []);

/** Of calls for which no store is set. */
export const defaultStore: Store = { country: fallback.country };

/** Where 7digital is. No URL ends in a slash. */
export interface Addresses {
  readonly baseUrl: string;
  readonly secureBaseUrl: string;
  readonly accountUrl: string;
}

/** @throws ConfigError naming every mistake in the options; it never holds a value */
export function checkedAddresses(options: ClientOptions): Addresses {
  const { baseUrl = fallback.upstream.baseUrl, accountUrl = fallback.upstream.accountUrl } = options;
  const { secureBaseUrl = baseUrl.replace(/^http:/i, "https:") } = options;
  const addresses = { baseUrl, secureBaseUrl, accountUrl };
  const wrong = Object.entries(addresses).filter(([, url]) => !isPlainUrl(url));
  const mistakes = wrong.map(([name]) => `${name} must be an http(s) URL without user, query and fragment.`);
  if (!options.consumerKey) mistakes.push("consumerKey must be your key for the 7digital API.");
  mistakes.push(...wrongNumbers(options));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const [base, secure, account] = [baseUrl, secureBaseUrl, accountUrl].map((url) => url.replace(/\/+$/, "")) as [string, string, string];
  return { baseUrl: base, secureBaseUrl: secure, accountUrl: account };
}

const least = { timeoutMs: 1, purchaseTimeoutMs: 1, maxConnections: 1, cacheBytes: 0, quotaReservePercent: 0 };

function wrongNumbers(options: ClientOptions): readonly string[] {
  return (Object.keys(least) as (keyof typeof least)[])
    .filter((name) => {
      const value = options[name];
      return value !== undefined && !(Number.isSafeInteger(value) && value >= least[name]);
    })
    .map((name) => `${name} must be a whole number, at least ${String(least[name])}.`);
}

function isPlainUrl(text: string): boolean {
  const url = URL.parse(text);
  return url !== null && /^https?:$/.test(url.protocol) && url.username === "" && !/[?#]/.test(text);
}

/** @throws ConfigError */
export function upstreamOptions(options: ClientOptions, { baseUrl, secureBaseUrl }: Addresses): UpstreamOptions {
  const { consumerKey, consumerSecret = "", ca, usageTypes = fallback.usageTypes } = options;
  const { timeoutMs = fallback.timeoutMs, purchaseTimeoutMs = fallback.purchaseTimeoutMs } = options;
  const { maxConnections = fallback.maxConnections, cacheBytes = fallback.cacheBytes } = options;
  const { quotaReservePercent = fallback.quotaReservePercent } = options;
  const { maxWaitMs, maxWaiting, maxAnswerBytes, purchasesAtOnce } = fallback;
  return {
    ...{ consumerKey, consumerSecret, baseUrl, secureBaseUrl, ...proxiesOf(options, baseUrl, secureBaseUrl) },
    ...(ca !== undefined && { ca }),
    ...{ usageTypes, timeoutMs, purchaseTimeoutMs, maxConnections, cacheBytes, quotaReservePercent },
    ...{ maxWaitMs, maxWaiting, maxAnswerBytes, purchasesAtOnce },
  };
}

function proxiesOf({ proxy = {} }: ClientOptions, baseUrl: string, secureBaseUrl: string): Pick<UpstreamConfig, "proxy" | "secureProxy"> {
  const environment = { HTTP_PROXY: proxy.http, HTTPS_PROXY: proxy.https, NO_PROXY: proxy.except };
  const mistakes: string[] = [];
  const [plain, secure] = [baseUrl, secureBaseUrl].map((url) => proxyFor(url, [environment], mistakes));
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return { proxy: plain, secureProxy: secure };
}
