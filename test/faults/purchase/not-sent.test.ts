/** A purchase that is not sent: what cannot have reached 7digital is reported as not sent, and the same key buys it later; and what may not be sent
 *  goes back before it is. */
import { once } from "node:events";
import dns from "node:dns";
import { mkdtempSync } from "node:fs";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createServer as createTlsServer } from "node:tls";
import { generate } from "selfsigned";
import { afterEach, describe, expect, it, vi } from "vitest";
import { reset, respond } from "../../support/fake-upstream.js";
import {
  attemptOf,
  buy,
  newBuyer,
  newKey,
  operatorSecret,
  quoteOf,
  sell,
  startShop,
  type Shop,
} from "../../support/purchase/purchase-upstream.js";

const closing: (() => unknown)[] = [];
afterEach(async () => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
  for (const close of closing.splice(0).reverse()) await close();
});

async function openShop(environment: Readonly<Record<string, string>> = {}): Promise<Shop> {
  const shop = await startShop(environment);
  closing.push(() => shop.close());
  return shop;
}

const notSent = { attempt: { status: "NOT_SENT", failure: "NOT_SENT" }, purchase: null, userErrors: [{ code: "NOT_SENT" }] };
const bought = { attempt: { status: "SUCCEEDED" }, purchase: { purchaseId: expect.stringMatching(/^\d+$/) as string }, userErrors: [] };

/** The way from the façade to the upstream. */
interface Way {
  readonly port: number;
  readonly server: Server;
  /** What is done with a connection instead of leading it to the upstream. */
  blocked: ((socket: Socket) => void) | undefined;
  connections: number;
}

async function openWay(upstreamUrl: () => string, tls: boolean): Promise<Way> {
  const lead = (socket: Socket): void => {
    const onward = connect(Number(new URL(upstreamUrl()).port), "127.0.0.1");
    socket.on("error", () => onward.destroy()).pipe(onward);
    onward.on("error", () => socket.destroy()).pipe(socket);
  };
  const { private: key, cert } = await generate([{ name: "commonName", value: "nobody" }]);
  const secure = createTlsServer({ key, cert }, lead).on("tlsClientError", () => undefined);
  const open = new Set<Socket>();
  const server = createServer((socket) => {
    way.connections += 1;
    open.add(socket.on("error", () => undefined));
    if (way.blocked !== undefined) way.blocked(socket);
    else if (tls) secure.emit("connection", socket);
    else lead(socket);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const way: Way = { port: (server.address() as AddressInfo).port, server, blocked: undefined, connections: 0 };
  closing.push(() => {
    for (const socket of open) socket.destroy();
    if (server.listening) server.close();
  });
  return way;
}

const hostName = "upstream.test";

/** Of the one name: from it to this machine, while it is known. */
function resolver(): { answer: "address" | "none" | "ENOTFOUND" | "EAI_AGAIN" } {
  const known: ReturnType<typeof resolver> = { answer: "address" };
  const real = dns.lookup as (...args: unknown[]) => void;
  const lookup = (...args: unknown[]): void => {
    const [asked, , tell] = args as [string, unknown, (error: Error | null, addresses?: dns.LookupAddress[]) => void];
    if (asked !== hostName) real(...args);
    else if (known.answer === "address") tell(null, [{ address: "127.0.0.1", family: 4 }]);
    else if (known.answer !== "none") tell(Object.assign(new Error("the resolver says no"), { code: known.answer }));
  };
  vi.spyOn(dns, "lookup").mockImplementation(lookup);
  return known;
}

describe("a purchase whose connection never comes to stand, although the locker could just be read,", () => {
  /** What goes wrong on the way, and how it is made good again. */
  type Trouble = (way: Way, names: ReturnType<typeof resolver>) => () => unknown;
  const nameless =
    (answer: "none" | "ENOTFOUND" | "EAI_AGAIN"): Trouble =>
    (_way, names) => {
      names.answer = answer;
      return () => (names.answer = "address");
    };
  const rows: readonly (readonly [string, "http" | "https", Trouble])[] = [
    [
      "F1: is refused",
      "http",
      ({ server, port }) => {
        server.close();
        return async () => {
          server.listen(port, "127.0.0.1");
          await once(server, "listening");
        };
      },
    ],
    ["F2: has a name without an address (ENOTFOUND)", "http", nameless("ENOTFOUND")],
    ["F2: has a name that cannot be looked up (EAI_AGAIN)", "http", nameless("EAI_AGAIN")],
    ["F3: waits for its address", "http", nameless("none")],
    [
      "F3: waits for the handshake of TLS",
      "https",
      (way) => {
        way.blocked = () => undefined;
        return () => (way.blocked = undefined);
      },
    ],
    [
      "F4: shows a certificate that nobody vouches for",
      "https",
      () => {
        vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", undefined);
        return () => vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
      },
    ],
  ];

  it.each(rows)("%s", async (_row, scheme, trouble) => {
    // Node reads it at every handshake: what is trusted for the look is no longer trusted for the purchase.
    vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0");
    const names = resolver();
    const way = await openWay(() => shop.upstream.url, scheme === "https");
    const secure = `${scheme}://${hostName}:${String(way.port)}/1.2`;
    const shop = await openShop({ SEVENDIGITAL_SECURE_BASE_URL: secure, PURCHASE_TIMEOUT_MS: "30000" });
    const input = { idempotencyKey: newKey(), quote: await quoteOf(shop.facade) };
    let mend: (() => unknown) | undefined;
    shop.upstream.onLockerRead = (response) => {
      mend ??= trouble(way, names);
      shop.upstream.showLocker(response);
    };
    const startedMs = performance.now();
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(notSent);
    // Two seconds for the connection, and the rest for a busy machine: an answer would have been waited for longer.
    expect(performance.now() - startedMs).toBeLessThan(10_000);
    expect(await attemptOf(shop, input.idempotencyKey)).toMatchObject({ status: "NOT_SENT" });
    expect(shop.upstream.lockerReads).toBe(1);
    expect(shop.upstream.purchases).toEqual([]);
    // One of the look, and no more than one of the purchase, which is not tried again, nor in any other way.
    expect(way.connections).toBeLessThanOrEqual(2);

    await mend?.();
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(1);
  });
});

it.each([
  ["F1: the locker refuses connections", "http://127.0.0.1:1/1.2"],
  ["F2: the locker's name has no address", "http://nowhere.invalid/1.2"],
])("%s: nobody could tell later whether it was bought, so nothing is sent", async (_row, secure) => {
  const shop = await openShop({ SEVENDIGITAL_SECURE_BASE_URL: secure });
  const idempotencyKey = newKey();
  expect((await buy(shop, { idempotencyKey })).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "NOT_SENT" }] });
  expect(await attemptOf(shop, idempotencyKey)).toBeNull();
});

it("F6: a locker that resets the connection is one that cannot be read", async () => {
  const shop = await openShop();
  const input = { idempotencyKey: newKey(), quote: await quoteOf(shop.facade) };
  shop.upstream.onLockerRead = reset;
  expect((await buy(shop, input)).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "NOT_SENT" }] });
  expect(shop.upstream.purchases).toEqual([]);
  shop.upstream.onLockerRead = shop.upstream.showLocker;
  expect((await buy(shop, input)).data.itemPurchase).toMatchObject(bought);
});

describe("a clock that is not 7digital's", () => {
  it("F33: is set by the look into the locker, so that the purchase itself is signed right", async () => {
    const theirs = Date.now() + 10 * 60_000;
    const stamps: number[] = [];
    const shop = await openShop();
    shop.upstream.onLockerRead = (response) => {
      const refuse = respond("OAuth", 401, { date: new Date(theirs).toUTCString(), "content-type": "text/plain" });
      (shop.upstream.lockerReads === 1 ? refuse : shop.upstream.showLocker)(response);
    };
    shop.upstream.onPurchase = (response, { headers }) => {
      stamps.push(Number(/oauth_timestamp="(\d+)"/.exec(headers.authorization ?? "")?.[1]) * 1000);
      sell()(response);
    };
    expect((await buy(shop)).data.itemPurchase).toMatchObject(bought);
    expect(stamps).toHaveLength(1);
    expect(Math.abs((stamps[0] ?? 0) - theirs)).toBeLessThan(15_000);
  });

  it("F33: does not make a purchase go twice", async () => {
    const shop = await openShop();
    shop.upstream.onPurchase = respond("OAuth timestamp is out of bounds", 401, { date: new Date(Date.now() + 3_600_000).toUTCString() });
    expect((await buy(shop)).data.itemPurchase.userErrors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
    expect(shop.upstream.purchases).toHaveLength(1);
  });
});

describe("an allowance of calls", () => {
  const used = (calls: string) => ({ "x-ratelimit-limit": "1000", "x-ratelimit-current": calls, "x-ratelimit-reset": "600" });

  it("F36: of which little is left is kept for purchases, not for the catalogue", async () => {
    const shop = await openShop();
    const quote = await quoteOf(shop.facade);
    shop.upstream.lockerHeaders = used("950");
    shop.upstream.onPurchase = sell(used("951"));
    expect((await buy(shop, { quote })).data.itemPurchase).toMatchObject(bought);
    const { errors } = await shop.facade.query(`{ artist(id: "1") { name } }`);
    expect(errors).toMatchObject([{ extensions: { code: "QUOTA_RESERVED" } }]);
    expect((await buy(shop, { quote })).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it("F37: that is spent keeps a purchase from being sent, and the look before it, until it starts again", async () => {
    const shop = await openShop();
    shop.upstream.onPurchase = sell(used("1000"));
    const quote = await quoteOf(shop.facade);
    expect((await buy(shop, { quote })).data.itemPurchase).toMatchObject(bought);
    shop.upstream.onPurchase = sell();
    const input = { idempotencyKey: newKey(), quote };
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "RATE_LIMITED" }] });
    expect([shop.upstream.lockerReads, shop.upstream.purchases.length]).toEqual([1, 1]);
    shop.pass(601);
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it("F37: that is spent with the look itself keeps the purchase from being sent", async () => {
    const shop = await openShop();
    shop.upstream.lockerHeaders = used("1000");
    const input = { idempotencyKey: newKey(), quote: await quoteOf(shop.facade) };
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(notSent);
    expect(shop.upstream.purchases).toEqual([]);
    shop.upstream.lockerHeaders = {};
    shop.pass(601);
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(bought);
  });
});

describe("a breaker", () => {
  /** Opens the one of the catalogue. */
  async function killCatalogue({ facade }: Shop): Promise<void> {
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 503 } });
    for (let id = 1; id <= 12; id += 1) await facade.query(`{ artist(id: "${String(id)}") { name } }`);
    expect((await facade.metrics()).split("\n")).toContain('sevendigital_graphql_breaker_state{calls="read"} 2');
  }

  it("F58: of a dead catalogue keeps nobody from buying, and what became of a purchase is found out", async () => {
    const shop = await openShop();
    const quote = await quoteOf(shop.facade);
    await killCatalogue(shop);
    expect((await buy(shop, { quote })).data.itemPurchase).toMatchObject(bought);
    shop.upstream.onPurchase = reset;
    const lost = await buy(shop, { quote });
    expect(lost.data.itemPurchase.attempt).toMatchObject({ status: "OUTCOME_UNKNOWN" });
    expect(shop.upstream.lockerReads).toBe(4);
    expect(shop.upstream.purchases).toHaveLength(2);
  });

  it("F58: of a dead catalogue keeps nobody from buying a basket, which is read before", async () => {
    const shop = await openShop();
    const { basketId, amountDue } = await basketOf(shop);
    await killCatalogue(shop);
    expect(await buyBasket(shop, basketId, amountDue)).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("F58: of purchases that fail refuses more before they are sent, looks into lockers all the same, and lets the next one try", async () => {
    const shop = await openShop({ PURCHASE_SETTLE_MS: "0" });
    const quote = await quoteOf(shop.facade);
    const lost = { quote, idempotencyKey: newKey() };
    const unlucky = newBuyer();
    shop.upstream.onPurchase = reset;
    await buy(shop, lost, unlucky);
    for (let nth = 2; nth <= 10; nth += 1) await buy(shop, { quote }, newBuyer());
    expect(shop.upstream.purchases).toHaveLength(10);

    const input = { quote, idempotencyKey: newKey() };
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(notSent);
    expect(shop.upstream.purchases).toHaveLength(10);
    const { lockerReads } = shop.upstream;
    expect(await attemptOf(shop, lost.idempotencyKey, unlucky)).toMatchObject({ status: "OUTCOME_UNKNOWN" });
    expect(shop.upstream.lockerReads).toBe(lockerReads + 1);
    expect((await shop.facade.query(`{ artist(id: "1") { name } }`)).errors).toBeUndefined();

    shop.upstream.onPurchase = sell();
    shop.pass(5);
    expect((await buy(shop, input)).data.itemPurchase).toMatchObject(bought);
    expect((await buy(shop, { quote }, newBuyer())).data.itemPurchase).toMatchObject(bought);
    expect(shop.upstream.purchases).toHaveLength(12);
  });
});

async function basketOf({ facade }: Shop): Promise<{ readonly basketId: string; readonly amountDue: string }> {
  const { data: made } = await facade.query<{ basketCreate: { basket: { id: string } } }>(`mutation { basketCreate { basket { id } } }`);
  const basketId = made.basketCreate.basket.id;
  const { data } = await facade.query<{ basketLinesAdd: { basket: { amountDue: { amount: string } } } }>(
    `mutation ($id: ID!) { basketLinesAdd(input: { basketId: $id, lines: [{ itemId: "release:1302" }] }) { basket { amountDue { amount } } } }`,
    { id: basketId },
  );
  return { basketId, amountDue: data.basketLinesAdd.basket.amountDue.amount };
}

async function buyBasket({ facade }: Shop, basketId: string, expectedAmountDue: string) {
  const { data } = await facade.query<{ basketPurchase: unknown }>(
    `mutation ($input: BasketPurchaseInput!) {
      basketPurchase(input: $input) { attempt { status failure } userErrors { code field } }
    }`,
    { input: { basketId, expectedAmountDue, idempotencyKey: newKey() } },
    newBuyer(),
  );
  return data.basketPurchase;
}

describe("what is due for a basket", () => {
  const basketXml = (due: string): string =>
    `<response status="ok" version="1.2"><basket id="11111111-2222-3333-4444-555555555555"><itemCount>1</itemCount>
      <basketItems><basketItem id="1"><releaseId>1302</releaseId><trackId/></basketItem></basketItems>
      <amountDue><currency code="GBP">£</currency>${due}</amountDue></basket></response>`;

  it.each([
    ["F40: read from `amount`", "<amount>7.99</amount><formattedAmount>£7.99</formattedAmount>", undefined],
    ["F48: read from `amount`", "<amount>7.99</amount>", undefined],
    ["F48: read from `value`", "<value>7.99</value><formattedPrice>£7.99</formattedPrice>", undefined],
    ["F48: not known without a value", "<value/><formattedPrice>N/A</formattedPrice>", "INVALID"],
    ["F48: not known from its words alone", "<formattedAmount>£7.99</formattedAmount>", "INVALID"],
  ])("%s", async (_row, due, code) => {
    const shop = await openShop();
    shop.facade.sandbox.faults.add({
      method: "basket",
      fault: { kind: "status", status: 200, body: basketXml(due), contentType: "text/xml; charset=utf-8" },
    });
    const payload = await buyBasket(shop, "basket:GB:11111111-2222-3333-4444-555555555555", "7.99");
    if (code === undefined) expect(payload).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    else expect(payload).toMatchObject({ attempt: null, userErrors: [{ code, field: ["basketId"] }] });
    expect(shop.upstream.purchases).toHaveLength(code === undefined ? 1 : 0);
  });
});

describe("purchases at once", () => {
  it("F59: are four, whose slots the catalogue does not take; more wait a while, and go back unsent", async () => {
    const shop = await openShop({
      SEVENDIGITAL_MAX_CONNECTIONS: "2",
      SEVENDIGITAL_TIMEOUT_MS: "2000",
      SEVENDIGITAL_MAX_WAIT_MS: "300",
      PURCHASE_TIMEOUT_MS: "30000",
    });
    const quote = await quoteOf(shop.facade);
    shop.facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "hang" } });
    const reads = [1, 2, 3].map((id) => shop.facade.query(`{ artist(id: "${String(id)}") { name } }`));

    const waiting: (() => unknown)[] = [];
    shop.upstream.onPurchase = (response) => waiting.push(() => sell()(response));
    const buyers = Array.from({ length: 6 }, () => {
      const managed = { "x-7d-user-id": newKey(), "x-7d-operator-secret": operatorSecret };
      return buy(shop, { quote }, managed);
    });
    await expect.poll(() => waiting.length, { timeout: 10_000 }).toBe(4);
    for (const { data } of await settledFirst(buyers, 2)) expect(data.itemPurchase).toMatchObject(notSent);
    expect(waiting).toHaveLength(4);
    for (const answer of waiting) answer();
    const statuses = (await Promise.all(buyers)).map(({ data }) => data.itemPurchase.attempt?.status);
    expect(statuses.sort()).toEqual(["NOT_SENT", "NOT_SENT", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED", "SUCCEEDED"]);
    expect(shop.upstream.purchases).toHaveLength(4);

    shop.facade.sandbox.faults.clear();
    await Promise.all(reads);
    shop.upstream.onPurchase = sell();
    expect((await buy(shop, { quote })).data.itemPurchase).toMatchObject(bought);
  });
});

/** The answers that come first. */
function settledFirst<T>(promises: readonly Promise<T>[], count: number): Promise<T[]> {
  const settled: T[] = [];
  return new Promise((resolve, reject) => {
    for (const promise of promises) {
      promise.then((value) => {
        settled.push(value);
        if (settled.length === count) resolve(settled);
      }, reject);
    }
  });
}

it("F54: a copy that could not prepare it says so, and then no submit that began before sends it at another copy", async () => {
  const shared = { DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "records-")), SEALING_KEYS: `k:${Buffer.alloc(32, 7).toString("base64")}` };
  const way = await openWay(() => one.upstream.url, false);
  const one = await openShop({ ...shared, SEVENDIGITAL_SECURE_BASE_URL: `http://127.0.0.1:${String(way.port)}/1.2` });
  const other = await openShop(shared);
  other.upstream.onPurchase = sell();
  const input = { idempotencyKey: newKey(), quote: await quoteOf(one.facade) };
  one.upstream.onLockerRead = (response) => {
    way.blocked = (socket) => socket.destroy();
    way.server.close();
    one.upstream.showLocker(response);
  };
  expect((await buy(one, input)).data.itemPurchase).toMatchObject(notSent);

  // Another submit sees that record, and prepares.
  let show: (() => void) | undefined;
  other.upstream.onLockerRead = (response) => void (show ??= () => other.upstream.showLocker(response));
  const begun = buy(other, input);
  one.upstream.onLockerRead = reset;
  await expect.poll(() => show).toBeDefined();
  expect((await buy(one, input)).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "NOT_SENT" }] });
  other.upstream.onLockerRead = other.upstream.showLocker;
  show?.();
  expect((await begun).data.itemPurchase).toMatchObject(notSent);
  expect(other.upstream.purchases).toEqual([]);
  expect((await buy(other, input)).data.itemPurchase).toMatchObject(bought);
});
