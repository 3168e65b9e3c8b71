/** What becomes of purchases where the PostgreSQL that they are recorded in may be an earlier state: restored from a dump or a base backup, or a
 *  standby that was promoted. Nothing is sent until an operator has confirmed the database. */
import { describe, expect, it } from "vitest";
import { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { Relay } from "../../../scripts/databases/relay.js";
import { confirmPostgresRecords } from "../../../src/app/commands/records.js";
import { ownPostgres } from "../../support/purchase/own-postgres.js";
import { withoutPostgres } from "../../support/purchase/places.js";
import { attemptOf, buy, newBuyer, newKey, quoteOf, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

let server: PostgresServer;
const cleanups = ownPostgres((started) => (server = started));

/** A quote of one copy is good for the others. */
const sealingKeys = `k1:${Buffer.alloc(32, 1).toString("base64")}`;
const bought = { attempt: { status: "SUCCEEDED" }, userErrors: [] };
const restoredCopy =
  "purchase records: the database is a restored copy: run `7digital-graphql records confirm` if no later purchase is missing";
const newTimeline =
  "purchase records: a standby was promoted, or a backup restored: run `7digital-graphql records confirm` if no later purchase is missing";
const olderCopy = "purchase records: the database is an older copy: run `7digital-graphql records confirm` if no later purchase is missing";

async function openShop(url: string): Promise<Shop> {
  const shop = await startShop({ DATABASE_URL: url, SEALING_KEYS: sealingKeys });
  cleanups.push(() => shop.close());
  shop.upstream.onPurchase = sell();
  return shop;
}

async function reasonsOf({ facade }: Shop): Promise<readonly string[]> {
  const { reasons } = (await (await fetch(new URL("/ready", facade.url))).json()) as { reasons: readonly string[] };
  return reasons;
}

/** A purchase that was made, to be sent again. */
interface Made {
  readonly input: { readonly quote: string; readonly idempotencyKey: string };
  readonly buyer: ReturnType<typeof newBuyer>;
}

async function purchaseIn(shop: Shop): Promise<Made> {
  const made = { input: { quote: await quoteOf(shop.facade), idempotencyKey: newKey() }, buyer: newBuyer() };
  expect((await buy(shop, made.input, made.buyer)).data.itemPurchase).toMatchObject(bought);
  return made;
}

/** Nothing is sent, whether it was sent before or not, and the catalogue goes on. */
async function expectOff(shop: Shop, made: Made, reason: string): Promise<void> {
  const sent = shop.upstream.purchases.length;
  await expect.poll(() => reasonsOf(shop), { timeout: 20_000 }).toEqual([reason]);
  for (const [input, buyer] of [[made.input, made.buyer] as const, [{ ...made.input, idempotencyKey: newKey() }, newBuyer()] as const]) {
    const { data, errors } = await buy(shop, input, buyer);
    expect(errors).toBeUndefined();
    expect(data.itemPurchase.attempt).toBeNull();
    expect(data.itemPurchase.userErrors).toHaveLength(1);
  }
  expect(shop.upstream.purchases).toHaveLength(sent);
  expect((await shop.facade.query(`{ artist(id: "1") { name } }`)).errors).toBeUndefined();
  expect(await shop.facade.metrics()).toContain("sevendigital_graphql_purchase_records_up 0");
  expect(shop.facade.logged).toContainEqual(
    expect.objectContaining({ level: "error", msg: "purchases are off", reason: reason.replace("purchase records: ", "") }),
  );
}

/** New purchases are made, and what is on record is not made again. */
async function expectOn(shop: Shop, recorded: Made): Promise<void> {
  await expect.poll(() => reasonsOf(shop), { timeout: 20_000 }).toEqual([]);
  const sent = shop.upstream.purchases.length;
  expect((await buy(shop, recorded.input, recorded.buyer)).data.itemPurchase).toMatchObject(bought);
  expect(shop.upstream.purchases).toHaveLength(sent);
  await purchaseIn(shop);
  expect(shop.upstream.purchases).toHaveLength(sent + 1);
}

describe.skipIf(withoutPostgres)("purchases", { timeout: 90_000 }, () => {
  it("are off in a new database that a dump was restored into, until it is confirmed", async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const made = await purchaseIn(shop);
    const copy = await server.newDatabase();
    // As docs/operations.md says.
    server.restoreDump(server.dump(url, "--table=purchase_*"), copy);
    const restored = await openShop(copy);
    await expectOff(restored, made, restoredCopy);

    expect(await confirmPostgresRecords(copy)).toContain("Confirmed");
    await expectOn(restored, made);
    expect(await attemptOf(restored, made.input.idempotencyKey, made.buyer)).toMatchObject({ status: "SUCCEEDED" });
    // The original has not moved.
    await expectOn(shop, made);
  });

  it.each([
    ["the tables", [], ["--clean", "--if-exists"], ""],
    [
      "the rows alone",
      ["--data-only"],
      ["--data-only"],
      "TRUNCATE purchase_meta, purchase_place, purchase_attempts, purchase_attempt_releases",
    ],
  ])(
    "are off where a dump of %s was restored into the same database, in running copies and new ones",
    async (_what, dumped, options, before) => {
      const url = await server.newDatabase();
      const shop = await openShop(url);
      const made = await purchaseIn(shop);
      const dump = server.dump(url, ...dumped);
      const lost = await purchaseIn(shop);
      if (before !== "") await server.query(before, url);
      if (before !== "") await server.query("TRUNCATE purchase_owners", url);
      server.restoreDump(dump, url, ...options);
      await expectOff(shop, lost, restoredCopy);
      const started = await openShop(url);
      await expectOff(started, lost, restoredCopy);

      await confirmPostgresRecords(url);
      await expectOn(shop, made);
      await expectOn(started, made);
    },
  );

  it("are off where a base backup was recovered in the place of the server, in running copies and new ones", async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const made = await purchaseIn(shop);
    const backup = server.baseBackup();
    const lost = await purchaseIn(shop);
    await server.restore(backup, "recovered");
    await expectOff(shop, lost, newTimeline);
    await expectOff(await openShop(url), lost, newTimeline);

    await confirmPostgresRecords(url);
    await expectOn(shop, made);
  });

  it("are off in running copies where the files of a backup were started without recovery", async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const made = await purchaseIn(shop);
    const backup = server.baseBackup();
    const lost = await purchaseIn(shop);
    await server.restore(backup, "as it is");
    await expectOff(shop, lost, olderCopy);

    await confirmPostgresRecords(url);
    await expectOn(shop, made);
  });

  it("are off on a promoted standby until it is confirmed, and are then not made again", async () => {
    const primary = await PostgresServer.start();
    cleanups.push(() => primary.remove());
    const url = new URL(await primary.newDatabase());
    const standby = await primary.standby();
    cleanups.push(() => standby.remove());
    const relay = await Relay.start(primary.port);
    cleanups.push(() => relay.close());
    await primary.query("ALTER SYSTEM SET synchronous_standby_names = '*'");
    await primary.query("SELECT pg_reload_conf()");
    url.port = String(relay.port);
    const shop = await openShop(url.href);
    const made = await purchaseIn(shop);
    await primary.crash();
    await standby.promote();
    relay.toPort = standby.port;
    await expectOff(shop, made, newTimeline);
    await expectOff(await openShop(url.href), made, newTimeline);

    await confirmPostgresRecords(url.href);
    await expectOn(shop, made);
  });

  it("go on after a crash of the server, and after maintenance that rewrites its tables", async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const made = await purchaseIn(shop);
    for (const table of ["purchase_meta", "purchase_place", "purchase_attempts"]) await server.query(`VACUUM (FULL, FREEZE) ${table}`, url);
    await expectOn(shop, made);
    await server.crash();
    await server.run();
    await expectOn(shop, made);
    await expectOn(await openShop(url), made);
  });
});
