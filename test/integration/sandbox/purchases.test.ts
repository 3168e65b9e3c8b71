import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { misbehaving } from "../../../src/sandbox/shop/misbehaving.js";
import { ask, askExactly, pathsOf } from "../../support/sandbox/ask.js";
import { countOf, refusal, signedCall } from "../../support/sandbox/signed-call.js";

/** A winter's day: London is at UTC. */
const nowMs = Date.UTC(2026, 0, 17, 12, 30);
let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const buy = (call: string, token = "demo-token") => signedCall(sandbox.baseUrl, `user/${call}`, { token, nowMs });
const ownedBy = (token: string) => {
  const owner = sandbox.accounts.accessToken(token)?.user;
  return owner === undefined ? [] : sandbox.accounts.lockerOf(owner);
};

/** The document's: a track at £0.99, and a release of ten tracks at £7.99. */
const track = "releaseId=786&trackId=6598";
const release = "releaseId=155408";

describe("an item at its price", () => {
  it("user/purchase/item: charges, delivers and answers the purchase", async () => {
    const { status, paths, headers } = await buy(`purchase/item?${track}&price=0.99`);
    expect([status, headers["cache-control"]]).toEqual([200, "no-cache, no-store"]);
    expect(paths.get("response/purchase/@id")).toBe("900000001");
    expect(paths.get("response/purchase/purchaseDate")).toBe("2026-01-17T12:30:00Z");
    expect(paths.get("response/purchase/lockerReleases/lockerRelease/release/@id")).toBe("786");
    expect(paths.get("response/purchase/lockerReleases/lockerRelease/lockerTracks/lockerTrack/track/@id")).toBe("6598");
    expect(ownedBy("demo-token").at(-1)).toEqual({
      releaseId: 786,
      trackId: 6598,
      purchaseId: 900_000_001,
      purchasedAtMs: nowMs,
      store: { country: "GB", shopId: null },
      wholeRelease: false,
      remainingDownloads: 5,
    });
  });

  it("user/purchase/item: delivers every track of a release", async () => {
    const answer = await buy(`purchase/item?${release}&price=7.99`);
    expect(countOf(answer, "lockerTrack")).toBe(10);
    expect(answer.paths.get("response/purchase/lockerReleases/lockerRelease/lockerTracks/lockerTrack/completeAlbumPurchase")).toBe("true");
  });

  it("user/purchase/item: is not idempotent: the same call is charged as often as it is made", async () => {
    for (let at = 0; at < 2; at++) await buy(`purchase/item?${track}&price=0.99`);
    expect(sandbox.sales.map(({ purchaseId, amount }) => [purchaseId, amount])).toEqual([
      [900_000_001, "0.99"],
      [900_000_002, "0.99"],
    ]);
    expect(ownedBy("demo-token").filter(({ trackId }) => trackId === 6598)).toHaveLength(2);
  });

  it.each(["0.98", "1", "99", "0"])("user/purchase/item: refuses a price of %s for what costs 0.99", async (price) => {
    expect(refusal(await buy(`purchase/item?${track}&price=${price}`))).toEqual([402, "3004"]);
    expect(sandbox.sales).toEqual([]);
  });

  it("user/purchase/item: compares prices as numbers", async () => {
    const { paths } = await signedCall(sandbox.baseUrl, "release/details?releaseId=3206&country=DK", { nowMs });
    expect(paths.get("response/release/price/value")).toBe("72.00");
    const call = (price: string) => buy(`purchase/item?releaseId=3206&country=DK&price=${price}`);
    expect(refusal(await call("72.01"))).toEqual([402, "3004"]);
    await call("72");
    await call("72.0");
    expect(sandbox.sales.map(({ amount, currencyCode }) => `${amount} ${currencyCode}`)).toEqual(["72.00 DKK", "72.00 DKK"]);
  });

  it.each([
    ["releaseId=786&trackId=6598", 400, "1001"],
    ["price=0.99", 400, "1001"],
    [`${track}&price=0,99`, 400, "1002"],
    [`${track}&price=-0.99`, 400, "1002"],
    ["releaseId=999999999&price=1", 404, "2001"],
    ["releaseId=786&trackId=12345&price=1", 404, "2001"],
    ["releaseId=2034&price=1", 404, "2002"],
    ["releaseId=2051&price=1", 404, "2002"],
  ])("user/purchase/item: refuses %s", async (parameters, status, code) => {
    expect(refusal(await buy(`purchase/item?${parameters}`))).toEqual([status, code]);
    expect(sandbox.sales).toEqual([]);
  });

  it("user/purchase/item: sells to a partner's user", async () => {
    const { status } = await signedCall(sandbox.baseUrl, `user/purchase/item?${track}&price=0.99&userId=partner-user`, { nowMs });
    expect([status, sandbox.sales[0]?.userId]).toEqual([200, sandbox.accounts.userOfPartner("partner-user")?.id]);
  });
});

describe("an item at its recommended price", () => {
  it("user/purchase/rrpItem: takes the recommended price where the item is on sale for less", async () => {
    const { paths } = await signedCall(sandbox.baseUrl, "release/details?releaseId=2004", { nowMs });
    const [value, rrp] = ["value", "rrp"].map((name) => paths.get(`response/release/price/${name}`));
    expect([value, rrp]).toEqual(["4.49", "5.99"]);
    expect(refusal(await buy("purchase/rrpItem?releaseId=2004&price=4.49"))).toEqual([402, "3004"]);
    expect((await buy("purchase/rrpItem?releaseId=2004&price=5.99")).status).toBe(200);
    expect(refusal(await buy("purchase/item?releaseId=2004&price=5.99"))).toEqual([402, "3004"]);
  });
});

describe("an item at the partner's price", () => {
  it("user/purchase/priceditem: takes any price", async () => {
    await buy(`purchase/priceditem?${track}&price=12.5&country=FR`);
    expect(sandbox.sales[0]).toMatchObject({ method: "user/purchase/priceditem", amount: "12.50", currencyCode: "EUR" });
  });

  it("user/purchase/priceditem: needs no card for what is free", async () => {
    expect((await buy(`purchase/priceditem?${track}&price=0.00`, "no-card-token")).status).toBe(200);
    expect(ownedBy("no-card-token")).toHaveLength(1);
  });

  it.each(["0.001", "-1", "1,000"])("user/purchase/priceditem: refuses a price of %s", async (price) => {
    expect(refusal(await buy(`purchase/priceditem?${track}&price=${price}`))).toEqual([400, "1002"]);
  });
});

describe("cards", () => {
  it("one that has expired is refused every time", async () => {
    for (let at = 0; at < 2; at++) {
      expect(refusal(await buy(`purchase/item?${track}&price=0.99`, "expired-card-token"))).toEqual([402, "3001"]);
    }
  });

  it("none is refused", async () => {
    expect(refusal(await buy(`purchase/item?${track}&price=0.99`, "no-card-token"))).toEqual([402, "3002"]);
  });

  it("one that is declined is out of use from then on", async () => {
    expect(refusal(await buy(`purchase/item?${track}&price=0.99`, "declined-card-token"))).toEqual([402, "3003"]);
    expect(refusal(await buy(`purchase/item?${track}&price=0.99`, "declined-card-token"))).toEqual([402, "3002"]);
    expect([sandbox.sales, ownedBy("declined-card-token")]).toEqual([[], []]);
  });

  it.each([
    [3005, "Purchases are not permitted from the country of the card"],
    [3100, "Payment provider connection error"],
    [3101, "Payment Failed: A8"],
    [3102, "Payment Declined : 33"],
    [3104, "Adding the card was declined"],
  ] as const)("the test card of %i is refused with it every time, and nothing is sold", async (kind, message) => {
    const user = sandbox.accounts.accessToken("no-card-token")?.user;
    if (user === undefined) throw new Error("The user is gone");
    sandbox.accounts.addCard(user, { type: "Visa", lastFourDigits: String(kind), cardHolderName: "D", expiryDate: "203001", kind });
    for (let at = 0; at < 2; at++) {
      const answer = await buy(`purchase/item?${track}&price=0.99`, "no-card-token");
      expect(refusal(answer)).toEqual([402, String(kind)]);
      expect(answer.paths.get("response/error/errorMessage")?.trim()).toBe(message);
    }
    expect([sandbox.sales, ownedBy("no-card-token")]).toEqual([[], []]);
  });

  it("a new one is charged", async () => {
    const user = sandbox.accounts.accessToken("declined-card-token")?.user;
    if (user === undefined) throw new Error("The user is gone");
    const card = { type: "Visa", lastFourDigits: "4242", cardHolderName: "D", expiryDate: "203001", kind: "good" } as const;
    sandbox.accounts.addCard(user, card);
    expect((await buy(`purchase/item?${track}&price=0.99`, "declined-card-token")).status).toBe(200);
  });

  it("a price that is out of date comes first", async () => {
    expect(refusal(await buy(`purchase/item?${track}&price=0.50`, "no-card-token"))).toEqual([402, "3004"]);
  });
});

describe("a whole basket", () => {
  async function basketWith(...items: readonly string[]): Promise<string> {
    const basketId = pathsOf((await ask(sandbox.baseUrl, "basket/create")).text).get("response/basket/@id") ?? "";
    for (const item of items) await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&${item}`);
    return basketId;
  }

  it("user/purchase/basket: sells everything at once, and empties the basket", async () => {
    const basketId = await basketWith(track, release);
    const answer = await buy(`purchase/basket?basketId=${basketId}`);
    expect([countOf(answer, "lockerRelease"), countOf(answer, "lockerTrack")]).toEqual([2, 11]);
    expect(sandbox.sales).toMatchObject([
      {
        method: "user/purchase/basket",
        amount: "8.98",
        items: [
          { releaseId: 786, trackId: 6598 },
          { releaseId: 155408, trackId: null },
        ],
      },
    ]);
    const { text } = await ask(sandbox.baseUrl, `basket?basketId=${basketId}`);
    expect(pathsOf(text).get("response/basket/itemCount")).toBe("0");
    expect(refusal(await buy(`purchase/basket?basketId=${basketId}`))).toEqual([404, "2001"]);
  });

  it("user/purchase/basket: charges what is due, and needs no card where nothing is", async () => {
    const basketId = await basketWith(track);
    await signedCall(sandbox.baseUrl, `basket/applyVoucher?basketId=${basketId}&voucherCode=FREE-TRACK`, { nowMs });
    expect((await buy(`purchase/basket?basketId=${basketId}`, "no-card-token")).status).toBe(200);
    expect(sandbox.sales[0]?.amount).toBe("0.00");
  });

  it("user/purchase/basket: keeps the basket where the card is refused", async () => {
    const basketId = await basketWith(track);
    expect(refusal(await buy(`purchase/basket?basketId=${basketId}`, "expired-card-token"))).toEqual([402, "3001"]);
    expect((await buy(`purchase/basket?basketId=${basketId}`)).status).toBe(200);
  });

  it("user/purchase/basket: knows where the basket belongs", async () => {
    const basketId = await basketWith(track);
    expect(refusal(await buy(`purchase/basket?basketId=${basketId}&country=FR`))).toEqual([404, "2002"]);
  });
});

describe("a delivery", () => {
  it("user/deliveritem: charges no card, and keeps the partner's transaction and price", async () => {
    const { status } = await buy(`deliveritem?${track}&transactionId=order-1&retailPrice=0.49`, "no-card-token");
    expect(status).toBe(200);
    expect(sandbox.sales).toMatchObject([{ method: "user/deliveritem", transactionId: "order-1", amount: "0.49" }]);
    expect(ownedBy("no-card-token")).toHaveLength(1);
  });

  it("user/deliveritem: delivers again for the same transaction", async () => {
    for (let at = 0; at < 2; at++) await buy(`deliveritem?${track}&transactionId=order-1`);
    expect(sandbox.sales.map(({ amount }) => amount)).toEqual(["0.99", "0.99"]);
  });

  it("user/deliveritem: needs a transaction", async () => {
    expect(refusal(await buy(`deliveritem?${track}`))).toEqual([400, "1001"]);
  });
});

describe("tags", () => {
  const tagged = (tags: string) => buy(`purchase/item?${track}&price=0.99&${tags}`);
  const tags = (count: number) => Array.from({ length: count }, (_, at) => `tag_key${at}=value`).join("&");

  it("are kept with the sale, as they were spelt", async () => {
    await tagged("tag_MyPartner=MagazinePromoABC&tag_ApplicationVersion=1.5");
    expect(sandbox.sales[0]?.tags).toEqual({ MyPartner: "MagazinePromoABC", ApplicationVersion: "1.5" });
  });

  it.each([
    ["ten", tags(10), [200, ""]],
    ["eleven", tags(11), [400, "1003"]],
    ["a key of 50 characters", `tag_${"k".repeat(50)}=v`, [200, ""]],
    ["a key of 51 characters", `tag_${"k".repeat(51)}=v`, [400, "1003"]],
    ["a value of 100 characters", `tag_k=${"v".repeat(100)}`, [200, ""]],
    ["a value of 101 characters", `tag_k=${"v".repeat(101)}`, [400, "1003"]],
    ["no key", "tag_=v", [400, "1002"]],
  ])("with %s", async (_what, parameters, expected) => {
    const answer = await tagged(parameters);
    expect(answer.status === 200 ? [200, ""] : refusal(answer)).toEqual(expected);
    expect(sandbox.sales).toHaveLength(answer.status === 200 ? 1 : 0);
  });
});

describe("the book of sales", () => {
  it("tells what was sold, to whom and when, and nothing secret", async () => {
    await buy(`purchase/item?${track}&price=0.99`);
    expect(sandbox.sales).toEqual([
      {
        purchaseId: 900_000_001,
        userId: 1_000_001,
        method: "user/purchase/item",
        items: [{ releaseId: 786, trackId: 6598 }],
        amount: "0.99",
        currencyCode: "GBP",
        transactionId: null,
        tags: {},
        atMs: nowMs,
      },
    ]);
  });

  it("is read by other processes, and empty after a reset", async () => {
    const door = async () => JSON.parse((await askExactly(`http://127.0.0.1:${sandbox.port}/_sandbox/sales`)).text) as unknown;
    await buy(`purchase/item?${track}&price=0.99`);
    expect(await door()).toMatchObject({ sales: [{ purchaseId: 900_000_001, amount: "0.99" }] });
    sandbox.reset();
    expect(await door()).toEqual({ sales: [] });
  });
});

describe("a release that misbehaves on purpose", () => {
  const priced = (releaseId: number, price: string) => buy(`purchase/item?releaseId=${releaseId}&price=${price}`);
  const salesOf = (releaseId: number) => sandbox.sales.filter(({ items }) => items.some((item) => item.releaseId === releaseId)).length;

  it("changes its price between query and purchase", async () => {
    const { priceChanges } = misbehaving;
    const shown = async () =>
      pathsOf((await ask(sandbox.baseUrl, `release/details?releaseId=${priceChanges}`)).text).get("response/release/price/value");
    expect(await shown()).toBe("7.99");
    expect(refusal(await priced(priceChanges, "7.99"))).toEqual([402, "3004"]);
    expect(await shown()).toBe("8.99");
    expect((await priced(priceChanges, "8.99")).status).toBe(200);
    sandbox.reset();
    expect(await shown()).toBe("7.99");
  });

  it("charges and then drops the connection", async () => {
    await expect(priced(misbehaving.chargesThenResets, "6.99")).rejects.toMatchObject({ code: "ECONNRESET" });
    expect(salesOf(misbehaving.chargesThenResets)).toBe(1);
    expect(sandbox.journal.entries().map(({ method, status }) => [method, status])).toEqual([["user/purchase/item", 0]]);
  });

  it("charges and then never answers", async () => {
    await expect(unanswered(`user/purchase/item?releaseId=${misbehaving.chargesThenHangs}&price=7.99`)).resolves.toBe("no answer");
    expect(salesOf(misbehaving.chargesThenHangs)).toBe(1);
  });

  it("charges and answers that something went wrong", async () => {
    expect(refusal(await priced(misbehaving.chargesThenFails, "8.99"))).toEqual([500, "9001"]);
    expect(salesOf(misbehaving.chargesThenFails)).toBe(1);
  });

  it("charges and answers half a document", async () => {
    const { status, text } = await priced(misbehaving.chargesThenAnswersHalf, "7.99");
    expect([status, text.includes("<purchase "), text.includes("</response>")]).toEqual([200, true, false]);
    expect(salesOf(misbehaving.chargesThenAnswersHalf)).toBe(1);
  });

  it("never answers and charges nothing", async () => {
    await expect(unanswered(`user/purchase/item?releaseId=${misbehaving.hangs}&price=6.99`)).resolves.toBe("no answer");
    expect(sandbox.sales).toEqual([]);
  });

  it("does so in a basket, by a track of its, and for a delivery", async () => {
    await expect(buy(`deliveritem?releaseId=${misbehaving.chargesThenResets}&transactionId=1`)).rejects.toThrow();
    await expect(buy(`purchase/item?releaseId=${misbehaving.chargesThenResets}&trackId=6140760&price=0.99`)).rejects.toThrow();
    const basketId = pathsOf((await ask(sandbox.baseUrl, "basket/create")).text).get("response/basket/@id") ?? "";
    await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&releaseId=${misbehaving.chargesThenResets}`);
    await expect(buy(`purchase/basket?basketId=${basketId}`)).rejects.toThrow();
    expect(sandbox.sales.map(({ method }) => method)).toEqual(["user/deliveritem", "user/purchase/item", "user/purchase/basket"]);
  });

  const unanswered = (call: string) =>
    Promise.race([
      signedCall(sandbox.baseUrl, call, { token: "demo-token", nowMs }).then(() => "an answer"),
      new Promise<string>((resolve) => setTimeout(() => resolve("no answer"), 300)),
    ]);
});
