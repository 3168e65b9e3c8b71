/** What several processes share: rates, the quota, turns, purchase records and keys. */
import { afterEach, describe, expect, it } from "vitest";
import type { SandboxOptions } from "../../../src/sandbox/sandbox.js";
import { killProcesses } from "../../support/process.js";
import { demo, track } from "../../support/purchase/purchase-upstream.js";
import { attemptAt, attemptIn, buyAt, openStand, quoteAt, until, type Came, type Running, type Stand } from "../../support/stand.js";
import { linesTo, logOf, workersOf, type Line } from "../../support/workers.js";

const artist = "query ($id: ID!) { artist(id: $id) { id } }";

let stand: Stand;
let facade: Running;
let lines: readonly Line[] = [];
let log: ReturnType<typeof logOf>;

/** As many processes as cores are not needed: what they share is the same. */
async function start(count: number, environment: Readonly<Record<string, string>> = {}, options: SandboxOptions = {}): Promise<void> {
  stand = await openStand({ PROCESSES: String(count), LOG_LEVEL: "info", ...environment }, options);
  facade = await stand.start();
}

/** A connection to each process. */
async function connect(count: number): Promise<readonly [Line, Line]> {
  log = logOf(facade);
  lines = await linesTo(count, facade, log);
  return [lines[0] as Line, lines[1] as Line];
}

afterEach(async () => {
  for (const line of lines) await line.close();
  lines = [];
  killProcesses();
  await stand.close();
});

function statusOf(came: Came): number {
  return came === "cut" ? 0 : came.status;
}

function codesIn(came: Came): readonly unknown[] {
  const { errors = [] } = JSON.parse(came === "cut" ? "{}" : came.body) as { errors?: readonly { extensions: { code: string } }[] };
  return errors.map(({ extensions }) => extensions.code);
}

function dataIn(came: Came): unknown {
  return (JSON.parse(came === "cut" ? "{}" : came.body) as { data: unknown }).data;
}

describe("operations a minute", () => {
  it.each([2, 3])(
    "of one caller are as many from %i processes as from one",
    async (count) => {
      const most = 200;
      await start(count, { LIMIT_OPERATIONS_PER_MINUTE: String(most) });
      const startedMs = performance.now();
      const came = await Promise.all(Array.from({ length: 3 * most }, () => facade.ask("{ __typename }")));
      const admitted = came.filter((one) => statusOf(one) === 200).length;
      expect(admitted).toBeGreaterThanOrEqual(most * 0.95);
      // Where the minute ends meanwhile, as much of it is forgotten as has passed since.
      expect(admitted).toBeLessThanOrEqual(most * (1 + (performance.now() - startedMs) / 60_000));
      const refused = came.filter((one) => statusOf(one) !== 200);
      expect(new Set(refused.flatMap(codesIn))).toEqual(new Set(["RATE_LIMITED"]));
      expect(new Set(refused.map(statusOf))).toEqual(new Set([429]));
    },
    90_000,
  );

  it("are all admitted when they come over one connection", async () => {
    await start(2, { LIMIT_OPERATIONS_PER_MINUTE: "100" });
    const [one, other] = await connect(2);
    const statuses: number[] = [];
    // Well beyond half. A few were sent to find the processes.
    for (let request = 0; request < 80; request += 1) statuses.push(statusOf(await one.ask("{ __typename }")));
    expect(statuses).toEqual(new Array(80).fill(200));
    await until(async () => statusOf(await one.ask("{ __typename }")) === 429, "the limit is reached");
    await until(async () => statusOf(await other.ask("{ __typename }")) === 429, "it is reached at the other process, too");
  }, 90_000);
});

it("purchases a minute are counted for all processes", async () => {
  await start(2, { LIMIT_PURCHASES_PER_MINUTE: "3" });
  const all = await connect(2);
  const quote = await quoteAt(facade);
  const outcomes: unknown[] = [];
  for (let nth = 0; nth < 8; nth += 1) {
    const query = `mutation ($input: ItemPurchaseInput!) { itemPurchase(input: $input) { userErrors { code } } }`;
    const input = { itemId: track, quote, idempotencyKey: `key-of-a-rate-limit-${String(nth)}`, acknowledgeUnknown: true };
    const came = await (all[nth % 2] as Line).ask(query, { input }, demo);
    outcomes.push(came);
  }
  const limited = outcomes.filter((came) => JSON.stringify(came).includes("RATE_LIMITED"));
  expect(limited).toHaveLength(5);
}, 90_000);

it("requests at once of one client are counted for all processes", async () => {
  await start(2, { LIMIT_SOCKETS_PER_CLIENT: "10", TRUSTED_PROXIES: "1" });
  const from = { "x-forwarded-for": "192.0.2.7" };
  stand.gate.hold("artist/details");
  let [waiting, refused] = [0, 0];
  const ask = () => facade.ask(artist, { id: String(waiting + 1) }, from);
  const asked: Promise<Came>[] = [];
  // One after the other, so that each process knows of those at the others.
  while (refused < 6) {
    const came = ask();
    asked.push(came);
    const before = stand.gate.held();
    const isRefused = await Promise.race([came.then(() => true), until(() => stand.gate.held() > before, "it waits").then(() => false)]);
    if (isRefused) refused += 1;
    else waiting += 1;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(waiting).toBeGreaterThanOrEqual(10);
  // Each alone would take ten.
  expect(waiting).toBeLessThan(15);
  stand.gate.open();
  await Promise.all(asked);
}, 90_000);

it("the quota that one process learns of is known to the others", async () => {
  await start(2, { QUOTA_RESERVE_PERCENT: "50", QUOTA_CALLER_PERCENT: "100" }, { dailyLimit: 20 });
  const [one, other] = await connect(2);
  let id = 0;
  const ask = (line: Line) => line.ask("query ($id: ID!) { artist(id: $id) { name } }", { id: String((id += 1)) });
  await until(async () => codesIn(await ask(one)).includes("QUOTA_RESERVED"), "half of the calls are made");
  expect(stand.sandbox.journal.count()).toBe(10);
  const remaining = async () => dataIn(await other.ask("{ upstreamQuota { remaining } }"));
  await until(async () => JSON.stringify(await remaining()) === '{"upstreamQuota":{"remaining":10}}', "the other has heard of it");
  expect(codesIn(await ask(other))).toEqual(["QUOTA_RESERVED"]);
  expect(stand.sandbox.journal.count(), "the other has made no call").toBe(10);
  const [first = 0, second = 0] = workersOf(facade);
  process.kill(other.process === 1 ? first : second, "SIGKILL");
  await until(() => log().some(({ msg }) => msg === "a process ended and is replaced"), "the other is gone");
  const replacing = (await linesTo(2, facade, log)).find((line) => line.process === other.process) as Line;
  await until(async () => codesIn(await ask(replacing)).includes("QUOTA_RESERVED"), "the one in its place hears of it");
  await replacing.close();
}, 90_000);

it("calls in flight at one process count at the others", async () => {
  await start(2, { QUOTA_RESERVE_PERCENT: "50", QUOTA_CALLER_PERCENT: "100" }, { dailyLimit: 20 });
  const [one, other] = await connect(2);
  const name = "query ($id: ID!) { artist(id: $id) { name } }";
  // The first says how many calls there are.
  await one.ask(name, { id: "100" });
  // The other process learns within 20 ms that the call has ended, or later where the machine is busy. Until then it counts the call twice.
  await new Promise((resolve) => setTimeout(resolve, 500));
  stand.gate.hold("artist/details");
  const held = Promise.all(Array.from({ length: 9 }, (_, nth) => facade.ask(name, { id: String(nth + 1) })));
  await until(() => stand.gate.held() === 9, "nine calls wait");
  await until(async () => codesIn(await other.ask(name, { id: "200" })).includes("QUOTA_RESERVED"), "the other knows");
  stand.gate.open();
  expect((await held).map(codesIn).flat()).toEqual([]);
  expect(stand.sandbox.journal.count()).toBeLessThanOrEqual(10);
}, 90_000);

it("one key that is submitted fifty times at once buys once", async () => {
  await start(3);
  const quote = await quoteAt(facade);
  const submits = await Promise.all(Array.from({ length: 50 }, () => buyAt(facade, quote, "key-of-fifty-submits-1")));
  expect(submits.map(statusOf)).toEqual(new Array(50).fill(200));
  expect(stand.sandbox.sales).toHaveLength(1);
  const statuses = new Set(submits.map((came) => attemptIn(came)?.status));
  expect([...statuses].filter((status) => status !== "SUCCEEDED" && status !== "IN_PROGRESS")).toEqual([]);
  expect(await attemptAt(facade, "key-of-fifty-submits-1")).toMatchObject({ status: "SUCCEEDED" });
}, 90_000);

it("and buys once although the process that sent it is killed", async () => {
  await start(2, { PURCHASE_TIMEOUT_MS: "4000", PURCHASE_SETTLE_MS: "0" });
  const quote = await quoteAt(facade);
  stand.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "hang", when: "after" } });
  const submits = Array.from({ length: 50 }, () => buyAt(facade, quote, "key-of-fifty-submits-2"));
  await until(() => stand.sandbox.sales.length > 0, "the purchase is charged");
  // Either may have sent it.
  const both = workersOf(facade);
  for (const worker of both) process.kill(worker, "SIGKILL");
  await Promise.all(submits);
  await until(() => workersOf(facade).filter((worker) => !both.includes(worker)).length === 2, "both are replaced");
  stand.sandbox.faults.clear();
  await until(async () => (await facade.get("/health")) !== "cut", "they answer");
  const again = await Promise.all(Array.from({ length: 50 }, () => buyAt(facade, quote, "key-of-fifty-submits-2")));
  expect(stand.sandbox.sales).toHaveLength(1);
  expect(again.map(statusOf)).toEqual(new Array(50).fill(200));
  await until(async () => (await attemptAt(facade, "key-of-fifty-submits-2"))?.status === "SUCCEEDED", "the attempt is settled");
  expect(stand.sandbox.sales).toHaveLength(1);
}, 90_000);

it("what one process seals the others can open, with keys that are made up at the start", async () => {
  await start(2, { SEALING_KEYS: "" });
  const [one, other] = await connect(2);
  const priced = await one.ask(`query ($id: ID!) { node(id: $id) { ... on Purchasable { price { quote } } } }`, { id: track });
  const { quote } = (dataIn(priced) as { node: { price: { quote: string } } }).node.price;
  const buy = `mutation ($input: ItemPurchaseInput!) { itemPurchase(input: $input) { userErrors { code } attempt { status } } }`;
  const came = await other.ask(buy, { input: { itemId: track, quote, idempotencyKey: "key-of-a-quote-1" } }, demo);
  expect(dataIn(came)).toMatchObject({ itemPurchase: { userErrors: [], attempt: { status: "SUCCEEDED" } } });
}, 90_000);

it("changes of one basket take turns over all processes", async () => {
  await start(2);
  const all = await connect(2);
  const created = await facade.ask("mutation { basketCreate { basket { id } } }");
  const basketId = (dataIn(created) as { basketCreate: { basket: { id: string } } }).basketCreate.basket.id;
  stand.sandbox.faults.add({ method: "basket/addItem", fault: { kind: "delay", ms: 30 } });
  stand.sandbox.journal.clear();
  const add = `mutation ($input: BasketLinesAddInput!) { basketLinesAdd(input: $input) { userErrors { code } } }`;
  // Each change is of two lines of one item: those of two changes would mix.
  const items = ["release:155408", "track:12345:1302"];
  const changes = Array.from({ length: 8 }, (_, nth) => {
    const itemId = items[nth % 2] as string;
    return (all[nth % 2] as Line).ask(add, { input: { basketId, lines: [{ itemId }, { itemId }] } });
  });
  const came = await Promise.all(changes);
  expect(came.map(dataIn)).toEqual(new Array(8).fill({ basketLinesAdd: { userErrors: [] } }));
  const added = stand.sandbox.journal.entries().filter(({ method }) => method === "basket/addItem");
  expect(added).toHaveLength(16);
  const releases = added.map(({ params }) => params["releaseId"]);
  for (let nth = 0; nth < 16; nth += 2) expect(releases[nth]).toBe(releases[nth + 1]);
}, 90_000);
