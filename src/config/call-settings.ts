/** Settings: how 7digital is called. */
import { optionalSetting, setting } from "./setting.js";
import { country, shopId, wholeNumber } from "./setting-values.js";

export const callSettings = {
  country: setting("SEVENDIGITAL_COUNTRY", { description: "Store of requests that name none.", fallback: "GB", value: country }),
  shopId: optionalSetting("SEVENDIGITAL_SHOP_ID", {
    description: "Shop of requests that name none; instead of the country.",
    value: shopId,
  }),
  timeoutMs: setting("SEVENDIGITAL_TIMEOUT_MS", {
    description: "Milliseconds for a whole call to 7digital, a second try included.",
    fallback: "5000",
    value: wholeNumber(100, 60_000),
  }),
  maxConnections: setting("SEVENDIGITAL_MAX_CONNECTIONS", {
    description: "Calls to 7digital at once, beside purchases.",
    fallback: "64",
    value: wholeNumber(1, 1024),
  }),
  maxWaiting: setting("SEVENDIGITAL_MAX_WAITING", {
    description: "Calls that may wait for one of them to end; more are refused at once.",
    fallback: "400",
    value: wholeNumber(0, 100_000),
  }),
  maxWaitMs: setting("SEVENDIGITAL_MAX_WAIT_MS", {
    description: "Milliseconds that such a call waits before it is refused.",
    fallback: "1000",
    value: wholeNumber(0, 60_000),
  }),
  pageSizeLimit: setting("SEVENDIGITAL_PAGE_SIZE_LIMIT", {
    description: "Largest page to ask for; sinks by itself when answers are cut shorter.",
    fallback: "500",
    value: wholeNumber(10, 500),
  }),
  maxAnswerBytes: setting("SEVENDIGITAL_MAX_ANSWER_BYTES", {
    description: "Most bytes of one answer, as sent and inflated.",
    fallback: String(4 * 1024 * 1024),
    value: wholeNumber(1024, 64 * 1024 * 1024),
  }),
  quotaReservePercent: setting("QUOTA_RESERVE_PERCENT", {
    description: "Share of the day's calls kept for baskets, lockers and purchases.",
    fallback: "5",
    value: wholeNumber(0, 90),
  }),
  quotaCallerPercent: setting("QUOTA_CALLER_PERCENT", {
    description: "Share of the day's calls that one caller may cause in an hour; 100 for no bound.",
    fallback: "20",
    value: wholeNumber(1, 100),
  }),
  cacheBytes: setting("CACHE_MAX_BYTES", {
    description: "Memory for remembered answers; 0 remembers nothing.",
    fallback: String(128 * 1024 * 1024),
    value: wholeNumber(0, 8 * 1024 * 1024 * 1024),
  }),
};
