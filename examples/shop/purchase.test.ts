/** Every outcome of a purchase, in the browser, against the items, cards and faults of the sandbox that bring it about. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Route } from "playwright-core";
import { skipNote, withoutChromium } from "../../test/integration/browser/chromium.js";
import { signInAs } from "../../test/integration/browser/shop.js";
import { openStage, type Stage } from "./test/stage";
import { isGraphql, operationOf, signIn, signOut, users, violationsOf } from "./test/visit";

describe.skipIf(withoutChromium)(`buying in the shop ${skipNote}`, () => {
  let stage: Stage;
  /** Keys that purchases were sent with, in order. */
  const keys: string[] = [];
  let salesBefore = 0;

  beforeAll(async () => {
    stage = await openStage();
    stage.page.on("request", (request) => {
      if (!isGraphql(request)) return;
      const key = operationOf(request).variables?.input?.idempotencyKey;
      if (key !== undefined) keys.push(key);
    });
  });
  afterAll(() => stage.close());
  beforeEach(() => {
    keys.length = 0;
    salesBefore = stage.facade.sandbox.sales.length;
  });
  afterEach(async () => {
    stage.facade.sandbox.faults.clear();
    await stage.page.unroute("**/graphql");
  });

  const sales = () => stage.facade.sandbox.sales.slice(salesBefore).map(({ amount }) => amount);
  const press = (name: string) => stage.page.getByRole("main").getByRole("button", { name }).click();
  const see = (text: string) => stage.page.getByText(text).first().waitFor();
  const isThere = (name: string) => stage.page.getByRole("button", { name }).count();

  async function visit(releaseId: number): Promise<void> {
    await stage.page.goto(`${stage.origin}/buy/release:${String(releaseId)}`);
    await stage.page.getByRole("heading", { name: "Buy", level: 1 }).waitFor();
  }

  /** What comes of the next request of this name. */
  async function intercept(operationName: string, act: (route: Route) => Promise<unknown>): Promise<void> {
    await stage.page.route(
      "**/graphql",
      (route) => (operationOf(route.request()).operationName === operationName ? act(route) : route.fallback()),
      { times: 1 },
    );
  }

  /** The locker does not show release 3069 although it is bought. */
  function hideFromLocker(): () => void {
    const nothing = "<lockerReleases><page>1</page><pageSize>10</pageSize><totalItems>0</totalItems></lockerReleases>";
    return stage.facade.sandbox.faults.add({
      method: "user/locker",
      fault: { kind: "edit", elements: [{ at: "locker/lockerReleases", xml: nothing }] },
    });
  }

  it("a guest signs in on 7digital's page, comes back, and buys", async () => {
    await signOut(stage);
    await visit(36567);
    await press("Sign in");
    await signInAs(stage.page, "demo@sandbox.test");
    await stage.page.click("button[value=allow]");
    await press("Pay £7.99");
    await see("Thank you. It is yours.");
    expect(sales()).toEqual(["7.99"]);
    await stage.page.getByRole("link", { name: "Go to your library" }).click();
    await stage.page.getByRole("link", { name: "Under The Iron Sea", exact: true }).waitFor();
    await visit(36567);
    await see("You own this already");
    expect(await violationsOf(stage.page)).toEqual([]);
  });

  it("who denies on 7digital's page is back, and is not signed in", async () => {
    await signOut(stage);
    await visit(36567);
    await press("Sign in");
    await stage.page.click("button[value=deny]");
    await see("You are not signed in");
    expect(await stage.page.evaluate("localStorage.getItem('sleeve.session')")).toBeNull();
  });

  it("the price has changed: shows the new one and asks again", async () => {
    await signIn(stage);
    await visit(3047);
    await press("Pay £7.99");
    await see("The price has changed");
    expect(sales()).toEqual([]);
    expect(await violationsOf(stage.page)).toEqual([]);
    await press("Pay £8.99");
    await see("Thank you");
    expect(sales()).toEqual(["8.99"]);
    expect(new Set(keys).size).toBe(2);
  });

  it("an expired card: leads to the page where one is added, and back", async () => {
    await signIn(stage, users.expiredCard);
    await visit(36567);
    await press("Pay £7.99");
    await see("Your card has expired");
    expect(await violationsOf(stage.page)).toEqual([]);
    await stage.page.getByRole("link", { name: "Add a card" }).click();
    await stage.page.fill("#cardNumber", "4444333322221111");
    await stage.page.fill("#cardHolderName", "A Reader");
    await stage.page.fill("#cardExpiry", "12/2030");
    await stage.page.click("button[value=add-card]");
    await press("Pay £7.99");
    await see("Thank you");
    expect(sales()).toEqual(["7.99"]);
    expect(new Set(keys).size).toBe(2);
  });

  it.each([
    ["no card", users.noCard, "You have no payment card"],
    ["a card that is declined", users.declinedCard, "Your bank declined the payment"],
  ])("%s: nothing is charged", async (_, userId, words) => {
    await signIn(stage, userId);
    await visit(36567);
    await press("Pay £7.99");
    await see(words);
    expect(await stage.page.getByRole("link", { name: "Add a card" }).getAttribute("href")).toContain("/payment/addcard");
    expect(await isThere("Pay")).toBe(0);
    expect(sales()).toEqual([]);
  });

  it("the outcome is unknown: asks by the key, also after a reload, and never buys again", async () => {
    const show = hideFromLocker();
    await signIn(stage);
    await visit(3069);
    await press("Pay £6.99");
    await see("We are finding out whether it was bought");
    expect(await isThere("Pay")).toBe(0);
    expect(await violationsOf(stage.page)).toEqual([]);
    await stage.page.reload();
    await see("We are finding out whether it was bought");
    await stage.page.goto(`${stage.origin}/basket`);
    await see("A purchase for £6.99 has no outcome yet.");
    show();
    await stage.page.getByRole("link", { name: "See how it ended" }).click();
    await see("Thank you");
    expect(sales()).toEqual(["6.99"]);
    expect(keys).toHaveLength(1);
    expect(await stage.page.evaluate("localStorage.getItem('sleeve.purchases')")).toBeNull();
  });

  it("7digital's answer is lost, but the locker shows the purchase", async () => {
    await signIn(stage);
    await visit(3117);
    await press("Pay £8.99");
    await see("Thank you");
    expect(sales()).toEqual(["8.99"]);
  });

  it("an earlier purchase has no outcome and its key is lost: buys again only if the user says so", async () => {
    hideFromLocker();
    await signIn(stage);
    await visit(3206);
    await press("Pay £7.99");
    await see("We are finding out");
    await stage.page.evaluate("localStorage.removeItem('sleeve.purchases')");
    await stage.page.reload();
    await press("Pay £7.99");
    await see("You may have bought it already");
    expect(sales()).toEqual(["7.99"]);
    expect(await violationsOf(stage.page)).toEqual([]);
    await press("Buy it again for £7.99, and maybe pay twice");
    await see("We are finding out");
    expect(sales()).toEqual(["7.99", "7.99"]);
  });

  it("the request never reaches the server: sends the same with the same key", async () => {
    await signIn(stage);
    await visit(172744);
    await intercept("ItemPurchase", (route) => route.abort("connectionrefused"));
    await press("Pay £1.99");
    await see("It was not bought");
    expect(sales()).toEqual([]);
    await press("Try again");
    await see("Thank you");
    expect(sales()).toEqual(["1.99"]);
    expect(keys).toEqual([keys[0], keys[0]]);
  });

  it("the server's response is lost: finds by the key that it was bought", async () => {
    await signIn(stage);
    await visit(302123);
    await intercept("ItemPurchase", async (route) => {
      await route.fetch();
      await route.abort("connectionreset");
    });
    await press("Pay");
    await see("Thank you");
    expect(sales()).toHaveLength(1);
    expect(keys).toHaveLength(1);
  });

  it("nothing was sent to 7digital: tries again with the same key", async () => {
    await signIn(stage);
    await visit(480766);
    await stage.page.getByRole("button", { name: "Pay" }).waitFor();
    const mend = stage.facade.sandbox.faults.add({ method: "user/locker", fault: { kind: "status", status: 503 } });
    await press("Pay");
    await see("It was not bought");
    mend();
    await press("Try again");
    await see("Thank you");
    expect(sales()).toHaveLength(1);
    expect(new Set(keys).size).toBe(1);
  });

  it("7digital refuses it: says why", async () => {
    await signIn(stage);
    await visit(1192901);
    await stage.page.getByRole("button", { name: "Pay" }).waitFor();
    stage.facade.sandbox.faults.add({ method: "user/purchase/item", fault: { kind: "error", code: 2002, message: "Not in this country" } });
    await press("Pay");
    await see("It is not sold in your country.");
    expect(sales()).toEqual([]);
  });

  it("the user's token is no longer accepted: asks to sign in, and the shop goes on", async () => {
    await signOut(stage);
    await stage.page.evaluate("localStorage.setItem('sleeve.session', JSON.stringify({ accessToken: 'revoked' }))");
    await visit(36567);
    await see("Sign in to 7digital to buy");
    await stage.page.getByRole("link", { name: "Sleeve" }).click();
    await see("This week’s chart");
    expect(await stage.page.evaluate("localStorage.getItem('sleeve.session')")).toBeNull();
  });

  it("a basket that another tab has changed: shows the new total, and buys that", async () => {
    const { page, facade } = stage;
    await signIn(stage);
    await page.goto(`${stage.origin}/release/release:353302`);
    await press("Add to basket");
    await see("is in your basket.");
    await page.goto(`${stage.origin}/buy/basket`);
    await page.getByRole("button", { name: /^Pay/ }).waitFor();
    const basketId = String(await page.evaluate("JSON.parse(localStorage.getItem('sleeve.baskets')).GB.id"));
    const add = "mutation ($input: BasketLinesAddInput!) { basketLinesAdd(input: $input) { basket { amountDue { display } } } }";
    const { data } = await facade.query<{ basketLinesAdd: { basket: { amountDue: { display: string } } } }>(add, {
      input: { basketId, lines: [{ itemId: "track:12345:1302" }] },
    });
    await press("Pay");
    await see("The price has changed");
    expect(sales()).toEqual([]);
    await press(`Pay ${data.basketLinesAdd.basket.amountDue.display}`);
    await see("Thank you");
    expect(sales()).toHaveLength(1);
    expect(await page.evaluate("localStorage.getItem('sleeve.baskets')")).toBe("{}");
  });
});
