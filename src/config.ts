/** From the environment to one frozen configuration. The only reader of the environment; every mistake is reported at once. */
import { readFileSync } from "node:fs";
import { readEnvFile } from "./env-file.js";
import { proxyFor, type ProxyAddress } from "./proxy-settings.js";
import { unknownNames, type UnknownName } from "./setting-names.js";
import { settings, type Setting } from "./settings.js";

type Environment = Readonly<Record<string, string | undefined>>;

type Settings = typeof settings;
type Name = keyof Settings;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
type Values = { readonly [N in Name]: Settings[N] extends { fallback: string } ? ValueOf<Settings[N]> : ValueOf<Settings[N]> | undefined };

/** Where 7digital's services are, and who we are to them. No URL ends in a slash. */
export interface UpstreamConfig {
  /** http(s)://host[:port]/1.2 */
  readonly baseUrl: string;
  /** The same for signed calls. */
  readonly secureBaseUrl: string;
  /** PEM of whom to trust there, instead of the authorities that Node knows. */
  readonly ca?: string;
  readonly accountUrl: string;
  readonly mediaUrl: string;
  readonly streamUrl: string;
  readonly previewUrl: string;
  readonly consumerKey: string;
  readonly consumerSecret: string;
  /** The way to `baseUrl`, where it is not direct. */
  readonly proxy?: ProxyAddress | undefined;
  /** The way to `secureBaseUrl`. */
  readonly secureProxy?: ProxyAddress | undefined;
}

/** A key of AES-256, under the name that what it sealed carries. */
export interface SealingKey {
  readonly kid: string;
  readonly secret: Uint8Array;
}

/** Who may look around. `open` is for exploring: GraphiQL, introspection and GET are for everybody. `locked` is for the real shop. */
export type Profile = "open" | "locked";

/** What one request, one caller and one process may take. */
export interface Limits {
  readonly bodyBytes: number;
  readonly documentBytes: number;
  readonly tokens: number;
  /** Of nested fields. */
  readonly depth: number;
  readonly aliases: number;
  /** The same for the operator's own gateway, which aliases every field of a batch. */
  readonly gatewayAliases: number;
  /** Of a query. */
  readonly rootFields: number;
  /** Of a mutation's root fields. */
  readonly mutations: number;
  readonly directives: number;
  /** Calls to 7digital of one operation. */
  readonly upstreamCalls: number;
  /** Without the time of a call that spends money. */
  readonly operationMs: number;
  /** Of one caller without credentials; 0 for no bound. */
  readonly operationsPerMinute: number;
  /** Of one user; 0 for no bound. */
  readonly purchasesPerMinute: number;
  /** Of one caller; 0 for no bound. */
  readonly vouchersPerMinute: number;
  /** Connections of clients at once. */
  readonly sockets: number;
  /** Of one client address; 0 for no bound. */
  readonly socketsPerClient: number;
}

/** Everything the service is told from outside. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Undefined when the embedded sandbox is to answer. */
  readonly upstream: UpstreamConfig | undefined;
  readonly defaultStore: { readonly country: string } | { readonly shopId: string };
  readonly timeoutMs: number;
  readonly maxConnections: number;
  /** Calls that may wait for a connection. */
  readonly maxWaiting: number;
  readonly maxWaitMs: number;
  /** Share of the day's calls kept for what is not the catalogue. */
  readonly quotaReservePercent: number;
  /** Share of the day's calls that one caller may cause in an hour. */
  readonly quotaCallerPercent: number;
  readonly pageSizeLimit: number;
  readonly maxAnswerBytes: number;
  readonly cacheBytes: number;
  readonly operatorSecret: string | undefined;
  readonly trustPlainTokens: boolean;
  /** The first seals, all open. Empty when one is to be made up. */
  readonly sealingKeys: readonly SealingKey[];
  readonly accessTokenDays: number;
  readonly quoteMinutes: number;
  readonly returnOrigins: readonly string[];
  /** Undefined where nobody chose one. */
  readonly dataDirectory: string | undefined;
  /** Of PostgreSQL, with credentials. Undefined where purchases are recorded in the data directory. */
  readonly databaseUrl: string | undefined;
  readonly purchaseTimeoutMs: number;
  /** Counted from the end of the purchase call. */
  readonly settleDelaysMs: readonly number[];
  readonly purchasesAtOnce: number;
  readonly profile: Profile;
  /** Whose pages may ask from a browser. */
  readonly allowedOrigins: readonly string[];
  readonly gatewaySecret: string | undefined;
  readonly metricsSecret: string | undefined;
  /** How many proxies before us add to X-Forwarded-For. */
  readonly trustedProxies: number;
  /** A file. */
  readonly persistedOperations: string | undefined;
  readonly persistedOnly: boolean;
  readonly limits: Limits;
  /** How long an idle connection of a client is kept open. */
  readonly keepAliveMs: number;
  readonly stopGraceMs: number;
  readonly logLevel: "silent" | "error" | "warn" | "info" | "debug";
  /** A warning for each name in the environment that is not read and looks like a setting. */
  readonly unknownNames: readonly string[];
}

const goWithKey: readonly Name[] = [
  "SEVENDIGITAL_CONSUMER_SECRET",
  "SEVENDIGITAL_BASE_URL",
  "SEVENDIGITAL_SECURE_BASE_URL",
  "SEVENDIGITAL_ACCOUNT_URL",
  "SEVENDIGITAL_MEDIA_URL",
  "SEVENDIGITAL_STREAM_URL",
  "SEVENDIGITAL_PREVIEW_URL",
];

/** Every mistake in the environment, one a line. Never holds a value. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";

  constructor(readonly mistakes: readonly string[]) {
    super(`The configuration has ${String(mistakes.length)} mistake(s):\n${mistakes.map((mistake) => `  ${mistake}`).join("\n")}`);
  }
}

/** The configuration of this process. @throws ConfigError naming every mistake */
export function readProcessConfig(): Config {
  const { values, mistakes } = readEnvFile(".env");
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  return readConfig(process.env, values);
}

/** @param own The environment of the process: a name that is set there, even to nothing, wins.
 *  @param envFile What the file .env adds. It is for this service alone, so a name in it that only looks like a setting is a mistake.
 *  @throws ConfigError naming every mistake */
export function readConfig(own: Environment, envFile: Environment = {}): Config {
  const environment = { ...envFile, ...own };
  const ignored = unknownNames(Object.keys(own), knownNames);
  const mistakes = [
    ...ignored.filter(isRefused).map(toldOf),
    ...unknownNames(Object.keys(envFile), knownNames).map((unknown) => `.env: ${toldOf(unknown)}`),
  ];
  const values = Object.fromEntries(
    Object.entries<Setting<unknown>>(settings).map(([name, declared]) => [name, readSetting(name, declared, environment, mistakes)]),
  ) as unknown as Values;
  const { SEVENDIGITAL_CONSUMER_KEY: consumerKey, SEVENDIGITAL_CONSUMER_SECRET: consumerSecret } = values;
  mistakes.push(...missingCompanions(environment, values));
  const proxies = consumerKey === undefined ? {} : proxiesOf(values, [own, envFile], mistakes);
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const shop = values.SEVENDIGITAL_SHOP_ID;
  const profile = values.PROFILE ?? (consumerKey === undefined ? "open" : "locked");
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    upstream: consumerKey === undefined ? undefined : { ...upstreamOf(values, consumerKey, consumerSecret ?? ""), ...proxies },
    defaultStore: shop === undefined ? { country: values.SEVENDIGITAL_COUNTRY } : { shopId: shop },
    timeoutMs: values.SEVENDIGITAL_TIMEOUT_MS,
    maxConnections: values.SEVENDIGITAL_MAX_CONNECTIONS,
    maxWaiting: values.SEVENDIGITAL_MAX_WAITING,
    maxWaitMs: values.SEVENDIGITAL_MAX_WAIT_MS,
    quotaReservePercent: values.QUOTA_RESERVE_PERCENT,
    quotaCallerPercent: values.QUOTA_CALLER_PERCENT,
    pageSizeLimit: values.SEVENDIGITAL_PAGE_SIZE_LIMIT,
    maxAnswerBytes: values.SEVENDIGITAL_MAX_ANSWER_BYTES,
    cacheBytes: values.CACHE_MAX_BYTES,
    operatorSecret: values.OPERATOR_SECRET,
    trustPlainTokens: values.TRUST_PLAIN_TOKENS,
    sealingKeys: values.SEALING_KEYS ?? [],
    accessTokenDays: values.ACCESS_TOKEN_DAYS,
    quoteMinutes: values.QUOTE_MINUTES,
    returnOrigins: values.RETURN_ORIGINS ?? [],
    dataDirectory: values.DATA_DIRECTORY,
    databaseUrl: values.DATABASE_URL,
    purchaseTimeoutMs: values.PURCHASE_TIMEOUT_MS,
    settleDelaysMs: values.PURCHASE_SETTLE_MS,
    purchasesAtOnce: values.PURCHASES_AT_ONCE,
    profile,
    allowedOrigins: values.ALLOWED_ORIGINS ?? [],
    gatewaySecret: values.GATEWAY_SECRET,
    metricsSecret: values.METRICS_SECRET,
    trustedProxies: values.TRUSTED_PROXIES,
    persistedOperations: values.PERSISTED_OPERATIONS,
    persistedOnly: values.PERSISTED_ONLY,
    limits: limitsOf(values, profile),
    keepAliveMs: values.KEEP_ALIVE_MS,
    stopGraceMs: values.STOP_GRACE_MS,
    logLevel: values.LOG_LEVEL,
    unknownNames: ignored.filter((unknown) => !isRefused(unknown)).map(toldOf),
  });
}

function missingCompanions(environment: Environment, values: Values): readonly string[] {
  const withoutKey = values.SEVENDIGITAL_CONSUMER_KEY === undefined ? goWithKey.filter((name) => isSet(environment, name)) : [];
  const mistakes = withoutKey.map((name) => `${name} goes with SEVENDIGITAL_CONSUMER_KEY, which is not set.`);
  if (values.PERSISTED_ONLY && values.PERSISTED_OPERATIONS === undefined) {
    mistakes.push("PERSISTED_ONLY goes with PERSISTED_OPERATIONS, which is not set.");
  }
  return mistakes;
}

/** A real shop's callers are many and unknown; whoever explores is alone. */
function limitsOf(values: Values, profile: Profile): Limits {
  return {
    bodyBytes: values.LIMIT_BODY_BYTES,
    documentBytes: values.LIMIT_DOCUMENT_BYTES,
    tokens: values.LIMIT_TOKENS,
    depth: values.LIMIT_DEPTH,
    aliases: values.LIMIT_ALIASES,
    gatewayAliases: values.LIMIT_GATEWAY_ALIASES,
    rootFields: values.LIMIT_ROOT_FIELDS,
    mutations: values.LIMIT_MUTATIONS,
    directives: values.LIMIT_DIRECTIVES,
    upstreamCalls: values.LIMIT_UPSTREAM_CALLS,
    operationMs: values.LIMIT_OPERATION_MS,
    operationsPerMinute: values.LIMIT_OPERATIONS_PER_MINUTE ?? (profile === "open" ? 0 : 60),
    purchasesPerMinute: values.LIMIT_PURCHASES_PER_MINUTE,
    vouchersPerMinute: values.LIMIT_VOUCHERS_PER_MINUTE,
    sockets: values.LIMIT_SOCKETS,
    socketsPerClient: values.LIMIT_SOCKETS_PER_CLIENT,
  };
}

function upstreamOf(values: Values, consumerKey: string, consumerSecret: string): UpstreamConfig {
  const baseUrl = values.SEVENDIGITAL_BASE_URL;
  return {
    baseUrl,
    secureBaseUrl: secureBaseUrlOf(values) ?? baseUrl,
    accountUrl: values.SEVENDIGITAL_ACCOUNT_URL,
    mediaUrl: values.SEVENDIGITAL_MEDIA_URL,
    streamUrl: values.SEVENDIGITAL_STREAM_URL,
    previewUrl: values.SEVENDIGITAL_PREVIEW_URL,
    consumerKey,
    consumerSecret,
  };
}

function secureBaseUrlOf(values: Partial<Values>): string | undefined {
  return values.SEVENDIGITAL_SECURE_BASE_URL ?? values.SEVENDIGITAL_BASE_URL?.replace(/^http:/i, "https:");
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? "") !== "" || (environment[`${name}_FILE`] ?? "") !== "";
}

/** @param values Without those that are mistakes. */
function proxiesOf(values: Partial<Values>, environments: readonly Environment[], mistakes: string[]) {
  const urls = [values.SEVENDIGITAL_BASE_URL, secureBaseUrlOf(values)];
  const [proxy, secureProxy] = urls.map((url) => (url === undefined ? undefined : proxyFor(url, environments, mistakes)));
  return { ...(proxy && { proxy }), ...(secureProxy && { secureProxy }) };
}

const knownNames = Object.entries<Setting<unknown>>(settings).flatMap(([name, { secret }]) => (secret ? [name, `${name}_FILE`] : [name]));

/** Our own prefix is nobody else's; what merely looks like ours in the environment may belong to another program. */
function isRefused({ name }: UnknownName): boolean {
  return name.startsWith("SEVENDIGITAL_");
}

function toldOf({ name, meant }: UnknownName): string {
  return `${name} is not a setting; ${meant === undefined ? "--help lists all." : `did you mean ${meant}?`}`;
}

function readSetting(name: string, declared: Setting<unknown>, environment: Environment, mistakes: string[]): unknown {
  const given = rawValue(name, declared, environment, mistakes);
  if (given === undefined) return undefined;
  const parsed = declared.value.safeParse(given);
  if (parsed.success) return parsed.data;
  mistakes.push(`${name} must be ${parsed.error.issues[0]?.message ?? "valid"}.`);
  return undefined;
}

function rawValue(name: string, { fallback, secret }: Setting<unknown>, environment: Environment, mistakes: string[]): string | undefined {
  const direct = environment[name]?.trim();
  const file = secret ? environment[`${name}_FILE`]?.trim() : undefined;
  if (direct && file) mistakes.push(`${name} and ${name}_FILE are both set: keep one.`);
  if (direct) return direct;
  if (!file) return fallback;
  try {
    return readFileSync(file, "utf8").trim();
  } catch {
    mistakes.push(`${name}_FILE names a file that can not be read.`);
    return undefined;
  }
}

/** The settings with their defaults, for `--help`. */
export function describeSettings(): string {
  const rows = Object.entries<Setting<unknown>>(settings).map(([name, { description, fallback, secret }]) => {
    const notes = [fallback === undefined ? "" : `default ${fallback}`, secret ? `or ${name}_FILE` : ""].filter((note) => note !== "");
    return `  ${name.padEnd(30)} ${description}${notes.length === 0 ? "" : ` (${notes.join("; ")})`}`;
  });
  return rows.join("\n");
}
