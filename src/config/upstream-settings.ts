/** Settings: where 7digital is, and the key for it. All of them need the key. */
import { optionalSetting, setting } from "./setting.js";
import { apiUrl, url, word } from "./setting-values.js";

export const upstreamSettings = {
  consumerKey: optionalSetting("SEVENDIGITAL_CONSUMER_KEY", {
    description: "Your key for the 7digital API. Without it the embedded sandbox answers.",
    value: word,
    secret: true,
  }),
  consumerSecret: optionalSetting("SEVENDIGITAL_CONSUMER_SECRET", {
    description: "The secret that belongs to the key; signs calls.",
    value: word,
    secret: true,
  }),
  baseUrl: setting("SEVENDIGITAL_BASE_URL", {
    description: "Where the 7digital API is. Goes with a key.",
    fallback: "https://api.7digital.com/1.2",
    value: apiUrl,
  }),
  secureBaseUrl: optionalSetting("SEVENDIGITAL_SECURE_BASE_URL", {
    description: "The same for signed calls; the base URL with https when it is not set.",
    value: apiUrl,
  }),
  accountUrl: setting("SEVENDIGITAL_ACCOUNT_URL", {
    description: "Where 7digital's pages for signing in and paying are.",
    fallback: "https://account.7digital.com",
    value: url,
  }),
  mediaUrl: setting("SEVENDIGITAL_MEDIA_URL", {
    description: "Where downloads are.",
    fallback: "https://media.geo.7digital.com/media",
    value: url,
  }),
  streamUrl: setting("SEVENDIGITAL_STREAM_URL", {
    description: "Where streams are.",
    fallback: "https://stream.geo.7digital.com/media",
    value: url,
  }),
  previewUrl: setting("SEVENDIGITAL_PREVIEW_URL", {
    description: "Where clips to listen to before buying are.",
    fallback: "https://previews.7digital.com",
    value: url,
  }),
};
