/** Symptom: a page of a development server on another port could not call the embedded sandbox. */
import { afterEach, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade | undefined;
afterEach(() => facade?.close());

const demo = { user: { key: "demo-token", secret: "demo-token-secret" }, returnsHere: true };
const loopback = ["http://localhost:5173", "http://127.0.0.1:3000", "http://[::1]:8080", "http://localhost"];
const foreign = [
  "https://shop.example",
  "http://localhost.evil.example:5173",
  "http://localhost:5173.evil.example",
  "http://127.0.0.2:3000",
  "null",
];

async function allowedOrigins(url: string, origin: string) {
  const preflight = await fetch(url, {
    method: "OPTIONS",
    headers: { origin, "access-control-request-method": "POST", "access-control-request-headers": "authorization,content-type" },
  });
  const headers = { origin, "content-type": "application/json" };
  const sent = await fetch(url, { method: "POST", headers, body: JSON.stringify({ query: "{ __typename }" }) });
  return {
    origins: [preflight, sent].map((response) => response.headers.get("access-control-allow-origin")),
    headers: preflight.headers.get("access-control-allow-headers"),
    status: sent.status,
  };
}

describe("CORS on loopback origins", () => {
  it("is allowed on the embedded sandbox, with Authorization, and for no other origin", async () => {
    facade = await startFacade({ demo });
    for (const origin of loopback) {
      const expected = { origins: [origin, origin], headers: "authorization, content-type", status: 200 };
      expect(await allowedOrigins(facade.url, origin)).toEqual(expected);
    }
    for (const origin of foreign) {
      expect(await allowedOrigins(facade.url, origin)).toEqual({ origins: [null, null], headers: null, status: 200 });
    }
  });

  it("is not allowed in any other mode", async () => {
    facade = await startFacade();
    for (const origin of loopback) expect((await allowedOrigins(facade.url, origin)).origins).toEqual([null, null]);
  });
});
