/** Settings: where 7digital is, and the key for it. All of them need the key. */
import { optionalSetting, secretSetting, setting } from "./setting.js";
import { apiUrl, url, word } from "./setting-values.js";

export const upstreamSettings = {
  consumerKey: secretSetting("SEVENDIGITAL_CONSUMER_KEY", word, "Your key for the 7digital API. Without it the embedded sandbox answers."),
  consumerSecret: secretSetting("SEVENDIGITAL_CONSUMER_SECRET", word, "The secret that belongs to the key; signs calls."),
  baseUrl: setting("SEVENDIGITAL_BASE_URL", "https://api.7digital.com/1.2", apiUrl, "Where the 7digital API is. Goes with a key."),
  secureBaseUrl: optionalSetting("SEVENDIGITAL_SECURE_BASE_URL", apiUrl, "The same for signed calls; by default the base URL with https."),
  accountUrl: setting(
    "SEVENDIGITAL_ACCOUNT_URL",
    "https://account.7digital.com",
    url,
    "Where 7digital's pages for signing in and paying are.",
  ),
  mediaUrl: setting("SEVENDIGITAL_MEDIA_URL", "https://media.geo.7digital.com/media", url, "Where downloads are."),
  streamUrl: setting("SEVENDIGITAL_STREAM_URL", "https://stream.geo.7digital.com/media", url, "Where streams are."),
  streamServiceUrl: setting(
    "SEVENDIGITAL_STREAM_SERVICE_URL",
    "https://stream.svc.7digital.net",
    url,
    "Where streams for subscriptions and radio are.",
  ),
  previewUrl: setting("SEVENDIGITAL_PREVIEW_URL", "https://previews.7digital.com", url, "Where clips to listen to before buying are."),
};
