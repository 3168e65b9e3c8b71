/** What clients and operators learn while the records of purchases cannot be read: what is so, and that it passes. */
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { ownPostgres } from "../../support/purchase/own-postgres.js";
import { withoutPostgres } from "../../support/purchase/places.js";
import { attemptOf, buy, newBuyer, newKey, quoteOf, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";
import { eventsIn, stream } from "../../support/streaming.js";

let server: PostgresServer;
const cleanups = ownPostgres((started) => (server = started));

/** A copy of the service, with sealing keys of its own. It fails its test where anything unforeseen is logged. */
async function openShop(url: string): Promise<Shop> {
  const shop = await startShop({ DATABASE_URL: url, PURCHASE_TIMEOUT_MS: "20000" });
  cleanups.push(() => shop.close());
  shop.upstream.onPurchase = sell();
  return shop;
}

let shop: Shop;
let url: string;
/** Before this test's copies are closed. */
let start: () => Promise<void>;

async function stop(): Promise<void> {
  await server.crash();
  start = () => server.run();
}

async function mend(): Promise<void> {
  await start();
  start = () => Promise.resolve();
}

const attempt = `query ($key: String!) { viewer { purchaseAttempt(idempotencyKey: $key) { id status } } }`;
const unavailable = { code: "RECORDS_UNAVAILABLE" };

describe.skipIf(withoutPostgres)("while records of purchases cannot be read", { timeout: 60_000 }, () => {
  beforeEach(async () => {
    start = () => Promise.resolve();
    url = await server.newDatabase();
    shop = await openShop(url);
  });
  afterEach(() => mend());

  it("a purchase with another copy's quote is not made, as one that may have been made before", async () => {
    const other = await openShop(url);
    const input = { quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    const buyer = newBuyer();
    await stop();
    const { data, errors } = await buy(other, input, buyer);
    expect(errors).toBeUndefined();
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "OUTCOME_UNKNOWN" }] });
    expect(data.itemPurchase.userErrors[0]?.message).toMatch(/^This time nothing was sent;/);
    await mend();
    // Nothing was bought with the key, so now the quote is what is wrong.
    await expect
      .poll(async () => (await buy(other, input, buyer)).data.itemPurchase.userErrors, { timeout: 10_000 })
      .toMatchObject([{ code: "INVALID", field: ["quote"] }]);
    expect(other.upstream.purchases).toHaveLength(0);
  });

  it("a question for an attempt says so, and not that the service has a bug", async () => {
    const input = { quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    const buyer = newBuyer();
    await buy(shop, input, buyer);
    const ask = () =>
      shop.facade.query<{ viewer: { purchaseAttempt: { id: string } | null } }>(attempt, { key: input.idempotencyKey }, buyer);
    const found = (await ask()).data.viewer.purchaseAttempt;
    expect(found).toMatchObject({ status: "SUCCEEDED" });
    await stop();
    const asked = await ask();
    expect(asked).toMatchObject({ data: { viewer: { purchaseAttempt: null } }, errors: [{ extensions: unavailable }] });
    expect(asked.errors?.[0]?.message).toMatch(/do not buy with another key/);
    const node = await shop.facade.query(`query ($id: ID!) { node(id: $id) { id } }`, { id: found?.id }, buyer);
    expect(node).toMatchObject({ data: { node: null }, errors: [{ extensions: unavailable }] });
    const subscription = await stream(
      shop.facade.url,
      {
        query: `subscription ($key: String!) { purchaseAttempt(idempotencyKey: $key) { status } }`,
        variables: { key: input.idempotencyKey },
      },
      { accept: "text/event-stream", ...buyer },
    );
    expect(eventsIn(await subscription.end())).toMatchObject([{ errors: [{ extensions: unavailable }] }]);
  });

  it("the log says at each refused purchase why, without a failure of ours", async () => {
    const quote = await quoteOf(shop.facade);
    await stop();
    await buy(shop, { quote }, newBuyer());
    const lines = shop.facade.logged.filter(({ msg }) => msg === "purchase records cannot be used");
    expect(lines).toEqual([expect.objectContaining({ level: "warn", reason: "the database cannot be reached" })]);
  });

  it("how a purchase ended is written once they can be, without anybody asking the copy that knows it", async () => {
    const other = await openShop(url);
    const input = { quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    const buyer = newBuyer();
    shop.upstream.onPurchase = (response) => void stop().then(() => sell()(response));
    expect((await buy(shop, input, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    await mend();
    // Its locker shows nothing, so that only the record can say it.
    await expect
      .poll(() => attemptOf(other, input.idempotencyKey, buyer), { timeout: 20_000 })
      .toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  });
});
