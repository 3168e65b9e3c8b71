/** Global IDs of a user and of attempts to buy: for caches and refetching, and of no use to others. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { tell } from "../../support/asking.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { buy, demo, newKey, operatorSecret, quoteOf } from "../../support/purchase/purchase-upstream.js";
import { bearerOf, otherUser } from "../../support/sign-in.js";

const environment = { OPERATOR_SECRET: operatorSecret, SEALING_KEYS: `k1:${Buffer.alloc(32, 7).toString("base64")}` };
const other = { ...demo, "x-7d-oauth-token": "other-token", "x-7d-oauth-token-secret": "other-token-secret" };

let facade: Facade;
let copy: Facade;

beforeAll(async () => {
  facade = await startFacade({ environment });
  copy = await startFacade({ environment });
});
beforeEach(() => {
  facade.calls();
});
afterAll(async () => {
  await facade.close();
  await copy.close();
});

type Headers = Readonly<Record<string, string>>;

async function viewerId(of: Facade, headers: Headers): Promise<string | undefined> {
  const { data, errors } = await of.query<{ viewer: { id: string } | null }>("{ viewer { id } }", {}, headers);
  expect(errors).toBeUndefined();
  return data.viewer?.id;
}

async function node(id: string, headers: Headers = {}): Promise<unknown> {
  const query = "query ($id: ID!) { node(id: $id) { __typename id ... on PurchaseAttempt { status idempotencyKey } } }";
  const { data, errors } = await facade.query<{ node: unknown }>(query, { id }, headers);
  expect(errors).toBeUndefined();
  return data.node;
}

function costIn(body: string): unknown {
  return (JSON.parse(body) as { extensions: { upstream: unknown } }).extensions.upstream;
}

describe("Viewer.id", () => {
  it("is one for each user, and finds the user again without a call", async () => {
    const id = await viewerId(facade, demo);
    expect(id).toMatch(/^viewer:[\w-]{22}$/);
    expect(await viewerId(facade, demo)).toBe(id);
    expect(await node(id ?? "", demo)).toEqual({ __typename: "Viewer", id });
    expect(facade.calls()).toEqual([]);
    const managed = { "x-7d-operator-secret": operatorSecret, "x-7d-user-id": "partner-user" };
    expect(new Set([id, await viewerId(facade, other), await viewerId(facade, managed)]).size).toBe(3);
  });

  it("is the same with a bearer token and its 7digital token, and on a copy with the same keys", async () => {
    const bearer = await bearerOf(facade);
    expect(await viewerId(copy, bearer)).toBe(await viewerId(facade, bearer));
    expect(await viewerId(copy, demo)).toBe(await viewerId(facade, demo));
  });

  it("is what signInComplete returns, too", async () => {
    const bearer = await bearerOf(facade, otherUser);
    const id = await viewerId(facade, bearer);
    expect(await node(id ?? "", bearer)).toEqual({ __typename: "Viewer", id });
  });

  it("gives others null: another user, a request without a user, and a digest of no user", async () => {
    const id = (await viewerId(facade, demo)) ?? "";
    expect(await node(id, other)).toBeNull();
    expect(await node(id)).toBeNull();
    expect(await node(`viewer:${"A".repeat(22)}`, demo)).toBeNull();
    expect(facade.calls()).toEqual([]);
  });

  it("is planned as no call, and what is below it as the calls it makes", async () => {
    const id = await viewerId(facade, demo);
    const query = "query ($id: ID!) { node(id: $id) { id ... on Viewer { locker(first: 1) { totalCount } } } }";
    const { data, text } = await tell(facade.url, { query, variables: { id } }, { ...demo, "x-7d-show-upstream": "true" });
    expect(data).toMatchObject({ node: { id, locker: {} } });
    expect(costIn(text)).toMatchObject({ estimated: 1, actual: 1, estimatedByMethod: { "user/locker": 1 } });
  });
});

describe("PurchaseAttempt.id", () => {
  it("finds the attempt again, for its user alone", async () => {
    const idempotencyKey = newKey();
    const mutation = `mutation ($input: ItemPurchaseInput!) { itemPurchase(input: $input) { attempt { id status } } }`;
    const input = { itemId: "track:1628015:155408", quote: await quoteOf(facade), idempotencyKey };
    const { data } = await facade.query<{ itemPurchase: { attempt: { id: string } } }>(mutation, { input }, demo);
    const { id } = data.itemPurchase.attempt;
    expect(id).toBe(`purchaseAttempt:${(await viewerId(facade, demo))?.slice("viewer:".length) ?? ""}:${idempotencyKey}`);
    facade.calls();
    expect(await node(id, demo)).toEqual({ __typename: "PurchaseAttempt", id, idempotencyKey, status: "SUCCEEDED" });
    // The outcome is known, so the locker is not read.
    expect(facade.calls()).toEqual([]);
    const query = `query ($key: String!) { viewer { purchaseAttempt(idempotencyKey: $key) { id } } }`;
    expect(await facade.query(query, { key: idempotencyKey }, demo)).toMatchObject({ data: { viewer: { purchaseAttempt: { id } } } });

    expect([await node(id, other), await node(id)]).toEqual([null, null]);
    // One's own key under the digest of another user is not one's own ID.
    const otherDigest = (await viewerId(facade, other))?.slice("viewer:".length) ?? "";
    expect(await node(`purchaseAttempt:${otherDigest}:${idempotencyKey}`, demo)).toBeNull();
  });

  it("gives the same for an attempt of another user as for one that never was", async () => {
    const idempotencyKey = newKey();
    const { data } = await buy({ facade }, { quote: await quoteOf(facade), idempotencyKey });
    expect(data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    const [demoId, otherId] = [await viewerId(facade, demo), await viewerId(facade, other)].map((id) => id?.slice("viewer:".length) ?? "");
    const ids = [
      `purchaseAttempt:${demoId ?? ""}:${idempotencyKey}`,
      `purchaseAttempt:${otherId ?? ""}:${idempotencyKey}`,
      `purchaseAttempt:${demoId ?? ""}:${newKey()}`,
      `purchaseAttempt:${otherId ?? ""}:${newKey()}`,
    ];
    facade.calls();
    for (const id of ids) expect(await node(id, other)).toBeNull();
    expect(facade.calls()).toEqual([]);
  });

  it("is planned as the look into the locker that an open attempt costs", async () => {
    const digest = (await viewerId(facade, demo))?.slice("viewer:".length) ?? "";
    const query = "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    const ids = [newKey(), newKey()].map((key) => `purchaseAttempt:${digest}:${key}`);
    const { data, text } = await tell(facade.url, { query, variables: { ids } }, { ...demo, "x-7d-show-upstream": "true" });
    expect(data).toEqual({ nodes: [null, null] });
    expect(costIn(text)).toMatchObject({ estimated: 4, actual: 0 });
  });
});
