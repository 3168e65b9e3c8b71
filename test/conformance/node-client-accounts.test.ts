/** 7digital's own client for Node, unmodified, against the sandbox: users, cards and subscriptions. */
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { startConformance, type ClientCall, type Conformance } from "./client.js";

let running: Conformance;
beforeAll(async () => {
  running = await startConformance();
});
beforeEach(async () => {
  await request(`${running.origin}/_sandbox/reset`, { method: "POST" });
});
afterAll(() => running.end());

const demo = { defaultParams: { accesstoken: "demo-token", accesssecret: "demo-token-secret" } };

async function asked(resource: string, method: string, parameters: object, options: ClientCall["options"] = demo): Promise<unknown> {
  const result = await running.call({ resource, method, args: [parameters], options });
  if ("error" in result) throw new Error(JSON.stringify(result.error));
  return result.values[0];
}

it("User.listCards, selectCard and deleteCard", async () => {
  expect(await asked("User", "listCards", {})).toMatchObject({ cards: { card: [{ id: "1", type: "VISA", last4digits: "1111" }] } });
  expect(await asked("User", "selectCard", { cardId: 1 })).toMatchObject({ status: "ok" });
  expect(await asked("User", "deleteCard", { cardId: 1 })).toMatchObject({ status: "ok" });
  const left = await asked("User", "listCards", {});
  expect(JSON.stringify(left)).not.toContain("1111");
});

it("User.registerCard and getCardRegistration", async () => {
  const started = await asked("User", "registerCard", { redirectUrl: "https://shop.example/" });
  expect(started).toMatchObject({ cardRegistration: { status: "pending", redirectUrl: "https://shop.example/" } });
  const { id } = (started as { cardRegistration: { id: string } }).cardRegistration;
  expect(await asked("User", "getCardRegistration", { id })).toMatchObject({ cardRegistration: { id, status: "pending" } });
});

it("Payment.getCardTypes", async () => {
  const { cardTypes } = (await asked("Payment", "getCardTypes", {}, {})) as { cardTypes: { cardType: unknown[] } };
  expect(cardTypes.cardType).toContainEqual({ id: "MASTERCARD", name: "MasterCard" });
});

it("User.getDetails and authenticate, Users.find and update", async () => {
  const user = { id: "1000001", type: "7digital", emailAddress: "demo@sandbox.test" };
  expect(await asked("User", "getDetails", { userId: 1_000_001 }, {})).toMatchObject({ user });
  const credentials = { emailAddress: "demo@sandbox.test", password: "demo" };
  expect(await asked("User", "authenticate", credentials, {})).toMatchObject({ user });
  expect(await asked("Users", "find", { emailAddress: "demo@sandbox.test" }, {})).toMatchObject({ users: { user } });
  const moved = { emailAddress: "moved@sandbox.test" };
  expect(await asked("Users", "update", { id: 1_000_001, ...moved })).toMatchObject({ users: { user: { ...user, ...moved } } });
});

it("User.getUnlimitedStreaming and updateUnlimitedStreaming", async () => {
  expect(await asked("User", "getUnlimitedStreaming", {})).toMatchObject({ streaming: { level: "premium" } });
  const period = {
    ...{ userId: "partner-user", planCode: "standard-unlimited-streaming", status: "active", currency: "GBP", recurringFee: 10 },
    ...{ activatedAt: "2021-06-08T16:03:06Z", currentPeriodStartDate: "2021-06-08T16:03:06Z", expiryDate: "2021-06-23T16:03:06Z" },
  };
  expect(await asked("User", "updateUnlimitedStreaming", period, {})).toMatchObject({ streaming: { level: "standard" } });
});
