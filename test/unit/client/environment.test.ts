/** Options from the environment: our variables, those of 7digital's Node client, and what is set in code. */
import { describe, expect, it } from "vitest";
import { clientOptionsFromEnv, ConfigError, createClient, type ClientOptions } from "../../../src/client/client.js";

const nodeClient = { _7D_API_CLIENT_CONSUMER_KEY: "node-key", _7D_API_CLIENT_CONSUMER_SECRET: "node-secret" };

function mistakesOf(make: () => unknown): readonly string[] {
  try {
    make();
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("clientOptionsFromEnv", () => {
  it("reads our settings", () => {
    const environment = {
      ...{ SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret", SEVENDIGITAL_COUNTRY: "de" },
      ...{ SEVENDIGITAL_BASE_URL: "http://api.example/1.2/", SEVENDIGITAL_TIMEOUT_MS: "700", CACHE_MAX_BYTES: "0", PORT: "x" },
      ...{ HTTPS_PROXY: "http://proxy.example:3128", no_proxy: "localhost", SEVENDIGITAL_USAGE_TYPES: "download" },
    };
    expect(clientOptionsFromEnv(environment)).toMatchObject({
      ...{ consumerKey: "key", consumerSecret: "secret", baseUrl: "http://api.example/1.2", timeoutMs: 700, cacheBytes: 0 },
      ...{ defaultParams: { country: "DE" }, user: undefined, usageTypes: ["download"] },
      proxy: { http: undefined, https: "http://proxy.example:3128", except: "localhost" },
    });
  });

  it("reads those of 7digital's Node client", () => {
    expect(clientOptionsFromEnv(nodeClient)).toMatchObject({ consumerKey: "node-key", consumerSecret: "node-secret", baseUrl: undefined });
    const all = {
      ...nodeClient,
      ...{ _7D_API_CLIENT_USER_TOKEN: "token", _7D_API_CLIENT_USER_SECRET: "token-secret" },
      ...{ _7D_API_CLIENT_HOST: "plain.example", _7D_API_CLIENT_SSL_HOST: "secure.example", _7D_API_CLIENT_PORT: "8080" },
    };
    expect(clientOptionsFromEnv(all)).toMatchObject({
      user: { token: "token", secret: "token-secret" },
      baseUrl: "http://plain.example:8080/1.2",
      secureBaseUrl: "https://secure.example:8080/1.2",
    });
    expect(clientOptionsFromEnv({ ...nodeClient, _7D_API_CLIENT_PREFIX: "1.3" })).toMatchObject({
      baseUrl: "http://api.7digital.com/1.3",
      secureBaseUrl: "https://api.7digital.com/1.3",
    });
    expect(clientOptionsFromEnv({ ...all, _7D_API_CLIENT_PREFIX: "Empty" })).toMatchObject({ baseUrl: "http://plain.example:8080" });
  });

  it("prefers our names, never mixes key and secret of two places, and prefers code to both", () => {
    const both = {
      ...nodeClient,
      _7D_API_CLIENT_HOST: "plain.example",
      SEVENDIGITAL_CONSUMER_KEY: "key",
      SEVENDIGITAL_BASE_URL: "https://x.example/1.2",
    };
    const found = clientOptionsFromEnv(both);
    expect(found).toMatchObject({
      consumerKey: "key",
      consumerSecret: undefined,
      baseUrl: "https://x.example/1.2",
      secureBaseUrl: undefined,
    });
    const own: Partial<ClientOptions> = {
      consumerKey: "own",
      baseUrl: "https://own.example",
      defaultParams: { shopId: "34", pageSize: 5 },
    };
    const secret = { SEVENDIGITAL_CONSUMER_SECRET: "secret", SEVENDIGITAL_SECURE_BASE_URL: "https://y.example/1.2" };
    const merged = clientOptionsFromEnv({ ...both, ...secret, SEVENDIGITAL_COUNTRY: "DE" }, own);
    expect(merged).toMatchObject({ consumerKey: "own", baseUrl: "https://own.example" });
    expect([merged.consumerSecret, merged.secureBaseUrl]).toEqual([undefined, undefined]);
    expect(merged.defaultParams).toEqual({ shopId: "34", pageSize: 5 });
    expect(clientOptionsFromEnv({}, own)).toMatchObject({ consumerKey: "own" });
  });

  it("reports every mistake at once, and no value", () => {
    const wrong = {
      _7D_API_CLIENT_PORT: "http",
      _7D_API_CLIENT_USER_TOKEN: "lonely",
      SEVENDIGITAL_COUNTRY: "Germany",
      _7D_API_CLIENT_CONSUMER_SECRET: "a secret",
    };
    expect(mistakesOf(() => clientOptionsFromEnv(wrong))).toEqual([
      "_7D_API_CLIENT_CONSUMER_SECRET must be text without spaces.",
      "_7D_API_CLIENT_PORT must be a whole number from 1 to 65535.",
      "_7D_API_CLIENT_USER_TOKEN and _7D_API_CLIENT_USER_SECRET go together.",
      'SEVENDIGITAL_COUNTRY must be two letters of ISO 3166-1, for example "GB".',
      "SEVENDIGITAL_CONSUMER_KEY is not set.",
    ]);
  });
});

describe("createClient", () => {
  it("reports every option that is wrong, and no value", () => {
    const options = { consumerKey: "", baseUrl: "https://user:password@api.example", accountUrl: "account?x" };
    expect(mistakesOf(() => createClient(options))).toEqual([
      "baseUrl must be an http(s) URL without user, query and fragment.",
      "secureBaseUrl must be an http(s) URL without user, query and fragment.",
      "accountUrl must be an http(s) URL without user, query and fragment.",
      "consumerKey must be your key for the 7digital API.",
    ]);
    const numbers = { timeoutMs: 0, cacheBytes: Number.NaN, quotaReservePercent: 0 };
    expect(mistakesOf(() => createClient({ consumerKey: "key", ...numbers }))).toEqual([
      "timeoutMs must be a whole number, at least 1.",
      "cacheBytes must be a whole number, at least 0.",
    ]);
    expect(mistakesOf(() => createClient({ consumerKey: "key", proxy: { https: "socks5://proxy.example" } }))).toHaveLength(1);
  });
});
