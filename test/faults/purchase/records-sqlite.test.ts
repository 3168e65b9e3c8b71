/** What becomes of purchases while something is wrong with the SQLite file that they are recorded in: nothing is sent, the catalogue and the
 *  process go on, /ready says what is wrong, and nobody has to start anything again once it is mended. */
import {
  chmodSync,
  copyFileSync,
  cpSync,
  mkdtempSync,
  openSync,
  closeSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import Database from "libsql";
import { afterEach, describe, expect, it } from "vitest";
import type { AttemptStore } from "../../../src/purchase/attempt-store.js";
import { createSqliteAttemptStore } from "../../../src/purchase/stores/sqlite-attempt-store.js";
import { toKept } from "../../../src/purchase/stores/record-text.js";
import { smallDisk } from "../../support/full-disk.js";
import { checkpointed } from "../../support/purchase/checkpoint.js";
import { intent } from "../../support/purchase/intent.js";
import { attemptOf, buy, newBuyer, newKey, quoteOf, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

const file = "purchases.sqlite";
interface Records {
  readonly directory: string;
  /** The main file. */
  readonly main: string;
}

interface Fault {
  readonly name: string;
  /** @returns How to mend it. */
  readonly strike: (records: Records) => () => void;
  readonly reason: string;
}

/** Writes into the file as it is, and does not make another one. */
function overwrite(path: string, bytes: Buffer): void {
  const opened = openSync(path, "r+");
  writeSync(opened, bytes, 0, bytes.length, 0);
  closeSync(opened);
}

function replace(path: string, write: (unfinished: string) => void): void {
  write(`${path}.new`);
  renameSync(`${path}.new`, path);
}

function moved(path: string): () => void {
  renameSync(path, `${path}.elsewhere`);
  return () => renameSync(`${path}.elsewhere`, path);
}

function cutShort(path: string, size: number): () => void {
  const bytes = readFileSync(path);
  truncateSync(path, size);
  return () => overwrite(path, bytes);
}

const faults: readonly Fault[] = [
  { name: "its file is moved away", strike: ({ main }) => moved(main), reason: "the database file is gone" },
  { name: "its folder is moved away", strike: ({ directory }) => moved(directory), reason: "the database file is gone" },
  {
    name: "its file is deleted, and a copy of it put there",
    strike({ main }) {
      const copy = `${main}.copy`;
      copyFileSync(main, copy);
      rmSync(main);
      return () => copyFileSync(copy, main);
    },
    reason: "the database file is gone",
  },
  {
    name: "its folder is deleted, and a copy of it put there",
    strike({ directory }) {
      const copy = `${directory}.copy`;
      cpSync(directory, copy, { recursive: true });
      rmSync(directory, { recursive: true });
      return () => cpSync(copy, directory, { recursive: true });
    },
    reason: "the database file is gone",
  },
  {
    name: "its file is replaced by garbage",
    strike({ main }) {
      const copy = `${main}.copy`;
      copyFileSync(main, copy);
      replace(main, (unfinished) => writeFileSync(unfinished, Buffer.alloc(statSync(copy).size, "garbage")));
      return () => replace(main, (unfinished) => copyFileSync(copy, unfinished));
    },
    reason: "the database file is damaged",
  },
  {
    name: "its file is replaced by an empty one",
    strike({ main }) {
      const copy = `${main}.copy`;
      copyFileSync(main, copy);
      replace(main, (unfinished) => writeFileSync(unfinished, ""));
      return () => replace(main, (unfinished) => copyFileSync(copy, unfinished));
    },
    reason: "the database file is damaged",
  },
  {
    name: "garbage is written into its file",
    strike({ main }) {
      const bytes = readFileSync(main);
      overwrite(main, Buffer.alloc(bytes.length, "garbage"));
      return () => overwrite(main, bytes);
    },
    reason: "the database file is damaged",
  },
  { name: "its file is cut in half", strike: ({ main }) => cutShort(main, 8192), reason: "the database file is truncated" },
  { name: "its file is emptied", strike: ({ main }) => cutShort(main, 0), reason: "the database file is truncated" },
  { name: "its -wal file is moved away", strike: ({ main }) => moved(`${main}-wal`), reason: "the database's -wal file is gone" },
  { name: "its -wal file is emptied", strike: ({ main }) => cutShort(`${main}-wal`, 0), reason: "the database's -wal file is truncated" },
  { name: "its -shm file is moved away", strike: ({ main }) => moved(`${main}-shm`), reason: "the database's -shm file is gone" },
  { name: "its -shm file is emptied", strike: ({ main }) => cutShort(`${main}-shm`, 0), reason: "the database's -shm file is truncated" },
];

const shops: Shop[] = [];
const cleanups: (() => void)[] = [];
afterEach(async () => {
  for (const shop of shops.splice(0)) await shop.close();
  for (const cleanup of cleanups.splice(0)) cleanup();
});

async function openShop(directory: string): Promise<Shop> {
  const shop = await startShop({ DATA_DIRECTORY: directory });
  shops.push(shop);
  shop.upstream.onPurchase = sell();
  return shop;
}

async function readiness({ facade }: Shop): Promise<unknown> {
  return (await fetch(new URL("/ready", facade.url))).json();
}

const sound = { status: "ready", reasons: [] };

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
  return tried;
}

describe("purchases whose records are in SQLite", () => {
  it.each(faults)("are not made while $name, and go on once it is mended", async ({ strike, reason }) => {
    const directory = join(mkdtempSync(join(tmpdir(), "records-")), "data");
    const shop = await openShop(directory);
    const quote = await quoteOf(shop.facade);
    const first = { quote, idempotencyKey: newKey() };
    const buyer = newBuyer();
    expect((await buy(shop, first, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(await readiness(shop)).toEqual(sound);
    await checkpointed(join(directory, file));

    const mend = strike({ directory, main: join(directory, file) });
    const tried = await expectRefusal(shop, quote, 1, `purchase records: ${reason}`);
    // What was bought is not bought again.
    const again = await buy(shop, first, buyer);
    expect(again.data.itemPurchase.attempt?.status ?? "none").not.toBe("SUCCEEDED");
    expect(shop.upstream.purchases).toHaveLength(1);

    mend();
    expect(await readiness(shop)).toEqual(sound);
    expect((await buy(shop, first, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(shop.upstream.purchases).toHaveLength(1);
    expect((await buy(shop, tried, newBuyer())).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it.each(["an older copy", "another database"])("are not made on %s", async (what) => {
    const directory = join(mkdtempSync(join(tmpdir(), "records-")), "data");
    const main = join(directory, file);
    const [shop, other] = [await openShop(directory), createSqliteAttemptStore(`${directory}-of-others`)];
    const quote = await quoteOf(shop.facade);
    await buy(shop, { quote }, newBuyer());
    await checkpointed(main);
    copyFileSync(main, `${main}.old`);
    const bought = { quote, idempotencyKey: newKey() };
    const buyer = newBuyer();
    await buy(shop, bought, buyer);
    await checkpointed(main);
    copyFileSync(main, `${main}.latest`);
    await other.digest("makes the file");
    await other.close();

    const found = what === "an older copy" ? `${main}.old` : join(`${directory}-of-others`, file);
    replace(main, (unfinished) => copyFileSync(found, unfinished));
    await expectRefusal(shop, quote, 2, what === "an older copy" ? "an older copy" : "of another database");
    await buy(shop, bought, buyer);
    expect(shop.upstream.purchases).toHaveLength(2);

    replace(main, (unfinished) => copyFileSync(`${main}.latest`, unfinished));
    expect((await buy(shop, bought, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(shop.upstream.purchases).toHaveLength(2);
    expect(await readiness(shop)).toEqual(sound);
  });

  it("are not made again after a restore of a backup that was taken while purchases went on, as docs/operations.md says", async () => {
    const directory = join(mkdtempSync(join(tmpdir(), "records-")), "data");
    const main = join(directory, file);
    const environment = { DATA_DIRECTORY: directory, SEALING_KEYS: `k1:${Buffer.alloc(32, 1).toString("base64")}` };
    const shop = await startShop(environment);
    shop.upstream.onPurchase = sell();
    const made = { quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    const buyer = newBuyer();
    await buy(shop, made, buyer);
    const reader = new Database(main);
    reader.prepare("VACUUM INTO ?").run(`${directory}.backup`);
    reader.close();
    await buy(shop, { quote: made.quote }, newBuyer());
    await shop.close();

    renameSync(`${directory}.backup`, main);
    for (const companion of ["-wal", "-shm"]) rmSync(main + companion, { force: true });
    const restored = await startShop(environment);
    shops.push(restored);
    expect(await readiness(restored)).toEqual(sound);
    expect((await buy(restored, made, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(restored.upstream.purchases).toHaveLength(0);
    expect((await buy(restored, { quote: made.quote }, newBuyer())).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
  });

  it.each(["before", "after"])("are not made while the disk is full since %s the first one", async (when) => {
    const disk = smallDisk(400_000);
    const shop = await openShop(join(disk.folder, "data"));
    cleanups.push(() => {
      disk.free();
      disk.remove();
    });
    const quote = await quoteOf(shop.facade);
    if (when === "after") await buy(shop, { quote }, newBuyer());
    disk.fill();
    // What the file has taken of the disk before may have room for a few more.
    let sent: number;
    do {
      sent = shop.upstream.purchases.length;
      await buy(shop, { quote }, newBuyer());
    } while (shop.upstream.purchases.length > sent);
    const tried = await expectRefusal(shop, quote, sent, /^purchase records: the disk (?:is full|fails)/);
    disk.free();
    expect(await readiness(shop)).toEqual(sound);
    const buyer = newBuyer();
    expect((await buy(shop, tried, buyer)).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(await attemptOf(shop, tried.idempotencyKey, buyer)).toMatchObject({ status: "SUCCEEDED" });
    expect(shop.upstream.purchases).toHaveLength(sent + 1);
  });

  it("are not made where the folder cannot be written to", async () => {
    const parent = mkdtempSync(join(tmpdir(), "records-"));
    chmodSync(parent, 0o555);
    const shop = await openShop(join(parent, "data"));
    const quote = await quoteOf(shop.facade);
    // Root may write everywhere.
    const root = process.geteuid?.() === 0;
    if (root) process.seteuid?.(65_534);
    let tried: { readonly idempotencyKey: string };
    try {
      tried = await expectRefusal(shop, quote, 0, "purchase records: the folder of the database cannot be written to");
    } finally {
      if (root) process.seteuid?.(0);
      chmodSync(parent, 0o700);
    }
    expect((await buy(shop, { ...tried, quote }, newBuyer())).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(await readiness(shop)).toEqual(sound);
  });
});

describe("a process that starts", () => {
  const stores: AttemptStore[] = [];
  afterEach(async () => {
    for (const store of stores.splice(0)) await store.close();
  });

  /** On a copy of what another process has recorded. */
  async function startOn(damage: (records: Records) => void): Promise<AttemptStore> {
    const original = mkdtempSync(join(tmpdir(), "records-"));
    const directory = `${original}.copy`;
    const writer = createSqliteAttemptStore(original);
    stores.push(writer);
    await writer.claim(intent, { acknowledged: false, replaces: undefined });
    await checkpointed(join(original, file));
    cpSync(original, directory, { recursive: true });
    damage({ directory, main: join(directory, file) });
    const store = createSqliteAttemptStore(directory);
    stores.push(store);
    return store;
  }

  /** What is in these as well would mend the main file. */
  function alone({ main }: Records): string {
    for (const suffix of ["-wal", "-shm"]) rmSync(main + suffix);
    return main;
  }

  it.each([
    ["cut in half", (records: Records) => truncateSync(alone(records), 8192), "damaged"],
    ["empty", (records: Records) => truncateSync(alone(records), 0), "empty"],
    ["garbage", (records: Records) => writeFileSync(alone(records), Buffer.alloc(16_384, "garbage")), "damaged"],
    ["gone beside its -wal file", ({ main }: Records) => rmSync(main), "gone"],
  ] as const)("refuses a database whose file is %s, and begins no new one", async (_name, damage, reason) => {
    const store = await startOn(damage);
    const claim = store.claim({ ...intent, id: "id-2", idempotencyKey: "key-2" }, { acknowledged: true, replaces: undefined });
    await expect(claim).rejects.toThrow(reason);
    await expect(store.find("scope", "key-1")).rejects.toThrow(reason);
    expect(await store.check()).toContain(reason);
  });

  it("finds what was recorded where nothing is wrong", async () => {
    const store = await startOn(() => undefined);
    expect(await store.find("scope", "key-1")).toEqual(intent);
    expect(await store.check()).toBeUndefined();
  });

  it("lets nobody else read the records", async () => {
    const directory = join(mkdtempSync(join(tmpdir(), "records-")), "new");
    const store = createSqliteAttemptStore(directory);
    stores.push(store);
    await store.claim(intent, { acknowledged: false, replaces: undefined });
    expect(statSync(directory).mode & 0o777).toBe(0o700);
    for (const name of [file, `${file}-wal`, `${file}-shm`]) expect(statSync(join(directory, name)).mode & 0o777, name).toBe(0o600);
  });

  it("refuses a record that is not as it was written", async () => {
    const store = await startOn((records) => {
      const main = alone(records);
      const bytes = readFileSync(main);
      const at = bytes.indexOf('"startedAtMs":1000');
      expect(at).toBeGreaterThan(0);
      bytes.write('"startedAtMs":9000', at);
      writeFileSync(main, bytes);
    });
    await expect(store.find("scope", "key-1")).rejects.toThrow("a record is damaged");
    await expect(store.claim(intent, { acknowledged: true, replaces: undefined })).rejects.toThrow("a record is damaged");
  });
});

it("reads what others have just written while it waits for its own turn to write", async () => {
  const directory = mkdtempSync(join(tmpdir(), "records-"));
  const store = createSqliteAttemptStore(directory);
  expect(await store.find("scope", "key-1")).toBeUndefined();
  const other = new Database(join(directory, file));
  other.exec("BEGIN IMMEDIATE");
  const claim = store.claim(intent, { acknowledged: false, replaces: undefined });
  for (let n = 2; n < 30; n += 1) {
    const idempotencyKey = `key-${String(n)}`;
    expect(await store.find("scope", idempotencyKey)).toBeUndefined();
    const { record, checksum } = toKept({ ...intent, idempotencyKey });
    other.prepare("INSERT INTO attempts VALUES (?, ?, ?, ?)").run(idempotencyKey, "scope", record, checksum);
    other.exec("COMMIT; BEGIN IMMEDIATE");
    expect(await store.find("scope", idempotencyKey)).toMatchObject({ idempotencyKey });
    await wait(3);
  }
  other.exec("COMMIT");
  expect(await claim).toEqual({ kind: "claimed" });
  await store.close();
});
