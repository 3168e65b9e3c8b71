import { afterAll, afterEach, beforeAll, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { ask, pathsOf } from "../../support/sandbox/ask.js";
import { refusal, signedCall } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

async function basketWith(...items: readonly string[]): Promise<string> {
  const basketId = pathsOf((await ask(sandbox.baseUrl, "basket/create")).text).get("response/basket/@id") ?? "";
  for (const item of items) await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&${item}`);
  return basketId;
}

async function checkoutOf(basketId: string): Promise<string> {
  const url = pathsOf((await ask(sandbox.baseUrl, `basket/paypalurl?basketId=${basketId}`)).text).get("response/expressCheckout/url") ?? "";
  expect(url).toMatch(/^https:\/\/www\.paypal\.com\//);
  return new URL(url).searchParams.get("token") ?? "";
}

const complete = (basketId: string, token: string, user = "demo-token") =>
  signedCall(sandbox.baseUrl, `basket/completepaypalpurchase?basketId=${basketId}&token=${token}`, { verb: "POST", token: user });

it("basket/completepaypalpurchase: buys the basket without a card, and empties it", async () => {
  const basketId = await basketWith("releaseId=155408&trackId=889", "releaseId=786&trackId=6598");
  const { paths } = await complete(basketId, await checkoutOf(basketId), "no-card-token");
  expect(Number(paths.get("response/purchase/@id"))).toBeGreaterThan(0);
  expect([...paths.keys()].filter((path) => path.startsWith("response/purchase/"))).toEqual(["response/purchase/@id"]);
  expect(sandbox.sales).toMatchObject([{ method: "basket/completepaypalpurchase", items: [{ trackId: 889 }, { trackId: 6598 }] }]);
  expect(pathsOf((await ask(sandbox.baseUrl, `basket?basketId=${basketId}`)).text).get("response/basket/itemCount")).toBe("0");
  expect(refusal(await complete(basketId, "EC-1"))[1]).toBe("2001");
});

it("basket/completepaypalpurchase: refuses a token that is of another checkout, and of a basket that has changed", async () => {
  const basketId = await basketWith("releaseId=155408&trackId=889");
  const token = await checkoutOf(basketId);
  expect(refusal(await complete(basketId, "EC-1"))[1]).toBe("1002");
  await ask(sandbox.baseUrl, `basket/addItem?basketId=${basketId}&releaseId=786&trackId=6598`);
  expect(refusal(await complete(basketId, token))[1]).toBe("1002");
  expect(sandbox.sales).toEqual([]);
});

it("basket/paypalurl: has none for an empty basket", async () => {
  const { text } = await ask(sandbox.baseUrl, `basket/paypalurl?basketId=${await basketWith()}`);
  expect(pathsOf(text).get("response/error/@code")).toBe("2001");
});
