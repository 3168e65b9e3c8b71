/** One key is one purchase, whoever sends it how often, in whichever process. */
import { mkdtempSync, writeFileSync } from "node:fs";
import type { ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import {
  attemptOf,
  buy,
  buyTrack,
  demo,
  newKey,
  operatorSecret,
  quoteOf,
  sell,
  startShop,
  type Shop,
  track,
} from "../../support/purchase/purchase-upstream.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret, PURCHASE_SETTLE_MS: "0,50" } });
});
afterAll(() => facade.close());

const other = { ...demo, "x-7d-oauth-token": "other-token", "x-7d-oauth-token-secret": "other-token-secret" };

function sales(): number {
  return facade.sandbox.sales.length;
}

describe("an idempotency key", () => {
  it("F50: makes one sale and one answer of fifty submits at once", async () => {
    const before = sales();
    facade.calls();
    const input = { idempotencyKey: newKey(), quote: await quoteOf(facade) };
    const answers = await Promise.all(Array.from({ length: 50 }, () => buy({ facade }, input)));
    expect(sales() - before).toBe(1);
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]?.data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(facade.calls().filter((method) => method === "user/purchase/item")).toHaveLength(1);
  });

  it("gives the same answer again later, without a call", async () => {
    const input = { idempotencyKey: newKey(), quote: await quoteOf(facade) };
    const first = await buy({ facade }, input);
    facade.calls();
    expect(await buy({ facade }, input)).toEqual(first);
    expect(facade.calls()).toEqual([]);
  });

  it("is good for the same purchase even after its quote has expired", async () => {
    let aheadMs = 0;
    const later = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret, QUOTE_MINUTES: "5" }, ahead: () => aheadMs });
    const input = { idempotencyKey: newKey(), quote: await quoteOf(later) };
    const first = await buy({ facade: later }, input);
    aheadMs = 6 * 60_000;
    expect(await buy({ facade: later }, input)).toEqual(first);
    const anew = await buy({ facade: later }, { ...input, idempotencyKey: newKey() });
    expect(anew.data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "INVALID", field: ["quote"] }] });
    await later.close();
  });

  it("F51: is refused for another purchase, which leaves the first as it is", async () => {
    const before = sales();
    const idempotencyKey = newKey();
    await buy({ facade }, { idempotencyKey });
    const elsewhere = await buy({ facade }, { idempotencyKey, salesTags: [{ key: "campaign", value: "other" }] });
    expect(elsewhere.data.itemPurchase).toEqual({
      attempt: null,
      purchase: null,
      userErrors: [
        {
          ...{ __typename: "InputError", code: "IDEMPOTENCY_KEY_REUSED", field: ["idempotencyKey"] },
          message: expect.stringContaining("Make a new key") as string,
        },
      ],
    });
    expect(await attemptOf({ facade }, idempotencyKey)).toMatchObject({ status: "SUCCEEDED" });
    expect(sales() - before).toBe(1);
  });

  it("F51: is another one for another user, who is most likely the same after signing in anew, and says that it is not", async () => {
    const before = sales();
    const input = { idempotencyKey: newKey(), quote: await quoteOf(facade) };
    const mine = await buy({ facade }, input);
    expect(await attemptOf({ facade }, input.idempotencyKey, other)).toBeNull();
    const doubtful = await buy({ facade }, input, other);
    expect(doubtful.data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "EARLIER_ATTEMPT" }] });
    expect(sales() - before).toBe(1);
    const theirs = await buy({ facade }, { ...input, acknowledgeUnknown: true }, other);
    expect(theirs.data.itemPurchase.purchase?.purchaseId).not.toBe(mine.data.itemPurchase.purchase?.purchaseId);
    expect(sales() - before).toBe(2);
  });

  it("F51: is independent for another user who buys something else, or whose predecessor bought nothing", async () => {
    const before = sales();
    const idempotencyKey = newKey();
    await buy({ facade }, { idempotencyKey });
    const elsewhere = await buy(
      { facade },
      { idempotencyKey, itemId: "release:1302", quote: await quoteOf(facade, "release:1302") },
      other,
    );
    expect(elsewhere.data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    const refused = newKey();
    const expired = { ...demo, "x-7d-oauth-token": "expired-card-token", "x-7d-oauth-token-secret": "expired-card-token-secret" };
    await buy({ facade }, { idempotencyKey: refused }, expired);
    expect((await buy({ facade }, { idempotencyKey: refused }, other)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(sales() - before).toBe(3);
  });

  it.each(["short", "with spaces in it, too", "x".repeat(65), "ümlaut-ümlaut-ümlaut"])(
    "is refused where it is %j",
    async (idempotencyKey) => {
      facade.calls();
      const { data } = await buy({ facade }, { idempotencyKey, quote: await quoteOf(facade) });
      expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "INVALID", field: ["idempotencyKey"] }] });
      expect(facade.calls()).not.toContain("user/purchase/item");
    },
  );
});

describe("a purchase", () => {
  /** A shop whose upstream answers purchases when it is let to. */
  async function slowShop(): Promise<{ readonly shop: Shop; readonly answer: () => void }> {
    const shop = await startShop({ PURCHASE_TIMEOUT_MS: "30000" });
    onTestFinished(() => shop.close());
    const waiting: ServerResponse[] = [];
    shop.upstream.onPurchase = (response) => waiting.push(response);
    return { shop, answer: () => waiting.forEach(sell()) };
  }

  it("F52: runs on when its client hangs up, and is found by its key", async () => {
    const { shop, answer } = await slowShop();
    const input = { itemId: track, quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    const leaver = new AbortController();
    const left = fetch(shop.facade.url, {
      method: "POST",
      headers: { ...demo, "content-type": "application/json" },
      body: JSON.stringify({ query: buyTrack, variables: { input } }),
      signal: leaver.signal,
    });
    await expect.poll(() => shop.upstream.purchases).toHaveLength(1);
    leaver.abort();
    await expect(left).rejects.toThrow();
    expect(await attemptOf(shop, input.idempotencyKey)).toMatchObject({ status: "IN_PROGRESS" });
    answer();
    await expect.poll(async () => (await attemptOf(shop, input.idempotencyKey))?.status).toBe("SUCCEEDED");
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("F53: is joined by a gateway that sends it again while it runs", async () => {
    const { shop, answer } = await slowShop();
    const input = { idempotencyKey: newKey(), quote: await quoteOf(shop.facade) };
    const first = buy(shop, input);
    await expect.poll(() => shop.upstream.purchases).toHaveLength(1);
    expect(await attemptOf(shop, input.idempotencyKey)).toMatchObject({ status: "IN_PROGRESS" });
    const requests = shop.facade.requests();
    const again = buy(shop, input);
    await expect.poll(() => shop.facade.requests()).toBe(requests + 1);
    answer();
    expect((await first).data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(await again).toEqual(await first);
    expect(shop.upstream.purchases).toHaveLength(1);
  });

  it("F54: that one process began is not sent again by another on the same records", async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), "records-"));
    const environment = {
      DATA_DIRECTORY: dataDirectory,
      SEALING_KEYS: `k:${Buffer.alloc(32, 7).toString("base64")}`,
      PURCHASE_TIMEOUT_MS: "4000",
    };
    const one = await startShop(environment);
    one.upstream.onPurchase = () => undefined;
    const input = { idempotencyKey: newKey(), quote: await quoteOf(one.facade) };
    const begun = buy(one, input);
    await expect.poll(() => one.upstream.purchases.length).toBe(1);

    const two = await startShop(environment);
    const inOther = await buy(two, input);
    expect(inOther.data.itemPurchase).toMatchObject({ attempt: { status: "IN_PROGRESS" }, userErrors: [{ code: "OUTCOME_UNKNOWN" }] });
    const withOtherKey = await buy(two, { ...input, idempotencyKey: newKey(), acknowledgeUnknown: true });
    expect(withOtherKey.data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "EARLIER_ATTEMPT" }] });
    expect((await begun).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
    expect((await buy(two, input)).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
    expect(two.upstream.purchases).toHaveLength(0);
    await one.close();
    await two.close();
  });

  it("F57: is not sent where the records cannot be read, and does not say that it never was", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "records-")), "a-file");
    writeFileSync(file, "");
    const shop = await startShop({ DATA_DIRECTORY: join(file, "data") });
    shop.upstream.onPurchase = sell();
    const { data } = await buy(shop);
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "OUTCOME_UNKNOWN" }] });
    expect(shop.upstream.purchases).toHaveLength(0);
    expect(shop.facade.logged.filter(({ msg }) => msg === "purchase records cannot be used")).toHaveLength(1);
    // The catalogue goes on.
    expect(await quoteOf(shop.facade)).toContain(".");
    await shop.close();
  });

  it("of a basket is not called empty by another process when this key has just emptied it", async () => {
    const environment = {
      DATA_DIRECTORY: mkdtempSync(join(tmpdir(), "records-")),
      OPERATOR_SECRET: operatorSecret,
      PURCHASE_SETTLE_MS: "0",
    };
    const one = await startFacade({ environment });
    const two = await startFacade({
      environment: { ...environment, SEVENDIGITAL_BASE_URL: one.sandbox.baseUrl, SEVENDIGITAL_SECURE_BASE_URL: one.sandbox.baseUrl },
    });
    const { data } = await one.query<{ basketCreate: { basket: { id: string } } }>(`mutation { basketCreate { basket { id } } }`);
    const basketId = data.basketCreate.basket.id;
    await one.query(
      `mutation ($id: ID!) { basketLinesAdd(input: { basketId: $id, lines: [{ itemId: "release:1302" }] }) { userErrors { code } } }`,
      {
        id: basketId,
      },
    );
    const { data: shown } = await one.query<{ basket: { amountDue: { amount: string } } }>(
      `query ($id: ID!) { basket(id: $id) { amountDue { amount } } }`,
      {
        id: basketId,
      },
    );
    const input = { basketId, expectedAmountDue: shown.basket.amountDue.amount, idempotencyKey: newKey() };
    const submit = (facade: Facade) =>
      facade.query<{ basketPurchase: { attempt: { status: string } } }>(
        `mutation ($input: BasketPurchaseInput!) { basketPurchase(input: $input) { attempt { status } } }`,
        { input },
        demo,
      );
    const answers = await Promise.all([submit(one), submit(two)]);
    const statuses = answers.map((answer) => answer.data.basketPurchase.attempt.status);
    expect(statuses).toContain("SUCCEEDED");
    expect(statuses).not.toContain("NOT_SENT");
    expect(one.sandbox.sales).toHaveLength(1);
    await two.close();
    await one.close();
  });

  it("is found by its key although its quote can no longer be read", async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), "records-"));
    const one = await startShop({ DATA_DIRECTORY: dataDirectory });
    const input = { idempotencyKey: newKey(), quote: await quoteOf(one.facade) };
    const bought = await buy(one, input);
    await one.close();
    // Without SEALING_KEYS every start has keys of its own.
    const two = await startShop({ DATA_DIRECTORY: dataDirectory });
    expect((await buy(two, input)).data).toEqual(bought.data);
    expect(two.upstream.purchases).toHaveLength(0);
    await two.close();
  });
});
