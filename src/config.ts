/** From the environment to one frozen configuration. The only reader of the environment; every mistake is reported at once. */
import { readFileSync } from "node:fs";
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
}

/** A key of AES-256, under the name that what it sealed carries. */
export interface SealingKey {
  readonly kid: string;
  readonly secret: Uint8Array;
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
  readonly purchaseTimeoutMs: number;
  /** Counted from the end of the purchase call. */
  readonly settleDelaysMs: readonly number[];
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
  return readConfig(process.env);
}

/** @throws ConfigError naming every mistake */
export function readConfig(environment: Environment): Config {
  const mistakes = unknownNames(environment);
  const values = Object.fromEntries(
    Object.entries<Setting<unknown>>(settings).map(([name, declared]) => [name, readSetting(name, declared, environment, mistakes)]),
  ) as unknown as Values;
  const { SEVENDIGITAL_CONSUMER_KEY: consumerKey, SEVENDIGITAL_CONSUMER_SECRET: consumerSecret } = values;
  for (const name of goWithKey) {
    if (isSet(environment, name) && consumerKey === undefined)
      mistakes.push(`${name} goes with SEVENDIGITAL_CONSUMER_KEY, which is not set.`);
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const shop = values.SEVENDIGITAL_SHOP_ID;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    upstream: consumerKey === undefined ? undefined : upstreamOf(values, consumerKey, consumerSecret ?? ""),
    defaultStore: shop === undefined ? { country: values.SEVENDIGITAL_COUNTRY } : { shopId: shop },
    timeoutMs: values.SEVENDIGITAL_TIMEOUT_MS,
    maxConnections: values.SEVENDIGITAL_MAX_CONNECTIONS,
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
    purchaseTimeoutMs: values.PURCHASE_TIMEOUT_MS,
    settleDelaysMs: values.PURCHASE_SETTLE_MS,
  });
}

function upstreamOf(values: Values, consumerKey: string, consumerSecret: string): UpstreamConfig {
  const baseUrl = values.SEVENDIGITAL_BASE_URL;
  return {
    baseUrl,
    secureBaseUrl: values.SEVENDIGITAL_SECURE_BASE_URL ?? baseUrl.replace(/^http:/, "https:"),
    accountUrl: values.SEVENDIGITAL_ACCOUNT_URL,
    mediaUrl: values.SEVENDIGITAL_MEDIA_URL,
    streamUrl: values.SEVENDIGITAL_STREAM_URL,
    previewUrl: values.SEVENDIGITAL_PREVIEW_URL,
    consumerKey,
    consumerSecret,
  };
}

function isSet(environment: Environment, name: string): boolean {
  return (environment[name] ?? "") !== "" || (environment[`${name}_FILE`] ?? "") !== "";
}

/** Names under our prefix that nobody reads are misspelt. */
function unknownNames(environment: Environment): string[] {
  const known = new Set(
    Object.entries<Setting<unknown>>(settings).flatMap(([name, { secret }]) => (secret ? [name, `${name}_FILE`] : [name])),
  );
  return Object.keys(environment)
    .filter((name) => name.startsWith("SEVENDIGITAL_") && !known.has(name))
    .map((name) => `${name} is no setting; --help lists all.`);
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
