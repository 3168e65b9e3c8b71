/** Secrets stay where they are used. Every test of a façade looks for them (test/support/canaries.ts); here 7digital itself repeats them. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { canariesIn } from "../support/canaries.js";
import { buy, demo, say, startShop, type Deed, type Shop } from "../purchase/till.js";

const reported: unknown[] = [];
let shop: Shop;
beforeAll(async () => {
  shop = await startShop({}, (error) => reported.push(error));
});
afterAll(() => shop.close());

const parrot = "demo-token demo-token-secret ABC123 a@example.test partner-user oauth_signature=x correct horse";

function refusing(code: string): Deed {
  return say(`<response status="error"><error code="${code}"><errorMessage>${parrot}</errorMessage></error></response>`);
}

describe("a secret that 7digital repeats", () => {
  it.each(["1002", "2001", "2002", "3001", "3004", "3012", "7001", "9001", "4242"])(
    "with error %s is not told to a buyer",
    async (code) => {
      shop.till.deed = refusing(code);
      const { data } = await buy(shop, { acknowledgeUnknown: true });
      expect(data.itemPurchase.userErrors).toHaveLength(1);
      expect(canariesIn(JSON.stringify(data))).toEqual([]);
    },
  );

  it.each([
    ["plain text", say(parrot, 500)],
    ["HTML", say(`<html>${parrot}</html>`)],
    ["XML it does not end", say(`<response status="ok"><purchase id="${parrot}">`)],
    ["XML of an unknown shape", say(`<response status="ok"><purchase><purchaseDate>${parrot}</purchaseDate></purchase></response>`)],
    ["a redirect", say("", 302, { location: `http://127.0.0.1:9/?${encodeURIComponent(parrot)}` })],
  ])("in %s is not told to a buyer", async (_how, deed) => {
    shop.till.deed = deed;
    const { data } = await buy(shop, { acknowledgeUnknown: true });
    expect(canariesIn(JSON.stringify(data))).toEqual([]);
  });

  it("about a locker is not told to its owner", async () => {
    shop.till.onLook = (socket) => {
      const body = `<response status="error"><error code="9001"><errorMessage>${parrot}</errorMessage></error></response>`;
      socket.write(`HTTP/1.1 500 X\r\ncontent-type: text/xml\r\ncontent-length: ${String(body.length)}\r\n\r\n${body}`);
      return true;
    };
    // The errors are looked through by the façade's own query.
    const { errors } = await shop.facade.query(`{ viewer { locker { totalCount } } }`, {}, demo);
    expect(errors).toHaveLength(1);
    shop.till.onLook = undefined;
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
      `mutation { basketVoucherApply(basketId: "basket:GB:00000000-1111-2222-3333-000000000000", code: "ABC123") { userErrors { message } } }`,
    ],
    ["a return URL", `{ viewer { addCardUrl(returnUrl: "https://demo-token-secret.example/") } }`],
  ])("as %s is not repeated", async (_where, operation) => {
    const answer = await shop.facade.query(operation, {}, demo);
    expect(canariesIn(JSON.stringify(answer))).toEqual([]);
  });
});
