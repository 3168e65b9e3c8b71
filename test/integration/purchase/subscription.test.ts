/** `subscription { purchaseAttempt }`: what a client sees of a purchase that goes on elsewhere, and that waiting calls nothing. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createClient, type Client } from "graphql-sse";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { request } from "undici";
import { once } from "../../../src/shared/once.js";
import { tell } from "../../support/asking.js";
import { reset } from "../../support/fake-upstream.js";
import { buy, lockerTrack, newBuyer, newKey, sell, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";
import { eventsIn, stream, type Streaming } from "../../support/streaming.js";
import type { Reply } from "../../support/fake-upstream.js";

const events = { accept: "text/event-stream" };
const query =
  "subscription ($key: String!) { purchaseAttempt(idempotencyKey: $key) { status confirmedBy failure purchase { purchaseId } } }";
const nothing = { confirmedBy: null, failure: null, purchase: null };

let shop: Shop;
let user: ReturnType<typeof newBuyer>;
let key: string;
/** Of the purchase calls that wait. */
let waiting: (() => void)[];

/** Answers a purchase when the test says so. */
function later(reply: Reply): Reply {
  return (response, ...asked) => waiting.push(once(() => reply(response, ...asked)));
}

beforeAll(async () => {
  shop = await startShop({ PURCHASE_TIMEOUT_MS: "20000", LIMIT_SUBSCRIPTIONS_PER_USER: "2" });
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.upstream.purchases.length = 0;
  shop.upstream.locker = () => "";
  shop.upstream.onLockerRead = shop.upstream.showLocker;
  user = newBuyer();
  key = newKey();
  waiting = [];
});
afterEach(() => {
  for (const answer of waiting) answer();
});

const ask = (variables = { key }, headers: Readonly<Record<string, string>> = user) =>
  stream(shop.facade.url, { query, variables }, { ...events, ...headers });

/** Calls to 7digital since the last look: of the catalogue, and of the locker and purchases, ever. */
const calls = () => [shop.facade.calls(), shop.upstream.lockerReads, shop.upstream.purchases.length];

async function begun(reply: Reply) {
  shop.upstream.onPurchase = later(reply);
  const bought = buy(shop, { idempotencyKey: key }, user);
  await expect.poll(() => waiting.length).toBe(1);
  return bought;
}

/** Leaves a subscription after its first event. */
async function attemptsOrWait(subscription: Streaming): Promise<string> {
  const first = await subscription.until("data:");
  subscription.leave();
  return first.includes("SUBSCRIPTION_LIMIT") ? "refused" : "waits";
}

function attempts(text: string): readonly unknown[] {
  return eventsIn(text).map(({ data, errors }) => errors ?? (data as { purchaseAttempt: unknown }).purchaseAttempt);
}

describe("a subscription to a purchase", () => {
  it("says how it is now, then how it ends, and is complete; waiting costs no call", async () => {
    const bought = begun(sell());
    await expect.poll(() => waiting.length).toBe(1);
    calls();
    const [, ...before] = calls();
    const subscription = await ask();
    expect([subscription.status, subscription.headers["content-type"]]).toEqual([200, "text/event-stream; charset=utf-8"]);
    await subscription.until("IN_PROGRESS");
    waiting[0]?.();
    const seen = attempts(await subscription.end());
    expect(seen).toEqual([
      { ...nothing, status: "IN_PROGRESS" },
      { status: "SUCCEEDED", confirmedBy: "ANSWER", failure: null, purchase: { purchaseId: expect.stringMatching(/^\d+$/) as string } },
    ]);
    await bought;
    expect(calls()).toEqual([[], ...before]);
  });

  it("shows every change: unknown, then found in the locker by another request", async () => {
    const bought = begun((response) => reset(response));
    await expect.poll(() => waiting.length).toBe(1);
    const subscription = await ask();
    await subscription.until("IN_PROGRESS");
    waiting[0]?.();
    await subscription.until("OUTCOME_UNKNOWN");
    await bought;
    shop.upstream.locker = () => lockerTrack("818", new Date(Date.now() + 1000).toISOString());
    await tell(shop.facade.url, { query: `{ viewer { purchaseAttempt(idempotencyKey: "${key}") { status } } }` }, user);
    expect(attempts(await subscription.end())).toEqual([
      { ...nothing, status: "IN_PROGRESS" },
      { ...nothing, status: "OUTCOME_UNKNOWN" },
      { status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null, purchase: { purchaseId: "818" } },
    ]);
  });

  it("ends with OUTCOME_UNKNOWN when no process looks for the outcome any more", async () => {
    shop.upstream.onPurchase = reset;
    await buy(shop, { idempotencyKey: key }, user);
    const subscription = await ask();
    await subscription.until("OUTCOME_UNKNOWN");
    // The deadline of the call, the last look after it, and the time that a look may take.
    shop.pass(20 + 0.03 + 20 + 1);
    expect(attempts(await subscription.end())).toEqual([{ ...nothing, status: "OUTCOME_UNKNOWN" }]);
  });

  it("has one event where the purchase has ended before", async () => {
    shop.upstream.onPurchase = sell();
    await buy(shop, { idempotencyKey: key }, user);
    expect(attempts(await (await ask()).end())).toMatchObject([{ status: "SUCCEEDED" }]);
  });

  it.each([
    ["that was never sent", () => newKey()],
    ["that is no key", () => "\u0000"],
  ])("is null for a key %s", async (_what, keyOf) => {
    expect(attempts(await (await ask({ key: keyOf() })).end())).toEqual([null]);
  });

  it("is null for the key of another user, as viewer.purchaseAttempt is", async () => {
    shop.upstream.onPurchase = sell();
    await buy(shop, { idempotencyKey: key }, user);
    expect(attempts(await (await ask({ key }, newBuyer())).end())).toEqual([null]);
  });

  it("is an error without credentials of a user", async () => {
    expect(attempts(await (await ask({ key }, {})).end())).toMatchObject([[{ extensions: { code: "UNAUTHENTICATED" } }]]);
  });

  it("sees what another process has recorded", async () => {
    const environment = { DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "records-")), PURCHASE_TIMEOUT_MS: "20000" };
    const keys = { SEALING_KEYS: `test:${Buffer.alloc(32, 1).toString("base64")}` };
    const [seller, watcher] = [await startShop({ ...environment, ...keys }), await startShop({ ...environment, ...keys })];
    seller.upstream.onPurchase = later(sell());
    const bought = buy(seller, { idempotencyKey: key }, user);
    await expect.poll(() => waiting.length).toBe(1);
    const subscription = await stream(watcher.facade.url, { query, variables: { key } }, { ...events, ...user });
    await subscription.until("IN_PROGRESS");
    waiting[0]?.();
    expect(attempts(await subscription.end())).toMatchObject([{ status: "IN_PROGRESS" }, { status: "SUCCEEDED" }]);
    expect([watcher.facade.calls(), watcher.upstream.lockerReads]).toEqual([[], 0]);
    await bought;
    await seller.close();
    await watcher.close();
  });

  it("is counted and logged once, when it is over", async () => {
    shop.upstream.onPurchase = sell();
    await buy(shop, { idempotencyKey: key }, user);
    const logged = () => shop.facade.logged.filter(({ msg, kind }) => msg === "operation" && kind === "subscription");
    const before = logged().length;
    await (await ask()).end();
    expect(logged().slice(before)).toMatchObject([{ outcome: "OK", upstreamCalls: 0 }]);
    expect(await shop.facade.metrics()).toMatch(/operations_total\{kind="subscription",outcome="OK"\} \d/);
  });
});

describe("subscriptions", () => {
  it("are refused beyond the limit of a user, and let in again when one is over", async () => {
    const bought = begun(sell());
    await expect.poll(() => waiting.length).toBe(1);
    const [one, other] = [await ask(), await ask()];
    await Promise.all([one.until("IN_PROGRESS"), other.until("IN_PROGRESS")]);
    expect(attempts(await (await ask()).end())).toMatchObject([[{ extensions: { code: "SUBSCRIPTION_LIMIT" } }]]);
    expect(attempts(await (await ask({ key }, newBuyer())).end())).toEqual([null]);
    one.leave();
    await expect.poll(async () => attemptsOrWait(await ask())).toBe("waits");
    waiting[0]?.();
    await bought;
    await other.end();
  });

  it("end without `complete` where the server stops, so that clients subscribe again", async () => {
    const stopping = await startShop({ PURCHASE_TIMEOUT_MS: "20000" });
    stopping.upstream.onPurchase = later(sell());
    const bought = buy(stopping, { idempotencyKey: key }, user);
    await expect.poll(() => waiting.length).toBe(1);
    const subscription = await stream(stopping.facade.url, { query, variables: { key } }, { ...events, ...user });
    await subscription.until("IN_PROGRESS");
    const ended = subscription.end().then(
      () => "complete",
      () => "cut off",
    );
    const closed = stopping.close();
    expect(await ended).toBe("cut off");
    expect(subscription.text()).not.toContain("complete");
    waiting[0]?.();
    expect((await bought).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    await closed;
  });

  it.each(["application/json", "application/graphql-response+json, application/json", "multipart/mixed, application/json"])(
    "are HTTP 406 for a client that accepts %s only",
    async (accept) => {
      const answer = await tell(shop.facade.url, { query, variables: { key } }, { ...user, accept });
      expect([answer.status, answer.code, answer.errors[0]?.message]).toEqual([
        406,
        "BAD_REQUEST",
        "A subscription is answered by events. Accept text/event-stream.",
      ]);
    },
  );

  it("are HTTP 405 by GET, and no part of the subgraph", async () => {
    const url = new URL(shop.facade.url);
    url.searchParams.set("query", 'subscription { purchaseAttempt(idempotencyKey: "x") { status } }');
    expect((await request(url, { headers: { accept: "text/event-stream, application/json" } })).statusCode).toBe(405);
    const subgraph = await tell(shop.facade.url.replace("/graphql", "/subgraph"), { query, variables: { key } }, user);
    expect(subgraph.code).toBe("GRAPHQL_VALIDATION_FAILED");
  });
});

describe("the client of graphql-sse", () => {
  let client: Client;
  beforeEach(() => {
    client = createClient({ url: shop.facade.url, headers: user, retryAttempts: 0 });
  });
  afterEach(() => {
    client.dispose();
  });

  it("reads a subscription to its end", async () => {
    const bought = begun(sell());
    await expect.poll(() => waiting.length).toBe(1);
    const statuses: string[] = [];
    for await (const { data } of client.iterate<{ purchaseAttempt: { status: string } }>({ query, variables: { key } })) {
      statuses.push(data?.purchaseAttempt.status ?? "");
      waiting[0]?.();
    }
    expect(statuses).toEqual(["IN_PROGRESS", "SUCCEEDED"]);
    await bought;
  });

  it("reads a query, and errors of a document that is not valid", async () => {
    const one = await client.iterate({ query: `{ artist(id: "1") { name } }` }).next();
    expect(one.value).toMatchObject({ data: { artist: { name: "Keane" } } });
    const wrong = await client.iterate({ query: "{ nothing }" }).next();
    expect(wrong.value).toMatchObject({ errors: [{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }] });
  });
});
