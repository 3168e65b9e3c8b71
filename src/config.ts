/** From the environment to one frozen configuration. The only reader of the environment; every mistake is reported at once. */
import { readFileSync } from "node:fs";
import { z } from "zod";
import { isCountryCode } from "./country-code.js";

type Environment = Readonly<Record<string, string | undefined>>;

interface Setting<T> {
  readonly description: string;
  /** Undefined for settings that may be left out altogether. */
  readonly fallback?: string;
  readonly value: z.ZodType<T>;
  /** A secret may stand in a file that `<NAME>_FILE` names, and is never shown. */
  readonly secret?: true;
}

function wholeNumber(least: number, most: number) {
  const advice = `a whole number from ${String(least)} to ${String(most)}`;
  const digits = z.string().regex(/^\d{1,15}$/, advice);
  return digits.transform(Number).refine((value) => value >= least && value <= most, advice);
}

const word = z.string().regex(/^[\x21-\x7e]+$/, "text without spaces");
const apiUrl = z
  .string()
  .transform((value) => value.replace(/\/+$/, ""))
  .refine((value) => /^https?:$/.test(URL.parse(value)?.protocol ?? "") && value.endsWith("/1.2"), "an http(s) URL that ends in /1.2");
const country = z
  .string()
  .refine(isCountryCode, 'two letters of ISO 3166-1, for example "GB"')
  .transform((value) => value.toUpperCase());
const shopId = z.string().regex(/^[1-9]\d{0,9}$/, 'a whole number, for example "34"');

function setting<T>(declared: Setting<T> & { readonly fallback: string }): Setting<T> & { readonly fallback: string } {
  return declared;
}

function optionalSetting<T>(declared: Setting<T>): Setting<T> {
  return declared;
}

const settings = {
  PORT: setting({ description: "Port to listen on; 0 takes any free one.", fallback: "4000", value: wholeNumber(0, 65_535) }),
  HOST: setting({ description: "Address to listen on; 0.0.0.0 for all.", fallback: "127.0.0.1", value: word }),
  SEVENDIGITAL_CONSUMER_KEY: optionalSetting({
    description: "Your key for the 7digital API. Without it the embedded sandbox answers.",
    value: word,
    secret: true,
  }),
  SEVENDIGITAL_CONSUMER_SECRET: optionalSetting({
    description: "The secret that belongs to the key; signs calls.",
    value: word,
    secret: true,
  }),
  SEVENDIGITAL_BASE_URL: setting({
    description: "Where the 7digital API is. Goes with a key.",
    fallback: "http://api.7digital.com/1.2",
    value: apiUrl,
  }),
  SEVENDIGITAL_COUNTRY: setting({ description: "Store of requests that name none.", fallback: "GB", value: country }),
  SEVENDIGITAL_SHOP_ID: optionalSetting({ description: "Shop of requests that name none; instead of the country.", value: shopId }),
  SEVENDIGITAL_TIMEOUT_MS: setting({
    description: "Milliseconds for a whole call to 7digital, a second try included.",
    fallback: "5000",
    value: wholeNumber(100, 60_000),
  }),
  SEVENDIGITAL_MAX_CONNECTIONS: setting({
    description: "Connections to 7digital at once.",
    fallback: "64",
    value: wholeNumber(1, 1024),
  }),
  SEVENDIGITAL_PAGE_SIZE_LIMIT: setting({
    description: "Largest page to ask for; sinks by itself when answers are cut shorter.",
    fallback: "500",
    value: wholeNumber(10, 500),
  }),
  SEVENDIGITAL_MAX_ANSWER_BYTES: setting({
    description: "Most bytes of one answer, as sent and inflated.",
    fallback: String(4 * 1024 * 1024),
    value: wholeNumber(1024, 64 * 1024 * 1024),
  }),
  CACHE_MAX_BYTES: setting({
    description: "Memory for remembered answers; 0 remembers nothing.",
    fallback: String(128 * 1024 * 1024),
    value: wholeNumber(0, 8 * 1024 * 1024 * 1024),
  }),
} as const;

type Settings = typeof settings;
type Name = keyof Settings;
type ValueOf<S> = S extends Setting<infer T> ? T : never;
type Values = { readonly [N in Name]: Settings[N] extends { fallback: string } ? ValueOf<Settings[N]> : ValueOf<Settings[N]> | undefined };

/** Everything the service is told from outside. */
export interface Config {
  readonly port: number;
  readonly host: string;
  /** Undefined when the embedded sandbox is to answer. */
  readonly upstream: { readonly baseUrl: string; readonly consumerKey: string; readonly consumerSecret: string } | undefined;
  readonly defaultStore: { readonly country: string } | { readonly shopId: string };
  readonly timeoutMs: number;
  readonly maxConnections: number;
  readonly pageSizeLimit: number;
  readonly maxAnswerBytes: number;
  readonly cacheBytes: number;
}

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
  const without = (name: Name) => isSet(environment, name) && consumerKey === undefined;
  for (const name of ["SEVENDIGITAL_CONSUMER_SECRET", "SEVENDIGITAL_BASE_URL"] as const) {
    if (without(name)) mistakes.push(`${name} goes with SEVENDIGITAL_CONSUMER_KEY, which is not set.`);
  }
  if (mistakes.length > 0) throw new ConfigError(mistakes);
  const baseUrl = values.SEVENDIGITAL_BASE_URL;
  const shop = values.SEVENDIGITAL_SHOP_ID;
  return Object.freeze({
    port: values.PORT,
    host: values.HOST,
    upstream: consumerKey === undefined ? undefined : { baseUrl, consumerKey, consumerSecret: consumerSecret ?? "" },
    defaultStore: shop === undefined ? { country: values.SEVENDIGITAL_COUNTRY } : { shopId: shop },
    timeoutMs: values.SEVENDIGITAL_TIMEOUT_MS,
    maxConnections: values.SEVENDIGITAL_MAX_CONNECTIONS,
    pageSizeLimit: values.SEVENDIGITAL_PAGE_SIZE_LIMIT,
    maxAnswerBytes: values.SEVENDIGITAL_MAX_ANSWER_BYTES,
    cacheBytes: values.CACHE_MAX_BYTES,
  });
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
