/** The addresses of 7digital's own pages for payment cards. The parameters are those the API document names. */
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
const demo = { ...operator, "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
const partners = { ...operator, "x-7d-user-id": "partner-user" };

let facade: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-secret-of-the-operator", RETURN_ORIGINS: "https://shop.example" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

type Headers = Readonly<Record<string, string>>;

async function urlOf(field: string, headers: Headers): Promise<string> {
  const { data, errors } = await facade.query<{ viewer: { url: string } }>(`{ viewer { url: ${field} } }`, {}, headers);
  expect(errors).toBeUndefined();
  return data.viewer.url;
}

const protocol = ["oauth_consumer_key", "oauth_nonce", "oauth_signature_method", "oauth_timestamp", "oauth_version", "oauth_token"];

describe.each([
  ["addCardUrl", "/sandbox/payment/addcard", "Add a payment card"],
  ["paymentCardsUrl", "/sandbox/payment", "Payment cards"],
])("%s", (field, path, title) => {
  it("is signed with the user's token and says country, language and the way back", async () => {
    const url = new URL(await urlOf(`${field}(returnUrl: "https://shop.example/back?a=b#cards", language: PT)`, demo));
    expect(url.pathname).toBe(path);
    const { lang, country, returnUrl, oauth_token: token } = Object.fromEntries(url.searchParams);
    expect({ lang, country, returnUrl, token }).toEqual({
      lang: "pt",
      country: "GB",
      returnUrl: "https://shop.example/back?a=b#cards",
      token: "demo-token",
    });
    expect([...url.searchParams.keys()].sort()).toEqual(["country", "lang", "returnUrl", "oauth_signature", ...protocol].sort());
    expect(facade.calls()).toEqual([]);
  });

  it("signs the user in at 7digital, once", async () => {
    const url = await urlOf(field, demo);
    const visit = await request(url);
    await visit.body.dump();
    expect([visit.statusCode, visit.headers["location"]]).toEqual([303, `${path}?country=GB`]);
    const [cookie = ""] = String(visit.headers["set-cookie"]).split(";");
    const page = await request(new URL(`${path}?country=GB`, url), { headers: { cookie } });
    expect(await page.body.text()).toContain(title);
    const again = await request(url);
    expect([again.statusCode, await again.body.text()]).toEqual([200, expect.stringContaining("Password") as string]);
  });

  it("is signed anew whenever it is asked for", async () => {
    expect(await urlOf(field, demo)).not.toBe(await urlOf(field, demo));
  });

  it("is bare, and says nothing of the user, for users whom a partner manages", async () => {
    const origin = new URL(facade.sandbox.baseUrl).origin;
    expect(await urlOf(`${field}(returnUrl: "https://shop.example/")`, partners)).toBe(
      `${origin}${path}?country=GB&returnUrl=https%3A%2F%2Fshop.example%2F`,
    );
  });

  it("says no country where a shop decides", async () => {
    const origin = new URL(facade.sandbox.baseUrl).origin;
    expect(await urlOf(field, { ...partners, "x-7d-shop-id": "34" })).toBe(`${origin}${path}`);
  });

  it("leads nowhere that the operator has not allowed", async () => {
    const { data, errors } = await facade.query(`{ viewer { ${field}(returnUrl: "https://evil.example") } }`, {}, demo);
    expect(data).toEqual({ viewer: { [field]: null } });
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "returnUrl" } }]);
  });
});
