/** What a change to a card does when 7digital fails: it is sent once, and its outcome is never guessed. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { Fault } from "../../../src/sandbox/faults/faults.js";
import { startFacade, type Facade } from "../../support/facade.js";

const demo = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true", SEVENDIGITAL_TIMEOUT_MS: "300" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

const document = `mutation { paymentCardDelete(input: { cardId: "1" }) { viewer { paymentCards { cardId } } userErrors { code field retryable } } }`;
const unknown = { code: "OUTCOME_UNKNOWN", field: null, retryable: false };

it.each<[string, Fault, number]>([
  ["is cut off before the work", { kind: "reset" }, 1],
  ["is cut off after the work", { kind: "reset", when: "after" }, 0],
  ["fails before the work", { kind: "status", status: 503, body: "" }, 1],
  ["is not readable", { kind: "status", status: 200, body: "<html/>", when: "after" }, 0],
  ["takes too long", { kind: "delay", ms: 900, when: "after" }, 0],
  ["is an error of the server's", { kind: "error", code: 9001, message: "down" }, 1],
])("a response that %s: the cards are shown as they are, and nothing is sent again", async (_how, fault, left) => {
  facade.sandbox.faults.add({ method: "user/payment/card/delete", fault });
  const { data, errors } = await facade.query(document, {}, demo);
  expect(errors).toBeUndefined();
  expect(data).toMatchObject({ paymentCardDelete: { userErrors: [unknown] } });
  const { viewer } = (data as { paymentCardDelete: { viewer: { paymentCards: unknown[] } } }).paymentCardDelete;
  expect(viewer.paymentCards).toHaveLength(left);
  expect(facade.calls().filter((method) => method === "user/payment/card/delete")).toHaveLength(1);
});

it.each([
  [1002, "INVALID"],
  [2001, "NOT_FOUND"],
])("an error %i is the client's to correct", async (code, expected) => {
  facade.sandbox.faults.add({ method: "user/payment/card/delete", fault: { kind: "error", code, message: "no" } });
  const { data } = await facade.query(document, {}, demo);
  expect(data).toMatchObject({ paymentCardDelete: { userErrors: [{ code: expected, field: ["cardId"] }] } });
});
