/** What a client sees when a change to a basket goes wrong on the way: rows of the fault matrix for basket writes. What may have been done
 *  is never sent again; the basket is looked at once instead. */
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Fault } from "../../src/sandbox/faults.js";
import { startFacade, type Facade } from "../support/facade.js";
import { errorXml, httpUpstream, tcpUpstream } from "../upstream/faulty-upstream.js";

let facade: Facade;

beforeEach(async () => {
  facade = await startFacade({ environment: { SEVENDIGITAL_TIMEOUT_MS: "400", CACHE_MAX_BYTES: "0" } });
});

afterEach(async () => {
  await facade.close();
});

const errorFields = `__typename code field retryable ... on InputError { upstreamCode } ... on UnavailableInContextError { country }`;
const basketFields = `basket { itemCount lines { id discount } } userErrors { ${errorFields} }`;
const guid = "11111111-2222-3333-4444-555555555555";

interface Payload {
  readonly basket: { readonly id: string; readonly itemCount: number; readonly lines: readonly { readonly id: string }[] } | null;
  readonly addedLines?: readonly { readonly id: string }[];
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
  return mutate(on, `basketLinesAdd(basketId: "${id}", lines: [${lines}]) { ${basketFields} addedLines { id } }`);
}

const remove = (id: string, ...lineIds: readonly string[]): Promise<Payload> =>
  mutate(facade, `basketLinesRemove(basketId: "${id}", lineIds: ${JSON.stringify(lineIds)}) { ${basketFields} }`);

const redeem = (id: string, code: string): Promise<Payload> =>
  mutate(facade, `basketVoucherApply(basketId: "${id}", code: "${code}") { ${basketFields} }`);

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
  ["F5 no answer in time, nothing done", { kind: "hang", when: "before" }],
  ["F5 no answer in time, all done", { kind: "hang", when: "after" }],
  ["F6 reset before", { kind: "reset", when: "before" }],
  ["F6 reset after", { kind: "reset", when: "after" }],
  ["F14 too many bytes", ok(" ".repeat(5 * 1024 * 1024), "after")],
  ["F16 a page for people", ok("<html><body>Maintenance</body></html>", "before")],
  ["F17 an empty body", ok("", "after")],
  ["F17 plain text", ok("all is well", "after")],
  ["F17 JSON", { kind: "status", status: 200, body: `{"status":"ok"}`, contentType: "application/json", when: "after" }],
  ["F18 XML cut short", { kind: "truncate", bytes: 120 }],
  ["F26 7digital's 7001", ok(errorXml("7001"), "after")],
  ["F26 7digital's 9001", ok(errorXml("9001"), "before")],
  ["F27 7digital's 7003", ok(errorXml("7003"), "after")],
  ["F28 a code that nobody knows", ok(errorXml("4242"), "after")],
  ["F28 a code that is no number", ok(errorXml("seven"), "after")],
  ["F29 ok without a basket", ok(`<response status="ok" version="1.2"/>`, "after")],
  ["F30 two roots", ok(`<response status="ok"/><response status="ok"/>`, "after")],
  ["F46 a DOCTYPE", ok(`<!DOCTYPE a [<!ENTITY b "c">]><response status="ok"><basket id="${guid}"/></response>`, "after")],
  ["F47 a thousand levels", ok(`<response status="ok">${"<a>".repeat(1000)}${"</a>".repeat(1000)}</response>`, "after")],
  ["F30 neither ok nor error", ok(`<response status="bang" version="1.2"/>`, "after")],
  ["F34 HTTP 500", { kind: "status", status: 500, when: "after" }],
  ["F34 HTTP 503", { kind: "status", status: 503, when: "before" }],
  ["F39 a redirect", { kind: "status", status: 302, headers: { Location: "http://127.0.0.1:1/" }, when: "after" }],
];

describe("a line whose outcome is not clear", () => {
  it.each(unclear)("is sent once and the basket is looked at: %s", async (_, fault) => {
    const id = await created();
    strike("basket/addItem", fault);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou);
    expect(facade.calls()).toEqual(["basket/addItem", "basket"]);
    expect(userErrors).toEqual([unknown("lines", "0", "itemId"), notSent("lines", "1", "itemId")]);
    const wasDone = fault.kind === "truncate" || fault.when === "after";
    expect(basket).toMatchObject({ itemCount: wasDone ? 1 : 0 });
    expect(addedLines).toEqual([]);
  });

  it("counts as added where the basket was known and shows one new line with the item since", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "after" }, 1);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou, dreams);
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem", "basket", "basket/addItem"]);
    expect(userErrors).toEqual([]);
    expect(basket).toMatchObject({ itemCount: 3 });
    expect(addedLines).toHaveLength(3);
  });

  it("stays unknown where the basket does not show it, for it may still come", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "before" }, 1);
    const { basket, addedLines, userErrors } = await add(id, dreams, iLoveYou, dreams);
    expect(userErrors).toEqual([unknown("lines", "1", "itemId"), notSent("lines", "2", "itemId")]);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(addedLines).toHaveLength(1);
  });

  it("leaves the payload the basket that was last told where looking fails as well", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "after" }, 1);
    facade.sandbox.faults.add({ method: "basket", fault: { kind: "status", status: 500 } });
    const { basket, userErrors } = await add(id, dreams, iLoveYou);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(userErrors).toEqual([unknown("lines", "1", "itemId")]);
    // The look is a read, which has its second try.
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem", "basket", "basket"]);
  });

  it("does not keep the basket from the next request", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "reset", when: "before" });
    const [, second] = await Promise.all([add(id, dreams), add(id, iLoveYou)]);
    expect(second).toMatchObject({ basket: { itemCount: 1 }, userErrors: [] });
  });
});

describe("taking out a line whose outcome is not clear", () => {
  it("is done where the basket does not show the line any more", async () => {
    const id = await created();
    const { addedLines = [] } = await add(id, dreams, iLoveYou);
    const [first = "", second = ""] = addedLines.map((line) => line.id);
    facade.calls();
    strike("basket/removeItem", { kind: "reset", when: "after" });
    expect(await remove(id, first, second)).toMatchObject({ basket: { itemCount: 0 }, userErrors: [] });
    expect(facade.calls()).toEqual(["basket/removeItem", "basket", "basket/removeItem"]);
  });

  it("is unknown where it still does", async () => {
    const id = await created();
    const { addedLines = [] } = await add(id, dreams, iLoveYou);
    const [first = "", second = ""] = addedLines.map((line) => line.id);
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
  ] as const)("is not sent again, and what is due shows: %s", async (_, fault, discount) => {
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
  it("is not known to anybody, so making another one is right", async () => {
    strike("basket/create", { kind: "reset", when: "after" });
    const payload = await mutate(facade, `basketCreate { ${basketFields} }`);
    expect(payload).toEqual({ basket: null, userErrors: [{ ...unknown(), field: null, retryable: true }] });
    expect(facade.calls()).toEqual(["basket/create"]);
  });
});

describe("a clear refusal", () => {
  it.each([
    ["F22 1001", "1001", { __typename: "InputError", code: "INVALID", upstreamCode: 1001 }],
    ["F19 2001", "2001", { __typename: "InputError", code: "NOT_FOUND", upstreamCode: 2001 }],
    ["F21 2002", "2002", { __typename: "UnavailableInContextError", code: "UNAVAILABLE_IN_CONTEXT", country: "GB" }],
    ["another 3xxx", "3001", { __typename: "InputError", code: "INVALID", upstreamCode: 3001 }],
  ])("is told of its line and does not stop the next: %s", async (_, code, error) => {
    const id = await created();
    strike("basket/addItem", ok(errorXml(code), "before"));
    const { basket, userErrors } = await add(id, dreams, iLoveYou);
    expect(userErrors).toEqual([{ ...error, field: ["lines", "0", "itemId"], retryable: false }]);
    expect(basket).toMatchObject({ itemCount: 1 });
    expect(facade.calls()).toEqual(["basket/addItem", "basket/addItem"]);
  });

  it("of the allowance stops the rest, and nothing was done", async () => {
    const id = await created();
    strike("basket/addItem", { kind: "status", status: 429, body: "Too many requests", contentType: "text/plain" }, 1);
    const { basket, userErrors } = await add(id, dreams, iLoveYou, dreams);
    expect(userErrors).toEqual([
      { __typename: "OperationError", code: "RATE_LIMITED", field: ["lines", "1", "itemId"], retryable: true },
      notSent("lines", "2", "itemId"),
    ]);
    expect(basket).toMatchObject({ itemCount: 1 });
  });

  it("of our key is an error of the operator's, not of the shopper's", async () => {
    const id = await created();
    strike("basket/addItem", {
      kind: "status",
      status: 401,
      body: "OAuth authentication error: Resource not found",
      contentType: "text/plain",
    });
    const { data, errors } = await facade.query(
      `mutation { basketLinesAdd(basketId: "${id}", lines: [{ itemId: "${dreams}" }]) { userErrors { code } } }`,
    );
    expect(data).toEqual({ basketLinesAdd: null });
    expect(errors).toMatchObject([{ extensions: { code: "UPSTREAM_AUTH" } }]);
    expect(facade.calls()).toEqual(["basket/addItem"]);
  });
});

/** A façade that asks some other upstream. */
async function facadeOn<T>(url: string, use: (on: Facade) => Promise<T>): Promise<T> {
  const environment = { SEVENDIGITAL_BASE_URL: `${url}/1.2`, SEVENDIGITAL_SECURE_BASE_URL: `${url}/1.2`, SEVENDIGITAL_TIMEOUT_MS: "400" };
  const on = await startFacade({ environment });
  try {
    return await use(on);
  } finally {
    await on.close();
  }
}

describe("a connection that is refused", () => {
  it("proves that nothing was sent, and nothing more is [F1]", async () => {
    await facadeOn("http://127.0.0.1:1", async (on) => {
      const { basket, userErrors } = await addOn(on, guid, dreams, iLoveYou);
      expect(basket).toBeNull();
      expect(userErrors).toEqual([notSent("lines", "0", "itemId"), notSent("lines", "1", "itemId")]);
    });
  });
});

const basketXml = `<response status="ok" version="1.2"><basket id="${guid}"><itemCount>0</itemCount><basketItems/></basket></response>`;

describe("an answer that breaks off", () => {
  /** What is sent, and whether the connection is closed then. */
  const broken: [string, string, boolean][] = [
    ["F7 closed before the headers", "", true],
    ["F8 fewer bytes than announced", `HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n<response`, true],
    ["F9 a chunk cut short", `HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nff\r\n<response`, true],
    ["F10 closed instead of ended", `HTTP/1.1 200 OK\r\n\r\n${basketXml.slice(0, 90)}`, true],
    ["F12 headers that never end", `HTTP/1.1 200 OK\r\nx-drip: `, false],
    ["F42 no HTTP at all", "SSH-2.0-OpenSSH\r\n", true],
  ];

  it.each(broken)("is not clear, and the write is not sent again: %s", async (_, text, closes) => {
    const whole = `HTTP/1.1 200 OK\r\ncontent-length: ${String(basketXml.length)}\r\n\r\n${basketXml}`;
    const upstream = await tcpUpstream((socket, nth) => {
      if (nth > 1) socket.end(whole);
      else if (closes) socket.end(text);
      else socket.write(text);
    });
    const { basket, userErrors } = await facadeOn(upstream.url, (on) => addOn(on, guid, dreams));
    expect(userErrors).toEqual([unknown("lines", "0", "itemId")]);
    expect(basket).toMatchObject({ itemCount: 0 });
    expect(upstream.asked.map(({ path }) => path)).toEqual(["/1.2/basket/addItem", "/1.2/basket"]);
  });

  it.each([
    ["F11 a body that drips for ever", undefined],
    ["F13 a gzip bomb", gzipSync(Buffer.alloc(20 * 1024 * 1024))],
    ["F15 gzip cut short", gzipSync(basketXml).subarray(0, 60)],
  ])("is not clear either: %s", async (_, zipped) => {
    const upstream = await httpUpstream((response, _asked, nth) => {
      if (nth > 1) response.end(basketXml);
      else if (zipped === undefined) response.writeHead(200).write(basketXml.slice(0, 30));
      else response.writeHead(200, { "content-encoding": "gzip" }).end(zipped);
    });
    const { userErrors } = await facadeOn(upstream.url, (on) => addOn(on, guid, dreams));
    expect(userErrors).toEqual([unknown("lines", "0", "itemId")]);
    expect(upstream.asked.map(({ path }) => path)).toEqual(["/1.2/basket/addItem", "/1.2/basket"]);
  });
});
