/** The user's payment cards: what 7digital shows of them, and that a change is made once and where the user's own pages make it. */
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { User } from "../../../src/sandbox/accounts/model.js";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { quoteOf, track } from "../../support/purchase/purchase-upstream.js";

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

interface Card {
  readonly cardId: string;
  readonly lastFourDigits: string | null;
  readonly isDefault: boolean | null;
}

const every = "{ cardId type lastFourDigits cardHolderName expiryMonth expiryYear country isDefault }";

async function cards(headers: Readonly<Record<string, string>> = demo): Promise<readonly Card[]> {
  const { data, errors } = await facade.query<{ viewer: { paymentCards: Card[] } }>(`{ viewer { paymentCards ${every} } }`, {}, headers);
  expect(errors).toBeUndefined();
  return data.viewer.paymentCards;
}

function demoUser(): User {
  return facade.sandbox.accounts.accessToken("demo-token")?.user as User;
}

/** A second card, which pays from now on. */
function addSecondCard(): void {
  const card = {
    type: "MasterCard",
    lastFourDigits: "0002",
    cardHolderName: "A Customer",
    expiryDate: "203107",
    kind: "declined",
  } as const;
  facade.sandbox.accounts.addCard(demoUser(), card);
}

/** The names of the cards on 7digital's own page. */
async function cardsOnPage(): Promise<readonly string[]> {
  const { data } = await facade.query<{ viewer: { paymentCardsUrl: string } }>("{ viewer { paymentCardsUrl } }", {}, demo);
  const visit = await request(data.viewer.paymentCardsUrl);
  await visit.body.dump();
  const [cookie = ""] = String(visit.headers["set-cookie"]).split(";");
  const page = await request(new URL(String(visit.headers["location"]), data.viewer.paymentCardsUrl), { headers: { cookie } });
  return [...(await page.body.text()).matchAll(/<td>(\w+ ending in \d{4})(?: <strong>(\(default\))<\/strong>)?/g)].map(
    ([, name = "", mark]) => (mark === undefined ? name : `${name} ${mark}`),
  );
}

describe("the cards of a user", () => {
  it("user/payment/card: are shown without their numbers, and cost a call each time", async () => {
    addSecondCard();
    const shown = [
      {
        ...{ cardId: "7", type: "MASTERCARD", lastFourDigits: "0002", cardHolderName: "A Customer" },
        ...{ expiryMonth: 7, expiryYear: 2031, country: null, isDefault: true },
      },
      {
        ...{ cardId: "1", type: "VISA", lastFourDigits: "1111", cardHolderName: "A Customer" },
        ...{ expiryMonth: 12, expiryYear: 2030, country: null, isDefault: false },
      },
    ];
    expect(await cards()).toEqual(shown);
    expect(await cards()).toEqual(shown);
    expect(facade.calls()).toEqual(["user/payment/card", "user/payment/card"]);
  });

  it("are those of the user whom a partner names, signed without a token", async () => {
    expect(await cards(partners)).toMatchObject([{ lastFourDigits: "1111" }]);
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/payment/card", signed: true, verb: "GET" }]);
  });

  it("may be none", async () => {
    expect(await cards({ ...operator, "x-7d-oauth-token": "no-card-token", "x-7d-oauth-token-secret": "no-card-token-secret" })).toEqual(
      [],
    );
  });

  it.each([
    ["in the place of the last digits", "<last4digits>4444333322221111</last4digits>", "lastFourDigits"],
    ["in the place of a name", "<cardHolderName>4444 3333 2222 1111</cardHolderName>", "cardHolderName"],
  ])("with a whole number %s costs that field, and the number goes no further", async (_where, content, field) => {
    const stop = answerWith(facade, "user/payment/card", `<cards><card id="1"><type>VISA</type>${content}</card></cards>`);
    const answer = await facade.query(`{ viewer { paymentCards { cardId type ${field} } } }`, {}, demo);
    stop();
    expect(answer.data).toEqual({ viewer: { paymentCards: [{ cardId: "1", type: "VISA", [field]: null }] } });
    expect(answer.errors).toMatchObject([{ path: ["viewer", "paymentCards", 0, field], extensions: { code: "UPSTREAM_BAD_RESPONSE" } }]);
    expect(JSON.stringify([answer, facade.logged, facade.spans, await facade.metrics()])).not.toMatch(/4444/);
  });

  it("are shown to the signed-in user alone", async () => {
    const { data, errors } = await facade.query("{ viewer { paymentCards { cardId } } }", {}, {});
    expect([data, errors]).toEqual([{ viewer: null }, undefined]);
    const wrong = { ...operator, "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "guess" };
    const refused = await facade.query("{ viewer { paymentCards { cardId } } }", {}, wrong);
    expect(refused.errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
  });
});

it("payment/card/type: lists the kinds of card, once for everybody", async () => {
  const query = "{ paymentCardTypes { cardTypeId name } }";
  const { data } = await facade.query(query);
  expect(data).toEqual({
    paymentCardTypes: [
      { cardTypeId: "VISA", name: "Visa" },
      { cardTypeId: "MASTERCARD", name: "MasterCard" },
      { cardTypeId: "MAESTRO", name: "Maestro" },
      { cardTypeId: "AMEX", name: "American Express" },
    ],
  });
  await facade.query(query, {}, demo);
  expect(facade.calls()).toEqual(["payment/card/type"]);
});

interface Changed {
  readonly changed: { readonly viewer: { readonly paymentCards?: readonly Card[] }; readonly userErrors: readonly unknown[] };
}

async function change(mutation: string, cardId: string, selected = "paymentCards { cardId isDefault }", headers = demo) {
  const document = `mutation ($cardId: ID!) {
    changed: ${mutation}(input: { cardId: $cardId }) { viewer { id ${selected} } userErrors { __typename code field message } }
  }`;
  return facade.query<Changed>(document, { cardId }, headers);
}

describe("a change", () => {
  beforeEach(addSecondCard);

  it("user/payment/card/select: makes another card pay, on 7digital's page, too", async () => {
    const { data, errors } = await change("paymentCardSelect", "1");
    expect(errors).toBeUndefined();
    expect(data.changed).toMatchObject({
      viewer: {
        paymentCards: [
          { cardId: "7", isDefault: false },
          { cardId: "1", isDefault: true },
        ],
      },
      userErrors: [],
    });
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "user/payment/card/select", verb: "POST", params: { country: "GB" } },
      { method: "user/payment/card", verb: "GET" },
    ]);
    expect(await cardsOnPage()).toEqual(["MasterCard ending in 0002", "Visa ending in 1111 (default)"]);
  });

  it("user/payment/card/delete: removes a card, on 7digital's page, too, and what the page removes is not listed", async () => {
    const { data } = await change("paymentCardDelete", "7", "");
    expect(data.changed.userErrors).toEqual([]);
    expect(facade.calls()).toEqual(["user/payment/card/delete"]);
    expect(await cardsOnPage()).toEqual(["Visa ending in 1111 (default)"]);
    facade.sandbox.accounts.removeCard(demoUser(), 1);
    expect(await cards()).toEqual([]);
  });

  it("decides which card is charged", async () => {
    const document = `mutation ($quote: String!, $key: String!) {
      itemPurchase(input: { itemId: "${track}", quote: $quote, idempotencyKey: $key }) { userErrors { code } }
    }`;
    const quote = await quoteOf(facade);
    const declined = await facade.query(document, { quote, key: "0123456789abcdef-1" }, demo);
    expect(declined.data).toMatchObject({ itemPurchase: { userErrors: [{ code: "PAYMENT_FAILED" }] } });
    await change("paymentCardSelect", "1", "");
    const bought = await facade.query(document, { quote, key: "0123456789abcdef-2" }, demo);
    expect(bought.data).toMatchObject({ itemPurchase: { userErrors: [] } });
  });

  it.each(["paymentCardSelect", "paymentCardDelete"])("%s of no card of the user's changes nothing", async (mutation) => {
    const { data } = await change(mutation, "999", "");
    expect(data.changed.userErrors).toMatchObject([{ __typename: "InputError", code: "NOT_FOUND", field: ["cardId"] }]);
    const otherUsers = facade.sandbox.accounts.cardsOf(facade.sandbox.accounts.user(1_000_005) as User)[0]?.id;
    const other = await change(mutation, String(otherUsers), "");
    expect(other.data.changed.userErrors).toMatchObject([{ code: "NOT_FOUND" }]);
    expect(await cards()).toHaveLength(2);
  });

  it.each(["", "1 ", "abc", "-1", "1&x=2"])("is not sent for what is no ID: %j", async (cardId) => {
    facade.calls();
    const { data } = await change("paymentCardSelect", cardId, "");
    expect(data.changed.userErrors).toMatchObject([{ __typename: "InputError", code: "INVALID", field: ["cardId"] }]);
    expect(facade.calls()).toEqual([]);
  });

  it("needs a user", async () => {
    const { data, errors } = await change("paymentCardDelete", "1", "", operator as never);
    expect(data).toEqual({ changed: null });
    expect(errors).toMatchObject([{ extensions: { code: "UNAUTHENTICATED" } }]);
    expect(facade.calls()).toEqual([]);
  });
});
