import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, askExactly, pathsOf } from "../../support/sandbox/ask.js";
import { countOf, refusal, signedCall, type Answer } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const track = "releaseId=155408&trackId=1628015";
const release = "releaseId=155408";

/** A new basket in Britain, with items at £0.79 and £7.99. */
async function basketWith(...items: readonly string[]): Promise<string> {
  const { text } = await ask(sandbox.baseUrl, "basket/create?country=GB");
  const basketId = pathsOf(text).get("response/basket/@id") ?? "";
  for (const item of items) await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&${item}`);
  return basketId;
}

const apply = (basketId: string, voucherCode: string) =>
  signedCall(sandbox.baseUrl, `basket/applyVoucher?basketId=${basketId}&voucherCode=${voucherCode}`, { verb: "POST" });

const buy = (basketId: string) => signedCall(sandbox.baseUrl, `user/purchase/basket?basketId=${basketId}`, { token: "demo-token" });

const due = ({ paths }: Answer) => [paths.get("response/basket/price/value"), paths.get("response/basket/amountDue/amount")];

/** Of the items, in order. */
const amounts = ({ text }: Answer) => {
  const items = text.slice(text.indexOf("<basketItems"), text.indexOf("</basketItems>"));
  return [...items.matchAll(/<amount>([^<]+)</g)].map(([, amount]) => amount);
};

describe("a voucher", () => {
  it.each(["FREE-TRACK", "ABC123", "ONCE", "free-track"])("basket/applyVoucher: %s makes the first item free", async (code) => {
    const answer = await apply(await basketWith(track, release), code);
    expect(due(answer)).toEqual(["8.78", "7.99"]);
    expect(amounts(answer)).toEqual(["0", "7.99"]);
    expect([answer.paths.get("response/basket/basketItems/basketItem/discount/type"), countOf(answer, "discount")]).toEqual(["Voucher", 1]);
  });

  it("basket/applyVoucher: TEN-OFF takes ten per cent off every item, rounded down to hundredths", async () => {
    const answer = await apply(await basketWith(track, release), "TEN-OFF");
    expect(amounts(answer)).toEqual(["0.71", "7.19"]);
    expect(due(answer)).toEqual(["8.78", "7.9"]);
    expect(countOf(answer, "discount")).toBe(2);
  });

  it("basket/applyVoucher: two vouchers fall on different items", async () => {
    const basketId = await basketWith(track, release);
    await apply(basketId, "FREE-TRACK");
    expect(amounts(await apply(basketId, "TEN-OFF"))).toEqual(["0", "7.19"]);
  });

  it("basket/applyVoucher: an item that is added later has no discount", async () => {
    const basketId = await basketWith(track);
    await apply(basketId, "TEN-OFF");
    const { text } = await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&${track}`);
    expect(pathsOf(text).get("response/basket/amountDue/amount")).toBe("1.50");
  });

  it.each(["EXPIRED", "USED", "NOT-APPLICABLE", "NONESUCH"])("basket/applyVoucher: %s is not applied", async (code) => {
    const basketId = await basketWith(track);
    expect(refusal(await apply(basketId, code))).toEqual([402, "3012"]);
    const { text } = await ask(sandbox.baseUrl, `basket?basketId=${basketId}`);
    expect(pathsOf(text).get("response/basket/amountDue/amount")).toBe("0.79");
  });

  it("basket/applyVoucher: is refused for an empty basket, and for a voucher that is in the basket already", async () => {
    expect(refusal(await apply(await basketWith(), "FREE-TRACK"))).toEqual([402, "3012"]);
    const basketId = await basketWith(track, release);
    await apply(basketId, "FREE-TRACK");
    expect(refusal(await apply(basketId, "FREE-TRACK"))).toEqual([402, "3012"]);
  });

  it("basket/applyVoucher: must be signed, as a GET too", async () => {
    const basketId = await basketWith(track);
    const call = `basket/applyVoucher?basketId=${basketId}&voucherCode=FREE-TRACK`;
    expect((await askExactly(`${sandbox.baseUrl}/${call}&oauth_consumer_key=sandbox`)).status).toBe(401);
    expect(due(await signedCall(sandbox.baseUrl, call))).toEqual(["0.79", "0"]);
  });
});

describe("after a purchase", () => {
  it("ONCE is used up", async () => {
    const first = await basketWith(track);
    const second = await basketWith(track);
    await apply(first, "ONCE");
    expect((await buy(first)).status).toBe(200);
    expect(refusal(await apply(second, "ONCE"))).toEqual([402, "3012"]);
    sandbox.reset();
    expect(amounts(await apply(await basketWith(track), "ONCE"))).toEqual(["0"]);
  });

  it("FREE-TRACK is not", async () => {
    const basketId = await basketWith(track);
    await apply(basketId, "FREE-TRACK");
    expect((await buy(basketId)).status).toBe(200);
    expect(amounts(await apply(await basketWith(track), "FREE-TRACK"))).toEqual(["0"]);
  });
});
