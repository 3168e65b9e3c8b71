/** What becomes of purchases while something is wrong with the PostgreSQL that they are recorded in: nothing is sent, the catalogue and the
 *  process go on, /ready says what is wrong, and nobody has to start the service again once it is mended. */
import { afterEach, describe, expect, it } from "vitest";
import { PostgresServer } from "../../../scripts/databases/postgres-server.js";
import { Relay } from "../../../scripts/databases/relay.js";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { createPostgresAttemptStore } from "../../../src/purchase/stores/postgres-attempt-store.js";
import { smallDisk } from "../../support/full-disk.js";
import { ownPostgres } from "../../support/purchase/own-postgres.js";
import { withoutPostgres } from "../../support/purchase/places.js";
import { intent } from "../../support/purchase/intent.js";
import { attemptOf, buy, newBuyer, newKey, quoteOf, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

let server: PostgresServer;
const cleanups = ownPostgres((started) => (server = started));
const shops: Shop[] = [];
// Before the cleanups: hooks that are registered later run first.
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
});

async function openShop(url: string, environment: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const shop = await startShop({ DATABASE_URL: url, ...environment });
  shops.push(shop);
  shop.upstream.onPurchase = sell();
  return shop;
}

async function readiness({ facade }: Shop): Promise<unknown> {
  return (await fetch(new URL("/ready", facade.url))).json();
}

const sound = { status: "ready", reasons: [] };
const bought = { attempt: { status: "SUCCEEDED" }, userErrors: [] };

/** Everything that has to hold while nothing can be recorded. @returns A purchase that was tried. */
async function expectRefusal(shop: Shop, quote: string, sent: number, reason: RegExp | string) {
  const tried = { quote, idempotencyKey: newKey() };
  const { data, errors } = await buy(shop, tried, newBuyer());
  expect(errors).toBeUndefined();
  expect(data.itemPurchase.attempt?.status ?? "none").toMatch(/^(?:none|NOT_SENT)$/);
  expect(data.itemPurchase.userErrors).toHaveLength(1);
  expect(shop.upstream.purchases).toHaveLength(sent);
  expect((await shop.facade.query(`{ artist(id: "1") { name } }`)).errors).toBeUndefined();
  expect(await readiness(shop)).toEqual({ status: "degraded", reasons: [expect.stringMatching(reason)] });
  expect(await shop.facade.metrics()).toContain("sevendigital_graphql_purchase_records_up 0");
  expect(JSON.stringify(shop.facade.logged)).not.toMatch(/password-of-the-records|postgres:/);
  return tried;
}

interface Fault {
  readonly name: string;
  /** @returns How to mend it. */
  readonly strike: (url: string) => Promise<() => Promise<unknown>>;
  readonly reason: RegExp | string;
}

const restarted = async (how: "stop" | "crash", settings: readonly string[]): Promise<() => Promise<void>> => {
  await server[how]();
  await server.run(settings);
  return async () => {
    await server.stop();
    await server.run();
  };
};

const set = async (sql: string): Promise<void> => {
  await server.query(sql);
  await server.query("SELECT pg_reload_conf()");
};

const faults: readonly Fault[] = [
  {
    name: "it is stopped",
    strike: async () => {
      await server.stop();
      return () => server.run();
    },
    reason: "the database cannot be reached",
  },
  {
    name: "it has crashed",
    strike: async () => {
      await server.crash();
      return () => server.run();
    },
    reason: "the database cannot be reached",
  },
  {
    name: "it hangs",
    strike: () => {
      const goOn = server.freeze();
      return Promise.resolve(goOn);
    },
    reason: "the database does not answer in time",
  },
  {
    name: "it runs without fsync",
    strike: () => restarted("stop", ["fsync=off"]),
    reason: "fsync off: set fsync = on, and restart PostgreSQL",
  },
  {
    name: "synchronous_commit was switched off",
    strike: async () => {
      await set("ALTER SYSTEM SET synchronous_commit = off");
      return () => set("ALTER SYSTEM RESET synchronous_commit");
    },
    reason: "synchronous_commit off",
  },
  {
    name: "synchronous_commit is off for its role",
    strike: async () => {
      await server.query("ALTER ROLE records SET synchronous_commit = off");
      const back = await restarted("stop", []);
      return async () => {
        await server.query("ALTER ROLE records RESET synchronous_commit");
        await back();
      };
    },
    reason: "synchronous_commit off",
  },
  {
    name: "its tables are gone",
    strike: async (url) => {
      await server.query("CREATE SCHEMA elsewhere; ALTER TABLE purchase_meta SET SCHEMA elsewhere", url);
      return () => server.query("ALTER TABLE elsewhere.purchase_meta SET SCHEMA public", url);
    },
    reason: "the tables of the records are gone",
  },
  {
    name: "it is another database than before",
    strike: async (url) => {
      const [{ identity }] = (await server.query("SELECT identity FROM purchase_meta", url)) as [{ identity: string }];
      await server.query("UPDATE purchase_meta SET identity = 'another'", url);
      return () => server.query(`UPDATE purchase_meta SET identity = '${identity}'`, url);
    },
    reason: "it is another database than before",
  },
  {
    name: "it takes no more connections",
    strike: async (url) => {
      const name = new URL(url).pathname.slice(1);
      await server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
      await server.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
      return () => server.query(`ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
    },
    reason: "the database",
  },
];

describe.skipIf(withoutPostgres)("purchases whose records are in PostgreSQL", () => {
  it.each(faults)("are not made while $name, and go on once it is mended", { timeout: 60_000 }, async ({ strike, reason }) => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    const first = { quote, idempotencyKey: newKey() };
    const buyer = newBuyer();
    expect((await buy(shop, first, buyer)).data.itemPurchase).toMatchObject(bought);
    expect(await readiness(shop)).toEqual(sound);

    const mendOnce = await strike(url);
    let mended = false;
    const mend = async (): Promise<void> => {
      if (!mended) await mendOnce();
      mended = true;
    };
    cleanups.push(mend);
    const tried = await expectRefusal(shop, quote, 1, reason);
    // What was bought is not bought again.
    await buy(shop, first, buyer);
    expect(shop.upstream.purchases).toHaveLength(1);

    await mend();
    await expect.poll(() => readiness(shop), { timeout: 10_000 }).toEqual(sound);
    expect((await buy(shop, first, buyer)).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(1);
    expect((await buy(shop, tried, newBuyer())).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it.each(["stop", "freeze"] as const)("are refused, all of many at once, after %s", { timeout: 60_000 }, async (how) => {
    const shop = await openShop(await server.newDatabase());
    const quote = await quoteOf(shop.facade);
    await buy(shop, { quote }, newBuyer());
    let mend = (): Promise<void> => server.run();
    if (how === "stop") await server.stop();
    else {
      const goOn = server.freeze();
      mend = goOn;
    }
    cleanups.push(() => mend());
    const answers = await Promise.all(Array.from({ length: 20 }, () => buy(shop, { quote }, newBuyer())));
    for (const { data, errors } of answers) {
      expect(errors).toBeUndefined();
      // Whether a key was used before cannot be read, so the code is that of an unknown outcome, and its message says that nothing was sent now.
      expect(data.itemPurchase).toMatchObject({ attempt: null, purchase: null, userErrors: [{ code: "OUTCOME_UNKNOWN" }] });
      expect(data.itemPurchase.userErrors[0]?.message).toMatch(/^This time nothing was sent;/);
    }
    expect(shop.upstream.purchases).toHaveLength(1);
    expect((await shop.facade.query(`{ artist(id: "1") { name } }`)).errors).toBeUndefined();
    await mend();
    mend = () => Promise.resolve();
    await expect.poll(() => readiness(shop), { timeout: 20_000 }).toEqual(sound);
    expect((await buy(shop, { quote }, newBuyer())).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it("begin once the database is there, where it was not when the service started", async () => {
    const url = await server.newDatabase();
    await server.stop();
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    const tried = await expectRefusal(shop, quote, 0, "the database cannot be reached");
    await server.run();
    expect((await buy(shop, tried, newBuyer())).data.itemPurchase).toMatchObject(bought);
    expect(await readiness(shop)).toEqual(sound);
  });

  it("are not made where the connection of a claim is killed in its middle, and the process lives", { timeout: 60_000 }, async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    const input = { quote, idempotencyKey: newKey() };
    const buyer = newBuyer();
    await buy(shop, { quote }, newBuyer());
    // The claim can be read for, but not written.
    const release = await holdWrites(url);
    const claimed = buy(shop, input, buyer);
    await expect.poll(() => waiting(url), { timeout: 10_000, interval: 20 }).toBe(1);
    await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", url);
    await release();
    expect((await claimed).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "NOT_SENT" }] });
    expect(shop.upstream.purchases).toHaveLength(1);
    expect((await buy(shop, input, buyer)).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  /** @returns How to let them go on. */
  async function holdWrites(url: string): Promise<() => Promise<void>> {
    const done = server.query("BEGIN; LOCK TABLE purchase_attempts IN SHARE MODE; SELECT pg_sleep(30); COMMIT", url).catch(() => undefined);
    await expect
      .poll(() => server.query("SELECT FROM pg_locks WHERE mode = 'ShareLock' AND granted AND relation IS NOT NULL", url))
      .toHaveLength(1);
    return async () => {
      await server.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event = 'PgSleep'", url);
      await done;
    };
  }

  async function waiting(url: string): Promise<number> {
    return (await server.query("SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock'", url)).length;
  }

  async function openShopBehindRelay() {
    const url = new URL(await server.newDatabase());
    const relay = await Relay.start(Number(url.port));
    cleanups.push(() => relay.close());
    url.port = String(relay.port);
    const shop = await openShop(url.href);
    return { shop, relay, quote: await quoteOf(shop.facade) };
  }

  it("are not made where the answer to the commit of their claim is lost, and their key buys later", { timeout: 60_000 }, async () => {
    const { shop, relay, quote } = await openShopBehindRelay();
    const input = { quote, idempotencyKey: newKey() };
    const buyer = newBuyer();
    relay.losesCommits = true;
    // Without an answer from the database, another copy may be about to send under the key.
    const refusal = { code: "OUTCOME_UNKNOWN", message: expect.stringContaining("This time nothing was sent") as string };
    expect((await buy(shop, input, buyer)).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [refusal] });
    expect(shop.upstream.purchases).toHaveLength(0);
    // The claim was committed all the same, and is known to be unsent.
    expect(await attemptOf(shop, input.idempotencyKey, buyer)).toMatchObject({ status: "NOT_SENT" });
    relay.losesCommits = false;
    expect((await buy(shop, input, buyer)).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("are refused within seconds while nothing comes back from the database", { timeout: 60_000 }, async () => {
    const { shop, relay, quote } = await openShopBehindRelay();
    await buy(shop, { quote }, newBuyer());
    relay.hold();
    const beganMs = performance.now();
    await expectRefusal(shop, quote, 1, "the database does not answer in time");
    expect(performance.now() - beganMs).toBeLessThan(20_000);
    relay.pass();
    await expect.poll(() => readiness(shop), { timeout: 15_000 }).toEqual(sound);
    expect((await buy(shop, { quote }, newBuyer())).data.itemPurchase).toMatchObject(bought);
  });

  it("are not made while no synchronous standby confirms them", { timeout: 90_000 }, async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    await buy(shop, { quote }, newBuyer());
    await set("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    cleanups.push(() => set("ALTER SYSTEM RESET synchronous_standby_names"));
    await expectRefusal(shop, quote, 1, "the database does not answer in time");
    await set("ALTER SYSTEM RESET synchronous_standby_names");
    await expect.poll(() => readiness(shop), { timeout: 20_000 }).toEqual(sound);
    expect((await buy(shop, { quote }, newBuyer())).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it("are not made where somebody ends the wait for the synchronous standby", { timeout: 60_000 }, async () => {
    const url = await server.newDatabase();
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    await buy(shop, { quote }, newBuyer());
    await set("ALTER SYSTEM SET synchronous_standby_names = 'nobody'");
    cleanups.push(() => set("ALTER SYSTEM RESET synchronous_standby_names"));
    const tried = buy(shop, { quote }, newBuyer());
    const waits = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'";
    await expect.poll(() => server.query(waits), { timeout: 10_000, interval: 20 }).toHaveLength(1);
    // To settle it as unsent has to wait as well.
    await expect.poll(() => server.query(waits), { timeout: 10_000, interval: 20 }).toHaveLength(1);
    expect((await tried).data.itemPurchase.attempt?.status ?? "none").toMatch(/^(?:none|NOT_SENT)$/);
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("are not made on a standby", { timeout: 60_000 }, async () => {
    const url = new URL(await server.newDatabase());
    const standby = await server.standby();
    cleanups.push(() => standby.remove());
    url.port = String(standby.port);
    const shop = await openShop(url.href);
    await expectRefusal(shop, await quoteOf(shop.facade), 0, "the database is read-only");
  });

  it("are not made while the disk of its tables is full", { timeout: 60_000 }, async ({ skip }) => {
    const disk = smallDisk(24 * 1024 * 1024);
    cleanups.push(() => disk.remove());
    if (!disk.real) skip("no small disk can be mounted here");
    const own = await PostgresServer.start();
    cleanups.push(() => own.remove());
    const url = await own.newDatabase(disk.folder);
    const shop = await openShop(url);
    const quote = await quoteOf(shop.facade);
    await buy(shop, { quote }, newBuyer());
    disk.fill();
    // A page of the table may have room for a few more.
    let sent = 0;
    await expect
      .poll(
        async () => {
          sent = shop.upstream.purchases.length;
          await buy(shop, { quote }, newBuyer());
          return shop.upstream.purchases.length - sent;
        },
        { timeout: 30_000, interval: 0 },
      )
      .toBe(0);
    const tried = await expectRefusal(shop, quote, sent, "the disk of the database is full");
    disk.free();
    expect(await readiness(shop)).toEqual(sound);
    expect((await buy(shop, tried, newBuyer())).data.itemPurchase).toMatchObject(bought);
  });

  it("are claimed once whatever the role's defaults are", async () => {
    const url = await server.newDatabase();
    for (const setting of [
      "synchronous_commit = local",
      "default_transaction_isolation = 'repeatable read'",
      "default_transaction_read_only = on",
    ]) {
      await server.query(`BEGIN READ WRITE; ALTER ROLE records SET ${setting}; COMMIT`);
    }
    cleanups.push(() => server.query("BEGIN READ WRITE; ALTER ROLE records RESET ALL; COMMIT"));
    const stores = [createPostgresAttemptStore(url), createPostgresAttemptStore(url)];
    for (const store of stores) cleanups.push(() => store.close());
    const terms = { acknowledged: false, replaces: undefined };
    const claims = await Promise.all(
      Array.from({ length: 30 }, (_, n) => (stores[n % 2] as AttemptStore).claim({ ...intent, id: `id-${String(n)}` }, terms)),
    );
    expect(claims.filter(({ kind }) => kind === "claimed")).toHaveLength(1);
    expect(claims.filter(({ kind }) => kind === "used")).toHaveLength(29);
  });
});
