import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { startSandbox, type Sandbox } from "../../../src/sandbox/sandbox.js";
import { denial, refusal, signedCall, type Answer, type Signer } from "../../support/sandbox/signed-call.js";

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(() => sandbox.reset());
afterAll(() => sandbox.close());

const call = (path: string, signer: Signer = {}) => signedCall(sandbox.baseUrl, path, signer);

/** Token and secret of a form-encoded answer. */
function tokenIn({ text }: Answer): { token: string; secret: string } {
  const form = new URLSearchParams(text);
  return { token: form.get("oauth_token") ?? "", secret: form.get("oauth_token_secret") ?? "" };
}

const authoriseCall = (token: string, password = "demo") =>
  `oauth/requestToken/authorise?username=demo@sandbox.test&password=${password}&token=${token}`;

async function newAccessToken(identifier = ""): Promise<{ token: string; secret: string }> {
  const requestToken = tokenIn(await call(`oauth/requesttoken?xoauth_client_identifier=${identifier}`, { verb: "POST" }));
  await call(authoriseCall(requestToken.token), { verb: "POST" });
  return tokenIn(await call("oauth/accesstoken", { verb: "POST", ...requestToken }));
}

describe("the way to a user's token", () => {
  it("leads over a request token that the user authorises", async () => {
    const requestToken = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    const authorised = await call(authoriseCall(requestToken.token));
    expect([authorised.status, authorised.paths.get("response/@status")]).toEqual([200, "ok"]);
    const accessToken = tokenIn(await call("oauth/accesstoken", { verb: "POST", ...requestToken }));
    const locker = await call("user/locker", accessToken);
    expect(locker.paths.get("response/locker/lockerReleases/totalItems")).toBe("3");
  });

  it("oauth/requesttoken: answers a POST form-encoded, a GET with a document", async () => {
    const posted = await call("oauth/requesttoken", { verb: "POST" });
    expect(posted.headers["content-type"]).toBe("application/x-www-form-urlencoded");
    expect(posted.text).toMatch(/^oauth_token=[0-9a-f]{32}&oauth_token_secret=[0-9a-f]{48}$/);
    const got = await call("oauth/requesttoken");
    expect(got.paths.get("response/oauth_request_token/oauth_token")).toMatch(/^[0-9a-f]{32}$/);
    expect(got.paths.get("response/oauth_request_token/oauth_token_secret")).toMatch(/^[0-9a-f]{48}$/);
  });

  it("oauth/accesstoken: answers a GET with a document", async () => {
    const requestToken = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    await call(authoriseCall(requestToken.token));
    const { paths } = await call("oauth/accesstoken", requestToken);
    const token = paths.get("response/oauth_access_token/oauth_token") ?? "";
    expect(sandbox.accounts.accessToken(token)?.secret).toBe(paths.get("response/oauth_access_token/oauth_token_secret"));
  });
});

describe("no access token is given", () => {
  const denied = (reason: string) => [401, "OAuth authentication error: Access to resource denied", reason];

  it("oauth/accesstoken: is refused before anybody has authorised the request token", async () => {
    const requestToken = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    expect(denial(await call("oauth/accesstoken", { verb: "POST", ...requestToken }))).toEqual(denied("Request token is not authorised"));
  });

  it("oauth/accesstoken: is refused with the secret of another token", async () => {
    const { token } = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    const { secret } = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    await call(authoriseCall(token));
    expect(denial(await call("oauth/accesstoken", { token, secret }))).toEqual(denied("Invalid signature"));
  });

  it("oauth/accesstoken: is refused a second time", async () => {
    const requestToken = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    await call(authoriseCall(requestToken.token));
    expect((await call("oauth/accesstoken", requestToken)).status).toBe(200);
    expect(denial(await call("oauth/accesstoken", requestToken))).toEqual(denied("Unknown token"));
  });

  it("oauth/accesstoken: is refused with no token, or with an access token", async () => {
    expect(denial(await call("oauth/accesstoken"))).toEqual(denied("Request token is not authorised"));
    expect(denial(await call("oauth/accesstoken", { token: "demo-token" }))).toEqual(denied("Request token is not authorised"));
  });
});

describe("nothing is authorised", () => {
  it("oauth/requestToken/authorise: is refused with a wrong password", async () => {
    const { token } = tokenIn(await call("oauth/requesttoken", { verb: "POST" }));
    expect(refusal(await call(authoriseCall(token, "wrong")))).toEqual([404, "2001"]);
    expect(sandbox.accounts.requestToken(token)?.user).toBeNull();
  });

  it("oauth/requestToken/authorise: is refused for a token nobody has asked for", async () => {
    expect(refusal(await call(authoriseCall("no-such-token")))).toEqual([400, "1002"]);
  });
});

describe("a user has three access tokens at most", () => {
  const isAlive = async (token: { token: string; secret: string }) => (await call("user/locker", token)).status === 200;

  it("of one client identifier: the fourth ends the first", async () => {
    const tokens = [];
    for (let at = 0; at < 4; at++) tokens.push(await newAccessToken("phone"));
    expect(await Promise.all(tokens.map(isAlive))).toEqual([false, true, true, true]);
  });

  it("but others of another client identifier, and keeps the one it had", async () => {
    const phone = await newAccessToken("phone");
    for (let at = 0; at < 3; at++) await newAccessToken("desk");
    expect(await Promise.all([isAlive(phone), isAlive({ token: "demo-token", secret: "demo-token-secret" })])).toEqual([true, true]);
  });
});

describe("a POST", () => {
  it("may leave country, shop and userId in its address", async () => {
    const inAddress = { country: "DE", shopid: "36", userid: "partner-user", onbehalfofpartnerid: "1" };
    expect((await call("oauth/requesttoken", { verb: "POST", inAddress })).status).toBe(200);
  });

  it.each(["xoauth_client_identifier", "page", "oauth_version"])("is refused with %s in its address", async (name) => {
    const inAddress = { [name]: "1.0" };
    expect(refusal(await call("oauth/requesttoken", { verb: "POST", inAddress }))).toEqual([400, "1007"]);
  });

  describe("with parameters in body and address", () => {
    const body = "oauth/requesttoken?country=GB&xoauth_client_identifier=phone";
    const both = { country: "GB", xoauth_client_identifier: "phone" };

    it.each([
      ["all of them signed once", { unsignedInAddress: both }],
      ["one of them signed once", { unsignedInAddress: { country: "GB" } }],
      ["the consumer key signed once", { unsignedInAddress: { oauth_consumer_key: "sandbox" } }],
      ["all of them signed twice", { inAddress: both }],
    ])("is taken with %s", async (_what, addresses) => {
      expect((await call(body, { verb: "POST", ...addresses })).status).toBe(200);
    });

    it.each([
      ["another value in the address", { country: "DE" }],
      ["a name of another case in the address", { Country: "GB" }],
      ["a parameter that the body does not have", { userid: "partner-user" }],
      ["another consumer key in the address", { oauth_consumer_key: "somebody" }],
      ["another token in the address", { oauth_token: "demo-token" }],
    ])("is refused with %s that nobody signed", async (_what, unsignedInAddress) => {
      expect((await call(body, { verb: "POST", unsignedInAddress })).status).toBe(401);
    });
  });

  it("is not taken by a method that only reads", async () => {
    const { status, headers } = await call("basket/create", { verb: "POST" });
    expect([status, headers["allow"]]).toEqual([405, "GET"]);
  });
});
