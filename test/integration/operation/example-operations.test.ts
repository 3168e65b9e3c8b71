import { resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readOperations } from "../../../src/http/graphiql/example-operations.js";
import { bearerHeaders, prefills } from "../../../src/http/graphiql/tabs.js";
import { createSealer } from "../../../src/shared/sealing.js";
import { type Answer, type Facade, startFacade } from "../../support/facade.js";
import { eventsIn, stream } from "../../support/streaming.js";

const operations = readOperations(resolve(import.meta.dirname, "../../../schema/operations"));
const secret = new Uint8Array(32).fill(1);
const sealer = createSealer([{ kid: "test", secret }], () => Date.now());
const demo = await bearerHeaders(sealer, { key: "demo-token", secret: "demo-token-secret" });

let facade: Facade;
/** By placeholder. */
const values = new Map<string, string>();
beforeAll(async () => {
  facade = await startFacade({ environment: { SEALING_KEYS: `test:${Buffer.from(secret).toString("base64")}` } });
  for (const { placeholder, query, path } of prefills) {
    const { data } = await facade.query<Record<string, unknown>>(query);
    const value = path.reduce<unknown>((parent, name) => (parent as Record<string, unknown>)[name], data);
    values.set(placeholder, String(value));
  }
});
afterAll(() => facade.close());

function filled(name: string, query: string): string {
  const text = [...values].reduce((done, [placeholder, value]) => done.replaceAll(placeholder, value), query);
  return text.replaceAll("<new key>", `example-operation-${name}`);
}

/** The last result of a subscription. */
async function lastOf(query: string): Promise<Answer<Record<string, unknown>>> {
  const events = eventsIn(await (await stream(facade.url, { query }, { ...demo, accept: "text/event-stream" })).end());
  return events.at(-1) as Answer<Record<string, unknown>>;
}

// In the order of their files: BuyBasket buys what FillBasket puts into the basket.
it.each(operations)("answers the example $name with data at every root field and no error", async ({ name, query }) => {
  const isUsers = /\b(viewer|itemPurchase|basketPurchase)\b/.test(query);
  const { data, errors } = await (/^subscription\b/m.test(query)
    ? lastOf(filled("Buy", query))
    : facade.query<Record<string, unknown>>(filled(name, query), {}, isUsers ? demo : {}));
  expect(errors).toBeUndefined();
  expect(Object.entries(data)).not.toEqual([]);
  expect(Object.values(data)).not.toContain(null);
  expect(JSON.stringify(data)).not.toMatch(/"userErrors":\[\{/);
});
