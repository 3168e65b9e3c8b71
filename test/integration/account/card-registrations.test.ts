/** Adding a card by a form of the partner's: the browser sends the card to 7digital, and this server only learns what became of it. */
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

const demo = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true", RETURN_ORIGINS: "https://shop.example" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

const registration = `registrationId status redirectUrl failure { upstreamCode parameter }
  card { cardId type lastFourDigits cardHolderName expiryMonth expiryYear isDefault }`;

async function start(redirectUrl = "https://shop.example/cards?step=2") {
  const document = `mutation ($input: PaymentCardRegistrationStartInput!) {
    started: paymentCardRegistrationStart(input: $input) { registration { ${registration} } userErrors { __typename code field } }
  }`;
  const { data, errors } = await facade.query<{
    started: { registration: { registrationId: string } | null; userErrors: readonly unknown[] };
  }>(document, { input: { redirectUrl } }, demo);
  expect(errors).toBeUndefined();
  return data.started;
}

async function stateOf(registrationId: string, headers = demo): Promise<unknown> {
  const document = `query ($id: ID!) { viewer { paymentCardRegistration(registrationId: $id) { ${registration} } } }`;
  const { data, errors } = await facade.query<{ viewer: { paymentCardRegistration: unknown } }>(document, { id: registrationId }, headers);
  expect(errors).toBeUndefined();
  return data.viewer.paymentCardRegistration;
}

const goodCard = {
  cardNumber: "4444333322221111",
  cardHolderName: "Ann Other",
  cardExpiryMonth: "12",
  cardExpiryYear: "2031",
  cardVerificationCode: "123",
};

/** What the user's browser does. @returns where 7digital sends it. */
async function sendCard(registrationId: string, card: object = {}): Promise<string> {
  const address = new URL(`/cardregistration/${registrationId}`, facade.sandbox.baseUrl);
  const { statusCode, headers, body } = await request(address, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams({ ...goodCard, ...card }).toString(),
  });
  await body.dump();
  expect(statusCode).toBe(302);
  return String(headers["location"]);
}

const nothing = { redirectUrl: null, failure: null, card: null };

describe("a card registration", () => {
  it("user/payment/cardregistration: is started, and waits for the card", async () => {
    const { registration: started, userErrors } = await start();
    const pending = {
      ...nothing,
      registrationId: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      status: "PENDING",
      redirectUrl: "https://shop.example/cards?step=2",
    };
    expect([started, userErrors]).toEqual([pending, []]);
    expect(facade.sandbox.journal.entries()).toMatchObject([{ method: "user/payment/cardregistration", verb: "POST", signed: true }]);
    expect(await stateOf(started?.registrationId ?? "")).toEqual(pending);
  });

  it("user/payment/cardregistration/{id}: is complete when 7digital has the card, which then pays", async () => {
    const { registrationId = "" } = (await start()).registration ?? {};
    facade.calls();
    expect(await sendCard(registrationId)).toBe(`https://shop.example/cards?step=2&cardRegistrationId=${registrationId}`);
    expect(await stateOf(registrationId)).toEqual({
      ...nothing,
      registrationId,
      status: "COMPLETE",
      card: {
        ...{ cardId: "7", type: "VISA", lastFourDigits: "1111", cardHolderName: "Ann Other" },
        ...{ expiryMonth: 12, expiryYear: 2031, isDefault: null },
      },
    });
    const { data } = await facade.query("{ viewer { paymentCards { cardId isDefault } } }", {}, demo);
    expect(data).toMatchObject({ viewer: { paymentCards: [{ cardId: "7", isDefault: true }, { cardId: "1" }] } });
    const calls = facade.calls().filter((method) => !method.startsWith("/"));
    expect(calls).toEqual(["user/payment/cardregistration/{id}", "user/payment/card"]);
  });

  it.each([
    [{ cardNumber: "4111" }, { upstreamCode: 1002, parameter: "CardNumber" }],
    [{ cardHolderName: "" }, { upstreamCode: 1002, parameter: "CardHolderName" }],
    [{ cardExpiryMonth: "13" }, { upstreamCode: 1002, parameter: "ExpiryDate" }],
    [{ cardExpiryYear: "2014" }, { upstreamCode: 1002, parameter: "ExpiryDate" }],
    [{ cardVerificationCode: "inv" }, { upstreamCode: 1002, parameter: "VerificationCode" }],
    [{ cardNumber: "4012888888881881" }, { upstreamCode: 3103, parameter: null }],
  ])("with %j failed, and says why, inside a response that says ok", async (card, failure) => {
    const { registrationId = "" } = (await start()).registration ?? {};
    await sendCard(registrationId, card);
    expect(await stateOf(registrationId)).toEqual({ ...nothing, registrationId, status: "FAILED", failure });
    // A second form changes nothing.
    await sendCard(registrationId);
    expect(await stateOf(registrationId)).toMatchObject({ status: "FAILED" });
  });

  it("repeats nothing of 7digital's message", async () => {
    const message = "Value of parameter CardNumber is not valid: 4444333322221111";
    const content = `<cardRegistration id="x" status="error"><error code="1002"><errorMessage>${message}</errorMessage></error></cardRegistration>`;
    const stop = answerWith(facade, "user/payment/cardregistration/{id}", content);
    const state = await stateOf("x");
    stop();
    expect(state).toMatchObject({ status: "FAILED", failure: { upstreamCode: 1002, parameter: "CardNumber" } });
    expect(JSON.stringify([state, facade.logged, facade.spans])).not.toContain("4444");
  });

  it.each([
    ["<cardRegistration id='x'/>", "UNKNOWN"],
    ["<cardRegistration id='x' status='waiting'/>", "UNKNOWN"],
    ["<cardRegistration id='x' status='Complete'/>", "COMPLETE"],
  ])("of a status that is not known: %s", async (content, status) => {
    const stop = answerWith(facade, "user/payment/cardregistration/{id}", content);
    expect(await stateOf("x")).toEqual({ ...nothing, registrationId: "x", status });
    stop();
  });

  it("belongs to the caller alone", async () => {
    const { registrationId = "" } = (await start()).registration ?? {};
    const other = { "x-7d-oauth-token": "other-token", "x-7d-oauth-token-secret": "other-token-secret" };
    expect(await stateOf(registrationId, other)).toBeNull();
    expect(await stateOf("no-such-registration")).toBeNull();
  });

  it.each(["..", "a/b", "", "x?y=1"])("is not asked for by what is no ID: %j", async (id) => {
    facade.calls();
    const document = `query ($id: ID!) { viewer { paymentCardRegistration(registrationId: $id) { status } } }`;
    const { errors } = await facade.query(document, { id }, demo);
    expect(errors).toMatchObject([{ extensions: { code: "BAD_USER_INPUT", argument: "registrationId" } }]);
    expect(facade.calls()).toEqual([]);
  });

  it.each(["https://elsewhere.example/", "https://shop.example/#cards"])(
    "leads to no address but the operator's: %s",
    async (redirectUrl) => {
      facade.calls();
      expect(await start(redirectUrl)).toEqual({
        registration: null,
        userErrors: [{ __typename: "InputError", code: "INVALID", field: ["redirectUrl"] }],
      });
      expect(facade.calls()).toEqual([]);
    },
  );
});
