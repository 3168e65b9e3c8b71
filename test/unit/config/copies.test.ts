/** What several copies of the service need in common. */
import { expect, it } from "vitest";
import { ConfigError } from "../../../src/config/config-error.js";
import { readConfig } from "../../../src/config/config.js";
import { copyMistakes, type CopiesConfig } from "../../../src/config/copies.js";

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
  expect(mistake).toMatch(/^SEALING_KEYS has to be set with DATABASE_URL: /);
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
  const { upstream } = readConfig(production);
  const sealingKeys = [{ kid: "k1", secret: Buffer.alloc(32) }];
  const several: CopiesConfig = { profile: "locked", upstream, databaseUrl: undefined, redisUrl: "redis://shared.example", sealingKeys };
  expect(copyMistakes(several)).toEqual(["DATABASE_URL has to be set with REDIS_URL: copies with a file each would sell the same twice."]);
  expect(copyMistakes({ ...several, sealingKeys: [] })).toHaveLength(2);
  expect(copyMistakes({ ...several, databaseUrl: database.DATABASE_URL })).toEqual([]);
});
