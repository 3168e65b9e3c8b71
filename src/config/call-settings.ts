/** Settings: how 7digital is called. */
import { listSetting, numberSetting, optionalSetting, setting } from "./setting.js";
import { country, shopId, usageTypes } from "./setting-values.js";

const mebibyte = 1024 * 1024;

export const callSettings = {
  country: setting("SEVENDIGITAL_COUNTRY", "GB", country, "Store of requests that name none."),
  shopId: optionalSetting("SEVENDIGITAL_SHOP_ID", shopId, "Shop of requests that name none; instead of the country."),
  usageTypes: listSetting(
    "SEVENDIGITAL_USAGE_TYPES",
    usageTypes,
    "What music is used for: download, subscriptionstreaming, adsupportedstreaming, separated by commas; unset leaves it to 7digital.",
  ),
  timeoutMs: numberSetting("SEVENDIGITAL_TIMEOUT_MS", 5000, [100, 60_000], "Milliseconds for a whole call, a second try included."),
  maxConnections: numberSetting("SEVENDIGITAL_MAX_CONNECTIONS", 64, [1, 1024], "Calls to 7digital at once, beside purchases."),
  maxWaiting: numberSetting("SEVENDIGITAL_MAX_WAITING", 400, [0, 100_000], "Calls that may wait for those; more are rejected."),
  maxWaitMs: numberSetting("SEVENDIGITAL_MAX_WAIT_MS", 1000, [0, 60_000], "Milliseconds that such a call waits before it is rejected."),
  pageSizeLimit: numberSetting(
    "SEVENDIGITAL_PAGE_SIZE_LIMIT",
    500,
    [10, 500],
    "Largest page to request; falls when answers are cut shorter.",
  ),
  batchSize: numberSetting(
    "SEVENDIGITAL_BATCH_SIZE",
    0,
    [0, 50],
    "Most releases or tracks to request details of in one call, if your key has the methods; 0 for one each.",
  ),
  maxAnswerBytes: numberSetting(
    "SEVENDIGITAL_MAX_ANSWER_BYTES",
    4 * mebibyte,
    [1024, 64 * mebibyte],
    "Most bytes of one answer, as sent and inflated.",
  ),
  quotaReservePercent: numberSetting(
    "QUOTA_RESERVE_PERCENT",
    5,
    [0, 90],
    "Share of the day's calls kept for baskets, lockers and purchases.",
  ),
  quotaCallerPercent: numberSetting(
    "QUOTA_CALLER_PERCENT",
    20,
    [1, 100],
    "Share of the day's calls that one caller may cause in an hour; 100 for no limit.",
  ),
  quotaGatewayPercent: numberSetting(
    "QUOTA_GATEWAY_PERCENT",
    100,
    [1, 100],
    "Share of the day's calls that your gateway may cause in an hour; 100 for no limit.",
  ),
  responseCacheBytes: numberSetting(
    "RESPONSE_CACHE_MAX_BYTES",
    32 * mebibyte,
    [0, 8192 * mebibyte],
    "Memory for whole responses made of cached answers; 0 keeps none.",
  ),
  cacheBytes: numberSetting("CACHE_MAX_BYTES", 128 * mebibyte, [0, 8192 * mebibyte], "Memory for cached answers; 0 caches nothing."),
};
