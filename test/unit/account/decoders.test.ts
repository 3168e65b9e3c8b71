/** Answers about users and cards, in every form that is known. */
import { describe, expect, it } from "vitest";
import { userPaymentCard, userPaymentCardRegistration, usersUpdate, paymentCardType } from "../../../src/account/endpoints.js";
import type { Endpoint } from "../../../src/upstream/endpoint.js";
import { readByBoth } from "../../support/both-readers.js";
import { Unreadable } from "../../../src/upstream/xml/unreadable.js";
import { hasRecordings, readRecordings } from "../../support/given-material.js";

function read<P, R>(endpoint: Endpoint<P, R>, content: string): R {
  return readByBoth(endpoint, { httpStatus: 200, body: `<response status="ok" version="1.2">${content}</response>` });
}

const oneCard = (content: string) => read(userPaymentCard, `<cards><card id="1">${content}</card></cards>`)[0];

describe("a card", () => {
  it.each([
    ["1111", "1111"],
    ["************1111", "1111"],
    ["XXXX XXXX XXXX 1111", "1111"],
    ["•••• 0069", "0069"],
  ])("shows the last digits of %s", (written, digits) => {
    expect(oneCard(`<last4digits>${written}</last4digits>`)?.lastFourDigits).toBe(digits);
  });

  it.each(["4444333322221111", "4444 3333 2222 1111", "2221111", "111", "1111x"])("does not show %s for the last digits", (written) => {
    expect(oneCard(`<last4digits>${written}</last4digits>`)?.lastFourDigits).toBeInstanceOf(Unreadable);
  });

  it.each(["4444333322221111", "4444-3333-2222-1111", "MR X 444433332222"])("does not show %s for a name", (written) => {
    expect(oneCard(`<cardHolderName>${written}</cardHolderName>`)?.cardHolderName).toBeInstanceOf(Unreadable);
  });

  it("has a name with a few digits, and spelled in either way", () => {
    expect(oneCard("<cardHolderName> Mr. X 2nd </cardHolderName>")?.cardHolderName).toBe("Mr. X 2nd");
    expect(oneCard("<cardholderName>Bob</cardholderName>")?.cardholderName).toBe("Bob");
  });

  it.each([
    ["201402", { year: 2014, month: 2 }],
    ["194209", { year: 1942, month: 9 }],
  ])("expires in %s", (written, month) => {
    expect(oneCard(`<expiryDate>${written}</expiryDate>`)?.expiry).toEqual(month);
  });

  it.each(["2345", "201413", "201400", "2014-02-01"])("expires in no month that cannot be read: %s", (written) => {
    expect(oneCard(`<expiryDate>${written}</expiryDate>`)?.expiry).toBeInstanceOf(Unreadable);
  });

  it("has a country that exists", () => {
    expect(oneCard("<country>nz</country>")?.country).toBe("NZ");
    expect(oneCard("<country>XX</country>")?.country).toBeInstanceOf(Unreadable);
  });

  it("without an ID costs only itself", () => {
    expect(read(userPaymentCard, `<cards><card><type>VISA</type></card><card id="2"/></cards>`)).toMatchObject([{ cardId: "2" }]);
  });

  it("may be alone in its response, or there may be none", () => {
    expect(read(userPaymentCard, `<card id="8"/>`)).toMatchObject([{ cardId: "8" }]);
    expect(read(userPaymentCard, "<cards/>")).toEqual([]);
    expect(read(userPaymentCard, "")).toEqual([]);
  });
});

it("a kind of card has an ID, and a name where one is sent", () => {
  expect(
    read(paymentCardType, `<cardTypes><cardType id="VISA">Visa</cardType><cardType id="X"/><cardType>?</cardType></cardTypes>`),
  ).toEqual([
    { cardTypeId: "VISA", name: "Visa" },
    { cardTypeId: "X", name: null },
  ]);
});

it.each([
  ["Value of parameter ExpiryDate is not valid: ExpiryDate cannot be in the past", "ExpiryDate"],
  ["Value of parameter CardNumber is not valid", "CardNumber"],
  ["Value of parameter 4444333322221111 is not valid", null],
  ["Add card failed: Please try again", null],
])("a failed registration names what is wrong in %s", (message, parameter) => {
  const error = `<error code="1002"><errorMessage>${message}</errorMessage></error>`;
  const { failure } = read(userPaymentCardRegistration, `<cardRegistration id="1" status="error">${error}</cardRegistration>`);
  expect(failure).toEqual({ code: "1002", parameter });
});

it("a changed user is read alone or in a list", () => {
  expect(read(usersUpdate, `<user id="1"/>`).user?.userId).toBe("1");
  expect(read(usersUpdate, `<users><user id="2"/></users>`).users?.[0]?.userId).toBe("2");
  expect(read(usersUpdate, "")).toEqual({ user: undefined, users: undefined });
});

describe.skipIf(!hasRecordings)("recorded answers (skipped where no recordings are given)", () => {
  const lists = readRecordings().filter(({ file }) => /^user-payment-card__(?!add-4012)/.test(file));

  it("are there", () => {
    expect(lists.length).toBeGreaterThan(6);
  });

  it.each(lists)("$file shows cards as far as 7digital does", ({ body }) => {
    const found = readByBoth(userPaymentCard, { httpStatus: 200, body });
    expect(found).toHaveLength(body.split("<card ").length - 1);
    for (const card of found) {
      expect(card.type).toMatch(/^visa$/i);
      expect(card.lastFourDigits).toMatch(/^\d{4}$/);
      expect(card.expiry ?? { year: 2012 }).toMatchObject({ year: expect.any(Number) as number });
    }
  });

  it.each(readRecordings().filter(({ method }) => method === "payment/card/type"))("$file lists kinds of card", ({ body }) => {
    const types = readByBoth(paymentCardType, { httpStatus: 200, body });
    expect(types.map(({ cardTypeId }) => cardTypeId)).toContain("MASTERCARD");
    for (const { name } of types) expect(name).toMatch(/[A-Za-z]/);
  });
});
