/** How often one caller may do what costs others something. */
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, describe, expect, it } from "vitest";
import { createRateLimits, networkOf, type Counted, type RateLimits } from "../../src/operation/rate-limits.js";
import { alone } from "../../src/shared/peers.js";
import { startFacade, type Facade } from "../support/facade.js";
import { bearerOf } from "../support/sign-in.js";
import { tell } from "../support/asking.js";
import { ask, json, post, type Asked } from "../support/raw-client.js";

const limits = { operationsPerMinute: 3, purchasesPerMinute: 2, vouchersPerMinute: 2, passwordsPerMinute: 2 };
const nobody = { user: undefined, operator: false, gateway: false };
const anonymous = { ...nobody, address: "192.0.2.1" };
const user = { ...anonymous, user: { token: { key: "key", secret: "secret" } } };

/** Rates by a clock that the test sets; it begins with a minute. */
function ratesAt(percent = 20) {
  const clock = { ms: 1_800_000_000_000 };
  return {
    clock,
    rates: createRateLimits({ limits, quotaCallerPercent: percent, quotaGatewayPercent: 100, peers: alone(), now: () => clock.ms }),
  };
}

describe("operations of somebody without credentials", () => {
  it("are so many in any minute, and the error says when there is room again", () => {
    const { clock, rates } = ratesAt();
    clock.ms += 50_000;
    for (let count = 0; count < 3; count += 1) expect(rates.admitOperation(anonymous)).toBeUndefined();
    // A third of the three is forgotten when a third of the next minute is over.
    expect(rates.admitOperation(anonymous)).toBe(30);
    clock.ms += 29_000;
    expect(rates.admitOperation(anonymous)).toBeGreaterThan(0);
    clock.ms += 1000;
    expect(rates.admitOperation(anonymous)).toBeUndefined();
    expect(rates.admitOperation(anonymous)).toBeGreaterThan(0);
  });

  it("do not count for another address, for users, or for the operator's own", () => {
    const { rates } = ratesAt();
    for (let count = 0; count < 3; count += 1) expect(rates.admitOperation(anonymous)).toBeUndefined();
    expect(rates.admitOperation({ ...anonymous, address: "192.0.2.2" })).toBeUndefined();
    for (const caller of [user, { ...anonymous, operator: true }, { ...anonymous, gateway: true }]) {
      for (let count = 0; count < 9; count += 1) expect(rates.admitOperation(caller)).toBeUndefined();
    }
    expect(rates.admitOperation(anonymous)).toBeGreaterThan(0);
  });

  it.each([
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:db8:1:2:ffff::1", "2001:db8:1:2::/64"],
    ["2001:0DB8:0001:0002::", "2001:db8:1:2::/64"],
    ["2001:db8::1", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["192.0.2.1", "192.0.2.1"],
  ])("count for the network of %s", (address, network) => {
    expect(networkOf(address)).toBe(network);
  });
});

describe("requests of a user that are rejected", () => {
  it("are so many in any minute, and end all of the user's for a while", () => {
    const { clock, rates } = ratesAt();
    for (let count = 0; count < 3; count += 1) {
      expect(rates.admitOperation(user)).toBeUndefined();
      rates.countRejected(user);
    }
    expect(rates.admitOperation(user)).toBeGreaterThan(0);
    expect(rates.admitOperation({ ...user, address: "192.0.2.9" }), "from elsewhere").toBeGreaterThan(0);
    expect(rates.admitOperation({ ...user, user: { token: { key: "another", secret: "secret" } } })).toBeUndefined();
    expect(rates.admitOperation(anonymous)).toBeUndefined();
    clock.ms += 120_000;
    expect(rates.admitOperation(user)).toBeUndefined();
  });

  it("count neither for nobody, whose requests all count, nor for the operator's own", () => {
    const { rates } = ratesAt();
    for (let count = 0; count < 9; count += 1) {
      rates.countRejected(anonymous);
      rates.countRejected({ ...user, gateway: true });
    }
    expect(rates.admitOperation(anonymous)).toBeUndefined();
    expect(rates.admitOperation(user)).toBeUndefined();
  });
});

describe("purchases and vouchers", () => {
  it("are so many for each user, whoever asserts them", () => {
    const { rates } = ratesAt();
    const asserted = { ...user, gateway: true };
    expect([rates.takePurchase(user), rates.takePurchase(asserted), rates.takePurchase({ ...user, address: "192.0.2.9" })]).toEqual([
      true,
      true,
      false,
    ]);
    expect([rates.takeVoucher(asserted), rates.takeVoucher(user), rates.takeVoucher(asserted)]).toEqual([true, true, false]);
    expect(rates.takePurchase({ ...user, user: { partnerUserId: "key" } })).toBe(true);
  });

  it("of nobody count by address, but not through a gateway", () => {
    const { rates } = ratesAt();
    expect([1, 2, 3].map(() => rates.takeVoucher(anonymous))).toEqual([true, true, false]);
    expect([1, 2, 3].map(() => rates.takeVoucher({ ...anonymous, gateway: true }))).toEqual([true, true, true]);
  });
});

describe("calls to 7digital of one caller", () => {
  const taken = (rates: RateLimits, caller: Counted, quotaLimit: number | undefined, tries: number): number =>
    Array.from({ length: tries }, () => rates.takeCall(caller, quotaLimit)).filter(Boolean).length;

  it("A63: are a fifth of the day's in an hour", () => {
    const { clock, rates } = ratesAt();
    expect(taken(rates, anonymous, 4000, 900)).toBe(800);
    expect(taken(rates, user, 4000, 900)).toBe(800);
    expect(rates.takeCall(anonymous, undefined)).toBe(true);
    clock.ms += 2 * 3_600_000;
    expect(taken(rates, anonymous, 4000, 900)).toBe(800);
  });

  it("A63: have no bound for the operator's own, or where the setting says so", () => {
    expect(taken(ratesAt().rates, { ...anonymous, operator: true }, 4000, 5000)).toBe(5000);
    expect(taken(ratesAt(100).rates, anonymous, 4000, 5000)).toBe(5000);
  });
});

describe("over HTTP", () => {
  let facade: Facade;
  afterEach(() => facade.close());

  const price = "query($id: ID!) { release(id: $id) { price { quote } } }";
  const buy =
    "mutation($quote: String!, $id: ID!, $key: String!) { itemPurchase(input: { itemId: $id, quote: $quote, idempotencyKey: $key }) { attempt { status } userErrors { code retryable } } }";

  async function start(environment: Readonly<Record<string, string>>, options: Parameters<typeof startFacade>[0] = {}): Promise<void> {
    facade = await startFacade({ ...options, environment });
  }

  it("operations beyond the rate are HTTP 429 with Retry-After", async () => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2", OPERATOR_SECRET: "the-secret-of-the-operator" });
    const query = "{ __typename }";
    expect([await tell(facade.url, { query }), await tell(facade.url, { query })]).toMatchObject([{ status: 200 }, { status: 200 }]);
    const answer = await tell(facade.url, { query }, { accept: "application/json" });
    expect(answer).toMatchObject({ status: 429, code: "RATE_LIMITED", data: undefined });
    expect(Number(answer.headers["retry-after"])).toBe(answer.errors[0]?.extensions?.["retryAfterSeconds"]);
    expect(await tell(facade.url, { query }, { "x-7d-operator-secret": "the-secret-of-the-operator" })).toMatchObject({ status: 200 });
  });

  it("count credentials that are not accepted, so that nobody guesses for long", async () => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2", OPERATOR_SECRET: "the-secret-of-the-operator" });
    const guess = { "x-7d-operator-secret": "a-guess-of-the-secret" };
    const statuses: number[] = [];
    for (let times = 0; times < 4; times += 1) statuses.push((await tell(facade.url, { query: "{ __typename }" }, guess)).status);
    expect(statuses).toEqual([401, 401, 429, 429]);
  });

  const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
  const rejected: readonly (readonly [string, Asked, number])[] = [
    ["with a document that cannot be read", { body: `{"query":"{"}` }, 400],
    ["with a document that does not fit", { body: `{"query":"{ nothing }"}` }, 400],
    ["with a document that is too large", { body: JSON.stringify({ query: `{ __typename } #${"x".repeat(20_000)}` }) }, 400],
    ["with a document that asks for too much", { body: `{"query":"{ ${"__typename ".repeat(30)}}"}` }, 400],
    [
      "that may cost too many calls",
      { body: `{"query":"{ releaseChart(first: 100) { nodes { tracks(first: 10) { totalCount } tags } } }"}` },
      400,
    ],
    ["with variables that do not fit", { body: `{"query":"query ($id: ID!) { artist(id: $id) { name } }"}` }, 400],
    ["for an operation that is not there", { body: `{"query":"query A { __typename }","operationName":"B"}` }, 400],
    ["without a document", { body: "{}" }, 400],
    ["with a hash that is not known", { body: `{"documentId":"${"0".repeat(64)}"}` }, 400],
    ["that is no JSON", { body: "{" }, 400],
    ["that is a list", { body: "[]" }, 400],
    ["with JSON that is nested too deep", { body: "[".repeat(1000) }, 400],
    ["that is no UTF-8", { body: Buffer.from([0x22, 0xff, 0x22]) }, 400],
    ["that is too large", { body: "x".repeat(100_001) }, 413],
    ["that is compressed", { body: "x", headers: { "content-encoding": "gzip" } }, 415],
    ["of another type", { body: "x", headers: { "content-type": "text/plain" } }, 415],
    ["for another type", { body: `{"query":"{ __typename }"}`, headers: { accept: "image/png" } }, 406],
    ["by another method", { method: "PUT", body: "{}" }, 405],
  ];

  it.each(rejected)("a request %s counts, and is not looked at beyond the rate", async (_what, asked, status) => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2", OPERATOR_SECRET: operator["x-7d-operator-secret"] });
    const send = (headers = {}) => ask(facade, { method: "POST", ...asked, headers: { ...json, ...asked.headers, ...headers } });
    const statuses: number[] = [];
    for (let times = 0; times < 3; times += 1) statuses.push((await send()).status);
    expect(statuses).toEqual([status, status, 429]);
    const { status: after, headers, body } = await post(facade, { query: "{ __typename }" });
    expect([after, JSON.parse(body)]).toMatchObject([429, { errors: [{ extensions: { code: "RATE_LIMITED" } }] }]);
    expect(Number(headers["retry-after"])).toBeGreaterThan(0);
    expect((await send(operator)).status, "of the operator's own").toBe(status);
    expect(await facade.metrics()).toContain('sevendigital_graphql_operations_total{kind="none",outcome="RATE_LIMITED"} 2');
  });

  it.each(rejected)("a request %s counts for its user, who pays for nothing else", async (_what, asked, status) => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2" });
    const bearer = await bearerOf(facade);
    const good = () => post(facade, { query: "{ viewer { addCardUrl } }" }, bearer);
    // Whoever has no credentials, at the same address, has spent what that address may send.
    await expect.poll(async () => (await post(facade, { query: "{ __typename }" })).status).toBe(429);
    const send = async () => (await ask(facade, { method: "POST", ...asked, headers: { ...json, ...bearer, ...asked.headers } })).status;
    const statuses = [await send(), (await good()).status, (await good()).status, (await good()).status, await send()];
    expect(statuses).toEqual([status, 200, 200, 200, status]);
    await expect.poll(async () => (await good()).status).toBe(429);
    expect(await send()).toBe(429);
  });

  it.each<readonly [string, (nth: number) => Readonly<Record<string, string>>]>([
    ["a bearer", (nth) => ({ authorization: `Bearer ${"x".repeat(nth)}` })],
    [
      "a bearer that looks sealed",
      (nth) => ({ authorization: `Bearer eyJhbGciOiJkaXIiLCJlbmMiOiJBMjU2R0NNIiwia2lkIjoiYSJ9..AAAA.BB${String(nth)}A.CCCC` }),
    ],
    ["another scheme", (nth) => ({ authorization: `Basic ${String(nth)}` })],
    ["a plain token", (nth) => ({ "x-7d-oauth-token": String(nth), "x-7d-oauth-token-secret": "x" })],
    ["a partner's user", (nth) => ({ "x-7d-user-id": String(nth) })],
    ["a secret of a gateway", (nth) => ({ "x-7d-gateway-secret": `a-guess-of-the-secret-${String(nth)}` })],
  ])("%s that nobody gave excuses nobody, be it another one every time", async (_what, headersOf) => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2" });
    const statuses: number[] = [];
    for (let nth = 1; nth <= 4; nth += 1) statuses.push((await post(facade, "{", headersOf(nth))).status);
    expect(statuses).toEqual([400, 400, 429, 429]);
  });

  it("an address beyond the rate is refused by GET as well, and preflights and probes are not counted", async () => {
    await start({ LIMIT_OPERATIONS_PER_MINUTE: "2", ALLOWED_ORIGINS: "https://shop.example" });
    const headers = { origin: "https://shop.example" };
    for (let times = 0; times < 5; times += 1) {
      expect((await ask(facade, { method: "OPTIONS", headers })).status).toBe(204);
      expect((await ask(facade, { path: "/health" })).status).toBe(200);
    }
    const path = "/graphql?query=%7B__typename%7D";
    const answers = [await ask(facade, { path, headers }), await ask(facade, { path, headers }), await ask(facade, { path, headers })];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 429]);
    expect(answers[2]?.headers).toMatchObject({
      "access-control-allow-origin": headers.origin,
      "access-control-expose-headers": "Retry-After",
    });
  });

  it("A62: of vouchers the sixth in a minute is refused, and not sent", async () => {
    await start({ LIMIT_VOUCHERS_PER_MINUTE: "5" });
    const made = await facade.query<{ basketCreate: { basket: { id: string } } }>("mutation { basketCreate { basket { id } } }");
    const { id } = made.data.basketCreate.basket;
    facade.calls();
    const query =
      "mutation($id: ID!, $code: String!) { basketVoucherApply(input: { basketId: $id, code: $code }) { userErrors { code field retryable } } }";
    const codes: unknown[] = [];
    for (let index = 0; index < 6; index += 1) {
      const { data } = await facade.query<{ basketVoucherApply: { userErrors: readonly object[] } }>(query, {
        id,
        code: `GUESS${String(index)}`,
      });
      codes.push(...data.basketVoucherApply.userErrors);
    }
    expect(codes).toHaveLength(6);
    expect(codes[5]).toEqual({ code: "RATE_LIMITED", field: ["code"], retryable: true });
    expect(codes.slice(0, 5)).not.toContainEqual(codes[5]);
    expect(facade.calls().filter((method) => method === "basket/applyvoucher" || method === "basket/applyVoucher")).toHaveLength(5);
  });

  it("of passwords for one user name the fourth in a minute is refused, and not sent, by whichever mutation", async () => {
    await start({ LIMIT_PASSWORDS_PER_MINUTE: "3", OPERATOR_SECRET: "the-secret-of-the-operator" });
    const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
    const started = await facade.query<{ signInStart: { state: string } }>("mutation { signInStart(input: {}) { state } }");
    const { state } = started.data.signInStart;
    facade.calls();
    const document = `mutation ($name: String!, $state: String!) {
      one: userAuthenticate(input: { emailAddress: $name, password: "guess" }) { userErrors { code field retryable } }
      two: signInAuthorize(input: { state: $state, username: $name, password: "guess" }) { userErrors { code field retryable } }
    }`;
    const rejected = [{ code: "UNAUTHENTICATED", field: null, retryable: false }];
    const limited = [{ code: "RATE_LIMITED", field: null, retryable: true }];
    const first = await facade.query(document, { name: "demo@sandbox.test", state }, operator);
    expect(first.data).toEqual({ one: { userErrors: rejected }, two: { userErrors: rejected } });
    const second = await facade.query(document, { name: "DEMO@sandbox.test", state }, operator);
    expect(second.data).toEqual({ one: { userErrors: rejected }, two: { userErrors: limited } });
    expect(facade.calls()).toEqual(["user/authenticate", "oauth/requestToken/authorise", "user/authenticate"]);
    const other = await facade.query(document, { name: "other@sandbox.test", state }, operator);
    expect(other.data).toMatchObject({ one: { userErrors: rejected } });
  });

  it("A62: purchases beyond a user's rate are not begun: nothing is sent and nothing recorded", async () => {
    const dataDirectory = mkdtempSync(join(tmpdir(), "rates-"));
    await start({ LIMIT_PURCHASES_PER_MINUTE: "1", DATA_DIRECTORY: dataDirectory });
    const bearer = await bearerOf(facade);
    const outcomes: unknown[] = [];
    for (const [id, key] of [
      ["release:155408", "0123456789abcdef-1"],
      ["release:2118", "0123456789abcdef-2"],
      ["release:155408", "0123456789abcdef-1"],
    ] as const) {
      const { data } = await facade.query<{ release: { price: { quote: string } } }>(price, { id });
      facade.calls();
      const bought = await facade.query<{ itemPurchase: unknown }>(buy, { id, key, quote: data.release.price.quote }, bearer);
      outcomes.push([bought.data.itemPurchase, facade.calls()]);
    }
    expect(outcomes[0]).toMatchObject([{ attempt: { status: "SUCCEEDED" } }, ["user/locker", "user/purchase/item"]]);
    expect(outcomes[1], "another purchase").toEqual([{ attempt: null, userErrors: [{ code: "RATE_LIMITED", retryable: true }] }, []]);
    expect(outcomes[2], "the first one again").toMatchObject([{ attempt: { status: "SUCCEEDED" }, userErrors: [] }, []]);
    const attempt = 'query { viewer { purchaseAttempt(idempotencyKey: "0123456789abcdef-2") { status } } }';
    expect(await facade.query(attempt, {}, bearer)).toEqual({ data: { viewer: { purchaseAttempt: null } } });
  });

  it("A63: one caller's calls end at its share, and another's go on", async () => {
    await start({ QUOTA_CALLER_PERCENT: "1", TRUSTED_PROXIES: "1" }, { sandbox: { dailyLimit: 400 } });
    const ask = (id: number, address: string) =>
      tell(
        facade.url,
        { query: "query($id: ID!) { artist(id: $id) { name } }", variables: { id: String(id) } },
        { "x-forwarded-for": address },
      );
    const codes: unknown[] = [];
    for (let id = 1; id <= 6; id += 1) codes.push((await ask(id, "192.0.2.1")).code);
    // The first answer tells the day's limit.
    expect(codes.slice(0, 4)).toEqual([undefined, undefined, undefined, undefined]);
    expect(codes[5]).toBe("CALLER_CALL_LIMIT");
    expect((await ask(7, "192.0.2.2")).code).toBeUndefined();
  });

  it("A63: nor does asking over and over what became of a purchase, which stays to be found out", async () => {
    await start({ QUOTA_CALLER_PERCENT: "1", PURCHASE_SETTLE_MS: "0,30" }, { sandbox: { dailyLimit: 1000 } });
    const bearer = await bearerOf(facade);
    facade.sandbox.faults.add({ method: "user/purchase/item", times: 1, fault: { kind: "reset", when: "before" } });
    const { data } = await facade.query<{ release: { price: { quote: string } } }>(price, { id: "release:155408" });
    const unknown = { attempt: { status: "OUTCOME_UNKNOWN" } };
    const bought = await facade.query(buy, { id: "release:155408", key: "0123456789abcdef-1", quote: data.release.price.quote }, bearer);
    expect(bought).toMatchObject({ data: { itemPurchase: unknown } });
    facade.calls();
    const look = '{ viewer { purchaseAttempt(idempotencyKey: "0123456789abcdef-1") { status } } }';
    for (let nth = 0; nth < 20; nth += 1) {
      expect(await facade.query(look, {}, bearer)).toEqual({ data: { viewer: { purchaseAttempt: { status: "OUTCOME_UNKNOWN" } } } });
    }
    expect(facade.calls().length).toBeLessThanOrEqual(10);
  });
});
