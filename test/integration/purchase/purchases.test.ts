/** Buying on the sandbox, as a shop does it: by item, by basket, and what stands in the way. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { buy, demo, newKey, operatorSecret, quoteOf, track } from "../../support/purchase/purchase-upstream.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret, PURCHASE_SETTLE_MS: "0,50" } });
});
afterAll(() => facade.close());
/** Sales before the test: purchase ids must never come twice, so the sandbox is not reset. */
let before = 0;
beforeEach(() => {
  before = facade.sandbox.sales.length;
  facade.calls();
});

function sales() {
  return facade.sandbox.sales.slice(before);
}

function user(name: string) {
  return { ...demo, "x-7d-oauth-token": `${name}-token`, "x-7d-oauth-token-secret": `${name}-token-secret` };
}

function parameters(method: string) {
  return facade.sandbox.journal.entries().findLast((entry) => entry.method === method)?.params;
}

/** A mutation with one input, and what it answers. */
async function mutate(field: string, selection: string, input: object, headers: Readonly<Record<string, string>> = demo) {
  const type = `${field.charAt(0).toUpperCase()}${field.slice(1)}Input`;
  const { data, errors } = await facade.query<Record<string, unknown>>(
    `mutation ($input: ${type}!) { result: ${field}(input: $input) { ${selection} } }`,
    { input },
    headers,
  );
  expect(errors).toBeUndefined();
  return data["result"];
}

async function basketOf(...itemIds: string[]): Promise<{ id: string; amountDue: string }> {
  const { data } = await facade.query<{ basketCreate: { basket: { id: string } } }>(`mutation { basketCreate { basket { id } } }`);
  const added = await facade.query<{ basketLinesAdd: { basket: { id: string; amountDue: { amount: string } } } }>(
    `mutation ($id: ID!, $lines: [BasketLineInput!]!) { basketLinesAdd(input: { basketId: $id, lines: $lines }) { basket { id amountDue { amount } } } }`,
    { id: data.basketCreate.basket.id, lines: itemIds.map((itemId) => ({ itemId })) },
  );
  facade.calls();
  const { id, amountDue } = added.data.basketLinesAdd.basket;
  return { id, amountDue: amountDue.amount };
}

const outcome = "attempt { status failure } userErrors { __typename code field }";

describe("itemPurchase", () => {
  it("user/purchase/item: buys a track at the price that was shown, in two calls", async () => {
    const quote = await quoteOf(facade);
    facade.calls();
    const { data } = await buy({ facade }, { quote, salesTags: [{ key: "Campaign", value: "Summer & more" }] });
    expect(data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED", confirmedBy: "ANSWER" }, userErrors: [] });
    expect(parameters("user/purchase/item")).toEqual({
      releaseId: "155408",
      trackId: "1628015",
      price: "0.79",
      tag_Campaign: "Summer & more",
      country: "GB",
    });
    expect(facade.calls()).toEqual(["user/locker", "user/purchase/item"]);
    expect(sales()).toMatchObject([{ method: "user/purchase/item", currencyCode: "GBP" }]);
  });

  it("user/purchase/item: buys a whole release, in the store where its price was shown", async () => {
    const { data } = await facade.query<{ release: { price: { quote: string } } }>(
      `query @inContext(country: DE) { release(id: "1302") { price { quote } } }`,
    );
    const bought = await buy({ facade }, { itemId: "release:1302", quote: data.release.price.quote });
    expect(bought.data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(parameters("user/purchase/item")).toMatchObject({ releaseId: "1302", country: "DE" });
    expect(parameters("user/purchase/item")).not.toHaveProperty("trackId");
  });

  it("user/purchase/rrpItem: charges the recommended retail price", async () => {
    const { data } = await buy({ facade }, { pricing: "RRP" });
    expect(data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(parameters("user/purchase/rrpItem")).toMatchObject({ trackId: "1628015", price: "0.79" });
  });

  it("user/purchase/priceditem: charges the operator's own price, digit for digit", async () => {
    const input = { itemId: track, pricing: "CUSTOM", customPrice: "1.50", idempotencyKey: newKey() };
    expect(await mutate("itemPurchase", outcome, input)).toEqual({ attempt: { status: "SUCCEEDED", failure: null }, userErrors: [] });
    expect(parameters("user/purchase/priceditem")).toMatchObject({ releaseId: "155408", trackId: "1628015", price: "1.50" });
  });

  it("user/purchase/priceditem: no fraction of a penny is charged", async () => {
    const input = { itemId: track, pricing: "CUSTOM", customPrice: "0.999", idempotencyKey: newKey() };
    const { attempt, userErrors } = (await mutate("itemPurchase", outcome, input)) as { attempt: unknown; userErrors: unknown };
    expect({ attempt, userErrors }).toMatchObject({ attempt: null, userErrors: [{ code: "INVALID" }] });
    expect(sales()).toEqual([]);
  });

  it("user/purchase/priceditem: is for operators", async () => {
    const trusting = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true" } });
    const browser = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
    const { data, errors } = await trusting.query(
      `mutation { itemPurchase(input: { itemId: "${track}", pricing: CUSTOM, customPrice: "0.00", idempotencyKey: "${newKey()}" }) { userErrors { code } } }`,
      {},
      browser,
    );
    expect(data).toBeUndefined();
    expect(errors).toMatchObject([
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
    ]);
    expect(trusting.calls()).toEqual([]);
    await trusting.close();
  });

  it("F24: tells what it costs now, with a new quote that works, when the price has changed", async () => {
    const changing = "release:3047";
    const quote = await quoteOf(facade, changing);
    const selection = `${outcome} userErrors { ... on PriceChangedError { shown { amount } current { current { amount } quote } } }`;
    const refused = (await mutate("itemPurchase", selection, { itemId: changing, quote, idempotencyKey: newKey() })) as {
      userErrors: { shown: { amount: string }; current: { current: { amount: string }; quote: string } }[];
    };
    const [error] = refused.userErrors;
    expect(refused).toMatchObject({
      attempt: { status: "REJECTED", failure: "PRICE_CHANGED" },
      userErrors: [{ __typename: "PriceChangedError" }],
    });
    // The sandbox makes it a pound dearer.
    expect(Number(error?.current.current.amount) - Number(error?.shown.amount)).toBeCloseTo(1);
    expect(sales()).toHaveLength(0);
    expect(facade.calls().filter((method) => method === "user/purchase/item")).toHaveLength(1);
    const bought = await buy({ facade }, { itemId: changing, quote: error?.current.quote });
    expect(bought.data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  });

  it.each([
    ["3001", "expired-card", "CARD_EXPIRED"],
    ["3002", "no-card", "CARD_MISSING"],
    ["3003", "declined-card", "PAYMENT_FAILED"],
  ])("F23: after error %s leads the user %s to the page where they add a card, and sends nothing again", async (_error, name, code) => {
    const input = { itemId: track, quote: await quoteOf(facade), idempotencyKey: newKey() };
    const selection = `${outcome} userErrors { ... on PaymentCardError { addCardUrl(language: DE) } }`;
    const answer = (await mutate("itemPurchase", selection, input, user(name))) as { userErrors: { code: string; addCardUrl: string }[] };
    expect(answer).toMatchObject({
      attempt: { status: "REJECTED", failure: code },
      userErrors: [{ __typename: "PaymentCardError", code }],
    });
    expect(facade.calls().filter((method) => method === "user/purchase/item")).toHaveLength(1);
    const url = new URL(answer.userErrors[0]?.addCardUrl ?? "");
    expect(url.pathname).toBe("/sandbox/payment/addcard");
    expect(Object.fromEntries(url.searchParams)).toMatchObject({ oauth_token: `${name}-token`, country: "GB", lang: "de" });
    expect(url.searchParams.get("oauth_signature")).not.toBeNull();
  });

  it.each([
    ["without a quote", { quote: null }, "INVALID", ["quote"]],
    ["with a quote somebody made up", { quote: "start.W10.AAAA" }, "INVALID", ["quote"]],
    ["of another item than the quote's", { itemId: "release:1302" }, "INVALID", ["quote"]],
    ["with a price of one's own, at the shop's price", { customPrice: "0.01" }, "INVALID", ["customPrice"]],
    ["of an artist", { itemId: "artist:1" }, "INVALID", ["itemId"]],
    ["of what no id names", { itemId: "no id" }, "INVALID", ["itemId"]],
    ["of an artist", { itemId: "artist:1" }, "INVALID", ["itemId"]],
    [
      "with eleven tags",
      { salesTags: Array.from({ length: 11 }, (_, n) => ({ key: `k${String(n)}`, value: "v" })) },
      "INVALID",
      ["salesTags"],
    ],
    ["with a tag that would be another parameter", { salesTags: [{ key: "x&price", value: "0" }] }, "INVALID", ["salesTags", "0", "key"]],
    ["with a tag that is too long", { salesTags: [{ key: "k", value: "v".repeat(101) }] }, "INVALID", ["salesTags", "0", "value"]],
    [
      "with a tag twice",
      {
        salesTags: [
          { key: "k", value: "1" },
          { key: "k", value: "2" },
        ],
      },
      "INVALID",
      ["salesTags", "1", "key"],
    ],
  ])("%s is refused before anything is asked", async (_how, input, code, field) => {
    const quote = await quoteOf(facade);
    facade.calls();
    const { data } = await buy({ facade }, { quote, ...input });
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code, field }] });
    expect(facade.calls()).toEqual([]);
  });

  it("without a user is refused before anything is asked", async () => {
    const quote = await quoteOf(facade);
    facade.calls();
    const { data } = await buy({ facade }, { quote }, {});
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "UNAUTHENTICATED" }] });
    expect(facade.calls()).toEqual([]);
  });

  it("with a token 7digital does not know is not sent", async () => {
    const { data } = await buy({ facade }, {}, { ...demo, "x-7d-oauth-token": "unknown-token" });
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "UNAUTHENTICATED" }] });
    expect(facade.calls()).not.toContain("user/purchase/item");
  });

  it("for a user whom a partner manages is signed without a token", async () => {
    const headers = { "x-7d-user-id": "partner-user", "x-7d-operator-secret": operatorSecret };
    const { data } = await buy({ facade }, {}, headers);
    expect(data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  });
});

describe("an item of the sandbox that misbehaves when it is bought", () => {
  it.each([
    ["F6: that charges and drops the connection", "release:3069"],
    ["F26: that charges and answers 9001", "release:3117"],
    ["F18: that charges and answers half", "release:3206"],
  ])("%s is settled from the locker", async (_how, itemId) => {
    const { data } = await buy({ facade }, { itemId, quote: await quoteOf(facade, itemId) });
    expect(data.itemPurchase.attempt).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", failure: null });
    expect(sales()).toHaveLength(1);
    expect(data.itemPurchase.purchase?.purchaseId).toBe(String(sales()[0]?.purchaseId));
  });

  it.each([
    ["charges and then hangs", "release:3070", "SUCCEEDED", 1],
    ["hangs", "release:3215", "OUTCOME_UNKNOWN", 0],
  ])("F5: that %s is given up after its time", async (_how, itemId, status, sold) => {
    const hasty = await startFacade({
      environment: { OPERATOR_SECRET: operatorSecret, PURCHASE_SETTLE_MS: "0,50", PURCHASE_TIMEOUT_MS: "300" },
    });
    const { data } = await buy({ facade: hasty }, { itemId, quote: await quoteOf(hasty, itemId) });
    expect(data.itemPurchase.attempt?.status).toBe(status);
    expect(hasty.sandbox.sales).toHaveLength(sold);
    await hasty.close();
  });
});

describe("basketPurchase", () => {
  const filledBasket = () => basketOf(track, "release:1302");

  it("user/purchase/basket: buys all of it for what is due, in three calls", async () => {
    const { id, amountDue } = await filledBasket();
    const input = { basketId: id, expectedAmountDue: amountDue, idempotencyKey: newKey(), salesTags: [{ key: "From", value: "test" }] };
    const selection = `${outcome} purchase { releases { release { releaseId } } }`;
    const first = await mutate("basketPurchase", selection, input);
    expect(first).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(facade.calls()).toEqual(["user/locker", "basket", "user/purchase/basket"]);
    expect(sales()).toMatchObject([{ method: "user/purchase/basket", tags: { From: "test" } }]);
    // The basket is empty now, which does not make the same key another purchase.
    expect(await mutate("basketPurchase", outcome, input)).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
    expect(sales()).toHaveLength(1);
  });

  it("tells what is due now where it is not what was shown", async () => {
    const { id, amountDue } = await filledBasket();
    const selection = `${outcome} userErrors { ... on PriceChangedError { shown { amount } current { current { amount } quote } } }`;
    const input = { basketId: id, expectedAmountDue: "0.01", idempotencyKey: newKey() };
    expect(await mutate("basketPurchase", selection, input)).toMatchObject({
      attempt: null,
      userErrors: [{ code: "PRICE_CHANGED", shown: { amount: "0.01" }, current: { current: { amount: amountDue }, quote: null } }],
    });
    expect(sales()).toHaveLength(0);
  });

  it("F6: is settled from the locker where its answer is lost", async () => {
    const { id, amountDue } = await filledBasket();
    facade.sandbox.faults.add({ method: "user/purchase/basket", times: 1, fault: { kind: "reset", when: "after" } });
    const input = { basketId: id, expectedAmountDue: amountDue, idempotencyKey: newKey() };
    expect(await mutate("basketPurchase", "attempt { status confirmedBy }", input)).toEqual({
      attempt: { status: "SUCCEEDED", confirmedBy: "LOCKER" },
    });
    expect(sales()).toHaveLength(1);
  });

  it.each([["that there is not", "basket:GB:00000000-1111-2222-3333-000000000000", "NOT_FOUND"]])(
    "of a basket %s is refused",
    async (_which, basketId, code) => {
      const input = { basketId, expectedAmountDue: "1.00", idempotencyKey: newKey() };
      expect(await mutate("basketPurchase", outcome, input)).toMatchObject({ attempt: null, userErrors: [{ code }] });
    },
  );

  it("of an empty basket is refused", async () => {
    const { data } = await facade.query<{ basketCreate: { basket: { id: string } } }>(`mutation { basketCreate { basket { id } } }`);
    const input = { basketId: data.basketCreate.basket.id, expectedAmountDue: "0.00", idempotencyKey: newKey() };
    expect(await mutate("basketPurchase", outcome, input)).toMatchObject({
      attempt: null,
      userErrors: [{ code: "INVALID", field: ["basketId"] }],
    });
  });
});

describe("a thing of which an earlier purchase is open", () => {
  /** A track whose purchase was lost before it was executed. */
  async function lose(itemId: string): Promise<string> {
    const idempotencyKey = newKey();
    facade.sandbox.faults.add({ method: "user/purchase/item", times: 1, fault: { kind: "reset", when: "before" } });
    const { data } = await buy({ facade }, { itemId, quote: await quoteOf(facade, itemId), idempotencyKey, acknowledgeUnknown: true });
    expect(data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
    return idempotencyKey;
  }

  const earlier = "userErrors { __typename code ... on EarlierAttemptError { attempts { idempotencyKey status } } }";

  it("is not bought with its release, nor in a basket, until that is acknowledged", async () => {
    const idempotencyKey = await lose("track:103818:10147");
    const expected = {
      attempt: null,
      userErrors: [{ code: "EARLIER_ATTEMPT", attempts: [{ idempotencyKey, status: "OUTCOME_UNKNOWN" }] }],
    };
    const release = { itemId: "release:10147", quote: await quoteOf(facade, "release:10147"), idempotencyKey: newKey() };
    expect(await mutate("itemPurchase", `attempt { status } ${earlier}`, release)).toMatchObject(expected);
    const { id, amountDue } = await basketOf("track:103818:10147", "release:1302");
    const basket = { basketId: id, expectedAmountDue: amountDue, idempotencyKey: newKey() };
    expect(await mutate("basketPurchase", `attempt { status } ${earlier}`, basket)).toMatchObject(expected);
    expect(sales()).toHaveLength(0);
    const anyway = { ...basket, acknowledgeUnknown: true };
    expect(await mutate("basketPurchase", outcome, anyway)).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    // What the basket held is no proof of the other.
    const { data } = await facade.query<{ viewer: { purchaseAttempt: { status: string } } }>(
      `{ viewer { purchaseAttempt(idempotencyKey: "${idempotencyKey}") { status } } }`,
      {},
      demo,
    );
    expect(data.viewer.purchaseAttempt.status).toBe("OUTCOME_UNKNOWN");
  });

  it("leaves the other tracks of its release alone", async () => {
    await lose("track:456:1");
    const { data } = await buy({ facade }, { itemId: "track:789:1", quote: await quoteOf(facade, "track:789:1") });
    expect(data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  });
});

describe("itemDeliver", () => {
  it("user/deliveritem: gives an item without charging a card, once for each key", async () => {
    const input = {
      itemId: track,
      transactionId: "order-2026-0001",
      retailPrice: "0.50",
      emailAddress: "reader@example.test",
      idempotencyKey: newKey(),
    };
    const noCard = user("no-card");
    expect(await mutate("itemDeliver", outcome, input, noCard)).toEqual({
      attempt: { status: "SUCCEEDED", failure: null },
      userErrors: [],
    });
    expect(parameters("user/deliveritem")).toMatchObject({ transactionId: "order-2026-0001", retailPrice: "0.50", trackId: "1628015" });
    await mutate("itemDeliver", outcome, input, noCard);
    expect(sales()).toHaveLength(1);
  });

  it("user/deliveritem: no fraction of a penny is reported", async () => {
    const input = { itemId: track, transactionId: "order-2026-0002", retailPrice: "0.999", idempotencyKey: newKey() };
    expect(await mutate("itemDeliver", outcome, input, user("no-card"))).toMatchObject({
      attempt: null,
      userErrors: [{ code: "INVALID" }],
    });
    expect(sales()).toEqual([]);
  });
});

describe("an operation", () => {
  it.each([
    ["two purchases", `mutation { a: itemPurchase(input: $i) { userErrors { code } } b: itemPurchase(input: $i) { userErrors { code } } }`],
    [
      "one in a fragment",
      `mutation { ...F b: itemPurchase(input: $i) { userErrors { code } } } fragment F on Mutation { basketPurchase(input: $b) { userErrors { code } } }`,
    ],
  ])("with %s runs none of them", async (_what, operation) => {
    const i = `{ itemId: "${track}", quote: "x", idempotencyKey: "${newKey()}" }`;
    const b = `{ basketId: "basket:GB:00000000-0000-0000-0000-000000000000", expectedAmountDue: "1.00", idempotencyKey: "${newKey()}" }`;
    const { errors } = await facade.query(operation.replaceAll("$i", i).replaceAll("$b", b), {}, demo);
    expect(errors).toMatchObject([{ extensions: { code: "ONE_MONEY_MUTATION_PER_OPERATION" } }]);
    expect(facade.calls()).toEqual([]);
  });

  it("may put a track into a basket before it buys another", async () => {
    const quote = await quoteOf(facade);
    const { errors } = await facade.query(
      `mutation { basketCreate { basket { id } } itemPurchase(input: { itemId: "${track}", quote: "${quote}", idempotencyKey: "${newKey()}" }) { userErrors { code } } }`,
      {},
      demo,
    );
    expect(errors).toBeUndefined();
    expect(sales()).toHaveLength(1);
  });
});
