/** What a purchase tells when 7digital answers it badly: the money rows of the fault matrix. Whatever happens, the upstream is reached once,
 *  "SUCCEEDED" and "nothing was charged" are only said when they are known, and the next purchase goes as if nothing had been. */
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { drip, errorXml, fakeUpstream, reset, respond, sendRaw, type Behaviour } from "../../support/fake-upstream.js";
import {
  attemptOf,
  buy,
  newBuyer,
  newKey,
  operatorSecret,
  purchaseXml,
  quoteOf,
  sell,
  startShop,
  type Shop,
} from "../../support/purchase/purchase-upstream.js";

let shop: Shop;
let quote: string;
beforeAll(async () => {
  shop = await startShop();
  quote = await quoteOf(shop.facade);
});
afterAll(() => shop.close());
beforeEach(() => {
  // What failed before this is no longer the breaker's matter.
  shop.pass(11);
  shop.upstream.purchases.length = 0;
  shop.upstream.onPurchase = sell();
});

async function outcomeOf(behaviour: Behaviour, headers: Readonly<Record<string, string>> = newBuyer()) {
  const { upstream } = shop;
  const idempotencyKey = newKey();
  upstream.lockerReads = 0;
  upstream.onPurchase = behaviour;
  const { data, errors } = await buy(shop, { quote, idempotencyKey }, headers);
  expect(errors).toBeUndefined();
  const looks = upstream.lockerReads;
  const again = await buy(shop, { quote, idempotencyKey }, headers);
  expect(again.data).toEqual(data);
  const { attempt, purchase, userErrors } = data.itemPurchase;
  expect(await attemptOf(shop, idempotencyKey, headers)).toEqual(attempt);
  expect(upstream.purchases).toHaveLength(1);

  upstream.onPurchase = sell();
  const next = await buy(shop, { quote, acknowledgeUnknown: true }, headers);
  expect(next.data.itemPurchase).toMatchObject({ attempt: { status: "SUCCEEDED" }, userErrors: [] });
  expect(upstream.purchases).toHaveLength(2);
  return {
    status: attempt?.status,
    confirmedBy: attempt?.confirmedBy,
    code: userErrors[0]?.code,
    type: userErrors[0]?.__typename,
    purchase,
    looks,
  };
}

/** The locker is looked at before, and twice to find out. */
const unknown = { status: "OUTCOME_UNKNOWN", confirmedBy: null, code: "OUTCOME_UNKNOWN", type: "OperationError", purchase: null, looks: 3 };

const ok = purchaseXml();
const half = ok.slice(0, ok.length / 2);
const xml = "content-type: text/xml\r\n";

describe("a purchase whose answer is no clear one may have been charged", () => {
  const rows: readonly (readonly [string, Behaviour])[] = [
    ["F5: headers never come", () => undefined],
    ["F6: reset after the request", reset],
    ["F7: closed before headers", sendRaw("", "end")],
    ["F8: reset within a body", sendRaw(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n${half}`, "reset")],
    ["F8: a body shorter than it says", sendRaw(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n${half}`, "end")],
    ["F9: chunks cut off", sendRaw(`HTTP/1.1 200 OK\r\n${xml}transfer-encoding: chunked\r\n\r\n3c\r\n${half.slice(0, 60)}\r\n`, "end")],
    ["F10: a body that ends with the connection, cut off", sendRaw(`HTTP/1.1 200 OK\r\n${xml}connection: close\r\n\r\n${half}`, "end")],
    ["F11: a slow drip of the body", drip(`HTTP/1.1 200 OK\r\n${xml}content-length: 5000\r\n\r\n`)],
    ["F12: a slow drip of headers", drip("HTTP/1.1 200 OK\r\nx-drip: ")],
    ["F13: a gzip bomb", respond(gzipSync(Buffer.alloc(50_000_000)), 200, { "content-type": "text/xml", "content-encoding": "gzip" })],
    ["F14: a body above the cap", respond(Buffer.alloc(5_000_000, 32))],
    ["F15: truncated gzip", respond(gzipSync(ok).subarray(0, 60), 200, { "content-type": "text/xml", "content-encoding": "gzip" })],
    ["F16: HTML with status 200", respond("<!doctype html><html><body>Back soon</body></html>", 200, { "content-type": "text/html" })],
    ["F17: an empty body", respond("")],
    ["F17: plain text", respond("Done", 200, { "content-type": "text/plain" })],
    ["F17: JSON", respond('{"status":"ok"}', 200, { "content-type": "application/json" })],
    ["F18: truncated XML", respond(half)],
    ["F26: 7001 with status 200", respond(errorXml("7001"))],
    ["F26: 7002 with status 400", respond(errorXml("7002"), 400)],
    ["F26: 9001 with status 500", respond(errorXml("9001"), 500)],
    ["F27: 7003, operation timed out", respond(errorXml("7003"))],
    ["F28: a code nobody has documented", respond(errorXml("4242"))],
    ["F28: 3103, of a card that was to be added", respond(errorXml("3103"))],
    ["F28: a code that is no number", respond(errorXml("oops"))],
    ["F29: ok without a purchase", respond('<response status="ok" version="1.2"/>')],
    ["F29: ok, and a payment that failed", respond('<response status="ok"><paymentStatus>Failure</paymentStatus></response>')],
    [
      "F29: a purchase beside a payment that failed",
      respond(ok.replace("</response>", "<paymentStatus>Failure</paymentStatus></response>")),
    ],
    ["F29: a purchase whose payment failed", respond(ok.replace("<lockerReleases/>", "<paymentStatus>Failure</paymentStatus>"))],
    ["F29: a purchase beside an error", respond(ok.replace("</response>", '<error code="3003"><errorMessage/></error></response>'))],
    ["F29: a purchase with the id 0", respond(purchaseXml("0"))],
    ["F28: a code that every object has", respond(errorXml("constructor"))],
    ["F34: 500 that speaks of OAuth", respond("OAuth provider is down", 500, { "content-type": "text/plain" })],
    ["F29: a purchase without an id", respond('<response status="ok"><purchase><purchaseDate/></purchase></response>')],
    ["F30: a status that is neither ok nor error", respond('<response status="bang"><purchase id="1"/></response>')],
    ["F30: no response at the root", respond('<purchase id="1"/>')],
    ["F30: two roots", respond(`${ok}<response status="ok"/>`)],
    ["F34: 500", respond("", 500)],
    ["F34: 502", respond("<html>Bad gateway</html>", 502)],
    ["F34: 503", respond("busy", 503)],
    ["F34: 504", respond("", 504)],
    ["F42: bytes that are not HTTP", sendRaw("SSH-2.0-OpenSSH_9.2\r\n", "end")],
    ["F43: headers above 16 KB", sendRaw(`HTTP/1.1 200 OK\r\nx-long: ${"a".repeat(40_000)}\r\n\r\n`, "end")],
    ["F44: bytes that are no UTF-8", respond(Buffer.from(ok.replace(/id="\d+"/, 'id="47\xe911"'), "latin1"))],
    ["F46: a DOCTYPE", respond(`<!DOCTYPE response [<!ENTITY a "b">]>${ok.slice(ok.indexOf("<response"))}`)],
    [
      "F46: an external entity",
      respond(`<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]>${ok.replace("<lockerReleases/>", "<note>&b;</note>")}`),
    ],
    ["F47: a thousand levels", respond(`<response status="ok">${"<a>".repeat(1000)}${"</a>".repeat(1000)}</response>`)],
    ["F47: names that every object has", respond(`<response status="ok"><__proto__><id>1</id></__proto__><constructor/></response>`)],
  ];
  it.each(rows)("%s", async (_row, behaviour) => {
    expect(await outcomeOf(behaviour)).toEqual(unknown);
  });

  it("F15: not so a whole answer that is said to be gzip and is plain", async () => {
    const plain = respond(ok, 200, { "content-type": "text/xml", "content-encoding": "gzip" });
    expect(await outcomeOf(plain)).toMatchObject({ status: "SUCCEEDED", confirmedBy: "ANSWER" });
  });

  it.each([301, 302, 307, 308])("F39: HTTP %i is not followed, and nobody there is told anything", async (status) => {
    const elsewhere = await fakeUpstream((response) => response.end(ok));
    expect(await outcomeOf(respond("", status, { location: `${elsewhere.url}/1.2/user/purchase/item` }))).toEqual(unknown);
    expect(elsewhere.sockets).toEqual([]);
  });
});

describe("a purchase that 7digital clearly refuses is not charged", () => {
  const rows: readonly (readonly [string, Behaviour, string, string])[] = [
    ["F19: 2001 with status 200", respond(errorXml("2001")), "NOT_FOUND", "InputError"],
    ["F20: 2001 with status 404", respond(errorXml("2001"), 404), "NOT_FOUND", "InputError"],
    ["F21: 2002", respond(errorXml("2002"), 404), "UNAVAILABLE_IN_CONTEXT", "UnavailableInContextError"],
    ["F22: 1001", respond(errorXml("1001"), 400), "INVALID", "InputError"],
    ["F22: 1002", respond(errorXml("1002"), 400), "INVALID", "InputError"],
    ["F22: 1003", respond(errorXml("1003"), 400), "INVALID", "InputError"],
    ["F22: 1006", respond(errorXml("1006"), 400), "INVALID", "InputError"],
    ["F22: 1007", respond(errorXml("1007"), 400), "INVALID", "InputError"],
    ["F23: 3001", respond(errorXml("3001")), "CARD_EXPIRED", "PaymentCardError"],
    ["F23: 3002", respond(errorXml("3002")), "CARD_MISSING", "PaymentCardError"],
    ["F23: 3003", respond(errorXml("3003")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F24: 3004", respond(errorXml("3004")), "PRICE_CHANGED", "PriceChangedError"],
    ["F23: 3005", respond(errorXml("3005")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F23: 3100", respond(errorXml("3100")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F23: 3101", respond(errorXml("3101")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F23: 3102", respond(errorXml("3102"), 402), "PAYMENT_FAILED", "PaymentCardError"],
    ["F23: 3104", respond(errorXml("3104")), "PAYMENT_FAILED", "PaymentCardError"],
    ["F25: 3012", respond(errorXml("3012")), "VOUCHER_REJECTED", "OperationError"],
    ["F31: 401 in plain text", respond("OAuth authentication error: Not authorised", 401, {}), "UNAUTHENTICATED", "OperationError"],
    [
      "F31: 401 in HTML",
      respond("<html><body>401</body></html>", 401, { "content-type": "text/html" }),
      "UNAUTHENTICATED",
      "OperationError",
    ],
    ["F31: 401 without a body", respond("", 401, {}), "UNAUTHENTICATED", "OperationError"],
    ["F35: 403 that does not speak of a limit", respond("no", 403, { "content-type": "text/plain" }), "UNAUTHENTICATED", "OperationError"],
    [
      "F35: 403 in HTML",
      respond("<html><body>403</body></html>", 403, { "content-type": "text/html" }),
      "UNAUTHENTICATED",
      "OperationError",
    ],
    ["F35: 429 in HTML", respond("<html><body>429</body></html>", 429, { "content-type": "text/html" }), "RATE_LIMITED", "OperationError"],
    ["F31: the same with status 200", respond("OAuth authentication error: Not authorised", 200, {}), "UNAUTHENTICATED", "OperationError"],
  ];
  it.each(rows)("%s", async (_row, behaviour, code, type) => {
    // The locker is looked at before, and once to confirm it.
    expect(await outcomeOf(behaviour)).toEqual({ status: "REJECTED", confirmedBy: null, code, type, purchase: null, looks: 2 });
  });

  it("F32: 401 for a user whom a partner manages, whose calls are signed with our key alone, which is not the breaker's matter", async () => {
    const managed = { "x-7d-user-id": newKey(), "x-7d-operator-secret": operatorSecret };
    for (let nth = 0; nth < 12; nth += 1) {
      shop.upstream.onPurchase = respond("OAuth authentication error: Not authorised", 401, {});
      const { data } = await buy(shop, { quote }, managed);
      expect(data.itemPurchase).toMatchObject({ attempt: { status: "REJECTED" }, userErrors: [{ code: "UNAUTHENTICATED" }] });
    }
    expect(shop.upstream.purchases).toHaveLength(12);
    shop.upstream.onPurchase = sell();
    expect((await buy(shop, { quote }, managed)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  });

  it.each([
    ["F35: 429", respond("", 429, { "retry-after": "3600" })],
    ["F35: 403 that speaks of a limit", respond("Usage limit exceeded", 403, { "retry-after": "3600", "content-type": "text/plain" })],
  ])("%s, and nothing is sent before its time", async (_row, behaviour) => {
    const headers = newBuyer();
    shop.upstream.onPurchase = behaviour;
    const { data } = await buy(shop, { quote }, headers);
    expect(data.itemPurchase).toMatchObject({ attempt: { status: "REJECTED" }, userErrors: [{ code: "RATE_LIMITED" }] });
    shop.upstream.onPurchase = sell();
    const next = { quote: await quoteOf(shop.facade), idempotencyKey: newKey() };
    expect((await buy(shop, next, headers)).data.itemPurchase).toMatchObject({ attempt: null, userErrors: [{ code: "RATE_LIMITED" }] });
    expect(shop.upstream.purchases).toHaveLength(1);
    shop.pass(3600);
    quote = await quoteOf(shop.facade);
    expect((await buy(shop, { ...next, quote }, headers)).data.itemPurchase.attempt?.status).toBe("SUCCEEDED");
  });
});

describe("a purchase that is answered", () => {
  const bought = { status: "SUCCEEDED", confirmedBy: "ANSWER", code: undefined, type: undefined, looks: 1 };
  const rows: readonly (readonly [string, (answer: string) => Behaviour])[] = [
    ["as documented", (answer) => respond(answer)],
    [
      "F41: after an interim response",
      (answer) => {
        const head = `HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\nHTTP/1.1 200 OK\r\n${xml}content-length: ${String(answer.length)}`;
        return sendRaw(`${head}\r\n\r\n${answer}`, "end");
      },
    ],
    [
      "F44: in windows-1252, as it declares",
      (answer) => {
        const body = Buffer.from(answer.replace("utf-8", "windows-1252"), "latin1");
        return respond(body, 200, { "content-type": "text/xml; charset=windows-1252" });
      },
    ],
    ["F45: behind a byte order mark", (answer) => respond(`\uFEFF${answer}`)],
    [
      "F64: with leave to keep the answer, which is not taken",
      (answer) => respond(answer, 200, { "content-type": "text/xml", "cache-control": "max-age=432000" }),
    ],
    [
      "F38: with garbage in the headers of the allowance",
      (answer) =>
        respond(answer, 200, {
          "content-type": "text/xml",
          "x-ratelimit-limit": "-1",
          "x-ratelimit-current": "many",
          "x-ratelimit-reset": "",
        }),
    ],
  ];
  let ids = 100;
  it.each(rows)("%s", async (_how, behaviour) => {
    const purchaseId = String((ids += 1));
    expect(await outcomeOf(behaviour(purchaseXml(purchaseId)))).toEqual({ ...bought, purchase: { purchaseId } });
  });

  it("F49: has a connection of its own, which no other call has used or uses after it", async () => {
    const ports: (number | undefined)[] = [];
    const connections: (string | undefined)[] = [];
    shop.upstream.onPurchase = (response, { headers }) => {
      ports.push(response.req.socket.remotePort);
      connections.push(headers.connection);
      sell()(response);
    };
    await buy(shop, { quote }, newBuyer());
    await buy(shop, { quote }, newBuyer());
    expect(new Set(ports).size).toBe(2);
    expect(connections).toEqual(["close", "close"]);
  });
});
