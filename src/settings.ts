/** Every setting of the service: its name in the environment, its meaning, its default and what it may be. */
import { z } from "zod";
import {
  apiUrl,
  country,
  listed,
  origin,
  postgresUrl,
  sealingKey,
  secretWord,
  shopId,
  url,
  wholeNumber,
  word,
  yesOrNo,
} from "./setting-values.js";

export interface Setting<T> {
  readonly description: string;
  /** Undefined for settings that may be left out altogether. */
  readonly fallback?: string;
  readonly value: z.ZodType<T>;
  /** A secret may stand in a file that `<NAME>_FILE` names, and is never shown. */
  readonly secret?: true;
}

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
    fallback: "https://api.7digital.com/1.2",
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
    description: "Calls to 7digital at once, beside purchases.",
    fallback: "64",
    value: wholeNumber(1, 1024),
  }),
  SEVENDIGITAL_MAX_WAITING: setting({
    description: "Calls that may wait for one of them to end; more are refused at once.",
    fallback: "400",
    value: wholeNumber(0, 100_000),
  }),
  SEVENDIGITAL_MAX_WAIT_MS: setting({
    description: "Milliseconds that such a call waits before it is refused.",
    fallback: "1000",
    value: wholeNumber(0, 60_000),
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
  QUOTA_RESERVE_PERCENT: setting({
    description: "Share of the day's calls kept for baskets, lockers and purchases.",
    fallback: "5",
    value: wholeNumber(0, 90),
  }),
  QUOTA_CALLER_PERCENT: setting({
    description: "Share of the day's calls that one caller may cause in an hour; 100 for no bound.",
    fallback: "20",
    value: wholeNumber(1, 100),
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
    description: "Folder of the SQLite file where attempts to purchase are recorded: ./data, or a temporary one on the embedded sandbox.",
    value: z.string(),
  }),
  DATABASE_URL: optionalSetting({
    description: "PostgreSQL database where attempts to purchase are recorded instead, for copies on several machines. TLS by its sslmode.",
    value: postgresUrl,
    secret: true,
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
  PURCHASES_AT_ONCE: setting({ description: "Calls at once that spend money.", fallback: "4", value: wholeNumber(1, 64) }),
  PROFILE: optionalSetting({
    description:
      "open: GraphiQL, introspection, GET for everybody. locked: for none but your own servers. open on the sandbox, else locked.",
    value: z.enum(["open", "locked"], { error: '"open" or "locked"' }),
  }),
  ALLOWED_ORIGINS: optionalSetting({
    description: "Origins whose pages may ask from a browser (CORS). Without it those of no other origin may.",
    value: listed(origin),
  }),
  GATEWAY_SECRET: optionalSetting({
    description: "What a gateway of your own sends as x-7d-gateway-secret, to be held to its own limits and not to a browser's.",
    value: secretWord,
    secret: true,
  }),
  METRICS_SECRET: optionalSetting({
    description: "Bearer token for /metrics. Without it nobody gets them in the profile `locked`.",
    value: secretWord,
    secret: true,
  }),
  TRUSTED_PROXIES: setting({
    description: "How many proxies before us add to X-Forwarded-For; 0 believes none of it.",
    fallback: "0",
    value: wholeNumber(0, 10),
  }),
  PERSISTED_OPERATIONS: optionalSetting({
    description: "JSON file of the operations of your clients, by their SHA-256 in hex, as code generators write it.",
    value: z.string(),
  }),
  PERSISTED_ONLY: setting({ description: "Whether those are the only ones to be executed.", fallback: "false", value: yesOrNo }),
  LIMIT_BODY_BYTES: setting({ description: "Most bytes of a request's body.", fallback: "100000", value: wholeNumber(1000, 10_000_000) }),
  LIMIT_DOCUMENT_BYTES: setting({
    description: "Most bytes of an operation's document.",
    fallback: "16384",
    value: wholeNumber(100, 1_000_000),
  }),
  LIMIT_TOKENS: setting({ description: "Most tokens of a document.", fallback: "2000", value: wholeNumber(10, 100_000) }),
  LIMIT_DEPTH: setting({ description: "Deepest nesting of fields, introspection apart.", fallback: "15", value: wholeNumber(2, 100) }),
  LIMIT_ALIASES: setting({ description: "Most aliases of a document.", fallback: "30", value: wholeNumber(0, 10_000) }),
  LIMIT_GATEWAY_ALIASES: setting({ description: "The same for your gateway.", fallback: "200", value: wholeNumber(0, 10_000) }),
  LIMIT_ROOT_FIELDS: setting({ description: "Most fields of a query at its root.", fallback: "20", value: wholeNumber(1, 1000) }),
  LIMIT_MUTATIONS: setting({
    description: "Most mutations of an operation; of those that spend money there may be one.",
    fallback: "5",
    value: wholeNumber(1, 100),
  }),
  LIMIT_DIRECTIVES: setting({ description: "Most directives of a document.", fallback: "20", value: wholeNumber(0, 1000) }),
  LIMIT_UPSTREAM_CALLS: setting({
    description: "Most calls to 7digital that one operation may cost.",
    fallback: "125",
    value: wholeNumber(1, 10_000),
  }),
  LIMIT_OPERATION_MS: setting({
    description: "Milliseconds for an operation; one that spends money has what that takes besides.",
    fallback: "15000",
    value: wholeNumber(100, 120_000),
  }),
  LIMIT_OPERATIONS_PER_MINUTE: optionalSetting({
    description: "Operations a minute of one caller without credentials; 0 for no bound. 60, or 0 in the profile `open`.",
    value: wholeNumber(0, 1_000_000),
  }),
  LIMIT_PURCHASES_PER_MINUTE: setting({
    description: "Purchases a minute of one user; 0 for no bound.",
    fallback: "5",
    value: wholeNumber(0, 1_000_000),
  }),
  LIMIT_VOUCHERS_PER_MINUTE: setting({
    description: "Vouchers a minute that one caller may try; 0 for no bound.",
    fallback: "5",
    value: wholeNumber(0, 1_000_000),
  }),
  LIMIT_SOCKETS: setting({ description: "Most connections of clients at once.", fallback: "500", value: wholeNumber(1, 100_000) }),
  LIMIT_SOCKETS_PER_CLIENT: setting({
    description: "Most of them of one address, and most of its requests at once behind TRUSTED_PROXIES; 0 for no bound.",
    fallback: "100",
    value: wholeNumber(0, 100_000),
  }),
  KEEP_ALIVE_MS: setting({
    description: "Milliseconds that a connection may be idle; longer than your load balancer keeps it.",
    fallback: "75000",
    value: wholeNumber(1000, 3_600_000),
  }),
  STOP_GRACE_MS: setting({
    description: "Milliseconds that a stop waits for what is under way.",
    fallback: "60000",
    value: wholeNumber(0, 600_000),
  }),
  LOG_LEVEL: setting({
    description: "From which level on is logged, as JSON lines on stderr: silent, error, warn, info or debug.",
    fallback: "warn",
    value: z.enum(["silent", "error", "warn", "info", "debug"], { error: "silent, error, warn, info or debug" }),
  }),
} as const;
