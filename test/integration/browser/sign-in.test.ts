/** A person signs in: from a shop's page to 7digital's and back, in a real browser. The shop's script is all that a front-end needs. */
import { beforeEach, describe, expect, it } from "vitest";
import { skipNote, withoutChromium } from "./chromium.js";
import { signInAs, visitShop } from "./shop.js";

const script = `
const ask = async (query, variables, accessToken) => {
  const headers = { "content-type": "application/json", ...(accessToken && { authorization: "Bearer " + accessToken }) };
  const answer = await fetch("/graphql", { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return (await answer.json()).data;
};

document.querySelector("#sign-in").onclick = async () => {
  const start = "mutation ($input: SignInStartInput!) { signInStart(input: $input) { authorizeUrl state } }";
  const { signInStart } = await ask(start, { input: { callbackUrl: location.origin + "/back?from=7digital" } });
  sessionStorage.setItem("state", signInStart.state);
  location.assign(signInStart.authorizeUrl);
};

if (location.pathname === "/back") {
  const complete = "mutation ($state: String!) { signInComplete(input: { state: $state }) { accessToken userErrors { code } } }";
  const state = sessionStorage.getItem("state");
  sessionStorage.removeItem("state");
  const { signInComplete } = await ask(complete, { state });
  document.querySelector("#message").textContent = signInComplete.userErrors.map(({ code }) => code).join();
  if (signInComplete.accessToken) {
    const { viewer } = await ask("{ viewer { locker { nodes { release { title } } } } }", {}, signInComplete.accessToken);
    const titles = viewer.locker.nodes.map(({ release }) => release.title);
    document.querySelector("#locker").append(...titles.map((title) => Object.assign(document.createElement("li"), { textContent: title })));
  }
}
`;

describe.skipIf(withoutChromium)(`signing in with Chromium ${skipNote}`, () => {
  const visit = visitShop(script);
  let { shop, facade, browser, page } = visit;

  beforeEach(async () => {
    ({ shop, facade, browser, page } = visit);
    await page.context().clearCookies();
    await page.goto(shop.origin);
    await page.click("#sign-in");
    await page.waitForURL(/\/sandbox\/oauth\/authorise\?/);
    facade.calls();
  });

  it("leads over 7digital's page and back to the shop, which then shows the user's locker", async () => {
    await signInAs(page, "demo@sandbox.test");
    await page.click("button[value=allow]");
    await page.waitForURL(`${shop.origin}/back?**`);
    await page.waitForSelector("#locker li");
    expect(new URL(page.url()).search).toMatch(/^\?from=7digital\?oauth_token=[0-9a-f]+&status=Authorised$/);
    expect(await page.locator("#locker li").allInnerTexts()).toHaveLength(3);
    expect(facade.calls().filter((called) => !called.startsWith("/"))).toEqual(["oauth/accesstoken", "user/locker"]);
  });

  it("ends without a token where the user says no", async () => {
    await signInAs(page, "demo@sandbox.test");
    await page.click("button[value=deny]");
    await page.waitForURL(`${shop.origin}/back?**`);
    await expect.poll(() => page.innerText("#message")).toBe("UNAUTHENTICATED");
    expect(await page.locator("#locker li").count()).toBe(0);
  });

  it("never shows the browser a secret of 7digital's, nor leads it anywhere else", async () => {
    const token = new URL(page.url()).searchParams.get("oauth_token") ?? "";
    const { secret = "" } = facade.sandbox.accounts.requestToken(token) ?? {};
    const seen: Promise<string>[] = [];
    page.on("response", (response) => seen.push(response.text().catch(() => "")));
    await signInAs(page, "demo@sandbox.test");
    await page.click("button[value=allow]");
    await page.waitForSelector("#locker li");
    const all = (await Promise.all(seen)).join("\n");
    expect(all).toContain("accessToken");
    expect(secret).toMatch(/^[0-9a-f]{48}$/);
    expect(all).not.toContain(secret);
    expect(browser.foreign).toEqual([]);
    expect(browser.complaints).toEqual([]);
  });
});
