/** Every setting of the service: its name in the environment, its meaning, its default and what it may be. */
import { z } from "zod";
import { isCountryCode } from "./country-code.js";

export interface Setting<T> {
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
/** Of what is added to and shown, so nothing in it may be a secret or change what follows. */
const plainUrl = /^https?:\/\/[^\s/?#@\\]+(?:\/[^\s?#\\]*)?$/i;
const urlAdvice = "an http(s) URL without user, query and fragment";
function urlEndingIn(end: string, advice: string) {
  const trimmed = z.string().transform((value) => value.replace(/\/+$/, ""));
  return trimmed.refine((value) => plainUrl.test(value) && URL.canParse(value) && value.endsWith(end), advice);
}

const url = urlEndingIn("", urlAdvice);
const apiUrl = urlEndingIn("/1.2", `${urlAdvice} that ends in /1.2`);
const country = z
  .string()
  .refine(isCountryCode, 'two letters of ISO 3166-1, for example "GB"')
  .transform((value) => value.toUpperCase());
const shopId = z.string().regex(/^[1-9]\d{0,9}$/, 'a whole number, for example "34"');

const yesOrNo = z
  .string()
  .regex(/^(?:true|false)$/, '"true" or "false"')
  .transform((value) => value === "true");
const secretWord = z.string().regex(/^[\x21-\x7e]{16,}$/, "at least 16 characters without spaces");

/** Several values in one setting, separated by commas. */
function listed<T>(one: z.ZodType<T>) {
  const texts = z.string().transform((value) => value.split(",").map((part) => part.trim()));
  return texts.transform((values, context) =>
    values.map((value) => {
      const parsed = one.safeParse(value);
      if (parsed.success) return parsed.data;
      context.addIssue({ code: "custom", message: parsed.error.issues[0]?.message ?? "valid" });
      return z.NEVER;
    }),
  );
}

// An asterisk would be a host of that name, and no wildcard.
const origin = z.string().refine((value) => /^https?:[^*]+$/.test(value) && URL.parse(value)?.origin === value, {
  message: "origins such as https://shop.example, separated by commas",
});
const sealingKey = z
  .string()
  .regex(/^[A-Za-z0-9_-]{1,32}:[A-Za-z0-9+/]{43}=$/, "pairs of a name and 32 bytes in base64 (name:key), separated by commas")
  .transform((value) => ({ kid: value.slice(0, value.indexOf(":")), secret: Buffer.from(value.slice(value.indexOf(":") + 1), "base64") }));

function setting<T>(declared: Setting<T> & { readonly fallback: string }): Setting<T> & { readonly fallback: string } {
  return declared;
}

function optionalSetting<T>(declared: Setting<T>): Setting<T> {
  return declared;
}

export const settings = {
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
  SEVENDIGITAL_SECURE_BASE_URL: optionalSetting({
    description: "The same for signed calls; the base URL with https when it is not set.",
    value: apiUrl,
  }),
  SEVENDIGITAL_ACCOUNT_URL: setting({
    description: "Where 7digital's pages for signing in and paying are.",
    fallback: "https://account.7digital.com",
    value: url,
  }),
  SEVENDIGITAL_MEDIA_URL: setting({
    description: "Where downloads are.",
    fallback: "https://media.geo.7digital.com/media",
    value: url,
  }),
  SEVENDIGITAL_STREAM_URL: setting({
    description: "Where streams are.",
    fallback: "https://stream.geo.7digital.com/media",
    value: url,
  }),
  SEVENDIGITAL_PREVIEW_URL: setting({
    description: "Where clips to listen to before buying are.",
    fallback: "https://previews.7digital.com",
    value: url,
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
  OPERATOR_SECRET: optionalSetting({
    description: "What your own servers send as x-7d-operator-secret to act for users and partners. Without it nobody may.",
    value: secretWord,
    secret: true,
  }),
  TRUST_PLAIN_TOKENS: setting({
    description: "Whether a user's token and secret in headers are taken without the operator's secret, behind a gateway that adds them.",
    fallback: "false",
    value: yesOrNo,
  }),
  SEALING_KEYS: optionalSetting({
    description: "Keys that seal access tokens and quotes, the first for new ones. Without them one is made up at every start.",
    value: listed(sealingKey).refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, "keys of different names"),
    secret: true,
  }),
  ACCESS_TOKEN_DAYS: setting({ description: "How long a sealed access token is good for.", fallback: "30", value: wholeNumber(1, 365) }),
  QUOTE_MINUTES: setting({ description: "How long the quote of a price is good for.", fallback: "60", value: wholeNumber(1, 1440) }),
  RETURN_ORIGINS: optionalSetting({
    description: "Origins that callback, return and error URLs may lead to. Without it none may be sent.",
    value: listed(origin),
  }),
  DATA_DIRECTORY: optionalSetting({
    description: "Folder where attempts to purchase are recorded: ./data, or a temporary one on the embedded sandbox.",
    value: z.string(),
  }),
  PURCHASE_TIMEOUT_MS: setting({
    description: "Milliseconds for a call that spends money.",
    fallback: "30000",
    value: wholeNumber(100, 120_000),
  }),
  PURCHASE_SETTLE_MS: setting({
    description: "When, after a purchase whose outcome is not known, the locker is looked at, in milliseconds.",
    fallback: "0,2000,5000",
    value: listed(wholeNumber(0, 60_000)),
  }),
} as const;
