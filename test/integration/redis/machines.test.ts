/** Four copies with one PostgreSQL and one Redis, as on four machines: each purchase is made once, and changes of a basket do not mix. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { PostgresServer, postgresBinaries } from "../../../scripts/databases/postgres-server.js";
import { hasRedis, RedisServer } from "../../../scripts/databases/redis-server.js";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Came, type Running, type Stand } from "../../support/stand.js";

const isPossible = (hasRedis() && postgresBinaries() !== undefined) || process.env["CI_NO_SKIP"] !== undefined;

let redis: RedisServer;
let postgres: PostgresServer;
let stand: Stand;

async function copies(environment: Readonly<Record<string, string>> = {}): Promise<readonly Running[]> {
  const own = { DATA_DIRECTORY: "", DATABASE_URL: await postgres.newDatabase(), REDIS_URL: redis.url };
  stand = await openStand({ ...own, ...environment });
  const first = await stand.start();
  return [first, ...(await Promise.all([1, 2, 3].map(() => stand.start())))];
}

const spread = (all: readonly Running[], count: number, ask: (copy: Running) => Promise<Came>): Promise<Came>[] =>
  Array.from({ length: count }, (_, nth) => ask(all[nth % all.length] as Running));

const statusOf = (came: Came): number | "cut" => (came === "cut" ? came : came.status);

describe.skipIf(!isPossible)("four copies with one database and one Redis", { timeout: 120_000 }, () => {
  beforeAll(async () => {
    postgres = await PostgresServer.start();
  }, 60_000);

  afterAll(() => postgres.remove());

  afterEach(async () => {
    await stand.close();
    await redis.remove();
  });

  it.each([
    ["with Redis", () => Promise.resolve()],
    [
      "while Redis hangs",
      () => {
        redis.freeze();
        return Promise.resolve();
      },
    ],
    ["without Redis", () => redis.stop()],
  ])("buy once for 50 submits of one key, %s", async (_what, disturb) => {
    redis = await RedisServer.start();
    const all = await copies();
    const quote = await quoteAt(all[0] as Running);
    await disturb();
    const submits = await Promise.all(spread(all, 50, (copy) => buyAt(copy, quote, "key-of-fifty-submits-3")));
    expect(submits.map(statusOf)).toEqual(new Array(50).fill(200));
    expect(stand.sandbox.sales).toHaveLength(1);
    const statuses = new Set(submits.map((came) => attemptIn(came)?.status));
    expect([...statuses].filter((status) => status !== "SUCCEEDED" && status !== "IN_PROGRESS")).toEqual([]);
    expect(await attemptAt(all[3] as Running, "key-of-fifty-submits-3")).toMatchObject({ status: "SUCCEEDED" });
  });

  it("buy once although the copies that may have sent it are killed", async () => {
    redis = await RedisServer.start();
    const all = await copies({ PURCHASE_TIMEOUT_MS: "4000", PURCHASE_SETTLE_MS: "0" });
    const quote = await quoteAt(all[0] as Running);
    stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "hang", when: "after" } });
    const submits = spread(all, 50, (copy) => buyAt(copy, quote, "key-of-fifty-submits-4"));
    await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
    // Any but the last may have sent it, or the last has.
    for (const copy of all.slice(0, 3)) copy.child.kill("SIGKILL");
    await Promise.all(submits);
    stand.sandbox.faults.clear();
    const left = all[3] as Running;
    await until(async () => {
      const again = await buyAt(left, quote, "key-of-fifty-submits-4");
      return again !== "cut" && attemptIn(again)?.status === "SUCCEEDED";
    }, "the copy that is left finds out");
    expect(stand.sandbox.sales).toHaveLength(1);
  });

  it("change one basket one after the other", async () => {
    redis = await RedisServer.start();
    const all = await copies();
    const created = await (all[0] as Running).ask("mutation { basketCreate { basket { id } } }");
    const { data } = JSON.parse(created === "cut" ? "{}" : created.body) as { data: { basketCreate: { basket: { id: string } } } };
    stand.sandbox.faults.add({ method: "basket/addItem", fault: { kind: "delay", ms: 20 } });
    stand.sandbox.journal.clear();
    const add = `mutation ($input: BasketLinesAddInput!) { basketLinesAdd(input: $input) { userErrors { code } } }`;
    const basketId = data.basketCreate.basket.id;
    // Each change is of two lines of one item: those of two changes would mix.
    const items = ["release:155408", "track:12345:1302"];
    let nth = 0;
    const came = await Promise.all(
      spread(all, 8, (copy) => {
        const itemId = items[nth++ % 2] as string;
        return copy.ask(add, { input: { basketId, lines: [{ itemId }, { itemId }] } });
      }),
    );
    expect(came.map(statusOf)).toEqual(new Array(8).fill(200));
    const releases = stand.sandbox.journal
      .entries()
      .flatMap(({ method, params }) => (method === "basket/addItem" ? [params["releaseId"]] : []));
    expect(releases).toHaveLength(16);
    for (let change = 0; change < 16; change += 2) expect(releases[change]).toBe(releases[change + 1]);
  });
});
