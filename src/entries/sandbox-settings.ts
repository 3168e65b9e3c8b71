/** The settings of a service for which a sandbox is every host of 7digital's, without TLS. */
import type { Settings } from "./settings.js";

/** @param url Base URL of its API. */
export function sandboxSettings(url: string, { key, secret }: { readonly key: string; readonly secret: string }): Settings {
  const { origin } = new URL(url);
  return {
    SEVENDIGITAL_CONSUMER_KEY: key,
    SEVENDIGITAL_CONSUMER_SECRET: secret,
    SEVENDIGITAL_BASE_URL: url,
    SEVENDIGITAL_SECURE_BASE_URL: url,
    SEVENDIGITAL_ACCOUNT_URL: origin,
    SEVENDIGITAL_MEDIA_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_URL: `${origin}/media`,
    SEVENDIGITAL_STREAM_SERVICE_URL: origin,
    SEVENDIGITAL_PREVIEW_URL: origin,
  };
}
