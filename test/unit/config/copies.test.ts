/** What several copies of the service need in common. */
import { expect, it } from "vitest";
import { ConfigError } from "../../../src/config/config-error.js";
import { readConfig } from "../../../src/config/config.js";

const key = "k1:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
const database = { DATABASE_URL: "postgres://shop:secret-word@db.example/shop" };
const production = { SEVENDIGITAL_CONSUMER_KEY: "key", SEVENDIGITAL_CONSUMER_SECRET: "secret" };

function mistakes(environment: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    if (error instanceof ConfigError) return error.mistakes;
    throw error;
  }
  return [];
}

it("is a sealing key where their purchases are recorded in PostgreSQL, and says how to make one", () => {
  const [mistake = "", ...others] = mistakes({ ...production, ...database });
  expect(others).toEqual([]);
  expect(mistake).toMatch(/^DATABASE_URL goes with SEALING_KEYS, which is not set: all copies need the same keys/);
  expect(mistake).toContain('echo "k1:$(openssl rand -base64 32)"');
  expect(mistakes({ ...production, ...database, SEALING_KEYS: key })).toEqual([]);
});

it("is nothing for one copy with a file of its own, in the profile open, and on the embedded sandbox", () => {
  expect(mistakes(production)).toEqual([]);
  expect(mistakes({ ...production, ...database, PROFILE: "open" })).toEqual([]);
  expect(mistakes({ ...database, PROFILE: "locked" })).toEqual([]);
});

it("is named together with other mistakes", () => {
  expect(mistakes({ ...production, ...database, PORT: "many" })).toHaveLength(2);
});

it("is PostgreSQL and a sealing key where another setting says that there are several", () => {
  const redis = { ...production, REDIS_URL: "redis://shared.example" };
  const withoutDatabase =
    "REDIS_URL goes with DATABASE_URL, which is not set: copies with a file of records each would sell the same twice.";
  const withoutKeys = expect.stringMatching(/^REDIS_URL goes with SEALING_KEYS, which is not set/) as string;
  expect(mistakes(redis)).toEqual([withoutKeys, withoutDatabase]);
  expect(mistakes({ ...redis, SEALING_KEYS: key })).toEqual([withoutDatabase]);
  expect(mistakes({ ...redis, ...database })).toEqual([withoutKeys]);
  expect(mistakes({ ...redis, ...database, SEALING_KEYS: key })).toEqual([]);
  expect(mistakes({ ...redis, PROFILE: "open" })).toEqual([withoutKeys]);
});

it("is not asked for twice where a sealing key is wrong", () => {
  expect(mistakes({ ...production, ...database, SEALING_KEYS: "short" })).toEqual([expect.stringMatching(/^SEALING_KEYS must be /)]);
});
