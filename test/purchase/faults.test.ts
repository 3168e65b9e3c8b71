/** What a purchase tells when 7digital, or the way to it, misbehaves: the money rows of the fault matrix. Whatever happens, the till is
 *  reached once, and "SUCCEEDED" and "nothing was charged" are only said when they are known. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { attemptOf, buy, errorXml, lockerTrack, newKey, purchaseXml, raw, say, startShop, type Deed, type Shop } from "./till.js";

let shop: Shop;
beforeAll(async () => {
  shop = await startShop();
});
afterAll(() => shop.close());
beforeEach(() => {
  shop.till.purchases.length = 0;
  shop.till.locker = () => "";
  shop.till.onLook = undefined;
  shop.till.deed = say(purchaseXml());
});

/** Every purchase is of one thing by one user: an open one would stand in the way of the next. */
const anyway = { acknowledgeUnknown: true };

async function outcomeOf(deed: Deed) {
  shop.till.deed = deed;
  const idempotencyKey = newKey();
  const { data, errors } = await buy(shop, { idempotencyKey, ...anyway });
  expect(errors).toBeUndefined();
  const again = await buy(shop, { idempotencyKey, ...anyway });
  expect(again.data).toEqual(data);
  expect(shop.till.purchases).toHaveLength(1);
  const { attempt, purchase, userErrors } = data.itemPurchase;
  expect(await attemptOf(shop, idempotencyKey)).toEqual(attempt);
  return {
    status: attempt?.status,
    confirmedBy: attempt?.confirmedBy,
    code: userErrors[0]?.code,
    type: userErrors[0]?.__typename,
    purchase,
  };
}

const unknown = { status: "OUTCOME_UNKNOWN", confirmedBy: null, code: "OUTCOME_UNKNOWN", type: "OperationError", purchase: null };
const ok = purchaseXml();
const half = ok.slice(0, ok.length / 2);
const xml = "content-type: text/xml\r\n";

describe("a purchase whose answer is no clear one may have been charged", () => {
  const rows: readonly (readonly [string, Deed])[] = [
    ["F5: headers never come", () => undefined],
    ["F6: reset after the request", raw("", "reset")],
    ["F7: closed before headers", raw("", "end")],
    ["F8: reset within a body", raw(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n${half}`, "reset")],
    ["F8: a body shorter than it says", raw(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n${half}`, "end")],
    ["F9: chunks cut off", raw(`HTTP/1.1 200 OK\r\n${xml}transfer-encoding: chunked\r\n\r\n3c\r\n${half.slice(0, 60)}\r\n`, "end")],
    ["F10: a body that ends with the connection, cut off", raw(`HTTP/1.1 200 OK\r\n${xml}connection: close\r\n\r\n${half}`, "end")],
    ["F11: a slow drip of the body", drip(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n`)],
    ["F12: a slow drip of headers", drip("HTTP/1.1 200 OK\r\nx-drip: ")],
    ["F13: a gzip bomb", say(gzipSync(Buffer.alloc(50_000_000)), 200, { "content-type": "text/xml", "content-encoding": "gzip" })],
    ["F14: a body above the cap", say(Buffer.alloc(5_000_000, 32))],
    ["F15: truncated gzip", say(gzipSync(ok).subarray(0, 60), 200, { "content-type": "text/xml", "content-encoding": "gzip" })],
    ["F15: gzip announced over a plain body", say(ok, 200, { "content-type": "text/xml", "content-encoding": "gzip" })],
    ["F16: HTML with status 200", say("<!doctype html><html><body>Back soon</body></html>", 200, { "content-type": "text/html" })],
    ["F17: an empty body", say("")],
    ["F17: plain text", say("Done", 200, { "content-type": "text/plain" })],
    ["F17: JSON", say('{"status":"ok"}', 200, { "content-type": "application/json" })],
    ["F18: truncated XML", say(half)],
    ["F26: 7001 with status 200", say(errorXml("7001"))],
    ["F26: 7002 with status 400", say(errorXml("7002"), 400)],
    ["F26: 9001 with status 500", say(errorXml("9001"), 500)],
    ["F27: 7003, operation timed out", say(errorXml("7003"))],
    ["F28: a code nobody has documented", say(errorXml("4242"))],
    ["F28: a code that is no number", say(errorXml("oops"))],
    ["F29: ok without a purchase", say('<response status="ok" version="1.2"/>')],
    ["F29: ok, and a payment that failed", say('<response status="ok"><paymentStatus>Failure</paymentStatus></response>')],
    ["F29: a purchase beside a payment that failed", say(ok.replace("</response>", "<paymentStatus>Failure</paymentStatus></response>"))],
    ["F29: a purchase whose payment failed", say(ok.replace("<lockerReleases/>", "<paymentStatus>Failure</paymentStatus>"))],
    ["F29: a purchase beside an error", say(ok.replace("</response>", '<error code="3003"><errorMessage/></error></response>'))],
    ["F29: a purchase with the id 0", say(ok.replace("4711", "0"))],
    ["F28: a code that every object has", say(errorXml("constructor"))],
    ["F34: 500 that speaks of OAuth", say("OAuth provider is down", 500, { "content-type": "text/plain" })],
    ["F29: a purchase without an id", say('<response status="ok"><purchase><purchaseDate/></purchase></response>')],
    ["F30: a status that is neither ok nor error", say('<response status="bang"><purchase id="1"/></response>')],
    ["F30: no response at the root", say('<purchase id="1"/>')],
    ["F30: two roots", say(`${ok}<response status="ok"/>`)],
    ["F34: 500", say("", 500)],
    ["F34: 502", say("<html>Bad gateway</html>", 502)],
    ["F34: 503", say("busy", 503)],
    ["F34: 504", say("", 504)],
    ["F35: 403 that does not speak of a limit", say("no", 403, { "content-type": "text/plain" })],
    ["F39: a redirect", say("", 302, { location: "http://127.0.0.1:9/elsewhere" })],
    ["F42: bytes that are not HTTP", raw("SSH-2.0-OpenSSH_9.2\r\n", "end")],
    ["F43: headers above 16 KB", raw(`HTTP/1.1 200 OK\r\nx-long: ${"a".repeat(40_000)}\r\n\r\n`, "end")],
    ["F44: bytes that are no UTF-8", say(Buffer.from(ok.replace("4711", "47\xe911"), "latin1"))],
    ["F46: a DOCTYPE", say(`<!DOCTYPE response [<!ENTITY a "b">]>${ok.slice(ok.indexOf("<response"))}`)],
    ["F47: a thousand levels", say(`<response status="ok">${"<a>".repeat(1000)}${"</a>".repeat(1000)}</response>`)],
  ];
  it.each(rows)("%s", async (_row, deed) => {
    expect(await outcomeOf(deed)).toEqual(unknown);
  });
});

/** One byte every 30 ms, for ever. */
function drip(start: string): Deed {
  return (socket) => {
    socket.write(start);
    const timer = setInterval(() => socket.write("x"), 30);
    socket.on("close", () => {
      clearInterval(timer);
    });
  };
}

describe("a purchase that 7digital clearly refuses is not charged", () => {
  const rows: readonly (readonly [string, Deed, string, string])[] = [
    ["F19: 2001 with status 200", say(errorXml("2001")), "NOT_FOUND", "InputError"],
    ["F20: 2001 with status 404", say(errorXml("2001"), 404), "NOT_FOUND", "InputError"],
    ["F21: 2002", say(errorXml("2002"), 404), "UNAVAILABLE_IN_CONTEXT", "UnavailableInContextError"],
    ["F22: 1001", say(errorXml("1001"), 400), "INVALID", "InputError"],
    ["F22: 1002", say(errorXml("1002"), 400), "INVALID", "InputError"],
    ["F22: 1003", say(errorXml("1003"), 400), "INVALID", "InputError"],
    ["F22: 1006", say(errorXml("1006"), 400), "INVALID", "InputError"],
    ["F22: 1007", say(errorXml("1007"), 400), "INVALID", "InputError"],
    ["F23: 3001", say(errorXml("3001")), "CARD_EXPIRED", "PaymentCardError"],
    ["F23: 3002", say(errorXml("3002")), "CARD_MISSING", "PaymentCardError"],
    ["F23: 3003", say(errorXml("3003")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F24: 3004", say(errorXml("3004")), "PRICE_CHANGED", "PriceChangedError"],
    ["F25: 3012", say(errorXml("3012")), "VOUCHER_REJECTED", "OperationError"],
    ["F31: 401 in plain text", say("OAuth authentication error: Not authorised", 401, {}), "UNAUTHENTICATED", "OperationError"],
    ["F31: the same with status 200", say("OAuth authentication error: Not authorised", 200, {}), "UNAUTHENTICATED", "OperationError"],
  ];
  it.each(rows)("%s", async (_row, deed, code, type) => {
    expect(await outcomeOf(deed)).toEqual({ status: "REJECTED", confirmedBy: null, code, type, purchase: null });
  });

  it.each([
    ["F35: 429", say("", 429, { "retry-after": "3600" })],
    ["F35: 403 that speaks of a limit", say("Usage limit exceeded", 403, { "retry-after": "3600", "content-type": "text/plain" })],
  ])("%s", async (_row, deed) => {
    const other = await startShop();
    other.till.deed = deed;
    const { data } = await buy(other);
    expect(data.itemPurchase).toMatchObject({ attempt: { status: "REJECTED" }, userErrors: [{ code: "RATE_LIMITED" }] });
    // F37: what is spent is not asked for again, and nothing is sent.
    const next = await buy(other);
    expect(next.data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "RATE_LIMITED" }] });
    expect(other.till.purchases).toHaveLength(1);
    await other.close();
  });
});

describe("a purchase that is answered", () => {
  const bought = { status: "SUCCEEDED", confirmedBy: "ANSWER", code: undefined, type: undefined };
  it.each([
    ["as documented", say(ok), "4711"],
    [
      "F41: after an interim response",
      raw(
        `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n${xml}content-length: ${String(ok.length)}\r\n\r\n${ok}`,
        "end",
      ),
      "4711",
    ],
    [
      "F44: in windows-1252, as it declares",
      say(Buffer.from(ok.replace("utf-8", "windows-1252"), "latin1"), 200, { "content-type": "text/xml; charset=windows-1252" }),
      "4711",
    ],
    ["F45: behind a byte order mark", say(`\uFEFF${ok}`), "4711"],
  ])("%s", async (_how, deed, purchaseId) => {
    expect(await outcomeOf(deed)).toEqual({ ...bought, purchase: { purchaseId } });
  });

  it("F49: has a connection of its own, which no other call has used or uses after it", async () => {
    const ports: (number | undefined)[] = [];
    shop.till.deed = (socket, request) => {
      ports.push(socket.remotePort);
      expect(request.headers.connection).toBe("close");
      say(ok)(socket, request);
    };
    await buy(shop, anyway);
    await buy(shop, anyway);
    expect(new Set(ports).size).toBe(2);
  });

  it("F38: goes on where the headers of the allowance are garbage", async () => {
    const garbage = { "content-type": "text/xml", "x-ratelimit-limit": "-1", "x-ratelimit-current": "many", "x-ratelimit-reset": "" };
    expect(await outcomeOf(say(ok, 200, garbage))).toMatchObject(bought);
  });
});

describe("a purchase that nothing of can have reached 7digital", () => {
  it("F1: is NOT_SENT where the connection is refused, and the same key may then buy", async () => {
    const other = await startShop();
    const port = Number(new URL(other.till.url).port);
    // The locker is still read over the connection that stands; a new one is refused.
    let closing: Promise<unknown> | undefined;
    other.till.onLook = () => {
      closing ??= new Promise((resolve) => other.till.server.close(resolve));
      return false;
    };
    const idempotencyKey = newKey();
    const refused = await buy(other, { idempotencyKey });
    expect(refused.data.itemPurchase).toMatchObject({
      attempt: { status: "NOT_SENT", refusal: "NOT_SENT" },
      userErrors: [{ code: "NOT_SENT" }],
    });
    expect(await attemptOf(other, idempotencyKey)).toMatchObject({ status: "NOT_SENT" });
    expect(other.till.purchases).toHaveLength(0);

    await closing;
    other.till.onLook = undefined;
    await new Promise<void>((resolve) => other.till.server.listen(port, "127.0.0.1", resolve));
    const bought = await buy(other, { idempotencyKey });
    expect(bought.data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, purchase: { purchaseId: "4711" } });
    expect(other.till.purchases).toHaveLength(1);
    await other.close();
  });

  it("is NOT_SENT where the locker can not be read before, for then nobody could tell later whether it was bought", async () => {
    shop.till.onLook = (socket) => {
      socket.resetAndDestroy();
      return true;
    };
    const { data } = await buy(shop, anyway);
    expect(data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "NOT_SENT" }] });
    expect(shop.till.purchases).toHaveLength(0);
  });

  it("F33: sets its clock by the locker before it buys, so that the purchase itself is signed right", async () => {
    const tenMinutes = 10 * 60_000;
    const stamps: number[] = [];
    let looks = 0;
    const other = await startShop();
    other.till.onLook = (socket) => {
      looks += 1;
      if (looks > 1) return false;
      const date = new Date(Date.now() + tenMinutes).toUTCString();
      socket.write(`HTTP/1.1 401 Unauthorized\r\ndate: ${date}\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nOAuth`);
      return true;
    };
    other.till.deed = (socket, request) => {
      stamps.push(Number(/oauth_timestamp="(\d+)"/.exec(request.headers.authorization ?? "")?.[1]));
      say(ok)(socket, request);
    };
    const { data } = await buy(other);
    expect(data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(Math.abs((stamps[0] ?? 0) * 1000 - (Date.now() + tenMinutes))).toBeLessThan(5000);
    await other.close();
  });

  it("F33: is never sent a second time, not even where the clock was wrong", async () => {
    const skewed = say("OAuth timestamp is out of bounds", 401, { date: new Date(Date.now() + 3_600_000).toUTCString() });
    const other = await startShop();
    other.till.deed = skewed;
    expect((await buy(other)).data.itemPurchase.userErrors).toMatchObject([{ code: "UNAUTHENTICATED" }]);
    expect(other.till.purchases).toHaveLength(1);
    await other.close();
  });
});

describe("a purchase of which nobody knows how it ended", () => {
  const soon = (): string => new Date(Date.now() + 1000).toISOString();

  it("F55: has succeeded where the locker then shows exactly one new purchase of it", async () => {
    shop.till.locker = () => lockerTrack("1", "2012-01-01T00:00:00Z");
    shop.till.deed = (socket) => {
      shop.till.locker = () => lockerTrack("1", "2012-01-01T00:00:00Z") + lockerTrack("815", soon());
      socket.resetAndDestroy();
    };
    const other = await fresh();
    const { data } = await buy(other);
    expect(data.itemPurchase).toEqual({
      attempt: { status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null },
      purchase: { purchaseId: "815" },
      userErrors: [],
    });
    await other.close();
  });

  it("F55: is found by its date where the locker tells no purchase ids", async () => {
    const other = await fresh();
    other.till.deed = (socket) => {
      other.till.locker = () => lockerTrack(undefined, soon());
      socket.resetAndDestroy();
    };
    expect((await buy(other)).data.itemPurchase.attempt).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null });
    await other.close();
  });

  it.each([
    ["the locker does not show it", () => ""],
    ["the locker shows an old purchase of it only", () => lockerTrack("7", "2012-01-01T00:00:00Z")],
    ["the locker shows two new ones", () => lockerTrack("816", soon()) + lockerTrack("817", soon())],
  ])("F56: stays unknown where %s", async (_why, locker) => {
    const other = await fresh();
    other.till.deed = (socket) => {
      other.till.locker = locker;
      socket.resetAndDestroy();
    };
    const idempotencyKey = newKey();
    expect((await buy(other, { idempotencyKey })).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
    expect((await attemptOf(other, idempotencyKey))?.status).toBe("OUTCOME_UNKNOWN");
    await other.close();
  });

  it("F56: stays unknown where the locker can not be read, and is settled by a later question", async () => {
    const other = await fresh();
    const idempotencyKey = newKey();
    other.till.deed = (socket) => {
      other.till.onLook = (looked) => {
        looked.resetAndDestroy();
        return true;
      };
      socket.resetAndDestroy();
    };
    expect((await buy(other, { idempotencyKey })).data.itemPurchase.attempt?.status).toBe("OUTCOME_UNKNOWN");
    other.till.onLook = undefined;
    other.till.locker = () => lockerTrack("818", soon());
    expect(await attemptOf(other, idempotencyKey)).toEqual({ status: "SUCCEEDED", confirmedBy: "LOCKER", refusal: null });
    expect((await buy(other, { idempotencyKey })).data.itemPurchase).toMatchObject({ purchase: { purchaseId: "818" }, userErrors: [] });
    expect(other.till.purchases).toHaveLength(1);
    await other.close();
  });

  it("F56: keeps the next purchase of the same thing from being sent until that is acknowledged", async () => {
    const other = await fresh();
    other.till.deed = raw("", "reset");
    await buy(other);
    other.till.deed = say(ok);
    const contested = await buy(other);
    expect(contested.data.itemPurchase).toEqual({
      attempt: null,
      purchase: null,
      userErrors: [{ __typename: "EarlierAttemptError", code: "EARLIER_ATTEMPT", field: null }],
    });
    expect(other.till.purchases).toHaveLength(1);
    expect((await buy(other, anyway)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
    expect(other.till.purchases).toHaveLength(2);
    await other.close();
  });

  it.each([
    ["with ids", "4711"],
    ["without ids", undefined],
    ["whose ids are 0", "0"],
  ])("is not taken for succeeded by the purchase of a later attempt, in a locker %s", async (_which, shownId) => {
    const other = await fresh();
    const lost = newKey();
    other.till.deed = raw("", "reset");
    await buy(other, { idempotencyKey: lost });
    other.till.deed = (socket, request) => {
      other.till.locker = () => lockerTrack(shownId, soon());
      say(ok)(socket, request);
    };
    expect((await buy(other, anyway)).data.itemPurchase.purchase).toEqual({ purchaseId: "4711" });
    expect((await attemptOf(other, lost))?.status).toBe("OUTCOME_UNKNOWN");
    await other.close();
  });
});

/** A shop without open purchases of earlier tests. */
async function fresh(): Promise<Shop> {
  const other = await startShop();
  if (shop.till.locker() !== "") {
    other.till.locker = () => shop.till.locker();
    other.till.deed = (socket, request) => {
      shop.till.deed(socket, request);
    };
  }
  return other;
}
