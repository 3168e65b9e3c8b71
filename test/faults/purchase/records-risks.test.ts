/** What endangers records in PostgreSQL while purchases go on: the log says it when it begins and ends, a metric counts it, `doctor` finds it. */
import { describe, expect, it } from "vitest";
import type { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { ownPostgres } from "../../support/purchase/own-postgres.js";
import { withoutPostgres } from "../../support/purchase/places.js";
import { buy, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

let server: PostgresServer;
const cleanups = ownPostgres((started) => (server = started));

async function openShop(url: string): Promise<Shop> {
  const shop = await startShop({ DATABASE_URL: url });
  cleanups.push(() => shop.close());
  shop.upstream.onPurchase = sell();
  return shop;
}

async function set(sql: string): Promise<void> {
  await server.query(sql);
  await server.query("SELECT pg_reload_conf()");
}

async function risks({ facade }: Shop): Promise<string | undefined> {
  return /^sevendigital_graphql_purchase_records_risks (\d+)$/m.exec(await facade.metrics())?.[1];
}

const warned = ({ facade }: Shop): readonly unknown[] =>
  facade.logged.filter(({ risk }) => risk !== undefined).map(({ risk, msg }) => [risk, msg]);
const gone = "a risk for purchase records is gone";

async function expectSale(shop: Shop): Promise<void> {
  const sent = shop.upstream.purchases.length;
  expect((await buy(shop)).data.itemPurchase).toMatchObject({ userErrors: [] });
  expect(shop.upstream.purchases).toHaveLength(sent + 1);
  expect(await (await fetch(new URL("/ready", shop.facade.url))).json()).toEqual({ status: "ready", reasons: [] });
}

describe.skipIf(withoutPostgres)("records in PostgreSQL", { timeout: 60_000 }, () => {
  it("are at risk while a standby follows asynchronously, and no longer once it is synchronous", async () => {
    const shop = await openShop(await server.newDatabase());
    expect(await risks(shop)).toBe("0");
    const standby = await server.standby();
    cleanups.push(() => standby.remove());
    await expect.poll(() => risks(shop), { timeout: 10_000 }).toBe("1");
    expect(warned(shop)).toEqual([["asynchronous standby", expect.stringContaining("synchronous_standby_names is empty") as string]]);
    await expectSale(shop);

    cleanups.push(() => set("ALTER SYSTEM RESET synchronous_standby_names"));
    await set("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await expect.poll(() => risks(shop), { timeout: 10_000 }).toBe("0");
    expect(warned(shop)[1]).toEqual(["asynchronous standby", gone]);
    await expectSale(shop);
  });

  it("may be at risk where our role sees that something replicates, but not what, until it is granted pg_monitor", async () => {
    await server.query("CREATE ROLE shop LOGIN");
    const asAdmin = await server.newDatabase();
    await server.query("GRANT CREATE ON SCHEMA public TO shop", asAdmin);
    const standby = await server.standby();
    cleanups.push(() => standby.remove());
    const shop = await openShop(asAdmin.replace("//records:", "//shop:"));
    await expect
      .poll(() => warned(shop), { timeout: 10_000 })
      .toEqual([["unseen replication", expect.stringContaining("GRANT pg_monitor")]]);
    await expectSale(shop);

    await server.query("GRANT pg_monitor TO shop");
    await expect
      .poll(async () => [await risks(shop), warned(shop).map((line) => (line as readonly string[])[0])], { timeout: 10_000 })
      .toEqual(["1", ["unseen replication", "asynchronous standby", "unseen replication"]]);
  });

  it("are at risk without full_page_writes", async () => {
    cleanups.push(() => set("ALTER SYSTEM RESET full_page_writes"));
    await set("ALTER SYSTEM SET full_page_writes = off");
    const shop = await openShop(await server.newDatabase());
    // At the start, before anything is asked of the service.
    await expect.poll(() => warned(shop)).toEqual([["full_page_writes off", expect.stringContaining("Set it to on")]]);
    expect(await risks(shop)).toBe("1");
    await expectSale(shop);
  });
});
