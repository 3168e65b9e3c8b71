/** 7digital's own client for Node, unmodified, against the sandbox. */

import { Agent, request } from "undici";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Visitor } from "../support/sandbox/visitor.js";
import { startConformance, type ClientCall, type Conformance } from "./client.js";

let running: Conformance;
beforeAll(async () => {
  running = await startConformance();
});
beforeEach(async () => {
  await request(`${running.origin}/_sandbox/reset`, { method: "POST" });
});
afterAll(() => running.end());

/** The answer as the client reads it, without the envelope. */
async function asked(resource: string, method: string, parameters: object, options: ClientCall["options"] = {}): Promise<unknown> {
  const result = await running.call({ resource, method, args: [parameters], options });
  if ("error" in result) throw new Error(JSON.stringify(result.error));
  return result.values[0];
}

async function refused(resource: string, method: string, parameters: object, options: ClientCall["options"] = {}) {
  const result = await running.call({ resource, method, args: [parameters], options });
  return "error" in result ? result.error : result;
}

async function values(resource: string, method: string, args: readonly unknown[]): Promise<readonly string[]> {
  const result = await running.call({ resource, method, args });
  if ("error" in result) throw new Error(JSON.stringify(result.error));
  return result.values as readonly string[];
}

const as = (accesstoken: string, accesssecret = `${accesstoken}-secret`) => ({ defaultParams: { accesstoken, accesssecret } });

describe("the catalogue", () => {
  it("artist/details", async () => {
    expect(await asked("Artists", "getDetails", { artistId: 1 })).toMatchObject({ status: "ok", artist: { id: "1", name: "Keane" } });
  });

  it("release/tracks", async () => {
    const answer = await asked("Releases", "getTracks", { releaseId: 155408, pageSize: 2 });
    expect(answer).toMatchObject({ tracks: { totalItems: "10", track: [{ id: "1628015", title: "Burning" }, { id: "889" }] } });
  });

  it("artist/search", async () => {
    const answer = await asked("Artists", "search", { q: "pink" });
    expect(answer).toMatchObject({ searchResults: { totalItems: "24" } });
    const [first] = (answer as { searchResults: { searchResult: unknown[] } }).searchResults.searchResult;
    expect(first).toMatchObject({ type: "artist", artist: { name: "Pink" } });
  });

  it("an id of nothing", async () => {
    expect(await refused("Artists", "getDetails", { artistId: 999999999 })).toMatchObject({
      name: "ApiError",
      code: "2001",
      statusCode: 404,
    });
  });
});

it("basket/applyVoucher: a POST signed by the consumer", async () => {
  const { basket } = (await asked("Basket", "create", {})) as { basket: { id: string } };
  await asked("Basket", "addItem", { basketId: basket.id, releaseId: 155408, trackId: 889 });
  const reduced = await asked("Basket", "applyVoucher", { basketId: basket.id, voucherCode: "FREE-TRACK" });
  expect(reduced).toMatchObject({ basket: { id: basket.id, amountDue: { amount: "0" } } });
  const expired = await refused("Basket", "applyVoucher", { basketId: basket.id, voucherCode: "EXPIRED" });
  expect(expired).toMatchObject({ name: "ApiError", code: "3012" });
});

describe("a user by token", () => {
  it("user/locker", async () => {
    const answer = await asked("User", "getLocker", { sort: "purchaseDate asc" }, as("demo-token"));
    const [oldest] = (answer as { locker: { lockerReleases: { lockerRelease: unknown[] } } }).locker.lockerReleases.lockerRelease;
    expect(oldest).toMatchObject({ release: { id: "302123" }, lockerTracks: { lockerTrack: [{ track: { title: "Gloria" } }] } });
  });

  it("user/purchase/item, which the locker shows then", async () => {
    const { track } = (await asked("Tracks", "getDetails", { trackId: 123456 })) as { track: { price: { value: string } } };
    const bought = await asked("User", "purchaseItem", { releaseId: 123456, trackId: 123456, price: track.price.value }, as("demo-token"));
    // The client makes lists of the locker's elements, not of a purchase's.
    expect(bought).toMatchObject({ status: "ok", purchase: { lockerReleases: { lockerRelease: { release: { id: "123456" } } } } });
    const locker = await asked("User", "getLocker", { releaseId: 123456 }, as("demo-token"));
    expect(locker).toMatchObject({ locker: { lockerReleases: { totalItems: "1" } } });
  });

  it.each([
    ["expired-card-token", "3001"],
    ["no-card-token", "3002"],
    ["declined-card-token", "3003"],
  ])("user/purchase/item with %s: %s", async (token, code) => {
    const { track } = (await asked("Tracks", "getDetails", { trackId: 123456 })) as { track: { price: { value: string } } };
    const parameters = { releaseId: 123456, trackId: 123456, price: track.price.value };
    expect(await refused("User", "purchaseItem", parameters, as(token))).toMatchObject({ name: "ApiError", code });
  });

  it("with the wrong secret", async () => {
    expect(await refused("User", "getLocker", {}, as("demo-token", "guess"))).toMatchObject({ name: "OAuthError" });
  });
});

it("a partner's user: user/create and user/locker without a token", async () => {
  const userManagement = { userManagement: true };
  const locker = await asked("User", "getLocker", { userId: "partner-user" }, userManagement);
  expect(locker).toMatchObject({ locker: { lockerReleases: { lockerRelease: [{ release: { title: "Siamese Dream" } }] } } });
  await asked("User", "create", { userId: "external-user-12345", emailAddress: "someone@sandbox.test" }, userManagement);
  const empty = await asked("User", "getLocker", { userId: "external-user-12345" }, userManagement);
  expect(empty).toMatchObject({ locker: { lockerReleases: { totalItems: "0" } } });
});

describe("signing in", () => {
  it("oauth/requesttoken, the page a person clicks through, and oauth/accesstoken", async () => {
    const callback = "http://api-consumer.com/handback?consumerparam=value";
    const [token = "", secret, authoriseUrl = ""] = await values("OAuth", "getRequestToken", [callback]);
    const { hostname, pathname, search } = new URL(authoriseUrl);
    expect(hostname).toBe("account.7digital.com");

    const visitor = new Visitor();
    const signIn = await visitor.get(running.origin + pathname + search);
    const question = await visitor.press(signIn, "sign-in", { emailAddress: "demo@sandbox.test", password: "demo" });
    const { headers } = await visitor.press(question, "allow");
    expect(headers["location"]).toBe(`${callback}?oauth_token=${token}&status=Authorised`);

    const [access = "", accessSecret] = await values("OAuth", "getAccessToken", [{ requesttoken: token, requestsecret: secret }]);
    const locker = await asked("User", "getLocker", { releaseId: 155408 }, as(access, accessSecret));
    expect(locker).toMatchObject({ locker: { lockerReleases: { totalItems: "1" } } });
  });

  it("oauth/requestToken/authorise, for those who may ask for passwords themselves", async () => {
    const [token = "", secret] = await values("OAuth", "getRequestToken", ["http://api-consumer.com/"]);
    await values("OAuth", "authoriseRequestToken", [{ username: "demo@sandbox.test", password: "demo", token }]);
    const [access = "", accessSecret] = await values("OAuth", "getAccessToken", [{ requesttoken: token, requestsecret: secret }]);
    expect(await asked("User", "getLocker", {}, as(access, accessSecret))).toMatchObject({ status: "ok" });
  });
});

describe("media at an address that oauth.sign() made", () => {
  const signed = async (path: string, parameters: object) => {
    const [url = ""] = await values("OAuth", "sign", [`${running.origin}/${path}`, parameters]);
    return request(url);
  };

  it("a stream of an owned track plays", async () => {
    const owner = { accesstoken: "demo-token", accesssecret: "demo-token-secret" };
    const { statusCode, headers, body } = await signed("media/user/streamtrack", {
      trackId: 889,
      releaseId: 155408,
      formatId: 26,
      ...owner,
    });
    expect([statusCode, headers["content-type"]]).toEqual([200, "audio/wav"]);
    expect(Buffer.from(await body.arrayBuffer()).toString("latin1", 0, 4)).toBe("RIFF");
  });

  it("a preview plays", async () => {
    const { statusCode, headers } = await signed("clip/12345", {});
    expect(statusCode).toBe(302);
    expect((await request(String(headers["location"]))).headers["content-type"]).toBe("audio/wav");
  });

  it("a link out of the locker plays over https", async () => {
    const dispatcher = new Agent({ connect: { ca: running.certificate } });
    const locker = JSON.stringify(await asked("User", "getLocker", { releaseId: 155408 }, as("demo-token")));
    const [link = ""] = /https:[^"]*\/media\/user\/downloadtrack[^"]*/.exec(locker) ?? [];
    const { statusCode, headers } = await request(link, { dispatcher });
    expect([statusCode, headers["content-type"]]).toEqual([200, "audio/wav"]);
    await dispatcher.close();
  });
});
