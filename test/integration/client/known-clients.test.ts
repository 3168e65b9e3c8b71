/** The examples of the READMEs of 7digital's Node client (npm `7digital-api` 1.0.0) and of py7D, one by one, as docs/rest-client.md writes them. */
import { request as fetchUrl } from "undici";
import { describe, expect, it } from "vitest";
import { asList, clientOptionsFromEnv, createClient, type XmlTree } from "../../../src/client/client.js";
import { startStand } from "../../support/rest-client.js";

describe("the Node client's example", () => {
  it("gets the releases of an artist", async () => {
    const { client, calls } = await startStand();
    const { value } = await client.call("artist/releases", { artistId: "1" });
    expect(value.totalItems).toBe(42);
    expect(calls()).toEqual(["GET artist/releases artistId=1&country=GB"]);
  });

  it("gets them as XML, from France", async () => {
    const { client, calls } = await startStand({ defaultParams: { country: "fr" } });
    const { text } = await client.request("artist/releases", { artistid: 1 });
    expect(text).toMatch(/^<\?xml[^]*<totalItems>42<\/totalItems>/);
    expect(calls()).toEqual(["GET artist/releases artistid=1&country=FR"]);
  });

  it("gets fifteen, by parameters of one resource", async () => {
    const { client } = await startStand({ defaultParams: { country: "fr" } });
    const artists = client.with({ defaultParams: { pageSize: 15 } });
    expect((await artists.call("artist/releases", { artistId: "1" })).value.items).toHaveLength(15);
    expect((await client.call("artist/releases", { artistId: "1" })).value.items).toHaveLength(10);
  });

  it("signs the URL of a preview, and of a stream for a user", async () => {
    const { client, sandbox } = await startStand({ defaultParams: { country: "es" } });
    const { origin } = new URL(sandbox.baseUrl);
    const preview = await fetchUrl(client.signUrl(`${origin}/clip/12345`));
    expect(preview.statusCode).toBe(302);
    const user = { token: "demo-token", secret: "demo-token-secret" };
    const stream = await fetchUrl(client.signUrl(`${origin}/stream/subscription`, { trackId: 12345, formatId: 26 }, user));
    expect([stream.statusCode, stream.headers["content-type"]]).toEqual([200, "audio/wav"]);
    await Promise.all([preview, stream].map(({ body }) => body.dump()));
  });

  it("authenticates a user and reads the locker", async () => {
    const { client } = await startStand({ defaultParams: { country: "fr" } });
    const requestToken = await client.oauth.requestToken({ callbackUrl: "http://callbackurl.example/" });
    await client.oauth.authorise({ username: "demo@sandbox.test", password: "demo", token: requestToken.token });
    const accessToken = await client.oauth.accessToken(requestToken);
    const { value } = await client.with({ user: accessToken }).call("user/locker", { pageSize: 1 });
    expect(value.items).toHaveLength(1);
  });

  it("creates a partner's user, whose locker is empty", async () => {
    const { client } = await startStand({ defaultParams: { country: "fr" } });
    await client.call("user/create", { userId: "external-user-12345", emailAddress: "external@sandbox.test" });
    const { value } = await client.call("user/locker", { pageSize: 1 }, { user: { partnerUserId: "external-user-12345" } });
    expect(value.totalItems).toBe(0);
  });

  it("is configured by its environment, http and https on one port", async () => {
    const { sandbox, calls } = await startStand();
    const environment = {
      ...{ _7D_API_CLIENT_CONSUMER_KEY: "sandbox", _7D_API_CLIENT_CONSUMER_SECRET: "sandbox-secret" },
      ...{ _7D_API_CLIENT_USER_TOKEN: "demo-token", _7D_API_CLIENT_USER_SECRET: "demo-token-secret" },
      ...{ _7D_API_CLIENT_HOST: "127.0.0.1", _7D_API_CLIENT_SSL_HOST: "localhost", _7D_API_CLIENT_PORT: String(sandbox.port) },
    };
    const client = createClient(clientOptionsFromEnv(environment, { ca: await sandbox.certificate() }));
    await client.call("artist/details", { artistId: "1" });
    const { value } = await client.call("user/locker", { pageSize: 1 });
    await client.close();
    expect(value.totalItems).toBe(3);
    expect(sandbox.journal.entries().map(({ secure, signed }) => ({ secure, signed }))).toEqual([
      { secure: false, signed: false },
      { secure: true, signed: true },
    ]);
    expect(calls()).toHaveLength(2);
  });
});

describe("py7D's example", () => {
  it("searches artists, and reads tree and headers", async () => {
    const { client } = await startStand();
    const { value, headers, rateLimit, caching } = await client.request("artist/search", { q: "pink", pageSize: 3 });
    expect(value["@status"]).toBe("ok");
    const results = value["searchResults"] as XmlTree;
    expect(results).toMatchObject({ page: "1", pageSize: "3", totalItems: "24" });
    const [first] = asList(results["searchResult"]) as readonly XmlTree[];
    expect(first).toMatchObject({ type: "artist", artist: { "@id": expect.stringMatching(/^\d+$/) as string } });
    expect(headers).toMatchObject({ "cache-control": "private, max-age=60", "x-ratelimit-current": "1", "x-ratelimit-limit": "1000000" });
    expect([rateLimit?.current, caching.maxAgeSeconds]).toEqual([1, 60]);
  });

  it("requests a method without a function", async () => {
    const { client } = await startStand();
    expect((await client.request("tag")).value["tags"]).toMatchObject({ totalItems: "629" });
  });

  it("signs for the consumer, and for a user", async () => {
    const { client, sandbox } = await startStand();
    const user = { token: "demo-token", secret: "demo-token-secret" };
    expect((await client.request("artist/details", { artistId: 1 }, { auth: "consumer" })).status).toBe(200);
    expect((await client.request("artist/details", { artistId: 2 }, { auth: "user", user })).status).toBe(200);
    expect(sandbox.journal.entries().map(({ signed }) => signed)).toEqual([true, true]);
  });
});
