/** Who a request comes from, by its headers, and what is said to those that are not believed. */
import { EncryptJWT, UnsecuredJWT } from "jose";
import { request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { anonymous, createCallerReader, createSenderReader } from "../../../src/operation/caller.js";
import { isTrusted } from "../../../src/operation/rate-limits.js";
import { createSealer } from "../../../src/shared/sealing.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { bearerOf, demoUser, otherUser, startSignIn } from "../../support/sign-in.js";

type Headers = Readonly<Record<string, string>>;

const secret = new Uint8Array(32).fill(7);
const otherSecret = new Uint8Array(32).fill(8);
const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString("base64");
const operatorSecret = "the-secret-of-the-operator";
const operator = { "x-7d-operator-secret": operatorSecret };
const gatewaySecret = "the-secret-of-the-gateway";
const gateway = { "x-7d-gateway-secret": gatewaySecret };
const demoPair = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
const whoAmI = "{ viewer { addCardUrl } }";

let facade: Facade;
let aheadMs = 0;

beforeAll(async () => {
  const environment = {
    OPERATOR_SECRET: operatorSecret,
    GATEWAY_SECRET: gatewaySecret,
    SEALING_KEYS: `current:${base64(secret)}`,
    ACCESS_TOKEN_DAYS: "1",
  };
  facade = await startFacade({ environment, ahead: () => aheadMs });
});
afterAll(() => facade.close());
beforeEach(() => {
  aheadMs = 0;
  facade.calls();
});

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: string;
}

async function ask(query: string, headers: Headers = {}, url = facade.url): Promise<Raw> {
  const answer = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify({ query }),
  });
  return { status: answer.statusCode, headers: answer.headers, body: await answer.body.text() };
}

/** The token that the viewer's calls are signed with, "" for a user without one, null for nobody. */
async function tokenOf(headers: Headers, of = facade): Promise<string | null> {
  const { data, errors } = await of.query<{ viewer: { addCardUrl: string } | null }>(whoAmI, {}, headers);
  expect(errors).toBeUndefined();
  return data.viewer && (new URL(data.viewer.addCardUrl).searchParams.get("oauth_token") ?? "");
}

const claims = { tok: "demo-token", sec: "demo-token-secret" };

function sealed(content: object = claims): EncryptJWT {
  return new EncryptJWT({ ...content }).setAudience("access").setExpirationTime("1 hour");
}

const header = { alg: "dir", enc: "A256GCM", kid: "current" };

function bearer(text: string): Headers {
  return { authorization: `Bearer ${text}` };
}

describe("a request without credentials", () => {
  it("comes from nobody, which costs no call", async () => {
    expect(await tokenOf({})).toBeNull();
    expect(facade.calls()).toEqual([]);
  });

  it("is known to at once, without a promise", () => {
    const now = (): number => 0;
    const sealer = createSealer([{ kid: "current", secret }], now);
    const callerOf = createCallerReader({ sealer, trustPlainTokens: false, now });
    expect(callerOf(() => null, anonymous)).toEqual({ user: undefined, operator: false, gateway: false });
  });
});

describe("a sealed access token", () => {
  it("names the user who has signed in", async () => {
    const headers = await bearerOf(facade, otherUser);
    const token = (await tokenOf(headers)) ?? "";
    expect(facade.sandbox.accounts.accessToken(token)?.user.id).toBe(otherUser);
  });

  it("may have its scheme in any case, and more than one space", async () => {
    const text = await sealed().setProtectedHeader(header).encrypt(secret);
    expect(await tokenOf({ authorization: `bEARER   ${text}` })).toBe("demo-token");
  });

  it("is not taken with a query by GET, whose URL others log and keep", async () => {
    const headers = bearer(await sealed().setProtectedHeader(header).encrypt(secret));
    const answer = await request(`${facade.url}?query=${encodeURIComponent(whoAmI)}`, { headers });
    expect(answer.statusCode).toBe(400);
    expect(await answer.body.json()).toMatchObject({ errors: [{ extensions: { code: "BAD_REQUEST" } }] });
  });

  it("ends when it says so, also where it was used before", async () => {
    const headers = await bearerOf(facade);
    const day = 86_400_000;
    aheadMs = day - 10_000;
    expect(await tokenOf(headers)).not.toBeNull();
    aheadMs = day + 1000;
    expect((await ask(whoAmI, headers)).status).toBe(401);
  });

  it("opens with the key of before, while new ones are sealed with the key of now", async () => {
    const old = await bearerOf(facade);
    const environment = { SEALING_KEYS: `next:${base64(otherSecret)},current:${base64(secret)}` };
    const rotated = await startFacade({ environment });
    expect(await tokenOf(old, rotated)).not.toBeNull();
    const { authorization } = await bearerOf(rotated);
    const [, protectedHeader = ""] = /^Bearer ([^.]+)/.exec(authorization) ?? [];
    expect(JSON.parse(Buffer.from(protectedHeader, "base64url").toString())).toMatchObject({ kid: "next" });
    expect((await ask(whoAmI, { authorization })).status).toBe(401);
    await rotated.close();
  });

  it("never mixes up users who take turns", async () => {
    const users = [
      { headers: bearer(await sealed().setProtectedHeader(header).encrypt(secret)), token: "demo-token" },
      {
        headers: bearer(await sealed({ tok: "other-token", sec: "other-token-secret" }).setProtectedHeader(header).encrypt(secret)),
        token: "other-token",
      },
      { headers: {}, token: null },
    ];
    const turns = Array.from({ length: 300 }, (_, turn) => users[turn % users.length]);
    const seen = await Promise.all(turns.map((user) => tokenOf(user?.headers ?? {})));
    expect(seen).toEqual(turns.map((user) => user?.token));
  });
});

describe("an operator's server", () => {
  it("names a user by token and secret", async () => {
    expect(await tokenOf({ ...operator, ...demoPair })).toBe("demo-token");
  });

  it("names a user whom the partner manages by the partner's own identifier", async () => {
    expect(await tokenOf({ ...operator, "x-7d-user-id": "partner-user" })).toBe("");
  });

  it("may name nobody, and may send a sealed token as well", async () => {
    expect(await tokenOf(operator)).toBeNull();
    expect(await tokenOf({ ...operator, ...(await bearerOf(facade)) })).not.toBeNull();
  });

  it("is believed a token and secret without the operator's secret only where the operator wants so", async () => {
    const trusting = await startFacade({ environment: { TRUST_PLAIN_TOKENS: "true" } });
    expect(await tokenOf(demoPair, trusting)).toBe("demo-token");
    for (const headers of [{ "x-7d-user-id": "partner-user" }, { ...demoPair, ...operator }, { "x-7d-oauth-token": "demo-token" }]) {
      expect((await ask(whoAmI, headers, trusting.url)).status).toBe(401);
    }
    const { errors } = await trusting.query(`mutation { userCreate(input: { userId: "x" }) { userId } }`, {}, demoPair);
    expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    await trusting.close();
  });

  it("names one user, in one way", async () => {
    const { authorization } = await bearerOf(facade);
    const pairs: Headers[] = [
      { authorization, ...demoPair },
      { authorization, "x-7d-user-id": "partner-user" },
      { ...demoPair, "x-7d-user-id": "partner-user" },
      { authorization, "x-7d-oauth-token-secret": "demo-token-secret" },
    ];
    facade.calls();
    for (const headers of pairs) {
      const { status, body } = await ask("{ upstreamTime }", { ...operator, ...headers });
      expect([status, JSON.parse(body)]).toMatchObject([400, { errors: [{ extensions: { code: "BAD_USER_INPUT" } }] }]);
      expect(body).not.toMatch(/demo-token|partner-user/);
    }
    expect(facade.calls()).toEqual([]);
  });
});

describe("the operator's gateway", () => {
  it("speaks for whoever it brings, by their own token, or for nobody", async () => {
    expect(await tokenOf(gateway)).toBeNull();
    expect(await tokenOf({ ...gateway, ...bearer(await sealed().setProtectedHeader(header).encrypt(secret)) })).toBe("demo-token");
  });

  it("is no operator", async () => {
    const { errors } = await facade.query(`mutation { userCreate(input: { userId: "x" }) { userId } }`, {}, gateway);
    expect(errors).toMatchObject([{ extensions: { code: "GRAPHQL_VALIDATION_FAILED" } }]);
    for (const named of [demoPair, { "x-7d-user-id": "partner-user" }]) {
      expect((await ask(whoAmI, { ...gateway, ...named })).status).toBe(401);
    }
  });

  it("is known before a caller is read, by its secret alone", () => {
    const headerIn = (headers: Headers) => (name: string) => headers[name] ?? null;
    const given: readonly Headers[] = [gateway, operator, { "x-7d-gateway-secret": "wrong" }, { "x-7d-gateway-secret": "" }, {}];
    const senderOf = createSenderReader({ operatorSecret, gatewaySecret });
    expect(given.map((headers) => senderOf(headerIn(headers)).gateway)).toEqual([true, false, false, false, false]);
    expect(given.map((headers) => isTrusted(senderOf(headerIn(headers))))).toEqual([true, true, false, false, false]);
    const strangerOf = createSenderReader({ operatorSecret: undefined, gatewaySecret: undefined });
    expect(given.some((headers) => strangerOf(headerIn(headers)).gateway)).toBe(false);
  });
});

/** Everything that is to be answered alike, with nothing done. */
async function unacceptable(): Promise<Readonly<Record<string, Headers>>> {
  const good = await sealed().setProtectedHeader(header).encrypt(secret);
  const { state } = await startSignIn(facade);
  const parts = good.split(".");
  return {
    "a token that was tampered with": bearer(good.replace(/.{4}$/, "AAAA")),
    "a token with another's content": bearer(parts.with(3, Buffer.from("{}").toString("base64url")).join(".")),
    "a token that has expired": bearer(await sealed().setExpirationTime("1 second ago").setProtectedHeader(header).encrypt(secret)),
    "a token without an end": bearer(await new EncryptJWT(claims).setAudience("access").setProtectedHeader(header).encrypt(secret)),
    "a token of another's key": bearer(await sealed().setProtectedHeader(header).encrypt(otherSecret)),
    "a token of a key that is not ours": bearer(
      await sealed()
        .setProtectedHeader({ ...header, kid: "foreign" })
        .encrypt(secret),
    ),
    "a token that is not encrypted": bearer(new UnsecuredJWT(claims).setAudience("access").setExpirationTime("1 hour").encode()),
    "a token that is cut short": bearer(good.slice(0, -8)),
    "a token that ends early": bearer(parts.slice(0, 4).join(".")),
    "a token of ours with something else in it": bearer(await sealed({ tok: 1 }).setProtectedHeader(header).encrypt(secret)),
    "a token that is no token": bearer("demo-token"),
    "the state of signing in": bearer(state),
    "two tokens": { authorization: `Bearer ${good} ${good}` },
    "another scheme": { authorization: `Basic ${Buffer.from("demo:demo").toString("base64")}` },
    "OAuth's own scheme": { authorization: 'OAuth oauth_token="demo-token"' },
    "a token and secret from a browser": demoPair,
    "half of them, without the secret": { ...operator, "x-7d-oauth-token": "demo-token" },
    "half of them, without the token": { ...operator, "x-7d-oauth-token-secret": "demo-token-secret" },
    "half of them, empty": { ...operator, ...demoPair, "x-7d-oauth-token-secret": "" },
    "a partner's identifier from a browser": { "x-7d-user-id": "partner-user" },
    "a partner's identifier beside a user's own token": { "x-7d-user-id": "partner-user", "x-7d-operator-secret": good },
    "a partner's identifier that is none": { ...operator, "x-7d-user-id": "partner user" },
    "a wrong secret": { "x-7d-operator-secret": "the-secret-of-the-operatoR" },
    "a part of the secret": { "x-7d-operator-secret": "the-secret-of-the-operato" },
    "a wrong secret with a good token": { "x-7d-operator-secret": "wrong", ...bearer(good) },
    "a wrong secret of the gateway": { "x-7d-gateway-secret": "the-secret-of-the-gatewaY" },
    "the operator's secret as the gateway's": { "x-7d-gateway-secret": operatorSecret },
    "the gateway's secret as the operator's": { "x-7d-operator-secret": gatewaySecret },
    "the gateway's secret with a wrong one of the operator's": { ...gateway, "x-7d-operator-secret": "wrong" },
  };
}

const refusal =
  '{"errors":[{"message":"The credentials of this request are not accepted. Sign in again, or send none.",' +
  '"extensions":{"code":"UNAUTHENTICATED"}}]}';

describe("credentials that are not believed", () => {
  it("A57: get one and the same answer, and nothing is done for them", async () => {
    const seen: Record<string, unknown> = {};
    const all = await unacceptable();
    facade.calls();
    for (const [what, headers] of Object.entries(all)) {
      const { status, body, headers: answered } = await ask("{ upstreamTime }", headers);
      seen[what] = [status, answered["www-authenticate"], answered["cache-control"], body];
    }
    expect(seen).toEqual(Object.fromEntries(Object.keys(all).map((what) => [what, [401, "Bearer", "no-store", refusal]])));
    expect(facade.calls()).toEqual([]);
  });

  it("A58: get it where a partner's user is named by anybody but the partner's own servers", async () => {
    for (const named of [{}, gateway, await bearerOf(facade), { "x-7d-operator-secret": "wrong" }]) {
      facade.calls();
      const { status } = await ask(whoAmI, { ...named, "x-7d-user-id": "partner-user" });
      expect([status, facade.calls()]).toEqual(["authorization" in named ? 400 : 401, []]);
    }
  });

  it("get it by GET and as plain JSON, too", async () => {
    const headers = { accept: "application/json", "x-7d-operator-secret": "wrong" };
    const got = await request(`${facade.url}?query=${encodeURIComponent("{ upstreamTime }")}`, { headers });
    expect([got.statusCode, await got.body.text()]).toEqual([401, refusal]);
  });

  it("are two of one name, of which either alone would be believed", async () => {
    const good = await sealed().setProtectedHeader(header).encrypt(secret);
    const repeated: readonly (readonly [string, string])[] = [
      ["authorization", `Bearer ${good}`],
      ["x-7d-operator-secret", operatorSecret],
    ];
    facade.calls();
    for (const [name, value] of repeated) {
      const headers = ["content-type", "application/json", name, value, name, value];
      const answer = await request(facade.url, { method: "POST", headers, body: JSON.stringify({ query: "{ upstreamTime }" }) });
      expect([answer.statusCode, await answer.body.text()], name).toEqual([401, refusal]);
    }
    expect(facade.calls()).toEqual([]);
  });

  it("are an operator's secret, whatever it is, where none is configured", async () => {
    const without = await startFacade();
    for (const given of ["undefined", operatorSecret]) {
      expect((await ask(whoAmI, { "x-7d-operator-secret": given }, without.url)).status).toBe(401);
    }
    await without.close();
  });
});

it("lets nobody keep an answer", async () => {
  const json = { "content-type": "application/json" };
  const answers = await Promise.all([
    ask("{ upstreamTime }"),
    ask(whoAmI, bearer(await sealed().setProtectedHeader(header).encrypt(secret))),
    ask("{ nothing }"),
    ask("{ artist(id: 1) { releases(first: 1000) { totalCount } } }"),
    ask(`{ a: __typename ${" ".repeat(100_000)} }`),
    ask("{ __typename }", { "content-type": "text/plain" }),
    ask("{ __typename }", { accept: "image/png" }),
    ask(`{ artist(id: "1") { image(width: 0) { url } } }`),
  ]);
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 400, 400, 413, 415, 406, 200]);
  const others = [
    await request(`${facade.url}?query={__typename}`),
    await request(`${facade.url}?query=mutation{__typename}`),
    await request(facade.url, { method: "PUT", headers: json, body: "{}" }),
    await request(new URL("/nothing", facade.url)),
  ];
  for (const { body } of others) await body.dump();
  const kept = [...answers, ...others].map(({ headers }) => headers["cache-control"]);
  expect(new Set(kept)).toEqual(new Set(["no-store"]));
});

it("knows the user of a bearer in the sandbox", async () => {
  const url = await facade.query<{ viewer: { addCardUrl: string } }>(whoAmI, {}, await bearerOf(facade, demoUser));
  const answer = await request(url.data.viewer.addCardUrl);
  await answer.body.dump();
  expect(answer.statusCode).toBe(303);
});
