/** Signing in, by 7digital's page and by name and password: what reaches 7digital, and what a client is given. */
import { decodeJwt, decodeProtectedHeader } from "jose";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { agree, complete, demoUser, otherUser, startSignIn } from "../../support/sign-in.js";

const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };

let facade: Facade;
let aheadMs = 0;

beforeAll(async () => {
  const environment = { OPERATOR_SECRET: "the-secret-of-the-operator", RETURN_ORIGINS: "https://shop.example", ACCESS_TOKEN_DAYS: "2" };
  facade = await startFacade({ environment, ahead: () => aheadMs });
});
afterAll(() => facade.close());
beforeEach(() => {
  aheadMs = 0;
  facade.sandbox.reset();
});

interface Completed {
  readonly accessToken: string | null;
  readonly expiresAt: string | null;
  readonly viewer: { readonly addCardUrl: string } | null;
  readonly userErrors: readonly object[];
}

async function completeSignIn(state: string, headers: Record<string, string> = {}): Promise<Completed> {
  const { data, errors } = await facade.query<{ signInComplete: Completed }>(complete, { state }, headers);
  expect(errors).toBeUndefined();
  return data.signInComplete;
}

const authorize = `mutation ($state: String!, $username: String!, $password: String!) {
  signInAuthorize(input: { state: $state, username: $username, password: $password }) {
    accessToken expiresAt viewer { addCardUrl } userErrors { __typename message code field }
  }
}`;

interface Password {
  readonly username?: string;
  readonly password?: string;
}

async function authorizeSignIn(state: string, { username = "demo@sandbox.test", password = "demo" }: Password = {}): Promise<Completed> {
  const variables = { state, username, password };
  const { data, errors } = await facade.query<{ signInAuthorize: Completed }>(authorize, variables, operator);
  expect(errors).toBeUndefined();
  return data.signInAuthorize;
}

/** The token that the links of the signed-in user carry. */
function tokenIn({ viewer }: Completed): string {
  return new URL(viewer?.addCardUrl ?? "").searchParams.get("oauth_token") ?? "";
}

const nobodySignedIn = { accessToken: null, expiresAt: null, viewer: null };

describe("beginning", () => {
  it("oauth/requesttoken: asks for a request token, and leads to 7digital's page with it", async () => {
    const { authorizeUrl } = await startSignIn(facade);
    const [call, ...others] = facade.sandbox.journal.entries();
    expect(call).toMatchObject({ method: "oauth/requesttoken", verb: "GET", signed: true, params: { country: "GB" } });
    expect(others).toEqual([]);
    const { origin, pathname, searchParams } = new URL(authorizeUrl);
    expect([origin, pathname]).toEqual([new URL(facade.sandbox.baseUrl).origin, "/sandbox/oauth/authorise"]);
    expect([...searchParams.keys()]).toEqual(["oauth_token"]);
    expect(facade.sandbox.accounts.requestToken(searchParams.get("oauth_token") ?? "")).toMatchObject({ clientIdentifier: null });
  });

  it("oauth/requesttoken: hands 7digital the way back, and what the user knows the connection by", async () => {
    const { authorizeUrl } = await startSignIn(
      facade,
      `{ callbackUrl: "https://shop.example/back?from=7digital", clientIdentifier: "Ann's player ♪" }`,
    );
    const token = new URL(authorizeUrl).searchParams.get("oauth_token") ?? "";
    expect(facade.sandbox.accounts.requestToken(token)).toMatchObject({ clientIdentifier: "Ann's player ♪" });
    expect(authorizeUrl).toMatch(/\?oauth_token=[0-9a-f]+&oauth_callback=https%3A%2F%2Fshop\.example%2Fback%3Ffrom%3D7digital$/);
  });

  it("gives a state that is sealed, and holds nothing to be read", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    const token = new URL(authorizeUrl).searchParams.get("oauth_token") ?? "";
    expect(decodeProtectedHeader(state)).toEqual({ alg: "dir", enc: "A256GCM", kid: "start" });
    expect(() => decodeJwt(state)).toThrow();
    expect(Buffer.from(state, "base64url").toString("latin1")).not.toContain(token);
  });

  it.each([
    ["callbackUrl", "https://evil.example/", "`callbackUrl` leads to an origin that the operator has not allowed (RETURN_ORIGINS)."],
    [
      "callbackUrl",
      "https://shop.example/#/back",
      "`callbackUrl` has a fragment (#…). 7digital would append its parameters to the fragment, where no server reads them. Leave it out.",
    ],
    ["clientIdentifier", "", "`clientIdentifier` has from 1 to 100 printable characters."],
    ["clientIdentifier", "a".repeat(101), "`clientIdentifier` has from 1 to 100 printable characters."],
    ["clientIdentifier", "a\u202eb", "`clientIdentifier` has from 1 to 100 printable characters."],
    ["clientIdentifier", "a\nb", "`clientIdentifier` has from 1 to 100 printable characters."],
  ])("refuses a wrong %s without a call: %j", async (argument, value, message) => {
    const start = `mutation ($input: SignInStartInput!) { signInStart(input: $input) { state userErrors { code field message } } }`;
    expect(await facade.query(start, { input: { [argument]: value } })).toMatchObject({
      data: { signInStart: { state: null, userErrors: [{ code: "INVALID", field: [argument], message }] } },
    });
    expect(facade.calls()).toEqual([]);
  });
});

describe("completing", () => {
  it("oauth/accesstoken: gives a user who has agreed their access token, and who they are", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl, otherUser);
    facade.sandbox.journal.clear();
    const before = Math.floor(Date.now() / 1000);
    const completed = await completeSignIn(state);
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "oauth/accesstoken", verb: "GET", signed: true, params: { country: "GB" } },
    ]);
    expect(facade.sandbox.accounts.accessToken(tokenIn(completed))?.user.id).toBe(otherUser);
    expect(completed.userErrors).toEqual([]);
    const twoDays = 2 * 86_400;
    const lifetime = Date.parse(completed.expiresAt ?? "") / 1000 - before;
    expect(lifetime).toBeGreaterThanOrEqual(twoDays);
    expect(lifetime).toBeLessThan(twoDays + 20);
  });

  it("gives an access token that works from now on, and shows no secret of 7digital's", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl);
    const completed = await completeSignIn(state);
    const { secret = "" } = facade.sandbox.accounts.accessToken(tokenIn(completed)) ?? {};
    expect(secret).toMatch(/^[0-9a-f]{48}$/);
    expect(JSON.stringify(completed)).not.toContain(secret);
    const authorization = `Bearer ${completed.accessToken ?? ""}`;
    const { data } = await facade.query<Pick<Completed, "viewer">>("{ viewer { addCardUrl } }", {}, { authorization });
    expect(new URL(data.viewer?.addCardUrl ?? "").searchParams.get("oauth_token")).toBe(tokenIn(completed));
  });

  it("acts for the user who has just signed in, not for the one whose bearer came along", async () => {
    const first = await startSignIn(facade);
    agree(facade, first.authorizeUrl, demoUser);
    const { accessToken } = await completeSignIn(first.state);
    const second = await startSignIn(facade);
    agree(facade, second.authorizeUrl, otherUser);
    const completed = await completeSignIn(second.state, { authorization: `Bearer ${accessToken ?? ""}` });
    expect(facade.sandbox.accounts.accessToken(tokenIn(completed))?.user.id).toBe(otherUser);
  });

  const notAgreed = {
    __typename: "OperationError",
    code: "UNAUTHENTICATED",
    field: ["state"],
    retryable: false,
    message:
      "The user has not agreed on 7digital's page, or this sign-in was completed before: lead them to `authorizeUrl`, or begin again.",
  };

  it("tells of a user who has not agreed yet, and may be asked again when they have", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    expect(await completeSignIn(state)).toEqual({ ...nobodySignedIn, userErrors: [notAgreed] });
    agree(facade, authorizeUrl);
    expect(await completeSignIn(state)).toMatchObject({ userErrors: [] });
  });

  it("gives a token once for each sign-in", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl);
    await completeSignIn(state);
    expect(await completeSignIn(state)).toEqual({ ...nobodySignedIn, userErrors: [notAgreed] });
  });

  it("refuses a state that is too old or no state of ours, without a call", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl);
    const { accessToken } = await completeSignIn(state);
    const another = await startSignIn(facade);
    agree(facade, another.authorizeUrl);
    facade.calls();
    aheadMs = 30 * 60_000 + 1000;
    for (const wrong of [another.state, "", "state", `${state}x`, state.slice(0, -4), accessToken ?? ""]) {
      expect(await completeSignIn(wrong)).toEqual({
        ...nobodySignedIn,
        userErrors: [
          {
            __typename: "InputError",
            code: "INVALID",
            field: ["state"],
            retryable: false,
            message: "This is no sign-in of ours, or one that is too old: begin again with signInStart.",
          },
        ],
      });
    }
    expect(facade.calls()).toEqual([]);
  });

  it("leaves what nobody can help to `errors`, and asks 7digital once", async () => {
    const { authorizeUrl, state } = await startSignIn(facade);
    agree(facade, authorizeUrl);
    facade.calls();
    facade.sandbox.faults.add({ method: "oauth/accesstoken", fault: { kind: "status", status: 503 } });
    const { data, errors } = await facade.query(complete, { state });
    expect(data).toEqual({ signInComplete: null });
    expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_UNAVAILABLE", sevendigital: { method: "oauth/accesstoken" } } }]);
    expect(facade.calls()).toEqual(["oauth/accesstoken"]);
  });
});

describe("name and password", () => {
  it("oauth/requestToken/authorise: sign a user in for a trusted partner, and stand in no URL", async () => {
    const { state } = await startSignIn(facade);
    facade.sandbox.journal.clear();
    const completed = await authorizeSignIn(state);
    expect(facade.sandbox.journal.entries()).toMatchObject([
      { method: "oauth/requestToken/authorise", verb: "POST", signed: true },
      { method: "oauth/accesstoken", verb: "GET", signed: true },
    ]);
    expect(completed.userErrors).toEqual([]);
    expect(facade.sandbox.accounts.accessToken(tokenIn(completed))?.user.id).toBe(demoUser);
  });

  it.each([
    ["a wrong password", { password: "wrong-secret" }],
    ["an unknown name", { username: "nobody@sandbox.test" }],
  ])("tell of %s, without repeating it", async (_what, given) => {
    const { state } = await startSignIn(facade);
    facade.calls();
    const message = "7digital knows no user with this name and password.";
    const userErrors = [{ __typename: "OperationError", code: "UNAUTHENTICATED", field: null, message }];
    expect(await authorizeSignIn(state, given)).toEqual({ ...nobodySignedIn, userErrors });
    expect(facade.calls()).toEqual(["oauth/requestToken/authorise"]);
  });

  it("refuse a sign-in that is over", async () => {
    const { state } = await startSignIn(facade);
    await authorizeSignIn(state);
    expect(await authorizeSignIn(state)).toMatchObject({ ...nobodySignedIn, userErrors: [{ code: "INVALID" }] });
    expect(await authorizeSignIn("state")).toMatchObject({ ...nobodySignedIn, userErrors: [{ code: "INVALID", field: ["state"] }] });
  });

  it("cannot be sent where they hold what cannot be sent", async () => {
    const { state } = await startSignIn(facade);
    facade.calls();
    expect(await authorizeSignIn(state, { password: "a\0b" })).toMatchObject({ userErrors: [{ code: "INVALID" }] });
    expect(facade.calls()).toEqual([]);
  });
});
