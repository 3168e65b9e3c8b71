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
    });
  });

  it("talks to the real API as soon as there is a key", () => {
    expect(readConfig({ SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" }).upstream).toEqual({
      baseUrl: "http://api.7digital.com/1.2",
      consumerKey: "key",
      consumerSecret: "secret",
    });
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
      "SEVENDIGITAL_BASE_URL must be an http(s) URL that ends in /1.2.",
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
