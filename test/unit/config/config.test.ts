import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../../src/config/config-error.js";
import { describeSettings, readConfig, readGiven } from "../../../src/config/config.js";

function mistakes(...environments: Parameters<typeof readConfig>): readonly string[] {
  try {
    readConfig(...environments);
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
      processes: 1,
      redisUrl: undefined,
      upstream: undefined,
      defaultStore: { country: "GB" },
      timeoutMs: 5000,
      maxConnections: 64,
      usageTypes: [],
      pageSizeLimit: 500,
      batchSize: 0,
      maxAnswerBytes: 4 * 1024 * 1024,
      responseCacheBytes: 32 * 1024 * 1024,
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
      quotaGatewayPercent: 100,
      purchasesAtOnce: 4,
      profile: "open",
      allowedOrigins: [],
      gatewaySecret: undefined,
      schemaPrefix: "",
      metricsSecret: undefined,
      trustedProxies: 0,
      persistedOperations: undefined,
      automaticBytes: 4_194_304,
      publicCaching: false,
      persistedOnly: false,
      mcp: true,
      mcpPurchases: false,
      limits: {
        bodyBytes: 100_000,
        documentBytes: 16_384,
        tokens: 2000,
        depth: 15,
        aliases: 30,
        jsonValues: 2500,
        gatewayDocumentBytes: 100_000,
        gatewayTokens: 20_000,
        gatewayJsonValues: 10_000,
        gatewayAliases: 200,
        gatewayUpstreamCalls: 500,
        representations: 500,
        rootFields: 20,
        mutations: 5,
        directives: 20,
        upstreamCalls: 125,
        operationMs: 15_000,
        operationsPerMinute: 0,
        purchasesPerMinute: 5,
        vouchersPerMinute: 5,
        passwordsPerMinute: 10,
        subscriptions: 200,
        subscriptionsPerUser: 10,
        sockets: 500,
        socketsPerClient: 100,
      },
      keepAliveMs: 75_000,
      fastLane: true,
      stopDrainMs: 2000,
      stopGraceMs: 60_000,
      logLevel: "warn",
      unknownNames: [],
    });
  });

  it("takes usage types, each once, in any case", () => {
    const typesOf = (value: string) => readConfig({ SEVENDIGITAL_USAGE_TYPES: value }).usageTypes;
    expect(typesOf("")).toEqual([]);
    expect(typesOf("download, subscriptionStreaming")).toEqual(["download", "subscriptionstreaming"]);
    const advice = "download, subscriptionstreaming, adsupportedstreaming, or several of them separated by commas";
    for (const wrong of ["stream", "download,", "download;subscriptionstreaming"]) {
      expect(mistakes({ SEVENDIGITAL_USAGE_TYPES: wrong })).toEqual([`SEVENDIGITAL_USAGE_TYPES must be ${advice}.`]);
    }
    const twice = "SEVENDIGITAL_USAGE_TYPES must be usage types that are each named once.";
    expect(mistakes({ SEVENDIGITAL_USAGE_TYPES: "download,Download" })).toEqual([twice]);
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
    expect(mistakes({ PERSISTED_AUTOMATIC_BYTES: "-1" })).toHaveLength(1);
    expect(mistakes({ PUBLIC_CACHING: "maybe" })).toHaveLength(1);
    expect(readConfig({ PUBLIC_CACHING: "true", PERSISTED_AUTOMATIC_BYTES: "0" })).toMatchObject({
      publicCaching: true,
      automaticBytes: 0,
    });
    expect(mistakes({ PERSISTED_ONLY: "true" })).toEqual(["PERSISTED_ONLY goes with PERSISTED_OPERATIONS, which is not set."]);
  });

  it("gives agents tools in the profile open, unless MCP says otherwise", () => {
    expect(readConfig({ PROFILE: "locked" }).mcp).toBe(false);
    expect(readConfig({ PROFILE: "locked", MCP: "on" }).mcp).toBe(true);
    expect(readConfig({ PROFILE: "open", MCP: "off" }).mcp).toBe(false);
    expect(mistakes({ MCP: "true", MCP_PURCHASES: "on" })).toEqual([
      'MCP must be "on" or "off".',
      'MCP_PURCHASES must be "true" or "false".',
    ]);
  });

  it("talks to the real API as soon as there is a key", () => {
    expect(readConfig({ SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" }).upstream).toEqual({
      baseUrl: "https://api.7digital.com/1.2",
      secureBaseUrl: "https://api.7digital.com/1.2",
      accountUrl: "https://account.7digital.com",
      mediaUrl: "https://media.geo.7digital.com/media",
      streamUrl: "https://stream.geo.7digital.com/media",
      streamServiceUrl: "https://stream.svc.7digital.net",
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

  it("reads how many items are asked for in one call", () => {
    expect(["0", "1", "50"].map((size) => readConfig({ SEVENDIGITAL_BATCH_SIZE: size }).batchSize)).toEqual([0, 1, 50]);
    for (const size of ["51", "-1", "2.5", "all"]) {
      expect(mistakes({ SEVENDIGITAL_BATCH_SIZE: size })).toEqual(["SEVENDIGITAL_BATCH_SIZE must be a whole number from 0 to 50."]);
    }
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
    for (const url of ["redis://127.0.0.1:6379", "rediss://user:p%40ss@redis.example/3"]) {
      expect(readConfig({ REDIS_URL: url }).redisUrl).toBe(url);
    }
    for (const wrong of ["127.0.0.1:6379", "redis://", "http://redis.example", "redis:// a"]) {
      expect(mistakes({ REDIS_URL: wrong }), wrong).toEqual(["REDIS_URL must be a URL that begins with redis:// or rediss://."]);
    }
    for (const wrong of ["redis://127.0.0.1/shop", "redis://127.0.0.1?db=shop", "redis://:50%off@127.0.0.1", "redis://:%ff@127.0.0.1"]) {
      expect(mistakes({ REDIS_URL: wrong }), wrong).toEqual([
        "REDIS_URL must be a URL like rediss://user:password@host:6379/0, with special characters of the password as %23.",
      ]);
    }
    expect(mistakes({ REDIS_URL: "redis://127.0.0.1", SEVENDIGITAL_CONSUMER_KEY: "key" })).toEqual([
      expect.stringMatching(/^REDIS_URL goes with SEALING_KEYS, which is not set: all copies need the same keys/),
      expect.stringMatching(/^REDIS_URL goes with DATABASE_URL, which is not set/),
    ]);
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
      "SEVENDIGITAL_CONSUMER_KEYS is not a setting; did you mean SEVENDIGITAL_CONSUMER_KEY?",
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
      const found = mistakes({ SEVENDIGITAL_CONSUMER_KEY: "key", [name]: value });
      const ending = name.includes("BASE") ? " that ends in /1.2." : ".";
      expect(found).toEqual([`${name} must be an http(s) URL without user, query and fragment${ending}`]);
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
      "SEVENDIGITAL_CONSUMER_SECRET_FILE names a file that cannot be read.",
    ]);
  });

  it("describes every setting with its default", () => {
    const help = describeSettings();
    expect(help).toContain("PORT ");
    expect(help).toContain("(default 4000)");
    expect(help).toContain("or SEVENDIGITAL_CONSUMER_SECRET_FILE");
  });
});

it("several processes are a number, or one for each core", () => {
  expect(readConfig({ PROCESSES: "8" }).processes).toBe(8);
  expect(readConfig({ PROCESSES: "auto" }).processes).toBe(Math.min(64, availableParallelism()));
  for (const wrong of ["0", "65", "-1", "1.5", "all", "AUTO"]) {
    expect(mistakes({ PROCESSES: wrong })).toEqual(['PROCESSES must be "auto" or a whole number from 1 to 64.']);
  }
});

describe("settings that a program gives", () => {
  it("are those of the environment, as strings, numbers or booleans", () => {
    const given = readGiven({ PORT: 0, HOST: "::1", MCP_PURCHASES: true, SEVENDIGITAL_COUNTRY: undefined });
    expect(given).toEqual(readConfig({ PORT: "0", HOST: "::1", MCP_PURCHASES: "true" }));
  });

  it("are of one process", () => {
    expect(readGiven({ PROCESSES: 1 }).processes).toBe(1);
    expect(() => readGiven({ PROCESSES: 2 })).toThrow("PROCESSES must be 1 here: only the command starts several.");
  });

  it("include proxies", () => {
    const given = { SEVENDIGITAL_CONSUMER_KEY: "key", HTTPS_PROXY: "http://proxy.example:3128" };
    expect(readGiven(given).upstream?.proxy).toMatchObject({ host: "proxy.example", port: 3128 });
  });

  it("have no other names, which are listed with all other mistakes, without values", () => {
    const given = { PATH: "s3cr3t", PROT: 1, HOST: ["s3cr3t"], PORT: "s3cr3t" };
    expect(() => readGiven(given)).toThrow(
      [
        "The configuration has 4 mistake(s):",
        "  PATH is not a setting; --help lists all.",
        "  PROT is not a setting; did you mean PORT?",
        "  HOST must be a string, a number or a boolean.",
        "  PORT must be a whole number from 0 to 65535.",
      ].join("\n"),
    );
  });
});

describe("names that are not settings", () => {
  const found = (name: string) => readConfig({ [name]: "s3cr3t" }).unknownNames;
  it.each([
    ["DATA_DIRECTROY", "DATA_DIRECTORY"],
    ["TRUSTED_PROXYS", "TRUSTED_PROXIES"],
    ["SEALING_KEY", "SEALING_KEYS"],
    ["SEALINGKEYS_FILE", "SEALING_KEYS_FILE"],
    ["LIMIT_DEPHT", "LIMIT_DEPTH"],
    ["LOGLEVEL", "LOG_LEVEL"],
    ["ALLOWED_ORIGIN", "ALLOWED_ORIGINS"],
    ["PROFIL", "PROFILE"],
    ["PROT", "PORT"],
    ["operator_secret", "OPERATOR_SECRET"],
  ])("are warned of in the environment where they look like one: %s", (name, meant) => {
    expect(found(name)).toEqual([`${name} is not a setting; did you mean ${meant}?`]);
  });

  it.each(["LIMIT_REQUESTS", "QUOTA_DAILY", "PURCHASE_RETRIES", "PURCHASES_PER_DAY", "CACHE_MAX_ENTRIES", "LIMIT_DEPTH_FILE", "limit_x"])(
    "are warned of in the environment where they belong to a family of ours: %s",
    (name) => {
      expect(found(name)).toEqual([`${name} is not a setting; --help lists all.`]);
    },
  );

  it("are mistakes under our own prefix, except where a platform sets them", () => {
    expect(mistakes({ SEVENDIGITAL_REGION: "x", SEVENDIGITAL_COUNTRY_FILE: "x" })).toEqual([
      "SEVENDIGITAL_REGION is not a setting; --help lists all.",
      "SEVENDIGITAL_COUNTRY_FILE is not a setting; --help lists all.",
    ]);
    expect(mistakes({ SEVENDIGITAL_GRAPHQL_SERVICE_HOST: "10.0.0.1", SEVENDIGITAL_GRAPHQL_PORT: "tcp://10.0.0.1:4000" })).toEqual([]);
  });

  it("are mistakes in the file .env where they look like a setting, and left alone where they do not", () => {
    expect(mistakes({}, { DATA_DIRECTROY: "x", LIMIT_X: "1", COMPOSE_PROJECT_NAME: "shop", POSTGRES_PASSWORD: "x" })).toEqual([
      ".env: DATA_DIRECTROY is not a setting; did you mean DATA_DIRECTORY?",
      ".env: LIMIT_X is not a setting; --help lists all.",
    ]);
  });

  it("are left alone where others use them", () => {
    const others = `PATH HOME HOSTNAME HOSTTYPE USER SHELL PWD OLDPWD LANG LC_ALL TERM TZ TMPDIR EDITOR PAGER DISPLAY LOGNAME MAIL SHLVL
      NODE_ENV NODE_OPTIONS NODE_EXTRA_CA_CERTS SSL_CERT_FILE OTEL_EXPORTER_OTLP_ENDPOINT OTEL_SERVICE_NAME CI DEBUG
      HTTP_PROXY HTTPS_PROXY NO_PROXY ALL_PROXY FTP_PROXY http_proxy https_proxy no_proxy all_proxy
      KUBERNETES_SERVICE_HOST KUBERNETES_PORT KUBERNETES_PORT_443_TCP_ADDR KUBERNETES_SERVICE_PORT_HTTPS
      PURCHASE_SERVICE_HOST PURCHASE_SERVICE_PORT PURCHASE_SERVICE_PORT_HTTP PURCHASE_PORT PURCHASE_PORT_80_TCP LIMIT_PORT_80_TCP_PROTO
      npm_config_cache npm_lifecycle_event npm_package_version INIT_CWD AWS_PROFILE AWS_REGION GOOGLE_CLOUD_PROJECT WEBSITE_HOSTNAME
      DYNO HEROKU_APP_NAME RAILWAY_ENVIRONMENT VERCEL_URL K_SERVICE PGHOST PGPORT REDIS_HOST CACHE_DIR HISTSIZE INVOCATION_ID`;
    const environment = Object.fromEntries(others.split(/\s+/).map((name) => [name, "x"]));
    expect(readConfig(environment).unknownNames).toEqual([]);
    expect(mistakes({}, environment)).toEqual([]);
  });
});

describe("the file .env", () => {
  it("gives what the environment leaves out, which wins even where it sets a name to nothing", () => {
    const file = { PORT: "1", HOST: "0.0.0.0", SEVENDIGITAL_SHOP_ID: "34" };
    expect(readConfig({ PORT: "2", SEVENDIGITAL_SHOP_ID: "" }, file)).toMatchObject({
      port: 2,
      host: "0.0.0.0",
      defaultStore: { country: "GB" },
    });
  });
});

describe("proxies", () => {
  const key = { SEVENDIGITAL_CONSUMER_KEY: "key" };
  const proxyOf = (environment: Readonly<Record<string, string>>, file = {}) =>
    readConfig({ ...key, ...environment }, file).upstream?.proxy;
  const plain = { SEVENDIGITAL_BASE_URL: "http://api.example/1.2" };

  it("are taken by the scheme of the URL that they lead to", () => {
    const both = { HTTP_PROXY: "http://plain.example:81", HTTPS_PROXY: "http://secure.example:82", ...plain };
    expect(readConfig({ ...key, ...both }).upstream).toMatchObject({
      proxy: { host: "plain.example", port: 81 },
      secureProxy: { host: "secure.example", port: 82 },
    });
    expect(readConfig({ ...key, HTTP_PROXY: "http://plain.example:81" }).upstream).not.toHaveProperty("proxy");
  });

  it("are read in lower case first, from the environment before the file", () => {
    const at = (host: string) => `http://${host}.example`;
    expect(proxyOf({ https_proxy: at("lower"), HTTPS_PROXY: at("upper") })?.host).toBe("lower.example");
    expect(proxyOf({ https_proxy: "", HTTPS_PROXY: at("upper") })?.host).toBe("upper.example");
    expect(proxyOf({ HTTPS_PROXY: at("upper") }, { https_proxy: at("file") })?.host).toBe("upper.example");
    expect(proxyOf({}, { HTTPS_PROXY: at("file") })?.host).toBe("file.example");
    expect(proxyOf({ HTTPS_PROXY: "" }, { https_proxy: at("file") })).toBeUndefined();
    expect(proxyOf({ no_proxy: "*" }, { HTTPS_PROXY: at("file") })).toBeUndefined();
  });

  const user = (text: string) => `Basic ${Buffer.from(text).toString("base64")}`;
  it.each([
    ["http://proxy.example:3128", { tls: false, host: "proxy.example", port: 3128, authorization: undefined }],
    ["http://proxy.example:3128/", { tls: false, host: "proxy.example", port: 3128, authorization: undefined }],
    ["proxy.example:3128", { tls: false, host: "proxy.example", port: 3128, authorization: undefined }],
    ["HTTP://proxy.example", { tls: false, host: "proxy.example", port: 80, authorization: undefined }],
    ["https://proxy.example", { tls: true, host: "proxy.example", port: 443, authorization: undefined }],
    ["http://[::1]:3128", { tls: false, host: "::1", port: 3128, authorization: undefined }],
    ["http://me:p%40ss%3Aw@proxy.example", { tls: false, host: "proxy.example", port: 80, authorization: user("me:p@ss:w") }],
    ["http://me@proxy.example", { tls: false, host: "proxy.example", port: 80, authorization: user("me:") }],
    ["http://m%C3%BC:%E2%82%AC@proxy.example", { tls: false, host: "proxy.example", port: 80, authorization: user("mü:€") }],
  ])("are read from %s", (value, proxy) => {
    expect(proxyOf({ HTTPS_PROXY: value })).toEqual(proxy);
  });

  it.each([
    "socks5://s3cr3t.example:1080",
    "ftp://s3cr3t.example",
    "http://me:s3cr3t/x@proxy.example:3128",
    "http://me:1234#s3cr3t@proxy.example:3128",
    "http://me:1234?s3cr3t@proxy.example:3128",
    "http://me:s3cr3t%zz@proxy.example",
    "http://proxy.example/s3cr3t",
    "http://proxy.example:s3cr3t",
    "http://",
    "s3cr3t proxy",
  ])("that cannot be used are refused, without repeating them: %s", (value) => {
    for (const name of ["HTTPS_PROXY", "https_proxy"]) {
      expect(mistakes({ ...key, [name]: value })).toEqual([
        `${name} must be the URL of an HTTP proxy such as http://user:password@proxy.example:3128; SOCKS is not supported.`,
      ]);
    }
  });

  it("are reported with every other mistake, and only where they would be used", () => {
    const wrong = { HTTPS_PROXY: "socks5://x" };
    expect(mistakes({ ...key, ...wrong, SEVENDIGITAL_BASE_URL: "nowhere", PORT: "x" })).toHaveLength(2);
    expect(mistakes({ ...key, ...wrong, PORT: "x" })).toHaveLength(2);
    expect(mistakes({ ...key, HTTP_PROXY: "socks5://x" }), "all calls go by https").toEqual([]);
    expect(mistakes({ ...key, ...wrong, NO_PROXY: "7digital.com" })).toEqual([]);
    expect(mistakes(wrong), "the embedded sandbox is on this machine").toEqual([]);
  });

  it.each([
    ["api.7digital.com", "*"],
    ["api.7digital.com", "a.example, *"],
    ["api.7digital.com", "api.7digital.com"],
    ["api.7digital.com", "API.7Digital.com."],
    ["api.7digital.com", "7digital.com"],
    ["api.7digital.com", ".7digital.com"],
    ["api.7digital.com", "*.7digital.com"],
    ["api.7digital.com", "a.example b.example,,api.7digital.com:443"],
    ["api.7digital.com:8443", "api.7digital.com:8443"],
    ["localhost:9000", "localhost,127.0.0.1,::1"],
    ["127.0.0.1:9000", "localhost,127.0.0.1,::1"],
    ["[::1]:9000", "localhost,127.0.0.1,::1"],
    ["[::1]:9000", "[::1]:9000"],
    ["10.1.2.3", "10.0.0.0/8"],
    ["[fd00::7]", "fd00::/8"],
  ])("are not used for %s where NO_PROXY is %s", (host, list) => {
    expect(proxyOf({ HTTPS_PROXY: "http://proxy.example", NO_PROXY: list, SEVENDIGITAL_BASE_URL: `https://${host}/1.2` })).toBeUndefined();
  });

  it.each([
    ["api.7digital.com", ""],
    ["api.7digital.com", "digital.com"],
    ["api.7digital.com", "api.7digital.com:80"],
    ["api.7digital.com", "media.7digital.com"],
    ["api.7digital.com", "api.7digital.com.example"],
    ["api.7digital.com", "."],
    ["api.7digital.com", "api.*"],
    ["10.1.2.3", "1.2.3"],
    ["10.1.2.3", "11.0.0.0/8"],
    ["10.1.2.3", "10.0.0.0/99"],
    ["10.1.2.3", "10.0.0.0/"],
    ["10.1.2.3", "10.0.0.0/x"],
    ["[fd00::7]", "10.0.0.0/8"],
    ["127.0.0.1:9000", "localhost"],
  ])("are used for %s where NO_PROXY is %s", (host, list) => {
    expect(proxyOf({ HTTPS_PROXY: "http://proxy.example", NO_PROXY: list, SEVENDIGITAL_BASE_URL: `https://${host}/1.2` })).toBeDefined();
  });
});
