import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { exampleTabs, readOperations } from "../../../src/http/graphiql/example-operations.js";
import { createSealer } from "../../../src/shared/sealing.js";
import { type Facade, startFacade } from "../../support/facade.js";

const operations = readOperations(resolve(import.meta.dirname, "../../../schema/operations"));
const secret = new Uint8Array(32).fill(1);
const sealer = createSealer([{ kid: "test", secret }], () => Date.now());
const tabs = await exampleTabs(operations, sealer, { key: "demo-token", secret: "demo-token-secret" });
const examples = operations.map(({ name, query }, index) => ({ name, query, headers: tabs[index]?.headers ?? "{}" }));

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { SEALING_KEYS: `test:${Buffer.from(secret).toString("base64")}` } });
});
afterAll(() => facade.close());

it.each(examples)(
  "answers the example $name, as its tab sends it, with data at every root field and no error",
  async ({ query, headers }) => {
    const { data, errors } = await facade.query<Record<string, unknown>>(query, {}, JSON.parse(headers) as Record<string, string>);
    expect(errors).toBeUndefined();
    expect(Object.entries(data)).not.toEqual([]);
    expect(Object.values(data)).not.toContain(null);
  },
);
