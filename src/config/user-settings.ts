/** Settings: credentials of users, and their purchases. */
import { z } from "zod";
import { listSetting, optionalSetting, setting } from "./setting.js";
import { listed, origin, postgresUrl, sealingKey, secretWord, wholeNumber, yesOrNo } from "./setting-values.js";

export const userSettings = {
  operatorSecret: optionalSetting("OPERATOR_SECRET", {
    description: "What your own servers send as x-7d-operator-secret to act for users and partners. Without it none may.",
    value: secretWord,
    secret: true,
  }),
  trustPlainTokens: setting("TRUST_PLAIN_TOKENS", {
    description: "Whether a user's token and secret in headers are taken without the operator's secret, behind a gateway that adds them.",
    fallback: "false",
    value: yesOrNo,
  }),
  sealingKeys: listSetting("SEALING_KEYS", {
    description: "Keys that seal access tokens and quotes, the first for new ones. Without them one is made up at every start.",
    value: listed(sealingKey).refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, "keys of different names"),
    secret: true,
  }),
  accessTokenDays: setting("ACCESS_TOKEN_DAYS", {
    description: "How long a sealed access token is good for.",
    fallback: "30",
    value: wholeNumber(1, 365),
  }),
  quoteMinutes: setting("QUOTE_MINUTES", {
    description: "How long the quote of a price is good for.",
    fallback: "60",
    value: wholeNumber(1, 1440),
  }),
  returnOrigins: listSetting("RETURN_ORIGINS", {
    description: "Origins that callback, return and error URLs may lead to. Without it none may be sent.",
    value: listed(origin),
  }),
  dataDirectory: optionalSetting("DATA_DIRECTORY", {
    description: "Folder of the SQLite file where attempts to purchase are recorded: ./data, or a temporary one on the embedded sandbox.",
    value: z.string(),
  }),
  databaseUrl: optionalSetting("DATABASE_URL", {
    description: "PostgreSQL database where attempts to purchase are recorded instead, for copies on several machines. TLS by its sslmode.",
    value: postgresUrl,
    secret: true,
  }),
  purchaseTimeoutMs: setting("PURCHASE_TIMEOUT_MS", {
    description: "Milliseconds for a call that spends money.",
    fallback: "30000",
    value: wholeNumber(100, 120_000),
  }),
  settleDelaysMs: setting("PURCHASE_SETTLE_MS", {
    description: "When, after a purchase whose outcome is not known, the locker is looked at, in milliseconds.",
    fallback: "0,2000,5000",
    value: listed(wholeNumber(0, 60_000)),
  }),
  purchasesAtOnce: setting("PURCHASES_AT_ONCE", {
    description: "Calls at once that spend money.",
    fallback: "4",
    value: wholeNumber(1, 64),
  }),
};
