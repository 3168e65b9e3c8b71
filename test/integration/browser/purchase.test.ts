/** A person buys: with a good card, and with one that has expired and is replaced on 7digital's page, in a real browser. The shop's script
 *  is all that a front-end needs. */
import { beforeEach, describe, expect, it } from "vitest";
import { skipNote, withoutChromium } from "./chromium.js";
import { signInAs, visitShop } from "./shop.js";

const script = `
const ask = async (query, variables = {}) => {
  const headers = { "content-type": "application/json" };
  const accessToken = sessionStorage.getItem("accessToken");
  if (accessToken) headers.authorization = "Bearer " + accessToken;
  const answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return (await answer.json()).data;
};
const show = (text) => document.querySelector("#message").replaceChildren(text);
const button = (id, label, onclick) => document.body.append(Object.assign(document.createElement("button"), { id, textContent: label, onclick }));

document.querySelector("#sign-in").onclick = async () => {
  const start = "mutation ($input: SignInStartInput!) { signInStart(input: $input) { authorizeUrl state } }";
  const { signInStart } = await ask(start, { input: { callbackUrl: location.origin + "/back" } });
  sessionStorage.setItem("state", signInStart.state);
  location.assign(signInStart.authorizeUrl);
};

if (location.pathname === "/back") {
  const complete = "mutation ($state: String!) { signInComplete(input: { state: $state }) { accessToken } }";
  const { signInComplete } = await ask(complete, { state: sessionStorage.getItem("state") });
  sessionStorage.setItem("accessToken", signInComplete.accessToken);
  location.replace("/shop");
}

const itemId = "track:12345:1302";
const buy = async () => {
  const { track } = await ask("query ($itemId: ID!) { track(id: $itemId) { title price { current { display } quote } } }", { itemId });
  show("Buying " + track.title + " for " + track.price.current.display);
  const input = { itemId, quote: track.price.quote, idempotencyKey: crypto.randomUUID() };
  const returnUrl = location.origin + "/shop";
  const { itemPurchase } = await ask(
    "mutation ($input: ItemPurchaseInput!, $returnUrl: URL) { itemPurchase(input: $input) { attempt { status } " +
    "userErrors { code message ... on PaymentCardError { addCardUrl(returnUrl: $returnUrl) } } } }", { input, returnUrl });
  const [error] = itemPurchase.userErrors;
  if (!error) return show("Bought");
  show(error.code);
  if (error.addCardUrl) document.body.append(Object.assign(document.createElement("a"), { id: "add-card", href: error.addCardUrl, textContent: "Add a card" }));
};

if (location.pathname === "/shop") {
  button("buy", "Buy", buy);
  const { viewer } = await ask("{ viewer { locker { totalCount nodes { release { title } tracks { nodes { track { title } } } } } } }");
  const titles = viewer.locker.nodes.flatMap(({ tracks }) => tracks.nodes.map(({ track }) => track.title));
  document.querySelector("#locker").append(...titles.map((title) => Object.assign(document.createElement("li"), { textContent: title })));
  show("Signed in");
}
`;

describe.skipIf(withoutChromium)(`buying with Chromium ${skipNote}`, () => {
  const visit = visitShop(script);
  let { shop, facade, browser, page } = visit;

  beforeEach(async () => {
    ({ shop, facade, browser, page } = visit);
    await page.context().clearCookies();
    await page.goto(shop.origin);
    await page.evaluate("sessionStorage.clear()");
  });

  async function signIn(emailAddress: string): Promise<void> {
    await page.click("#sign-in");
    await signInAs(page, emailAddress);
    await page.click("button[value=allow]");
    await page.waitForURL(`${shop.origin}/shop`);
    await expect.poll(() => page.innerText("#message")).toBe("Signed in");
  }

  function buys() {
    return facade.sandbox.sales.length;
  }

  it("buys a track with the good card, and sees it in the locker", async () => {
    const before = buys();
    await signIn("demo@sandbox.test");
    const owned = await page.locator("#locker li").allInnerTexts();
    await page.click("#buy");
    await expect.poll(() => page.innerText("#message")).toBe("Bought");
    expect(buys() - before).toBe(1);
    await page.reload();
    await expect.poll(() => page.locator("#locker li").count()).toBe(owned.length + 1);
    expect(await page.locator("#locker li").allInnerTexts()).toContain("I Love You");
  });

  it("fails with an expired card, adds another on 7digital's page, and buys with that", async () => {
    const before = buys();
    await signIn("expired-card@sandbox.test");
    await page.click("#buy");
    await expect.poll(() => page.innerText("#message")).toBe("CARD_EXPIRED");
    expect(buys()).toBe(before);

    await page.click("#add-card");
    await page.waitForSelector("#cardNumber");
    await page.screenshot({ path: "test-results/add-card.png" });
    await page.fill("#cardNumber", "4444333322221111");
    await page.fill("#cardHolderName", "A Reader");
    await page.fill("#cardExpiry", "12/2030");
    await page.click("button[value=add-card]");
    await page.waitForURL(`${shop.origin}/shop`);

    await page.waitForSelector("#buy");
    await page.click("#buy");
    await expect.poll(() => page.innerText("#message")).toBe("Bought");
    expect(buys() - before).toBe(1);
    expect(browser.foreign).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
