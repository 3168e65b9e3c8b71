/** Secrets stay where they are used. Every test of a façade looks for them (test/support/canaries.ts); here 7digital itself repeats them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canariesIn } from "../../support/canaries.js";
import { killProcesses, linesOf } from "../../support/process.js";
import { openStand } from "../../support/stand.js";
import { errorXml, respond, type Behaviour } from "../../support/fake-upstream.js";
import { buy, demo, startShop, type Shop } from "../../support/purchase/purchase-upstream.js";

const reported: unknown[] = [];
let shop: Shop;
beforeAll(async () => {
  shop = await startShop({}, (error) => reported.push(error));
});
afterAll(() => shop.close());

const parrot = "demo-token demo-token-secret ABC123 a@example.test partner-user oauth_signature=x correct horse";

function refusing(code: string): Behaviour {
  return respond(errorXml(code, parrot));
}

describe("a secret that 7digital repeats", () => {
  it("would be found", () => {
    expect(canariesIn(parrot)).toEqual(["demo-token", "oauth_signature", "ABC123", "@example.test", "partner-user", "correct horse"]);
  });

  it.each(["1002", "2001", "2002", "3001", "3004", "3012", "7001", "9001", "4242"])(
    "with error %s is not told to a buyer",
    async (code) => {
      shop.upstream.onPurchase = refusing(code);
      const { data } = await buy(shop, { acknowledgeUnknown: true });
      expect(data.itemPurchase.userErrors).toHaveLength(1);
      expect(canariesIn(JSON.stringify(data))).toEqual([]);
    },
  );

  it.each([
    ["plain text", respond(parrot, 500)],
    ["HTML", respond(`<html>${parrot}</html>`)],
    ["XML it does not end", respond(`<response status="ok"><purchase id="${parrot}">`)],
    ["XML of an unknown shape", respond(`<response status="ok"><purchase><purchaseDate>${parrot}</purchaseDate></purchase></response>`)],
    ["a redirect", respond("", 302, { location: `http://127.0.0.1:9/?${encodeURIComponent(parrot)}` })],
  ])("in %s is not told to a buyer", async (_how, behaviour) => {
    shop.upstream.onPurchase = behaviour;
    shop.upstream.purchases.length = 0;
    const { data } = await buy(shop, { acknowledgeUnknown: true });
    expect(shop.upstream.purchases).toHaveLength(1);
    expect(canariesIn(JSON.stringify(data))).toEqual([]);
  });

  it("about a locker is not told to its owner", async () => {
    shop.upstream.onLockerRead = respond(errorXml("9001", parrot), 500);
    // The errors are looked through by the façade's own query.
    const { errors } = await shop.facade.query(`{ viewer { locker { totalCount } } }`, {}, demo);
    expect(errors).toHaveLength(1);
    shop.upstream.onLockerRead = shop.upstream.showLocker;
  });

  it("is in nothing that an operator is told of", () => {
    expect(reported).toEqual([]);
  });
});

describe("a secret in the wrong place", () => {
  it.each([
    ["an id", `{ release(id: "demo-token-secret") { title } }`],
    [
      "a quote",
      `mutation { itemPurchase(input: { itemId: "release:1", quote: "demo-token-secret", idempotencyKey: "0123456789abcdef" }) { userErrors { message } } }`,
    ],
    ["a key", `mutation { itemPurchase(input: { itemId: "release:1", idempotencyKey: "demo-token-secret!" }) { userErrors { message } } }`],
    [
      "a decimal",
      `mutation { basketPurchase(input: { basketId: "x", expectedAmountDue: "demo-token-secret", idempotencyKey: "x" }) { userErrors { message } } }`,
    ],
    [
      "a voucher",
      `mutation { basketVoucherApply(input: { basketId: "basket:GB:00000000-1111-2222-3333-000000000000", code: "ABC123" }) { userErrors { message } } }`,
    ],
    ["a return URL", `{ viewer { addCardUrl(returnUrl: "https://demo-token-secret.example/") } }`],
  ])("as %s is not repeated", async (_where, operation) => {
    const answer = await shop.facade.query(operation, {}, demo);
    expect(canariesIn(JSON.stringify(answer))).toEqual([]);
  });
});

describe("a process", () => {
  const sealing = Buffer.alloc(32, "canary-that-seals");
  const secrets = {
    SEVENDIGITAL_CONSUMER_SECRET: "canary-consumer-secret",
    OPERATOR_SECRET: "canary-operator-secret",
    GATEWAY_SECRET: "canary-gateway-secret",
    METRICS_SECRET: "canary-metrics-secret",
    SEALING_KEYS: `one:${sealing.toString("base64")}`,
  };
  const sent = [
    ["authorization", "Bearer canary-bearer-0123456789"],
    ["x-7d-oauth-token", "canary-token"],
    ["x-7d-oauth-token-secret", "canary-token-secret"],
    ["x-7d-user-id", "canary-user"],
    ["x-7d-operator-secret", "canary-operator-guess"],
    ["x-7d-gateway-secret", "canary-gateway-guess"],
    ["x-request-id", "canary@example.test"],
    ["traceparent", "canary-trace"],
    ["cookie", "session=canary-cookie"],
  ] as const;
  const queries = [
    `query Q($v: String!) { search(query: $v) { artists { totalCount } } }`,
    `{ artist(id: "canary-id") { name } }`,
    `{ artist(id: "1") { name } }`,
    `mutation { basketVoucherApply(input: { basketId: "basket:GB:00000000-1111-2222-3333-000000000000", code: "canary-voucher" }) { userErrors { message } } }`,
    `mutation { signInStart(input: { callbackUrl: "https://canary.example/?token=canary" }) { authorizeUrl } }`,
    `{ users(emailAddress: "canary@mail.example.test") { userId } }`,
    `mutation { userAuthenticate(input: { emailAddress: "canary@mail.example.test", password: "canary-password" }) { userErrors { message } } }`,
    `{ canary`,
    `query { canary }`,
  ];

  it("tells no secret in its output, its log at debug, its errors or its metrics, whatever fails", { timeout: 90_000 }, async () => {
    const stand = await openStand({ ...secrets, LOG_LEVEL: "debug" });
    try {
      const facade = await stand.start(`process.on("SIGUSR2", () => { throw new Error(Object.values(process.env).join()); });`);
      const operator = { "x-7d-operator-secret": secrets.OPERATOR_SECRET, "x-7d-oauth-token": "canary-token" };
      const headers = [
        {},
        ...sent.map(([name, value]) => ({ [name]: value })),
        { ...operator, "x-7d-oauth-token-secret": "canary-token-secret" },
      ];
      const answers: unknown[] = [];
      const body = "canary-of-7digital https://media.test/x?oauth_signature=canary canary@mail.example.test";
      const asked = headers.flatMap((one) => queries.map((query) => [query, one] as const));
      for (const fault of [undefined, { kind: "status", status: 500, body }, { kind: "reset" }] as const) {
        if (fault !== undefined) stand.sandbox.faults.add({ method: "*", fault });
        for (const [query, one] of asked) answers.push(await facade.ask(query, { v: "canary-search" }, one));
      }
      const methods = new Set(stand.sandbox.journal.entries().map(({ method }) => method));
      expect([...methods].sort()).toEqual([
        "artist/details",
        "artist/search",
        "basket",
        "basket/applyVoucher",
        "user/authenticate",
        "users",
      ]);
      const scraped = await facade.get("/metrics");
      facade.child.kill("SIGUSR2");
      expect(await facade.code).toBe(1);
      const errors = await facade.errors;
      expect(linesOf(errors).length).toBeGreaterThan(100);
      expect(linesOf(errors).at(-1)).toMatchObject({ level: "error", msg: "uncaught exception", failure: "Error" });
      expect(scraped).toMatchObject({ status: 200 });
      for (const [where, text] of Object.entries({ errors, output: await facade.output, scraped: JSON.stringify(scraped) })) {
        expect(text, where).not.toMatch(/canary|sandbox-secret|oauth_/);
        expect(text, where).not.toContain(sealing.toString("base64").slice(0, 20));
      }
      // Names of fields that do not exist are repeated to whoever wrote them; a secret is nothing of that kind.
      expect(JSON.stringify(answers)).not.toMatch(/canary-(?!of-7digital)/);
    } finally {
      killProcesses();
      await stand.close();
    }
  });
});
