/** Options from environment variables: the settings of the server, and those of 7digital's own Node client (npm `7digital-api`). */
import { ConfigError } from "../config/config-error.js";
import { optionalSetting, type Setting } from "../config/setting.js";
import { wholeNumber, word } from "../config/setting-values.js";
import { settings } from "../config/settings.js";
import type { ClientOptions, ProxyOptions, User } from "./options.js";
import { definedOf, mergedParams } from "./setup.js";

const { upstream } = settings;

/** Of 7digital's client. */
const defaultHost = "api.7digital.com";

/** Its variables. */
const aliases = {
  consumerKey: optionalSetting("_7D_API_CLIENT_CONSUMER_KEY", word, "Your key."),
  consumerSecret: optionalSetting("_7D_API_CLIENT_CONSUMER_SECRET", word, "Its secret."),
  token: optionalSetting("_7D_API_CLIENT_USER_TOKEN", word, "The token of a user."),
  secret: optionalSetting("_7D_API_CLIENT_USER_SECRET", word, "Its secret."),
  host: optionalSetting("_7D_API_CLIENT_HOST", word, "Host of unsigned calls."),
  sslHost: optionalSetting("_7D_API_CLIENT_SSL_HOST", word, "Host of signed calls."),
  port: optionalSetting("_7D_API_CLIENT_PORT", wholeNumber(1, 65_535), "Port of both."),
  prefix: optionalSetting("_7D_API_CLIENT_PREFIX", word, "Beginning of all paths; empty for none."),
};

/** Options that may lack the one that is required. */
type Found = Omit<ClientOptions, "consumerKey"> & { readonly consumerKey?: string | undefined };

type Environment = Readonly<Record<string, string | undefined>>;
type Read = <T>(setting: Setting<T>) => T | undefined;

/** The options that variables set, under those of your own. SEVENDIGITAL_* go before _7D_API_CLIENT_*.
 *  @param environment Such as `process.env`.
 *  @throws ConfigError naming every mistake; it never holds a value */
export function clientOptionsFromEnv(environment: Environment, own: Partial<ClientOptions> = {}): ClientOptions {
  const mistakes: string[] = [];
  const read: Read = (setting) => (setting.isSet(environment) ? setting.read(environment, mistakes) : undefined);
  const { timeoutMs, purchaseTimeoutMs, maxConnections, cacheBytes, quotaReservePercent, usageTypes, country, shopId } = settings;
  const options: Found = {
    ...(own.consumerKey === undefined && consumerOf(read)),
    ...(own.baseUrl === undefined && own.secureBaseUrl === undefined && hostsOf(read)),
    accountUrl: read(upstream.accountUrl),
    user: userOf(read, mistakes),
    proxy: proxyOf(environment),
    usageTypes: read(usageTypes),
    timeoutMs: read(timeoutMs),
    purchaseTimeoutMs: read(purchaseTimeoutMs),
    maxConnections: read(maxConnections),
    cacheBytes: read(cacheBytes),
    quotaReservePercent: read(quotaReservePercent),
    ...definedOf(own),
    defaultParams: mergedParams(definedOf({ country: read(country), shopId: read(shopId) }), own.defaultParams),
  };
  const { consumerKey } = options;
  if (consumerKey === undefined) mistakes.push(`${upstream.consumerKey.name} is not set.`);
  if (consumerKey === undefined || mistakes.length > 0) throw new ConfigError([...new Set(mistakes)]);
  return { ...options, consumerKey };
}

/** A key and a secret of different places do not belong together. */
function consumerOf(read: Read): Found {
  const { consumerKey, consumerSecret } = read(upstream.consumerKey) === undefined ? aliases : upstream;
  return { consumerKey: read(consumerKey), consumerSecret: read(consumerSecret) };
}

/** As with a key, those of one place only. */
function hostsOf(read: Read): Found {
  const own = { baseUrl: read(upstream.baseUrl), secureBaseUrl: read(upstream.secureBaseUrl) };
  const [host, sslHost, port, prefix] = [read(aliases.host), read(aliases.sslHost), read(aliases.port), read(aliases.prefix)];
  const hasAlias = [host, sslHost, port, prefix].some((value) => value !== undefined);
  if (own.baseUrl !== undefined || own.secureBaseUrl !== undefined || !hasAlias) return own;
  // As 7digital's client: one port for http and https, and unsigned calls by http.
  const path = [prefix ?? "1.2"].filter((one) => one.toLowerCase() !== "empty").map((one) => `/${one}`);
  const rest = `${port === undefined ? "" : `:${String(port)}`}${path.join("")}`;
  return { baseUrl: `http://${host ?? defaultHost}${rest}`, secureBaseUrl: `https://${sslHost ?? defaultHost}${rest}` };
}

function userOf(read: Read, mistakes: string[]): User | undefined {
  const { token: tokenSetting, secret: secretSetting } = aliases;
  const [token, secret] = [read(tokenSetting), read(secretSetting)];
  if (token !== undefined && secret !== undefined) return { token, secret };
  if (token !== undefined || secret !== undefined) mistakes.push(`${tokenSetting.name} and ${secretSetting.name} go together.`);
  return undefined;
}

function proxyOf(environment: Environment): ProxyOptions {
  const read = (name: string): string | undefined => environment[name.toLowerCase()] || environment[name];
  return { http: read("HTTP_PROXY"), https: read("HTTPS_PROXY"), except: read("NO_PROXY") };
}
