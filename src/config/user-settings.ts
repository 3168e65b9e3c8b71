/** Settings: credentials of users, and their purchases. */
import { z } from "zod";
import { listSetting, numberSetting, optionalSetting, secretSetting, setting } from "./setting.js";
import { listed, origin, postgresUrl, sealingKeys, secretWord, wholeNumber, yesOrNo } from "./setting-values.js";

export const userSettings = {
  operatorSecret: secretSetting(
    "OPERATOR_SECRET",
    secretWord,
    "What your own servers send as x-7d-operator-secret to act for users and partners. Without it none may.",
  ),
  trustPlainTokens: setting(
    "TRUST_PLAIN_TOKENS",
    "false",
    yesOrNo,
    "Whether a user's token and secret in headers are taken without the operator's secret, behind a gateway that adds them.",
  ),
  sealingKeys: listSetting(
    "SEALING_KEYS",
    sealingKeys,
    "Keys that seal access tokens and quotes, the first for new ones. Without them one is made up at every start.",
    { secret: true },
  ),
  accessTokenDays: numberSetting("ACCESS_TOKEN_DAYS", 30, [1, 365], "How long a sealed access token is good for."),
  quoteMinutes: numberSetting("QUOTE_MINUTES", 60, [1, 1440], "How long the quote of a price is good for."),
  returnOrigins: listSetting(
    "RETURN_ORIGINS",
    listed(origin),
    "Origins that callback, return and error URLs may lead to. Without it none may be sent.",
  ),
  dataDirectory: optionalSetting(
    "DATA_DIRECTORY",
    z.string(),
    "Folder of the SQLite file where attempts to purchase are recorded: ./data, or a temporary one on the embedded sandbox.",
  ),
  databaseUrl: secretSetting(
    "DATABASE_URL",
    postgresUrl,
    "PostgreSQL database where attempts to purchase are recorded instead, for copies on several machines. TLS by its sslmode.",
  ),
  purchaseTimeoutMs: numberSetting("PURCHASE_TIMEOUT_MS", 30_000, [100, 120_000], "Milliseconds for a call that spends money."),
  settleDelaysMs: setting(
    "PURCHASE_SETTLE_MS",
    "0,2000,5000",
    listed(wholeNumber(0, 60_000)),
    "When to look into the locker after a purchase whose outcome is not known, in milliseconds.",
  ),
  purchasesAtOnce: numberSetting("PURCHASES_AT_ONCE", 4, [1, 64], "Calls at once that spend money."),
};
