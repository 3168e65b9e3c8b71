import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readOperations } from "../../src/server/operations.js";
import { type Facade, startFacade } from "../support/facade.js";

const operations = readOperations(resolve(import.meta.dirname, "../../schema/operations"));

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
afterAll(() => facade.close());

it.each(operations)("answers the example $name with data at every root field and no error", async ({ query }) => {
  const { data, errors } = await facade.query<Record<string, unknown>>(query);
  expect(errors).toBeUndefined();
  expect(Object.entries(data)).not.toEqual([]);
  expect(Object.values(data)).not.toContain(null);
});
