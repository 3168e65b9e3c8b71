/** Items that cannot be read where money is spent: in a locker they prevent no purchase, in a basket they do. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { buy, demo, newKey, operatorSecret, quoteOf, track } from "../../support/purchase/purchase-upstream.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret, PURCHASE_SETTLE_MS: "0" } });
});
beforeEach(() => {
  facade.calls();
});
afterEach(() => {
  facade.sandbox.faults.clear();
});
afterAll(() => facade.close());

const nil = `xsi:nil="true"`;
const basketId = "11111111-2222-3333-4444-555555555555";
const paging = "<page>1</page><pageSize>50</pageSize><totalItems>2</totalItems>";
let sales = 4800;

/** Each with an id of its own: an answer that names a purchase known before is no result. */
function sale(): string {
  sales += 1;
  return `<purchase id="${String(sales)}"><purchaseDate>${new Date().toISOString()}</purchaseDate></purchase>`;
}

function basket(lines: string, amountDue = "7.99"): string {
  return `<basket id="${basketId}"><itemCount>2</itemCount><amountDue><currency code="GBP">£</currency><amount>${amountDue}</amount></amountDue><basketItems>${lines}</basketItems></basket>`;
}

const line = `<basketItem id="1"><type>release</type><trackId/><releaseId>500</releaseId></basketItem>`;

interface Bought {
  readonly attempt: { readonly status: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: readonly string[] | null }[];
}

async function buyBasket(expectedAmountDue: string, idempotencyKey = newKey()): Promise<Bought> {
  const { data, errors } = await facade.query<{ basketPurchase: Bought }>(
    `mutation ($input: BasketPurchaseInput!) { basketPurchase(input: $input) { attempt { status } userErrors { code field } } }`,
    { input: { basketId: `basket:GB:${basketId}`, expectedAmountDue, idempotencyKey, acknowledgeUnknown: true } },
    demo,
  );
  expect(errors).toBeUndefined();
  return data.basketPurchase;
}

describe("a locker with items that cannot be read", () => {
  it.each([
    `<lockerRelease ${nil}/>`,
    `<lockerRelease><release ${nil}/></lockerRelease>`,
    `<lockerRelease><release id="1"/><lockerTracks><lockerTrack><track ${nil}/><purchaseId>5</purchaseId></lockerTrack></lockerTracks></lockerRelease>`,
    `<lockerRelease><release id="1"/><lockerTracks><lockerTrack><track id="2"/><purchaseId>5</purchaseId><purchaseDate>2012-02-30</purchaseDate><completeAlbumPurchase>maybe</completeAlbumPurchase></lockerTrack></lockerTracks></lockerRelease>`,
  ])("does not stop its owner from buying: %s", async (bad) => {
    const quote = await quoteOf(facade);
    answerWith(facade, "user/locker", `<locker><lockerReleases>${paging}${bad}</lockerReleases></locker>`);
    answerWith(facade, "user/purchase/item", sale());
    const { data } = await buy({ facade }, { itemId: track, quote });
    expect(data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
  });
});

describe("an answer to a purchase", () => {
  it.each([
    `<purchase id="4712"><lockerReleases><lockerRelease ${nil}/></lockerReleases></purchase>`,
    `<purchase id="4713"><purchaseDate>2012-02-30</purchaseDate><lockerReleases><lockerRelease><release/></lockerRelease></lockerReleases></purchase>`,
    `<purchase id="4714"><something/></purchase>`,
  ])("is a success whatever else of it cannot be read: %s", async (answer) => {
    const quote = await quoteOf(facade);
    answerWith(facade, "user/purchase/item", answer);
    const { data } = await buy({ facade }, { itemId: track, quote });
    expect(data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
  });
});

describe("a basket", () => {
  it.each([
    ["a nil line", basket(`${line}<basketItem ${nil}/>`)],
    ["an empty line", basket(`${line}<basketItem/>`)],
    ["a line without an id", basket(`<basketItem><releaseId>500</releaseId></basketItem>${line}`)],
    ["an amount that cannot be read", basket(line, "7,99")],
    ["an amount below zero", basket(line, "-7.99")],
  ])("with %s is not bought", async (_what, content) => {
    answerWith(facade, "basket", content);
    expect(await buyBasket("7.99")).toEqual({ attempt: null, userErrors: [{ code: "INVALID", field: ["basketId"] }] });
    expect(facade.calls()).not.toContain("user/purchase/basket");
  });

  it("shows the lines that can be read", async () => {
    answerWith(facade, "basket", basket(`<basketItem ${nil}/>${line}<basketItem/>`));
    expect(await facade.query(`{ basket(id: "${basketId}") { itemCount lines { lineId } } }`)).toEqual({
      data: { basket: { itemCount: 2, lines: [{ lineId: "1" }] } },
    });
  });

  it.each([
    ["7.9900", "7.9900"],
    ["7.9900", "7.99"],
    ["7.99", "7.9900"],
    ["8", "8.00"],
    ["0.00", "0"],
    ["1234567890.5", "1234567890.50"],
  ])("that costs %s is bought for %s, which is the same", async (due, expected) => {
    answerWith(facade, "basket", basket(line, due));
    answerWith(facade, "user/purchase/basket", sale());
    expect(await buyBasket(expected)).toMatchObject({ attempt: { status: "SUCCEEDED" } });
  });

  it.each([
    ["7.99", "7.991"],
    ["7.994", "7.99"],
    ["7.99", "0.799"],
  ])("that costs %s is not bought for %s", async (due, expected) => {
    answerWith(facade, "basket", basket(line, due));
    expect(await buyBasket(expected)).toMatchObject({ attempt: null, userErrors: [{ code: "PRICE_CHANGED" }] });
  });

  it("is the same purchase under its key however the amount is written, and another at another amount", async () => {
    const key = newKey();
    answerWith(facade, "basket", basket(line, "7.99"));
    answerWith(facade, "user/purchase/basket", sale());
    expect(await buyBasket("7.99", key)).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(await buyBasket("7.9900", key)).toMatchObject({ attempt: { status: "SUCCEEDED" } });
    expect(await buyBasket("7.991", key)).toMatchObject({ attempt: null, userErrors: [{ code: "IDEMPOTENCY_KEY_REUSED" }] });
    expect(facade.calls().filter((method) => method === "user/purchase/basket")).toHaveLength(1);
  });

  it("keeps a line in doubt that may be the one that was to be taken out", async () => {
    answerWith(facade, "basket", basket(`<basketItem ${nil}/>`));
    facade.sandbox.faults.add({ method: "basket/removeItem", fault: { kind: "reset" } });
    const { data } = await facade.query(
      `mutation { basketLinesRemove(input: { basketId: "${basketId}", lineIds: ["1"] }) { userErrors { code field } } }`,
    );
    expect(data).toEqual({ basketLinesRemove: { userErrors: [{ code: "OUTCOME_UNKNOWN", field: ["lineIds", "0"] }] } });
  });
});
