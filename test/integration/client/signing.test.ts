/** Signed URLs that the sandbox's media hosts and account pages accept, and signing users in. */
import { request } from "undici";
import { describe, expect, it } from "vitest";
import { errorOf, startStand, type Stand } from "../../support/rest-client.js";

const demo = { token: "demo-token", secret: "demo-token-secret" };

const originOf = ({ sandbox }: Stand): string => new URL(sandbox.baseUrl).origin;

async function statusOf(url: string): Promise<number> {
  const { statusCode, body } = await request(url);
  await body.dump();
  return statusCode;
}

describe("signUrl", () => {
  it("signs links that the media hosts accept: for no user, for a user, and for a partner's user", async () => {
    const stand = await startStand();
    const { client, sandbox } = stand;
    const origin = originOf(stand);
    const locker = { trackId: 12345, releaseId: 1302, formatId: 26 };
    const links = [
      client.signUrl(`${origin}/stream/catalogue`, { trackId: 12345, formatId: 26 }),
      client.signUrl(`${origin}/media/user/streamtrack`, locker, demo),
      client.signUrl(`${origin}/media/user/streamtrack?trackId=12345&releaseId=1302`, { formatId: 26 }, demo),
      client.signUrl(new URL(`${origin}/stream/subscription`), { trackId: 12345, formatId: 26 }, { partnerUserId: "partner-user" }),
    ];
    for (const link of links) expect(await statusOf(link), link.replace(/\?.*/, "")).toBe(200);
    expect(sandbox.downloads.count("user/streamtrack")).toBe(2);
    const preview = client.signUrl(`${origin}/clip/12345`);
    expect(await statusOf(preview)).toBe(302);
    expect(await statusOf(client.signUrl(`${origin}/clip/12345`).replace("/clip/12345", "/clip/1628015"))).toBe(401);
  });

  it("signs for the client's user, unless told otherwise, in its store", async () => {
    const { client } = await startStand({ user: demo, defaultParams: { country: "es", pageSize: 5 } });
    const ours = new URL(client.signUrl("https://stream.example/stream/locker", { trackId: 1 }));
    expect([...ours.searchParams.keys()].filter((name) => !name.startsWith("oauth_"))).toEqual(["trackId", "country"]);
    expect(ours.searchParams.get("country")).toBe("ES");
    expect(ours.searchParams.get("oauth_token")).toBe("demo-token");
    expect([...ours.searchParams.keys()].at(-1)).toBe("oauth_signature");
    const without = new URL(client.signUrl("https://stream.example/x", { country: "DE" }, null));
    expect(without.searchParams.has("oauth_token")).toBe(false);
    expect(without.searchParams.getAll("country")).toEqual(["DE"]);
    const { client: bare } = await startStand();
    expect([...new URL(bare.signUrl("https://stream.example/x")).searchParams.keys()].filter((name) => !name.startsWith("oauth_"))).toEqual(
      [],
    );
  });

  it("signs nothing else", async () => {
    const { client } = await startStand();
    const attempt = (url: string, params = {}) => errorOf(Promise.resolve().then(() => client.signUrl(url, params)));
    for (const url of ["/relative", "javascript:alert(1)", ""])
      expect(await attempt(url)).toMatchObject({ code: "UPSTREAM_REJECTED_INPUT" });
    expect(await attempt("https://x.example/", { oauth_token: "x" })).toMatchObject({ code: "UPSTREAM_REJECTED_INPUT", notSent: true });
    const { client: unable } = await startStand({ consumerSecret: undefined });
    expect((await errorOf(Promise.resolve().then(() => unable.signUrl("https://x.example/")))).message).toBe(
      "The URL was not signed. Set consumerSecret.",
    );
  });
});

describe("oauth", () => {
  it("signs a user in by name and password, and calls for the user", async () => {
    const { client, calls } = await startStand();
    const requestToken = await client.oauth.requestToken({ clientIdentifier: "My phone" });
    await client.oauth.authorise({ token: requestToken.token, username: "demo@sandbox.test", password: "demo" });
    const token = await client.oauth.accessToken(requestToken);
    expect(calls().map((call) => call.split(" ").slice(0, 2).join(" "))).toEqual([
      "GET oauth/requesttoken",
      "POST oauth/requestToken/authorise",
      "GET oauth/accesstoken",
    ]);
    const { value } = await client.with({ user: token }).call("user/locker", { pageSize: 1 });
    expect(value.totalItems).toBe(3);
  });

  it("leads to 7digital's page, which knows the token and where to go back to", async () => {
    const { client, sandbox } = await startStand();
    const requestToken = await client.oauth.requestToken({ callbackUrl: "https://shop.example/back?a=b" });
    const page = new URL(requestToken.authoriseUrl);
    expect(page.pathname).toBe("/sandbox/oauth/authorise");
    expect(Object.fromEntries(page.searchParams)).toEqual({
      oauth_token: requestToken.token,
      oauth_callback: "https://shop.example/back?a=b",
    });
    expect(await statusOf(requestToken.authoriseUrl)).toBe(200);
    const user = sandbox.accounts.user(1_000_001);
    if (user === undefined) throw new Error("The sandbox has no such user.");
    sandbox.accounts.authorise(requestToken.token, user);
    expect(await client.oauth.accessToken(requestToken)).toEqual({
      token: expect.any(String) as string,
      secret: expect.any(String) as string,
    });
  });

  it("fails for a token that no user has agreed to, and for a wrong password", async () => {
    const { client } = await startStand();
    const requestToken = await client.oauth.requestToken();
    const wrong = { token: requestToken.token, username: "demo@sandbox.test", password: "correct horse" };
    expect(await errorOf(client.oauth.authorise(wrong))).toMatchObject({ code: "NOT_FOUND", sevendigitalCode: "2001" });
    expect(await errorOf(client.oauth.accessToken(requestToken))).toMatchObject({ code: "UNAUTHENTICATED", status: 401 });
  });
});
