import { request } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../src/sandbox/accounts/model.js";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { signedAddress } from "./signed-address.js";
import { Visitor, type Seen } from "../../support/sandbox/visitor.js";

const nowMs = Date.UTC(2026, 4, 17, 12);
let sandbox: Sandbox;
let account: string;
let visitor: Visitor;
beforeAll(async () => {
  sandbox = await startSandbox({ now: () => nowMs });
  account = `http://127.0.0.1:${sandbox.port}/sandbox`;
});
beforeEach(() => {
  visitor = new Visitor();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const demo = { emailAddress: "demo@sandbox.test", password: "demo" };
const demoUser = () => sandbox.accounts.accessToken("demo-token")?.user as User;
const titleOf = ({ text }: Seen) => /<h1>(.*?)<\/h1>/.exec(text)?.[1];
const address = (path: string, query: Readonly<Record<string, string>>) => `${account}/${path}?${new URLSearchParams(query).toString()}`;

/** The address of the document's examples. */
const handback = "http://api-consumer.com/handback?consumerparam=value";

describe("oauth/authorise", () => {
  const page = (token: string, callback?: string) =>
    address("oauth/authorise", { oauth_token: token, ...(callback === undefined ? {} : { oauth_callback: callback }) });
  const newToken = (clientIdentifier: string | null = null) => sandbox.accounts.issueRequestToken(clientIdentifier).token;

  it("asks who it is, then whether the application may, and goes back as the document shows", async () => {
    const token = newToken("IMEI: 1234564546");
    const signIn = await visitor.get(page(token, handback));
    expect([signIn.status, titleOf(signIn)]).toEqual([200, "Sign in to 7digital"]);
    const question = await visitor.press(signIn, "sign-in", demo);
    expect([question.status, titleOf(question)]).toEqual([200, "Authorise an application"]);
    expect(question.text).toContain("<strong>sandbox</strong>");
    expect(question.text).toContain("<strong>IMEI: 1234564546</strong>");
    const { status, headers } = await visitor.press(question, "allow");
    expect([status, headers["location"]]).toEqual([302, `${handback}?oauth_token=${token}&status=Authorised`]);
    expect(sandbox.accounts.requestToken(token)?.user).toEqual(demoUser());
  });

  it("does not ask again who it is, but again whether the application may", async () => {
    await visitor.press(await visitor.get(page(newToken())), "sign-in", demo);
    const token = newToken();
    const question = await visitor.get(page(token, "http://api-consumer.com/"));
    expect(titleOf(question)).toBe("Authorise an application");
    expect(question.text).toContain("<strong>demo@sandbox.test</strong>");
    expect(sandbox.accounts.requestToken(token)?.user).toBeNull();
  });

  it("lets somebody else sign in instead", async () => {
    const question = await visitor.press(await visitor.get(page(newToken())), "sign-in", demo);
    const signIn = await visitor.press(question, "sign-out");
    expect(titleOf(signIn)).toBe("Sign in to 7digital");
    const other = await visitor.press(signIn, "sign-in", { emailAddress: "other@sandbox.test", password: "demo" });
    expect(other.text).toContain("<strong>other@sandbox.test</strong>");
  });

  it("refuses a wrong password and lets try again", async () => {
    const refused = await visitor.press(await visitor.get(page(newToken())), "sign-in", { ...demo, password: "guess" });
    expect([refused.status, titleOf(refused)]).toEqual([403, "Sign in to 7digital"]);
    expect(refused.text).toContain("E-mail address and password do not belong together.");
    expect(refused.text).toContain('value="demo@sandbox.test"');
    expect(refused.text).not.toContain("guess");
    expect(titleOf(await visitor.press(refused, "sign-in", demo))).toBe("Authorise an application");
  });

  it("goes back without leave where the user denies it, and the token is spent", async () => {
    const token = newToken();
    const question = await visitor.press(await visitor.get(page(token, handback)), "sign-in", demo);
    const { status, headers } = await visitor.press(question, "deny");
    expect([status, headers["location"]]).toEqual([302, `${handback}?oauth_token=${token}&status=Denied`]);
    expect(sandbox.accounts.requestToken(token)).toBeUndefined();
  });

  it("says that it is done where there is nowhere to go back to", async () => {
    const token = newToken();
    const done = await visitor.press(await visitor.press(await visitor.get(page(token)), "sign-in", demo), "allow");
    expect([done.status, titleOf(done)]).toEqual([200, "Authorised"]);
    expect(sandbox.accounts.exchange(token)).toBeDefined();
  });

  it("goes back to an app as well", async () => {
    const question = await visitor.press(await visitor.get(page(newToken(), "myapp://signed-in")), "sign-in", demo);
    expect(question.headers["content-security-policy"]).toContain("form-action 'self' myapp:;");
    const { headers } = await visitor.press(question, "allow");
    expect(headers["location"]).toMatch(/^myapp:\/\/signed-in\?oauth_token=\w+&status=Authorised$/);
  });

  it("refuses an unknown token, or that was authorised or exchanged", async () => {
    const used = newToken();
    const status = async () => (await visitor.get(page(used))).status;
    expect((await visitor.get(page("nobody's"))).status).toBe(400);
    expect((await visitor.get(`${account}/oauth/authorise`)).status).toBe(400);
    sandbox.accounts.authorise(used, demoUser());
    expect(await status()).toBe(400);
    sandbox.accounts.exchange(used);
    expect(await status()).toBe(400);
  });

  it.each(["javascript:alert(1)", "data:text/html,x", "/handback"])("refuses to go back to %s", async (callback) => {
    const refused = await visitor.get(page(newToken(), callback));
    expect([refused.status, refused.headers["location"]]).toEqual([400, undefined]);
    expect(refused.text).toContain("The oauth_callback is no address to go back to.");
  });
});

describe("payment/addcard", () => {
  const visa = { cardType: "Visa", cardNumber: "4444 3333 2222 1111", cardHolderName: "A Customer", cardExpiry: "12/2030" };
  const form = async (query: Readonly<Record<string, string>> = {}) =>
    visitor.press(await visitor.get(address("payment/addcard", query)), "sign-in", demo);
  const latest = () => sandbox.accounts.cardsOf(demoUser())[0];

  it("asks who it is, takes the card and goes back as the document shows", async () => {
    const page = await form({ oauth_token: "demo-token", returnUrl: handback });
    expect(titleOf(page)).toBe("Add a payment card");
    const { status, headers } = await visitor.press(page, "add-card", visa);
    expect([status, headers["location"]]).toEqual([302, handback]);
    const card = { type: "Visa", lastFourDigits: "1111", cardHolderName: "A Customer", expiryDate: "203012", kind: "good" };
    expect(latest()).toMatchObject({ ...card, isDefault: true, active: true });
  });

  it("goes to the cards where there is nowhere to go back to", async () => {
    const list = await visitor.press(await form(), "add-card", visa);
    expect([list.url, titleOf(list)]).toEqual([`${account}/payment`, "Payment cards"]);
  });

  it("does not ask who it is where the address is signed, and leaves no signature in the address bar", async () => {
    const query = { country: "GB", lang: "en", returnUrl: handback };
    const page = await visitor.get(signedAddress(`${account}/payment/addcard`, query, { nowMs, token: "other-token" }));
    expect(titleOf(page)).toBe("Add a payment card");
    expect(page.text).toContain("<strong>other@sandbox.test</strong>");
    expect(page.url).toBe(address("payment/addcard", query));
    expect((await visitor.press(page, "add-card", visa)).headers["location"]).toBe(handback);
  });

  it("does not ask a partner's user either, whom the consumer names", async () => {
    const page = await visitor.get(signedAddress(`${account}/payment/addcard`, { userId: "partner-user" }, { nowMs }));
    expect(page.text).toContain("<strong>partner-user</strong>");
  });

  it("asks who it is where the signature is false or used", async () => {
    const url = signedAddress(`${account}/payment/addcard`, { returnUrl: handback }, { nowMs, token: "other-token" });
    expect(titleOf(await visitor.get(url.replace("returnUrl=", "country=DE&returnUrl=")))).toBe("Sign in to 7digital");
    expect(titleOf(await visitor.get(url))).toBe("Add a payment card");
    expect(titleOf(await new Visitor().get(url))).toBe("Sign in to 7digital");
  });

  it.each([
    ["4000000000000002", "12/2030", "declined"],
    ["4444-3333-2222-1111", "04/2026", "expired"],
    ["4444333322221111", "05/2026", "good"],
    ["4000000000003101", "12/2030", 3101],
    ["4000000000003101", "04/2026", "expired"],
  ])("takes %s until %s as one that is %s", async (cardNumber, cardExpiry, kind) => {
    await visitor.press(await form(), "add-card", { ...visa, cardNumber, cardExpiry });
    expect(latest()?.kind).toBe(kind);
  });

  it.each([
    [{ cardNumber: "4111111111111111" }, "That is none of the card numbers on this page."],
    [{ cardType: "Library card" }, "Choose a card type."],
    [{ cardHolderName: " " }, "Enter the name on the card."],
    [{ cardExpiry: "13/2030" }, "Enter when the card expires, as MM/YYYY."],
  ])("refuses %j", async (change, refusal) => {
    const refused = await visitor.press(await form(), "add-card", { ...visa, ...change });
    expect([refused.status, titleOf(refused)]).toEqual([400, "Add a payment card"]);
    expect(refused.text).toContain(refusal);
    expect(sandbox.accounts.cardsOf(demoUser())).toHaveLength(1);
  });

  it("never shows a number again, nor keeps it", async () => {
    const typed = "4999888877776666";
    const refused = await visitor.press(await form(), "add-card", { ...visa, cardNumber: typed, cardHolderName: `"A" <Customer> & Sons` });
    expect(refused.text).not.toContain(typed);
    expect(refused.text).toContain('value="&#34;A&#34; &#60;Customer&#62; &#38; Sons"');
    await visitor.press(refused, "add-card", visa);
    expect(JSON.stringify([sandbox.accounts.cardsOf(demoUser()), sandbox.journal.entries()])).not.toMatch(
      /4999888877776666|4444.?3333|A Customer"?,"form/,
    );
  });

  it.each(["javascript:alert(1)", "handback"])("refuses to go back to %s", async (returnUrl) => {
    const refused = await visitor.get(address("payment/addcard", { returnUrl }));
    expect([refused.status, titleOf(refused)]).toEqual([400, "Payment cards"]);
  });
});

describe("payment", () => {
  const list = async () =>
    visitor.press(await visitor.get(address("payment", { oauth_token: "demo-token", returnUrl: handback })), "sign-in", demo);
  const second = { type: "Maestro", lastFourDigits: "0002", cardHolderName: "A Customer", expiryDate: "203101", kind: "declined" } as const;

  it("lists the active cards, with the way to add one and the way back", async () => {
    const { id } = sandbox.accounts.addCard(demoUser(), second);
    sandbox.accounts.deactivateCard(demoUser(), id);
    const page = await list();
    expect(titleOf(page)).toBe("Payment cards");
    expect(page.text).toContain("Visa ending in 1111");
    expect(page.text).toContain("12/2030");
    expect(page.text).not.toContain("Maestro");
    expect(page.text).toContain('href="/sandbox/payment/addcard"');
    expect(page.text).toContain('href="http://api-consumer.com/handback?consumerparam=value"');
  });

  it("makes another card the default one", async () => {
    const visa = sandbox.accounts.cardsOf(demoUser())[0];
    sandbox.accounts.addCard(demoUser(), second);
    const page = await visitor.press(await list(), "select", {}, `name="cardId" value="${visa?.id}"`);
    expect(page.text).toContain("Visa ending in 1111 <strong>(default)</strong>");
    expect(sandbox.accounts.cardsOf(demoUser()).find(({ isDefault }) => isDefault)?.type).toBe("Visa");
  });

  it("deletes a card", async () => {
    const page = await visitor.press(await list(), "delete");
    expect(page.text).toContain("There are no cards.");
    expect(sandbox.accounts.cardsOf(demoUser())).toEqual([]);
  });

  it("leaves the cards of others alone", async () => {
    const other = sandbox.accounts.accessToken("other-token")?.user as User;
    const theirs = sandbox.accounts.cardsOf(other)[0];
    const refused = await visitor.press(await list(), "delete", { cardId: String(theirs?.id) });
    expect([refused.status, refused.text.includes("There is no such card any more.")]).toEqual([400, true]);
    expect(sandbox.accounts.cardsOf(other)).toHaveLength(1);
  });
});

describe("every page", () => {
  it("keeps to itself: no script, no frame, no cache, no referrer", async () => {
    const { headers } = await visitor.get(`${account}/payment`);
    expect(headers).toMatchObject({
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    expect(headers["set-cookie"]).toMatch(/^sandbox-session-\d+=[\w-]{24}; Path=\/; HttpOnly; SameSite=Lax$/);
  });

  it("is dressed by its one stylesheet", async () => {
    const { text } = await visitor.get(`${account}/payment`);
    const [, href = ""] = /<link rel="stylesheet" href="([^"]+)"/.exec(text) ?? [];
    expect((await visitor.get(new URL(href, account).href)).headers["content-type"]).toBe("text/css; charset=utf-8");
    expect(text).not.toMatch(/<style|<script|style=|onclick/);
  });

  it("takes no form without the token of its session", async () => {
    const signIn = await visitor.get(`${account}/payment`);
    const forged = await visitor.press(signIn, "sign-in", { ...demo, formToken: "guess" });
    expect([forged.status, titleOf(forged)]).toEqual([403, "Form out of date"]);
    expect(titleOf(await new Visitor().press(signIn, "sign-in", demo))).toBe("Form out of date");
    const { statusCode } = await request(`${account}/payment`, { method: "POST" });
    expect(statusCode).toBe(403);
  });

  it("gives a person who signs in another session than before", async () => {
    const signIn = await visitor.get(`${account}/payment`);
    const cookie = String(signIn.headers["set-cookie"]).split(";")[0] ?? "";
    await visitor.press(signIn, "sign-in", demo);
    const { body } = await request(`${account}/payment`, { headers: { cookie } });
    expect(await body.text()).toContain("Sign in to 7digital");
  });

  it("is of an application that has a key", async () => {
    const { status, text } = await visitor.get(`${account.replace(/sandbox$/, "nobody")}/payment`);
    expect([status, text.includes("No application has this key.")]).toEqual([404, true]);
  });

  it("is found in any case, takes no other verb, and stands in the way of no method", async () => {
    expect((await visitor.get(`${account}/Payment/AddCard`)).status).toBe(200);
    expect((await request(`${account}/payment`, { method: "DELETE" })).statusCode).toBe(405);
    expect((await visitor.get(`${sandbox.baseUrl}/payment?oauth_consumer_key=x`)).headers["content-type"]).toBe(
      "text/plain; charset=utf-8",
    );
  });

  it("forgets who signed in when the sandbox is reset", async () => {
    await visitor.press(await visitor.get(`${account}/payment`), "sign-in", demo);
    sandbox.reset();
    expect(titleOf(await visitor.get(`${account}/payment`))).toBe("Sign in to 7digital");
  });
});
