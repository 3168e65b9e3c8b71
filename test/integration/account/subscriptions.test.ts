/** Subscriptions to streaming: what a user has, and what a partner reports of it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { answerWith } from "../../support/answers.js";
import { startFacade, type Facade } from "../../support/facade.js";

const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
const as = (token: string) => ({ ...operator, "x-7d-oauth-token": token, "x-7d-oauth-token-secret": `${token}-secret` });
const partners = { ...operator, "x-7d-user-id": "partner-user" };

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: "the-secret-of-the-operator" } });
});
afterAll(() => facade.close());
beforeEach(() => {
  facade.sandbox.reset();
});

async function subscription(headers: Readonly<Record<string, string>>): Promise<unknown> {
  const query = "{ viewer { streamingSubscription { level expiresAt } } }";
  const { data, errors } = await facade.query<{ viewer: { streamingSubscription: unknown } }>(query, {}, headers);
  expect(errors).toBeUndefined();
  return data.viewer.streamingSubscription;
}

const premium = { level: "premium", expiresAt: "2036-01-01T00:00:00Z" };

describe("a subscription", () => {
  it("user/unlimitedStreaming: is shown to its user", async () => {
    expect(await subscription(as("demo-token"))).toEqual(premium);
    expect(await subscription(partners)).toEqual(premium);
    expect(await subscription(as("other-token"))).toBeNull();
    expect(facade.calls()).toEqual(["user/unlimitedStreaming", "user/unlimitedStreaming", "user/unlimitedStreaming"]);
  });

  it("is null where 7digital knows none", async () => {
    facade.sandbox.faults.add({ method: "user/unlimitedStreaming", fault: { kind: "error", code: 2001, message: "no" } });
    expect(await subscription(as("demo-token"))).toBeNull();
  });

  it("may lack its parts", async () => {
    const stop = answerWith(facade, "user/unlimitedStreaming", "<streaming><level/></streaming>");
    expect(await subscription(as("demo-token"))).toEqual({ level: null, expiresAt: null });
    stop();
  });
});

describe("a report of a period", () => {
  const document = `mutation ($input: StreamingSubscriptionUpdateInput!) {
    updated: streamingSubscriptionUpdate(input: $input) { subscription { level expiresAt } userErrors { code field } }
  }`;
  const period = {
    userId: "partner-user",
    planCode: "standard-unlimited-streaming",
    currencyCode: "GBP",
    recurringFeeCents: 999,
    activatedAt: "2021-06-08T18:03:06.123+02:00",
    periodStartsAt: "2021-06-08T16:03:06Z",
    expiresAt: "2099-06-23T16:03:06Z",
  };

  async function report(change: object = {}): Promise<unknown> {
    const { data, errors } = await facade.query<{ updated: unknown }>(document, { input: { ...period, ...change } }, operator);
    expect(errors).toBeUndefined();
    return data.updated;
  }

  it("gives access until the period ends", async () => {
    const standard = { level: "standard", expiresAt: "2099-06-23T16:03:06Z" };
    expect(await report()).toEqual({ subscription: standard, userErrors: [] });
    const [entry] = facade.sandbox.journal.entries();
    expect(entry).toMatchObject({ method: "user/unlimitedStreaming", verb: "POST", signed: true });
    expect(entry?.params).toEqual({
      planCode: "standard-unlimited-streaming",
      status: "active",
      currency: "GBP",
      recurringFee: "999",
      activatedAt: "2021-06-08T16:03:06Z",
      currentPeriodStartDate: "2021-06-08T16:03:06Z",
      expiryDate: "2099-06-23T16:03:06Z",
      country: "GB",
    });
    expect(await subscription(partners)).toEqual(standard);
  });

  it("of a trial says when the trial ends", async () => {
    const trial = { planCode: "trial-unlimited-streaming", trialEndsAt: "2021-07-08T16:03:06Z" };
    expect(await report(trial)).toMatchObject({ subscription: { level: "trial" }, userErrors: [] });
    expect(facade.sandbox.journal.entries()[0]?.params).toMatchObject({ trialEndsAt: "2021-07-08T16:03:06Z" });
  });

  it.each([
    [{ userId: "a b" }, "INVALID", ["userId"], 0],
    [{ recurringFeeCents: -1 }, "INVALID", ["recurringFeeCents"], 0],
    [{ planCode: "gold" }, "INVALID", null, 1],
    [{ activatedAt: "2098-01-01T00:00:00Z" }, "INVALID", null, 1],
    [{ userId: "4874230" }, "NOT_FOUND", null, 1],
  ])("that is wrong is rejected: %j", async (change, code, field, calls) => {
    facade.calls();
    expect(await report(change)).toMatchObject({ subscription: null, userErrors: [{ code, field }] });
    expect(facade.calls()).toHaveLength(calls);
    expect(await subscription(partners)).toEqual(premium);
  });

  it("is sent once when 7digital fails", async () => {
    facade.sandbox.faults.add({ method: "user/unlimitedStreaming", fault: { kind: "status", status: 503, body: "" } });
    const { errors } = await facade.query(document, { input: period }, operator);
    expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE" } }]);
    expect(facade.calls()).toEqual(["user/unlimitedStreaming"]);
  });

  it("is for the operator's own servers only", async () => {
    const { errors } = await facade.query(document, { input: period }, {});
    expect(errors).toMatchObject([
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
      { extensions: { code: "GRAPHQL_VALIDATION_FAILED" } },
    ]);
  });
});
