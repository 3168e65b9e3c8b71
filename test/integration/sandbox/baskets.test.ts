import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, pathsOf } from "../../support/sandbox/ask.js";
import { countOf, refusal, signedCall, type Answer } from "../../support/sandbox/signed-call.js";

/** The document's: £7.99, with this as its first track at £0.79. */
const dreams = 155408;
const burning = 1628015;
const unknownBasket = "11111111-2222-3333-4444-555555555555";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function call(path: string): Promise<Answer> {
  const answered = await ask(sandbox.baseUrl, path);
  return { ...answered, paths: pathsOf(answered.text) };
}

const signed = (path: string) => signedCall(sandbox.baseUrl, path);

async function newBasket(place = "country=GB"): Promise<string> {
  return (await call(`basket/create?${place}`)).paths.get("response/basket/@id") ?? "";
}

/** What stands below an element, by the names from there. */
const below = ({ paths }: Answer, path: string, ...names: readonly string[]) => names.map((name) => paths.get(`${path}/${name}`));
const totals = (answer: Answer) => below(answer, "response/basket", "itemCount", "price/value", "amountDue/amount");

describe("a new basket", () => {
  it("basket/create: makes an empty basket in the currency of the shop", async () => {
    const answer = await call("basket/create?country=DE");
    expect(answer.paths.get("response/basket/@id")).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(totals(answer)).toEqual(["0", "0", "0"]);
    expect(below(answer, "response/basket/price", "currency/@code", "formattedPrice")).toEqual(["EUR", "0,00€"]);
    expect(answer.headers["cache-control"]).toBe("no-cache, no-store");
  });

  it("basket/create: makes a new one every time", async () => {
    expect(await newBasket()).not.toBe(await newBasket());
  });
});

describe("an item that is added", () => {
  it("basket/addItem: puts a track in, at the catalogue's price", async () => {
    const answer = await call(`basket/addItem?basketId=${await newBasket()}&releaseId=${dreams}&trackId=${burning}`);
    expect(totals(answer)).toEqual(["1", "0.79", "0.79"]);
    const names = ["type", "itemName", "artistName", "trackId", "releaseId", "price/value", "price/formattedPrice", "amountDue/amount"];
    expect(below(answer, "response/basket/basketItems/basketItem", ...names)).toEqual([
      "track",
      "Burning",
      "The Whitest Boy Alive",
      "1628015",
      "155408",
      "0.79",
      "£0.79",
      "0.79",
    ]);
    expect(below(answer, "response/basket/basketItems/basketItem", "price/currency", "discount")).toEqual([undefined, undefined]);
  });

  it("basket/addItem: puts a whole release in, with an empty trackId and its version in its name", async () => {
    const answer = await call(`basket/addItem?basketId=${await newBasket()}&releaseId=${dreams}`);
    const item = below(answer, "response/basket/basketItems/basketItem", "type", "itemName", "trackId", "amountDue/formattedAmount");
    expect(item).toEqual(["release", "Dreams (UK)", "", "£7.99"]);
  });

  it("basket/addItem: adds up exactly", async () => {
    const basketId = await newBasket();
    for (let at = 0; at < 3; at++) await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}&trackId=${burning}`);
    const answer = await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}`);
    expect(totals(answer)).toEqual(["4", "10.36", "10.36"]);
    expect(new Set([...answer.text.matchAll(/basketItem id="(\d+)"/g)].map(([, id]) => id)).size).toBe(4);
  });

  it("basket/addItem: takes the price of the package that is asked for", async () => {
    const details = await call("release/details?releaseId=2010");
    const [id, premium] = below(details, "response/release/download/packages/package", "@id", "price/sevendigitalPrice");
    expect(id).toBe("9");
    const answer = await call(`basket/addItem?basketId=${await newBasket()}&releaseId=2010&packageId=9`);
    expect(answer.paths.get("response/basket/price/value")).toBe(premium);
    const unknown = await call(`basket/addItem?basketId=${await newBasket()}&releaseId=2010&packageId=8`);
    expect(refusal(unknown)).toEqual([404, "2001"]);
  });

  it.each([
    [`releaseId=999999999`, 404, "2001"],
    [`releaseId=${dreams}&trackId=999999999`, 404, "2001"],
    [`releaseId=${dreams}&trackId=12345`, 404, "2001"],
    [`releaseId=2034`, 404, "2002"],
    [`releaseId=2051`, 404, "2002"],
    [``, 400, "1001"],
    [`releaseId=abc`, 400, "1002"],
  ])("basket/addItem: refuses %s", async (item, status, code) => {
    expect(refusal(await call(`basket/addItem?basketId=${await newBasket()}&${item}`))).toEqual([status, code]);
  });
});

describe("an item that is removed", () => {
  it("basket/removeItem: takes one item out and leaves the others", async () => {
    const basketId = await newBasket();
    const first = await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}`);
    const itemId = first.paths.get("response/basket/basketItems/basketItem/@id");
    await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}&trackId=${burning}`);
    const answer = await call(`basket/removeItem?basketId=${basketId}&itemId=${itemId}`);
    expect(totals(answer)).toEqual(["1", "0.79", "0.79"]);
    expect(refusal(await call(`basket/removeItem?basketId=${basketId}&itemId=${itemId}`))).toEqual([404, "2001"]);
  });

  it("basket/removeItem: writes an empty basket with two places", async () => {
    const basketId = await newBasket("country=FR");
    const { paths } = await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}&country=FR`);
    const itemId = paths.get("response/basket/basketItems/basketItem/@id");
    const answer = await call(`basket/removeItem?basketId=${basketId}&itemId=${itemId}&country=FR`);
    expect(below(answer, "response/basket", "itemCount", "price/value", "amountDue/formattedAmount")).toEqual(["0", "0.00", "0,00€"]);
  });
});

describe("an item at the partner's price", () => {
  it("basket/addpriceditem: puts an item in at any price, and tells what is due as a value", async () => {
    const answer = await signed(`basket/addpriceditem?basketId=${await newBasket()}&releaseId=${dreams}&price=12.30`);
    const names = ["value", "formattedAmount", "amount"];
    expect(below(answer, "response/basket/amountDue", ...names)).toEqual(["12.3", "£12.30", undefined]);
    expect(below(answer, "response/basket/basketItems/basketItem/amountDue", ...names)).toEqual(["12.3", "£12.30", undefined]);
  });

  it("basket/addpriceditem: has amounts again in the answers of other methods", async () => {
    const basketId = await newBasket();
    await signed(`basket/addpriceditem?basketId=${basketId}&releaseId=${dreams}&price=0.00`);
    expect(totals(await call(`basket?basketId=${basketId}`))).toEqual(["1", "0.00", "0.00"]);
  });

  it.each(["-1.00", "1.005", "1,00", "1.", "free", "%201"])("basket/addpriceditem: refuses a price of %s", async (price) => {
    const answer = await signed(`basket/addpriceditem?basketId=${await newBasket()}&releaseId=${dreams}&price=${price}`);
    expect(refusal(answer)).toEqual([400, "1002"]);
  });

  it("basket/addpriceditem: must be signed", async () => {
    const { status } = await ask(sandbox.baseUrl, `basket/addpriceditem?basketId=${await newBasket()}&releaseId=1&price=1`);
    expect(status).toBe(401);
  });
});

describe("a basket", () => {
  it("basket: shows what is in it, in any case of its id", async () => {
    const basketId = await newBasket();
    await call(`basket/addItem?basketId=${basketId}&releaseId=${dreams}`);
    const answer = await call(`basket?basketId=${basketId.toUpperCase()}`);
    expect([...totals(answer), countOf(answer, "basketItem")]).toEqual(["1", "7.99", "7.99", 1]);
  });

  it.each([
    ["country=DE", "country=GB"],
    ["country=DE", "country=FR"],
    ["shopId=36", "country=DE"],
    ["shopId=36", "shopId=37"],
  ])("basket: made with %s is not there with %s", async (made, asked) => {
    const basketId = await newBasket(made);
    expect((await call(`basket?basketId=${basketId}&${made}`)).status).toBe(200);
    const answer = await call(`basket?basketId=${basketId}&${asked}`);
    expect(refusal(answer)).toEqual([404, "2002"]);
    expect(answer.paths.get("response/error/errorMessage")?.trim()).toBe("Basket with basketId is unavailable in this country / shop.");
  });

  it.each(["basket?", "basket/addItem?releaseId=1&", "basket/removeItem?itemId=1&"])("basket: is unknown to %s", async (path) => {
    expect(refusal(await call(`${path}basketId=${unknownBasket}`))).toEqual([404, "2001"]);
    expect(refusal(await call(`${path}basketId=1`))).toEqual([400, "1002"]);
    expect(refusal(await call(path))).toEqual([400, "1001"]);
  });

  it("basket: is gone after a reset", async () => {
    const basketId = await newBasket();
    sandbox.reset();
    expect(refusal(await call(`basket?basketId=${basketId}`))).toEqual([404, "2001"]);
  });
});

describe("the basket of the document's examples", () => {
  const zero = "basketId=00000000-0000-0000-0000-000000000000";

  it("is as the document shows it, in every country and after every call", async () => {
    await call(`basket/addItem?${zero}&releaseId=160553&trackId=1693930&country=GB`);
    await call(`basket/removeItem?${zero}&itemId=15965085&country=DE`);
    for (const place of ["country=DE", "country=GB", "shopId=34"]) {
      const answer = await call(`basket?${zero}&${place}`);
      expect(totals(answer)).toEqual(["1", "0.99", "0.99"]);
      expect(below(answer, "response/basket/basketItems/basketItem", "@id", "itemName", "artistName")).toEqual([
        "15284882",
        "Test",
        "Ghetto",
      ]);
    }
  });
});
