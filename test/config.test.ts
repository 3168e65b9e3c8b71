import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, describeSettings, readConfig } from "../src/config.js";

function mistakes(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

describe("the configuration", () => {
  it("needs nothing from the environment", () => {
    expect(readConfig({})).toEqual({
      port: 4000,
      host: "127.0.0.1",
      upstream: undefined,
      defaultStore: { country: "GB" },
      timeoutMs: 5000,
      maxConnections: 64,
      pageSizeLimit: 500,
      maxAnswerBytes: 4 * 1024 * 1024,
      cacheBytes: 128 * 1024 * 1024,
      operatorSecret: undefined,
      trustPlainTokens: false,
      sealingKeys: [],
      accessTokenDays: 30,
      quoteMinutes: 60,
      returnOrigins: [],
      dataDirectory: undefined,
      databaseUrl: undefined,
      purchaseTimeoutMs: 30_000,
      settleDelaysMs: [0, 2000, 5000],
      maxWaiting: 400,
      maxWaitMs: 1000,
      quotaReservePercent: 5,
      quotaCallerPercent: 20,
      purchasesAtOnce: 4,
      profile: "open",
      allowedOrigins: [],
      gatewaySecret: undefined,
      metricsSecret: undefined,
      trustedProxies: 0,
      persistedOperations: undefined,
      persistedOnly: false,
      limits: {
        bodyBytes: 100_000,
        documentBytes: 16_384,
        tokens: 2000,
        depth: 15,
        aliases: 30,
        gatewayAliases: 200,
        rootFields: 20,
        mutations: 5,
        directives: 20,
        upstreamCalls: 125,
        operationMs: 15_000,
        operationsPerMinute: 0,
        purchasesPerMinute: 5,
        vouchersPerMinute: 5,
        sockets: 500,
      },
      stopGraceMs: 60_000,
      logLevel: "warn",
    });
  });

  it("locks itself as soon as there is a key, whatever NODE_ENV says, unless it is told not to", () => {
    const key = { SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret", NODE_ENV: "development" };
    expect(readConfig(key)).toMatchObject({ profile: "locked", limits: { operationsPerMinute: 60 } });
    expect(readConfig({ ...key, PROFILE: "open" })).toMatchObject({ profile: "open", limits: { operationsPerMinute: 0 } });
    expect(readConfig({ PROFILE: "locked", NODE_ENV: "development" })).toMatchObject({ profile: "locked" });
    expect(readConfig({ NODE_ENV: "production" })).toMatchObject({ profile: "open" });
    expect(mistakes({ PROFILE: "production" })).toEqual(['PROFILE must be "open" or "locked".']);
  });

  it("takes persisted operations alone only where there are some", () => {
    expect(mistakes({ PERSISTED_ONLY: "true" })).toEqual(["PERSISTED_ONLY goes with PERSISTED_OPERATIONS, which is not set."]);
  });

  it("talks to the real API as soon as there is a key", () => {
    expect(readConfig({ SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" }).upstream).toEqual({
      baseUrl: "http://api.7digital.com/1.2",
      secureBaseUrl: "https://api.7digital.com/1.2",
      accountUrl: "https://account.7digital.com",
      mediaUrl: "https://media.geo.7digital.com/media",
      streamUrl: "https://stream.geo.7digital.com/media",
      previewUrl: "https://previews.7digital.com",
      consumerKey: "key",
      consumerSecret: "secret",
    });
  });

  it("sends what is signed where the rest goes, by https, unless told otherwise", () => {
    const key = { SEVENDIGITAL_CONSUMER_KEY: "key" };
    const secureOf = (more: Readonly<Record<string, string>>) => readConfig({ ...key, ...more }).upstream?.secureBaseUrl;
    expect(secureOf({ SEVENDIGITAL_BASE_URL: "http://api.example/1.2" })).toBe("https://api.example/1.2");
    expect(secureOf({ SEVENDIGITAL_SECURE_BASE_URL: "http://127.0.0.1:9/1.2/" })).toBe("http://127.0.0.1:9/1.2");
    expect(readConfig({ ...key, SEVENDIGITAL_ACCOUNT_URL: "http://127.0.0.1:9/" }).upstream?.accountUrl).toBe("http://127.0.0.1:9");
    expect(mistakes({ SEVENDIGITAL_ACCOUNT_URL: "http://127.0.0.1:9" })).toEqual([
      "SEVENDIGITAL_ACCOUNT_URL goes with SEVENDIGITAL_CONSUMER_KEY, which is not set.",
    ]);
  });

  it("reads who may act for users, and how", () => {
    const config = readConfig({ OPERATOR_SECRET: "0123456789abcdef", TRUST_PLAIN_TOKENS: "true", ACCESS_TOKEN_DAYS: "1" });
    expect(config).toMatchObject({ operatorSecret: "0123456789abcdef", trustPlainTokens: true, accessTokenDays: 1 });
    expect(mistakes({ OPERATOR_SECRET: "0123456789abcde", TRUST_PLAIN_TOKENS: "yes", ACCESS_TOKEN_DAYS: "366" })).toEqual([
      "OPERATOR_SECRET must be at least 16 characters without spaces.",
      'TRUST_PLAIN_TOKENS must be "true" or "false".',
      "ACCESS_TOKEN_DAYS must be a whole number from 1 to 365.",
    ]);
  });

  it("reads keys to seal with, in order, each under its name", () => {
    const now = Buffer.alloc(32, 1);
    const before = Buffer.alloc(32, 2);
    const keys = `2026-02:${now.toString("base64")}, 2026-01:${before.toString("base64")}`;
    expect(readConfig({ SEALING_KEYS: keys }).sealingKeys).toEqual([
      { kid: "2026-02", secret: now },
      { kid: "2026-01", secret: before },
    ]);
  });

  it.each([
    ["short", `one:${Buffer.alloc(31).toString("base64")}`],
    ["long", `one:${Buffer.alloc(33).toString("base64")}`],
    ["without a name", Buffer.alloc(32).toString("base64")],
    ["that is no base64", `one:${"!".repeat(43)}=`],
  ])("refuses a sealing key %s, without repeating it", (_what, keys) => {
    expect(mistakes({ SEALING_KEYS: keys })).toEqual([
      "SEALING_KEYS must be pairs of a name and 32 bytes in base64 (name:key), separated by commas.",
    ]);
  });

  it("refuses two sealing keys of one name, of which only one could open", () => {
    const [one, two] = [1, 2].map((byte) => `a:${Buffer.alloc(32, byte).toString("base64")}`);
    expect(mistakes({ SEALING_KEYS: `${one ?? ""},${two ?? ""}` })).toEqual(["SEALING_KEYS must be keys of different names."]);
  });

  it("reads origins to return to, and takes nothing else for one", () => {
    const origins = "https://shop.example, http://localhost:8080";
    expect(readConfig({ RETURN_ORIGINS: origins }).returnOrigins).toEqual(["https://shop.example", "http://localhost:8080"]);
    for (const wrong of [
      "*",
      "shop.example",
      "https://shop.example/",
      "https://shop.example/back",
      "https://*.example",
      "HTTPS://shop.example",
    ]) {
      const advice = "RETURN_ORIGINS must be origins such as https://shop.example, separated by commas.";
      expect(mistakes({ RETURN_ORIGINS: wrong }), wrong).toEqual([advice]);
    }
  });

  it("reads how purchases are made, and where they are recorded", () => {
    const config = readConfig({
      PURCHASE_TIMEOUT_MS: "100",
      PURCHASE_SETTLE_MS: "0",
      QUOTE_MINUTES: "5",
      DATA_DIRECTORY: "/var/lib/7digital",
    });
    expect(config).toMatchObject({ purchaseTimeoutMs: 100, settleDelaysMs: [0], quoteMinutes: 5, dataDirectory: "/var/lib/7digital" });
    for (const url of ["postgres://db.example/shop", "postgresql://user:p%40ss@db.example:5433/shop?sslmode=verify-full"]) {
      expect(readConfig({ DATABASE_URL: url }).databaseUrl).toBe(url);
    }
    for (const wrong of ["mysql://db.example/shop", "db.example", "postgres://", "postgres://a b/c"]) {
      expect(mistakes({ DATABASE_URL: wrong }), wrong).toEqual(["DATABASE_URL must be a URL that begins with postgres://."]);
    }
    expect(mistakes({ PURCHASE_SETTLE_MS: "0,soon", QUOTE_MINUTES: "0" })).toEqual([
      "QUOTE_MINUTES must be a whole number from 1 to 1440.",
      "PURCHASE_SETTLE_MS must be a whole number from 0 to 60000.",
    ]);
  });

  it("reads values, and takes empty ones for not set", () => {
    const config = readConfig({ PORT: "0", HOST: "0.0.0.0", SEVENDIGITAL_COUNTRY: "de", SEVENDIGITAL_SHOP_ID: "", CACHE_MAX_BYTES: "0" });
    expect(config).toMatchObject({ port: 0, host: "0.0.0.0", defaultStore: { country: "DE" }, cacheBytes: 0 });
    expect(readConfig({ SEVENDIGITAL_SHOP_ID: "34" }).defaultStore).toEqual({ shopId: "34" });
  });

  it("names every mistake at once", () => {
    expect(
      mistakes({
        PORT: "70000",
        SEVENDIGITAL_TIMEOUT_MS: "soon",
        SEVENDIGITAL_COUNTRY: "ZZ",
        SEVENDIGITAL_BASE_URL: "ftp://api.7digital.com/1.2",
        SEVENDIGITAL_CONSUMER_KEYS: "x",
      }),
    ).toEqual([
      "SEVENDIGITAL_CONSUMER_KEYS is no setting; --help lists all.",
      "PORT must be a whole number from 0 to 65535.",
      "SEVENDIGITAL_BASE_URL must be an http(s) URL without user, query and fragment that ends in /1.2.",
      'SEVENDIGITAL_COUNTRY must be two letters of ISO 3166-1, for example "GB".',
      "SEVENDIGITAL_TIMEOUT_MS must be a whole number from 100 to 60000.",
      "SEVENDIGITAL_BASE_URL goes with SEVENDIGITAL_CONSUMER_KEY, which is not set.",
    ]);
  });

  it("wants the base URL to end in the version, with or without a slash behind", () => {
    const key = { SEVENDIGITAL_CONSUMER_KEY: "key" };
    expect(readConfig({ ...key, SEVENDIGITAL_BASE_URL: "https://127.0.0.1:9/1.2/" }).upstream?.baseUrl).toBe("https://127.0.0.1:9/1.2");
    expect(mistakes({ ...key, SEVENDIGITAL_BASE_URL: "https://api.7digital.com" })).toHaveLength(1);
  });

  it.each([
    "https://user:s3cr3t@host.example/1.2",
    "https://s3cr3t@host.example/1.2",
    "https://@host.example/1.2",
    "https://host.example?s3cr3t@evil.example/1.2",
    "https://host.example/1.2?s3cr3t/1.2",
    "https://host.example/1.2#/1.2",
    "https://host.example/ /1.2",
    "https:host.example/1.2",
    "https:\\\\host.example/1.2",
    "ftp://host.example/1.2",
  ])("takes no URL of 7digital's that holds more than where it is: %s", (value) => {
    for (const name of ["BASE", "SECURE_BASE", "ACCOUNT", "MEDIA", "STREAM", "PREVIEW"].map((word) => `SEVENDIGITAL_${word}_URL`)) {
      const told = mistakes({ SEVENDIGITAL_CONSUMER_KEY: "key", [name]: value });
      const ending = name.includes("BASE") ? " that ends in /1.2." : ".";
      expect(told).toEqual([`${name} must be an http(s) URL without user, query and fragment${ending}`]);
    }
  });

  it("never repeats a value, which may be a secret in the wrong place", () => {
    const secret = "s3cr3t with spaces";
    expect(mistakes({ SEVENDIGITAL_CONSUMER_KEY: secret, SEVENDIGITAL_COUNTRY: secret, PORT: secret }).join()).not.toContain("s3cr3t");
  });

  it("takes secrets from files", () => {
    const folder = mkdtempSync(join(tmpdir(), "config-"));
    const file = join(folder, "secret");
    writeFileSync(file, "from-file\n");
    const key = { SEVENDIGITAL_CONSUMER_KEY: "key" };
    expect(readConfig({ ...key, SEVENDIGITAL_CONSUMER_SECRET_FILE: file }).upstream?.consumerSecret).toBe("from-file");
    expect(mistakes({ ...key, SEVENDIGITAL_CONSUMER_SECRET_FILE: file, SEVENDIGITAL_CONSUMER_SECRET: "x" })).toEqual([
      "SEVENDIGITAL_CONSUMER_SECRET and SEVENDIGITAL_CONSUMER_SECRET_FILE are both set: keep one.",
    ]);
    rmSync(folder, { recursive: true });
    expect(mistakes({ ...key, SEVENDIGITAL_CONSUMER_SECRET_FILE: file })).toEqual([
      "SEVENDIGITAL_CONSUMER_SECRET_FILE names a file that can not be read.",
    ]);
  });

  it("describes every setting with its default", () => {
    const help = describeSettings();
    expect(help).toContain("PORT ");
    expect(help).toContain("(default 4000)");
    expect(help).toContain("or SEVENDIGITAL_CONSUMER_SECRET_FILE");
  });
});
