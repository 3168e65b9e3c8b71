import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import { createCatalogue } from "../../../src/sandbox/catalogue/catalogue.js";
import { DailyLimit } from "../../../src/sandbox/api/daily-limit.js";
import { respond, type Gateway } from "../../../src/sandbox/api/gateway.js";
import { Journal } from "../../../src/sandbox/api/journal.js";
import { method, type Auth, type Verb } from "../../../src/sandbox/api/method.js";
import { MethodTable, parametersInPath } from "../../../src/sandbox/api/method-table.js";
import { NonceMemory } from "../../../src/sandbox/oauth/signature-check.js";
import type { Pair } from "../../../src/sandbox/http/request.js";
import { createState } from "../../../src/sandbox/shop/state.js";
import { element } from "../../../src/sandbox/api/xml.js";

const nowMs = Date.UTC(2026, 4, 17, 12);

function gatewayTo(auth: Auth, answer = () => element("done", "")): Gateway {
  const only = method({ path: "user/thing", auth, maxAgeSeconds: null, parameters: {}, answer });
  const methods = new MethodTable([only]);
  const catalogue = createCatalogue();
  return {
    ...createState(catalogue),
    methods,
    catalogue,
    dailyLimit: new DailyLimit(10),
    nonces: new NonceMemory(),
    maxPageSize: 500,
    images: "7digital",
  };
}

function call(gateway: Gateway, query: readonly Pair[]) {
  const path = "/1.2/user/thing";
  const request = {
    verb: "GET",
    path,
    secure: true,
    host: "sandbox",
    port: 443,
    query,
    form: [],
    authorization: [],
    body: "",
    origin: "",
    cookie: "",
    range: "",
  };
  return respond(gateway, gateway.methods.find(path, "GET"), request, { nowMs });
}

/** Nothing in these parameters needs encoding, and they stand in the order of their names. */
function signed(nonce: string, token?: string): Pair[] {
  const pairs: Pair[] = [
    ["oauth_consumer_key", "sandbox"],
    ["oauth_nonce", nonce],
    ["oauth_signature_method", "HMAC-SHA1"],
    ["oauth_timestamp", String(nowMs / 1000)],
    ...(token === undefined ? [] : [["oauth_token", token] as const]),
  ];
  const normalized = pairs.map(([name, value]) => `${name}=${value}`).join("&");
  const base = `GET&${encodeURIComponent("https://sandbox/1.2/user/thing")}&${encodeURIComponent(normalized)}`;
  const key = `sandbox-secret&${token === undefined ? "" : "demo-token-secret"}`;
  return [...pairs, ["oauth_signature", createHmac("sha1", key).update(base).digest("base64")]];
}

describe("a method that wants a signature", () => {
  it("is not reached with a consumer key alone", () => {
    const { status, body } = call(gatewayTo("signed"), [["oauth_consumer_key", "sandbox"]]);
    expect([status, body]).toEqual([401, "OAuth authentication error: Not authorised - no user credentials provided"]);
  });

  it("is reached with one", () => {
    expect(call(gatewayTo("signed"), signed("a")).status).toBe(200);
  });
});

describe("a method that wants a user", () => {
  it("is not reached without a user's token", () => {
    const { status, body } = call(gatewayTo("user"), signed("a"));
    expect([status, body]).toEqual([401, "OAuth authentication error: Access to resource denied"]);
  });

  it("is reached with one", () => {
    expect(call(gatewayTo("user"), signed("a", "demo-token")).status).toBe(200);
  });
});

it("answers what nobody foresaw with 9001", () => {
  const broken = gatewayTo("consumer-key", () => {
    throw new Error("a hole in the catalogue");
  });
  const { status, body } = call(broken, [["oauth_consumer_key", "k"]]);
  expect(status).toBe(500);
  expect(body).toMatch(/<error code="9001">[^]*a hole in the catalogue/);
});

it("keeps the latest five thousand calls in the journal and counts all", () => {
  const journal = new Journal();
  for (let at = 0; at < 5003; at++) {
    journal.add({ at, verb: "GET", method: "status", secure: false, signed: false, status: 200 }, []);
  }
  expect([journal.entries().length, journal.entries()[0]?.at, journal.count(), journal.count("status")]).toEqual([5000, 3, 5003, 5003]);
});

describe("a method in a path", () => {
  const at = (path: string, verbs: readonly Verb[] = ["GET"]) =>
    method({ path, verbs, auth: "consumer-key", maxAgeSeconds: null, parameters: {}, answer: () => null });
  const update = at("users/{id}/update", ["PUT"]);
  const read = at("user/thing");
  const write = at("user/thing", ["POST"]);
  const literal = at("lists/tags");
  const placed = at("lists/{id}");
  const table = new MethodTable([update, read, write, placed, literal]);

  it.each([
    ["/1.2/users/7/update", "PUT", update],
    ["/1.2/Users/7/Update/", "GET", update],
    ["/1.2/users/7/8/update", "PUT", undefined],
    ["/1.2/users//update", "PUT", undefined],
    ["/1.2/user/thing", "GET", read],
    ["/1.2/user/thing", "POST", write],
    ["/1.2/user/thing", "DELETE", read],
    ["/1.2/lists/tags", "GET", literal],
    ["/1.2/lists/tagged", "GET", placed],
    ["/user/thing", "GET", undefined],
  ])("%s by %s", (path, verb, found) => {
    expect(table.find(path, verb)).toBe(found);
  });

  it("has its parameters decoded", () => {
    expect(parametersInPath(update, "/1.2/users/a%2Fb%20c/update")).toEqual([["id", "a/b c"]]);
    expect(parametersInPath(update, "/1.2/users/50%/update")).toEqual([["id", "50%"]]);
    expect(parametersInPath(read, "/1.2/user/thing")).toEqual([]);
  });
});
