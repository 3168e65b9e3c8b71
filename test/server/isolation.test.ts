/** What is one user's is nobody else's. */
import { Agent, request } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createRequestBuilder } from "../../src/upstream/request.js";
import { readEndpoints } from "../support/endpoints.js";
import { startFacade, type Facade } from "../support/facade.js";

const operatorSecret = "operator-secret-of-the-tests";
let facade: Facade;
const agent = new Agent({ connections: 8 });
beforeAll(async () => {
  facade = await startFacade({ environment: { OPERATOR_SECRET: operatorSecret } });
});
afterAll(async () => {
  await agent.close();
  await facade.close();
});

const users = ["demo", "other"].map((name) => ({
  "content-type": "application/json",
  "x-7d-oauth-token": `${name}-token`,
  "x-7d-oauth-token-secret": `${name}-token-secret`,
  "x-7d-operator-secret": operatorSecret,
}));

const body = JSON.stringify({
  query: `{
    viewer {
      locker(first: 2) { totalCount nodes { release { releaseId title } tracks { purchaseId remainingDownloads } } }
      purchaseAttempt(idempotencyKey: "never-seen-never-seen") { status }
    }
    artist(id: 1) { name }
  }`,
});

async function ask(turn: number): Promise<string> {
  const answer = await request(facade.url, { dispatcher: agent, method: "POST", headers: users[turn % 2] ?? {}, body });
  return answer.body.text();
}

const turns = 10_000;
const atOnce = 40;

describe("two users who take turns", () => {
  it(`get their own answers and not one byte of the other's, ${String(turns)} times`, { timeout: 180_000 }, async () => {
    const expected = [await ask(0), await ask(1)];
    expect(expected[0]).toContain('"totalCount":3');
    expect(expected[1]).toContain('"totalCount":2');
    let foreign = 0;
    for (let turn = 0; turn < turns; turn += atOnce) {
      const answers = await Promise.all(Array.from({ length: atOnce }, (_, n) => ask(turn + n)));
      foreign += answers.filter((answer, n) => answer !== expected[(turn + n) % 2]).length;
    }
    expect(foreign).toBe(0);
  });
});

describe("the shared memory", () => {
  it("has no key for what a user's credential goes with, and no credential in any key", async () => {
    const requests = createRequestBuilder();
    const session = { store: { country: "GB" }, user: { token: { key: "canary-token", secret: "canary-secret" } } };
    const lists = ["tags", "type"];
    const everything = new Proxy({}, { get: (_, name) => (lists.includes(String(name)) ? ["1"] : "1") });
    // Links to media are declared beside endpoints, but are never called by us.
    const endpoints = (await readEndpoints()).filter((declared) => "params" in declared);
    const keyed = endpoints.filter((endpoint) => requests.sharedKey(endpoint, everything, session) !== undefined);
    expect(keyed.length).toBeGreaterThan(20);
    expect(keyed.filter(({ auth, effect }) => auth !== "key" || effect !== "read")).toEqual([]);
    for (const endpoint of keyed) {
      const key = requests.sharedKey(endpoint, everything, session);
      expect(key).not.toContain("canary");
      expect(key).not.toContain("oauth");
      expect(key).toBe(requests.sharedKey(endpoint, everything, { store: session.store }));
    }
  });
});
