/** What a client sees when a change to a basket goes wrong on the way: rows of the fault matrix for basket writes. What may have been done
 *  is never sent again; the basket is looked at once instead. */
import { gzipSync } from "node:zlib";
import { generate } from "selfsigned";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../../src/sandbox/faults/faults.js";
import {
  drip,
  errorXml,
  fakeUpstream,
  okXml,
  respond,
  sendRaw,
  type Behaviour,
  type FakeUpstream,
  silence,
} from "../../support/fake-upstream.js";
import { startFacadeOn, type ClockedFacade } from "../faulty-upstream.js";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;
let aheadMs = 0;

beforeAll(async () => {
  facade = await startFacade({ ahead: () => aheadMs, environment: { SEVENDIGITAL_TIMEOUT_MS: "600", CACHE_MAX_BYTES: "0" } });
});

beforeEach(() => {
  // What failed before this is no longer the breaker's matter.
  aheadMs += 11_000;
  facade.sandbox.faults.clear();
  facade.calls();
});

afterAll(() => facade.close());

const errorFields = `__typename code field retryable ... on InputError { upstreamCode } ... on UnavailableInContextError { country }`;
const basketFields = `basket { itemCount lines { lineId discount } } userErrors { ${errorFields} }`;
const guid = "11111111-2222-3333-4444-555555555555";

interface Payload {
  readonly basket: { readonly id: string; readonly itemCount: number; readonly lines: readonly { readonly lineId: string }[] } | null;
  readonly addedLines?: readonly { readonly lineId: string }[];
  readonly userErrors: readonly unknown[];
}

async function mutate(on: Facade, field: string): Promise<Payload> {
  const { data, errors } = await on.query<{ payload: Payload }>(`mutation { payload: ${field} }`);
  expect(errors).toBeUndefined();
  return data.payload;
}

async function created(): Promise<string> {
  const { basket } = await mutate(facade, "basketCreate { basket { id } }");
  facade.calls();
  return basket?.id ?? "";
}

const add = (id: string, ...items: readonly string[]): Promise<Payload> => addOn(facade, id, ...items);

function addOn(on: Facade, id: string, ...items: readonly string[]): Promise<Payload> {
  const lines = items.map((item) => `{ itemId: "${item}" }`).join(", ");
  return mutate(on, `basketLinesAdd(input: { basketId: "${id}", lines: [${lines}] }) { ${basketFields} addedLines { lineId } }`);
}

const remove = (id: string, ...lineIds: readonly string[]): Promise<Payload> =>
  mutate(facade, `basketLinesRemove(input: { basketId: "${id}", lineIds: ${JSON.stringify(lineIds)} }) { ${basketFields} }`);

const redeem = (id: string, code: string): Promise<Payload> => redeemOn(facade, id, code);

function redeemOn(on: Facade, id: string, code: string): Promise<Payload> {
  return mutate(on, `basketVoucherApply(input: { basketId: "${id}", code: "${code}" }) { ${basketFields} }`);
}

/** Falls on the next call of the method, or on the one after so many. */
function strike(method: string, fault: Fault, after = 0): void {
  const harmless: Fault = { kind: "truncate", bytes: 1_000_000 };
  if (after > 0) facade.sandbox.faults.add({ method, times: after, fault: harmless });
  facade.sandbox.faults.add({ method, times: 1, fault });
}

const dreams = "release:155408";
const iLoveYou = "track:12345:1302";
const unknown = (...field: string[]) => ({ __typename: "OperationError", code: "OUTCOME_UNKNOWN", field, retryable: false });
const notSent = (...field: string[]) => ({ __typename: "OperationError", code: "NOT_SENT", field, retryable: true });

const ok = (body: string, when: "before" | "after"): Fault => ({ kind: "status", status: 200, body, when });
const unclear: [string, Fault][] = [
  ["F5: no answer in time, nothing done", { kind: "hang", when: "before" }],
  ["F5: no answer in time, all done", { kind: "hang", when: "after" }],
  ["F6: reset before", { kind: "reset", when: "before" }],
  ["F6: reset after", { kind: "reset", when: "after" }],
  ["F14: too many bytes", ok(" ".repeat(5 * 1024 * 1024), "after")],
  ["F16: a page for people", ok("<html><body>Maintenance</body></html>", "before")],
  ["F17: an empty body", ok("", "after")],
  ["F17: plain text", ok("all is well", "after")],
  ["F17: JSON", { kind: "status", status: 200, body: `{"status":"ok"}`, contentType: "application/json", when: "after" }],
  ["F18: XML cut short", { kind: "truncate", bytes: 120 }],
  ["F26: 7digital's 7001", ok(errorXml("7001"), "after")],
  ["F26: 7digital's 9001", ok(errorXml("9001"), "before")],
  ["F26: 7digital's 7002, with HTTP 500", { kind: "status", status: 500, body: errorXml("7002"), contentType: "text/xml", when: "after" }],
  ["F27: 7digital's 7003", ok(errorXml("7003"), "after")],
  ["F28: an unknown code", ok(errorXml("4242"), "after")],
  ["F28: a code that is no number", ok(errorXml("seven"), "after")],
  ["F29: ok without a basket", ok(`<response status="ok" version="1.2"/>`, "after")],
  ["F30: two roots", ok(`<response status="ok"/><response status="ok"/>`, "after")],
  ["F46: a DOCTYPE", ok(`<!DOCTYPE a [<!ENTITY b "c">]><response status="ok"><basket id="${guid}"/></response>`, "after")],
  ["F47: a thousand levels", ok(`<response status="ok">${"<a>".repeat(1000)}${"</a>".repeat(1000)}</response>`, "after")],
  ["F30: neither ok nor error", ok(`<response status="bang" version="1.2"/>`, "after")],
  ["F34: HTTP 500", { kind: "status", status: 500, when: "after" }],
  ["F34: HTTP 502", { kind: "status", status: 502, when: "after" }],
  ["F34: HTTP 504", { kind: "status", status: 504, when: "before" }],
  ["F34: HTTP 503", { kind: "status", status: 503, when: "before" }],
];

describe("a line whose outcome is not clear", () => {
  it.each(unclear)("%s: is sent once and the basket is looked at", async (_, fault) => {
    const id = await created();
    strike("basket/addItem", fault);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou);
    expect(facade.calls()).toEqual(["basket/addItem", "basket"]);
    expect(userErrors).toEqual([unknown("lines", "0", "itemId"), notSent("lines", "1", "itemId")]);
    const wasDone = fault.kind === "truncate" || fault.when === "after";
    expect(basket).toMatchObject({ itemCount: wasDone ? 1 : 0 });
    expect(addedLines).toEqual([]);
    expect(await add(id, dreams)).toMatchObject({ basket: { itemCount: wasDone ? 2 : 1 }, userErrors: [] });
  });

  it("F6: counts as added where the basket was known and shows one new line with the item since", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "after" }, 1);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou, dreams);
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem", "basket", "basket/addItem"]);
    expect(userErrors).toEqual([]);
    expect(basket).toMatchObject({ itemCount: 3 });
    expect(addedLines).toHaveLength(3);
  });

  it("F6: stays unknown where the basket does not show it, for it may still come", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "before" }, 1);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou, dreams);
    expect(userErrors).toEqual([unknown("lines", "1", "itemId"), notSent("lines", "2", "itemId")]);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(addedLines).toHaveLength(1);
  });

  it("F6: leaves the payload the basket that was last told where looking fails as well", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "after" }, 1);
    facade.sandbox.faults.add({ method: "basket", fault: { kind: "status", status: 500 } });
    const { basket, userErrors } = await add(id, dreams, iLoveYou);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(userErrors).toEqual([unknown("lines", "1", "itemId")]);
    // The look is a read, which has its second try.
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem", "basket", "basket"]);
  });

  it("F6: does not keep the basket from the next request", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "before" });
    const [, second] = await Promise.all([add(id, dreams), add(id, iLoveYou)]);
    expect(second).toMatchObject({ basket: { itemCount: 1 }, userErrors: [] });
  });
});

describe("taking out a line whose outcome is not clear", () => {
  it("F6: is done where the basket does not show the line any more", async () => {
    const id = await created();
    const { addedLines = [] } = await add(id, dreams, iLoveYou);
    const [first = "", second = ""] = addedLines.map((line) => line.lineId);
    facade.calls();
    strike("basket/removeItem", { kind: "reset", when: "after" });
    expect(await remove(id, first, second)).toMatchObject({ basket: { itemCount: 0 }, userErrors: [] });
    expect(facade.calls()).toEqual(["basket/removeItem", "basket", "basket/removeItem"]);
  });

  it("F5: is unknown where it still does", async () => {
    const id = await created();
    const { addedLines = [] } = await add(id, dreams, iLoveYou);
    const [first = "", second = ""] = addedLines.map((line) => line.lineId);
    facade.calls();
    strike("basket/removeItem", { kind: "hang", when: "before" });
    const { basket, userErrors } = await remove(id, first, second);
    expect(basket).toMatchObject({ itemCount: 2 });
    expect(userErrors).toEqual([unknown("lineIds", "0"), notSent("lineIds", "1")]);
    expect(facade.calls()).toEqual(["basket/removeItem", "basket"]);
  });
});

describe("a voucher whose outcome is not clear", () => {
  it.each([
    ["applied", { kind: "reset", when: "after" }, "VOUCHER"],
    ["not applied", { kind: "reset", when: "before" }, null],
  ] as const)("F6: is not sent again, and what is due shows: %s", async (_, fault, discount) => {
    const id = await created();
    await add(id, iLoveYou);
    facade.calls();
    strike("basket/applyVoucher", fault);
    const { basket, userErrors } = await redeem(id, "FREE-TRACK");
    expect(userErrors).toEqual([unknown("code")]);
    expect(basket).toMatchObject({ lines: [{ discount }] });
    expect(facade.calls()).toEqual(["basket/applyVoucher", "basket"]);
  });
});

describe("a basket that may have been made", () => {
  it("F6: is not known to anybody, so making another one is right", async () => {
    strike("basket/create", { kind: "reset", when: "after" });
    const payload = await mutate(facade, `basketCreate { ${basketFields} }`);
    expect(payload).toEqual({ basket: null, userErrors: [{ ...unknown(), field: null, retryable: true }] });
    expect(facade.calls()).toEqual(["basket/create"]);
  });
});

describe("a clear refusal", () => {
  it("of a new basket belongs to no field of the input", async () => {
    strike("basket/create", { kind: "status", status: 404, body: errorXml("2001"), contentType: "text/xml" });
    const { basket, userErrors } = await mutate(facade, `basketCreate(input: { shopId: "34" }) { ${basketFields} }`);
    expect(basket).toBeNull();
    expect(userErrors).toMatchObject([{ __typename: "InputError", code: "NOT_FOUND", upstreamCode: 2001, field: null }]);
  });

  it.each([
    ["F22: 1001", "1001", 400, { __typename: "InputError", code: "INVALID", upstreamCode: 1001 }],
    ["F22: 1002", "1002", 400, { __typename: "InputError", code: "INVALID", upstreamCode: 1002 }],
    ["F22: 1003", "1003", 400, { __typename: "InputError", code: "INVALID", upstreamCode: 1003 }],
    ["F22: 1006", "1006", 200, { __typename: "InputError", code: "INVALID", upstreamCode: 1006 }],
    ["F22: 1007", "1007", 200, { __typename: "InputError", code: "INVALID", upstreamCode: 1007 }],
    ["F19: 2001", "2001", 200, { __typename: "InputError", code: "NOT_FOUND", upstreamCode: 2001 }],
    ["F20: 2001 with HTTP 404", "2001", 404, { __typename: "InputError", code: "NOT_FOUND", upstreamCode: 2001 }],
    ["F21: 2002", "2002", 200, { __typename: "UnavailableInContextError", code: "UNAVAILABLE_IN_CONTEXT", country: "GB" }],
    ["another 3xxx", "3001", 200, { __typename: "InputError", code: "INVALID", upstreamCode: 3001 }],
  ])("%s: is told of its line and does not stop the next", async (_, code, status, error) => {
    const id = await created();
    strike("basket/addItem", { kind: "status", status, body: errorXml(code), contentType: "text/xml" });
    const { basket, userErrors } = await add(id, dreams, iLoveYou);
    expect(userErrors).toEqual([{ ...error, field: ["lines", "0", "itemId"], retryable: false }]);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem"]);
  });

  it.each([
    ["429", 429, "Too many requests"],
    ["403", 403, "Your daily quota has been used up"],
  ])("F35: of the allowance, as %s, stops the rest, nothing was done, and nothing is sent before its time", async (_, status, body) => {
    const id = await created();
    strike("basket/addItem", { kind: "status", status, body, contentType: "text/plain", headers: { "Retry-After": "3600" } }, 1);
    const { basket, userErrors } = await add(id, dreams, iLoveYou, dreams);
    const limited = { __typename: "OperationError", code: "RATE_LIMITED", retryable: true };
    expect(userErrors).toEqual([{ ...limited, field: ["lines", "1", "itemId"] }, notSent("lines", "2", "itemId")]);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem"]);
    expect(await add(id, dreams)).toMatchObject({ userErrors: [{ ...limited, field: ["lines", "0", "itemId"] }] });
    expect(facade.calls()).toEqual([]);
    aheadMs += 3_600_000;
    expect(await add(id, dreams)).toMatchObject({ basket: { itemCount: 2 }, userErrors: [] });
  });

  it.each([
    ["with a key", "basket/addItem", `basketLinesAdd(input: { basketId: $id, lines: [{ itemId: "${dreams}" }] })`, 503],
    // That may be one method that is not for our key.
    ["signed", "basket/applyVoucher", `basketVoucherApply(input: { basketId: $id, code: "FREE-TRACK" })`, 200],
  ])(
    "F32: of our key, on a call %s, is an error of the operator's, not of the shopper's, nor the breaker's",
    async (_, method, field, ready) => {
      const id = await created();
      await add(id, iLoveYou);
      facade.calls();
      facade.sandbox.faults.add({
        method,
        times: 12,
        fault: {
          kind: "status",
          status: 401,
          body: "OAuth authentication error: Resource not found",
          contentType: "text/plain",
          // So that it is not our clock that is to blame.
          headers: { Date: new Date(Date.now() + aheadMs).toUTCString() },
        },
      });
      const operation = `mutation ($id: ID!) { payload: ${field} { userErrors { code } } }`;
      for (let nth = 0; nth < 12; nth += 1) {
        const { data, errors } = await facade.query(operation, { id });
        expect(data).toEqual({ payload: null });
        expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_AUTH" } }]);
      }
      expect(facade.calls()).toEqual(Array.from({ length: 12 }, () => method));
      expect((await fetch(new URL("/ready", facade.url))).status).toBe(ready);
      expect((await facade.query(operation, { id })).errors).toBeUndefined();
      expect((await fetch(new URL("/ready", facade.url))).status).toBe(200);
    },
  );
});

const basketXml = okXml(`<basket id="${guid}"><itemCount>0</itemCount><basketItems/></basket>`);
const xml = { "content-type": "text/xml" };
const head = "HTTP/1.1 200 OK\r\ncontent-type: text/xml\r\n";

let other: ClockedFacade | undefined;
afterEach(async () => {
  await other?.close();
  other = undefined;
});

/** A façade that asks some other upstream. */
async function facadeOn(url: string, timeoutMs = 600): Promise<ClockedFacade> {
  other = await startFacadeOn(url, { SEVENDIGITAL_TIMEOUT_MS: String(timeoutMs) });
  return other;
}

/** Does so to one call, and answers all others with an empty basket. */
function misbehaving(behaviour: Behaviour, atCall = 1): Promise<FakeUpstream> {
  return fakeUpstream((response, asked, nth) => (nth === atCall ? behaviour(response, asked, nth) : respond(basketXml)(response)));
}

function pathsOf({ asked }: FakeUpstream): readonly string[] {
  return asked.map(({ path }) => path.replace("/1.2/", ""));
}

describe("a connection that never comes to stand", () => {
  async function expectNotSent(url: string): Promise<void> {
    const on = await facadeOn(url, 5000);
    const { basket, userErrors } = await addOn(on, guid, dreams, iLoveYou);
    expect(basket).toBeNull();
    expect(userErrors).toEqual([notSent("lines", "0", "itemId"), notSent("lines", "1", "itemId")]);
  }

  it.each([
    ["F1: because it is refused", "http://127.0.0.1:1"],
    ["F2: because the name has no address", "http://nowhere.invalid"],
  ])("%s, proves that nothing was sent, and nothing more is", (_, url) => expectNotSent(url));

  it("F3: because its handshake is never answered, proves the same", async () => {
    const silent = await fakeUpstream(silence);
    await expectNotSent(silent.url.replace("http:", "https:"));
    expect(silent.sockets).toHaveLength(1);
  });

  it("F4: because nobody vouches for the certificate, proves the same, and it is not tried without TLS", async () => {
    const { private: key, cert } = await generate([{ name: "commonName", value: "nobody" }]);
    const upstream = await fakeUpstream(respond(basketXml), { tls: { key, cert } });
    await expectNotSent(upstream.url);
    expect([upstream.sockets.length, upstream.asked]).toEqual([1, []]);
  });
});

describe("an answer that cannot be believed", () => {
  const rows: [string, Behaviour][] = [
    ["F7: closed before the headers", sendRaw("", "end")],
    ["F8: fewer bytes than announced", sendRaw(`${head}content-length: 500\r\n\r\n<response`, "end")],
    ["F8: reset within a body", sendRaw(`${head}content-length: 500\r\n\r\n<response`, "reset")],
    ["F9: a chunk cut short", sendRaw(`${head}transfer-encoding: chunked\r\n\r\nff\r\n<response`, "end")],
    ["F10: closed instead of ended", sendRaw(`${head}connection: close\r\n\r\n${basketXml.slice(0, 90)}`, "end")],
    ["F11: a body that drips for ever", drip(`${head}content-length: 5000\r\n\r\n`)],
    ["F12: headers that drip for ever", drip("HTTP/1.1 200 OK\r\nx-drip: ")],
    ["F13: a gzip bomb", respond(gzipSync(Buffer.alloc(50_000_000)), 200, { ...xml, "content-encoding": "gzip" })],
    ["F15: gzip cut short", respond(gzipSync(basketXml).subarray(0, 60), 200, { ...xml, "content-encoding": "gzip" })],
    ["F42: no HTTP at all", sendRaw("SSH-2.0-OpenSSH\r\n", "end")],
    ["F43: headers above 16 KB", sendRaw(`${head}x-long: ${"a".repeat(40_000)}\r\n\r\n`, "end")],
    ["F44: bytes that are no UTF-8", respond(Buffer.from(basketXml.replace("<itemCount>", "<note>caf\xe9</note><itemCount>"), "latin1"))],
    ["F47: names that every object has", respond(okXml("<__proto__><itemCount>1</itemCount></__proto__><constructor/>"))],
  ];

  it.each(rows)("%s: is not clear, and the write is not sent again", async (_, behaviour) => {
    const upstream = await misbehaving(behaviour);
    const on = await facadeOn(upstream.url);
    const { basket, userErrors } = await addOn(on, guid, dreams);
    expect(userErrors).toEqual([unknown("lines", "0", "itemId")]);
    expect(basket).toMatchObject({ itemCount: 0 });
    expect(await addOn(on, guid, dreams)).toMatchObject({ basket: { itemCount: 0 }, userErrors: [] });
    expect(pathsOf(upstream)).toEqual(["basket/addItem", "basket", "basket/addItem"]);
  });

  it("F15: not so a whole answer that is said to be gzip and is plain", async () => {
    const upstream = await misbehaving(respond(basketXml, 200, { ...xml, "content-encoding": "gzip" }));
    expect((await addOn(await facadeOn(upstream.url), guid, dreams)).userErrors).toEqual([]);
    expect(pathsOf(upstream)).toEqual(["basket/addItem"]);
  });

  it("F49: because the kept connection is closed at the moment of sending, is not clear either", async () => {
    const upstream = await misbehaving((response) => response.destroy(), 2);
    const on = await facadeOn(upstream.url);
    await addOn(on, guid, dreams);
    expect(upstream.sockets).toHaveLength(1);
    expect((await addOn(on, guid, dreams)).userErrors).toEqual([unknown("lines", "0", "itemId")]);
    expect(pathsOf(upstream)).toEqual(["basket/addItem", "basket/addItem", "basket"]);
  });

  it.each([301, 302, 307, 308])("F39: HTTP %i is not followed by what is signed, and nobody there is told anything", async (status) => {
    const elsewhere = await fakeUpstream((response) => response.end(basketXml));
    const upstream = await misbehaving(respond("", status, { location: `${elsewhere.url}/1.2/basket/applyVoucher` }));
    const { userErrors } = await redeemOn(await facadeOn(upstream.url), guid, "FREE-TRACK");
    expect(userErrors).toEqual([unknown("code")]);
    expect(elsewhere.sockets).toEqual([]);
    expect(pathsOf(upstream)).toEqual(["basket/applyVoucher", "basket"]);
  });
});

describe("an unusual answer that is one all the same", () => {
  const line = `<basketItem id="7"><itemName><![CDATA[Café & Bar]]></itemName><trackId xsi:nil="true"/><releaseId>155408</releaseId></basketItem>`;
  const full = okXml(`<basket id="${guid}"><itemCount>1</itemCount><basketItems>${line}</basketItems></basket>`).replace(
    "<response",
    '<response xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"',
  );
  const latin = { "content-type": "text/xml; charset=windows-1252" };
  const garbage = { ...xml, "x-ratelimit-limit": "-1", "x-ratelimit-current": "many", "x-ratelimit-reset": "" };
  const size = String(Buffer.byteLength(full));

  it.each<[string, Behaviour]>([
    ["F38: beside an allowance that is garbage", respond(full, 200, garbage)],
    [
      "F41: after an interim one",
      sendRaw(`HTTP/1.1 103 Early Hints\r\nlink: </x>\r\n\r\n${head}content-length: ${size}\r\n\r\n${full}`, "end"),
    ],
    ["F44: in windows-1252, as it declares", respond(Buffer.from(full.replace("utf-8", "windows-1252"), "latin1"), 200, latin)],
    ["F45: behind a byte order mark, with CDATA, nil and a single line", respond(`\uFEFF${full}`)],
  ])("%s", async (_, behaviour) => {
    const upstream = await misbehaving(behaviour);
    const field = `basketLinesAdd(input: { basketId: "${guid}", lines: [{ itemId: "${dreams}" }] })`;
    const payload = await mutate(
      await facadeOn(upstream.url),
      `${field} { basket { itemCount lines { lineId title } } userErrors { code } }`,
    );
    expect(payload).toEqual({ basket: { itemCount: 1, lines: [{ lineId: "7", title: "Café & Bar" }] }, userErrors: [] });
    expect(pathsOf(upstream)).toEqual(["basket/addItem"]);
  });

  it.each([
    ["`amount`", "<amount>7.99</amount>", "7.99"],
    ["`value`", "<value>7.99</value><formattedPrice>£7.99</formattedPrice>", "7.99"],
    ["nothing", "<value/><formattedPrice>N/A</formattedPrice>", undefined],
  ])("F48: what is due is read from %s", async (_, due, amount) => {
    const body = okXml(`<basket id="${guid}"><basketItems/><amountDue><currency code="GBP">£</currency>${due}</amountDue></basket>`);
    const upstream = await misbehaving(respond(body));
    const field = `basketLinesAdd(input: { basketId: "${guid}", lines: [{ itemId: "${dreams}" }] })`;
    const payload = await mutate(
      await facadeOn(upstream.url),
      `${field} { basket { amountDue { amount } lines { lineId } } userErrors { code } }`,
    );
    expect(payload).toEqual({ basket: { amountDue: amount === undefined ? null : { amount }, lines: [] }, userErrors: [] });
  });
});

it("F64: a line is sent as often as it is asked for, though the answer may be kept for days", async () => {
  const upstream = await fakeUpstream(respond(basketXml, 200, { ...xml, "cache-control": "max-age=432000" }));
  const on = await facadeOn(upstream.url);
  for (let nth = 0; nth < 2; nth += 1) expect((await addOn(on, guid, dreams)).userErrors).toEqual([]);
  expect(pathsOf(upstream)).toEqual(["basket/addItem", "basket/addItem"]);
});

it("F33: what is signed at the wrong time is signed and sent once more, with another nonce", async () => {
  const theirs = Date.now() + 20 * 60_000;
  const refusal = respond("OAuth timestamp is out of bounds", 401, { date: new Date(theirs).toUTCString() });
  const upstream = await misbehaving(refusal);
  expect((await redeemOn(await facadeOn(upstream.url), guid, "FREE-TRACK")).userErrors).toEqual([]);
  expect(pathsOf(upstream)).toEqual(["basket/applyVoucher", "basket/applyVoucher"]);
  const signed = (name: string) =>
    upstream.asked.map(({ headers }) => new RegExp(`oauth_${name}="([^"]+)"`).exec(headers.authorization ?? "")?.[1]);
  const [first, second] = signed("timestamp").map(Number);
  expect(Math.abs(Number(second) - theirs / 1000)).toBeLessThan(15);
  expect(Number(second) - Number(first)).toBeGreaterThan(1000);
  expect(new Set(signed("nonce")).size).toBe(2);
});

describe("an allowance of calls", () => {
  const used = (calls: string): Behaviour =>
    respond(basketXml, 200, { ...xml, "x-ratelimit-limit": "1000", "x-ratelimit-current": calls, "x-ratelimit-reset": "600" });

  it("F36: of which little is left is kept for baskets, not for the catalogue", async () => {
    const upstream = await misbehaving(used("950"));
    const on = await facadeOn(upstream.url);
    await addOn(on, guid, dreams);
    expect((await on.query(`{ artist(id: "1") { name } }`)).errors).toMatchObject([{ extensions: { code: "QUOTA_RESERVED" } }]);
    expect((await addOn(on, guid, dreams)).userErrors).toEqual([]);
    expect(pathsOf(upstream)).toEqual(["basket/addItem", "basket/addItem"]);
  });

  it("F37: that is spent keeps a line from being sent until it starts again", async () => {
    const upstream = await misbehaving(used("1000"));
    const on = await facadeOn(upstream.url);
    await addOn(on, guid, dreams);
    const limited = { __typename: "OperationError", code: "RATE_LIMITED", field: ["lines", "0", "itemId"], retryable: true };
    expect((await addOn(on, guid, dreams)).userErrors).toEqual([limited]);
    expect(pathsOf(upstream)).toEqual(["basket/addItem"]);
    on.pass(601);
    expect((await addOn(on, guid, dreams)).userErrors).toEqual([]);
  });
});

it("F58: a dead catalogue keeps no line from being sent", async () => {
  const id = await created();
  facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "status", status: 503 } });
  for (let nth = 1; nth <= 12; nth += 1) await facade.query(`{ artist(id: "${String(nth)}") { name } }`);
  expect((await facade.metrics()).split("\n")).toContain('sevendigital_graphql_breaker_state{calls="read"} 2');
  facade.calls();
  expect(await add(id, dreams)).toMatchObject({ basket: { itemCount: 1 }, userErrors: [] });
  expect(facade.calls()).toEqual(["basket/addItem"]);
});
