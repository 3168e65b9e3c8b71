import { describe, expect, it } from "vitest";
import { artistXml, errorXml, fakeUpstream } from "../../support/fake-upstream.js";
import { basketRead, basketWrite, clientOf, Clock, details, failureOf, inBritain, purchase } from "../../support/test-client.js";

describe("a second try", () => {
  it("saves a read from a passing failure", async () => {
    const upstream = await fakeUpstream((response, _asked, nth) => {
      if (nth === 1) response.writeHead(503).end();
      else response.end(artistXml());
    });
    expect(await details(clientOf(upstream))).toEqual({ id: "1", name: "Keane" });
  });

  it.each(["7001", "7002", "7003", "9001"])("F26, F27: is made after 7digital's error %s, and is the last", async (code) => {
    const upstream = await fakeUpstream((response) => response.end(errorXml(code)));
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_ERROR", sevendigitalCode: code });
    expect(upstream.asked).toHaveLength(2);
  });

  it.each([204, 205])("is not made after HTTP %i, which ends with its headers", async (status) => {
    const upstream = await fakeUpstream((response) => response.writeHead(status).end());
    expect(await failureOf(details(clientOf(upstream)))).toMatchObject({ code: "UPSTREAM_BAD_RESPONSE", httpStatus: status });
    expect(upstream.asked).toHaveLength(1);
  });

  it.each(["1001", "1006", "2001", "2002", "3004", "4242", "seven"])("F19, F22, F28: is not made after error %s", async (code) => {
    const upstream = await fakeUpstream((response) => response.end(errorXml(code)));
    await failureOf(details(clientOf(upstream)));
    expect(upstream.asked).toHaveLength(1);
  });

  it("is made for reads that are not kept as well", async () => {
    const upstream = await fakeUpstream((response) => response.writeHead(503).end());
    await failureOf(clientOf(upstream).call(basketRead, { artistId: "1" }, inBritain));
    expect(upstream.asked).toHaveLength(2);
  });

  it.each([
    ["a write", basketWrite],
    ["money", purchase],
  ])("is never made for %s, though it is a GET", async (_what, one) => {
    const upstream = await fakeUpstream((response) => response.destroy());
    const failure = await failureOf(clientOf(upstream).call(one, { artistId: "1" }, inBritain));
    expect(failure).toMatchObject({ code: "UPSTREAM_UNAVAILABLE" });
    expect(upstream.asked).toHaveLength(1);
  });

  it("is made for a tenth of the calls of a burst, so that an upstream in trouble is not sent twice the load", async () => {
    const upstream = await fakeUpstream((response, { query }) => {
      if (Number(query.get("artistId")) % 3 === 0) response.writeHead(503).end();
      else response.end(artistXml());
    });
    const clock = new Clock();
    const client = clientOf(upstream, { cacheBytes: 0 }, clock);
    const burst = (): Promise<unknown> => Promise.allSettled(Array.from({ length: 100 }, (_, n) => details(client, String(n))));
    await burst();
    expect(upstream.asked).toHaveLength(110);
    clock.pass(10);
    await burst();
    expect(upstream.asked).toHaveLength(220);
    clock.pass(-3600);
    await burst();
    expect(upstream.asked, "a clock set back").toHaveLength(330);
  });
});
