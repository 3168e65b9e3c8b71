/** Symptom: an empty `Authorization` header was HTTP 401 even for the public catalogue. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
afterAll(() => facade.close());

const query = `{ artist(id: "1") { name } }`;
const none = ["", "  ", "Bearer", "Bearer ", "bearer null", "BEARER  undefined", "Bearer\tnull", "Bearer NULL"];
const credentials = ["x-7d-oauth-token", "x-7d-oauth-token-secret", "x-7d-user-id", "x-7d-operator-secret", "x-7d-gateway-secret"];

async function post(headers: Record<string, string>) {
  const sent = { ...headers, "content-type": "application/json" };
  const response = await fetch(facade.url, { method: "POST", headers: sent, body: JSON.stringify({ query }) });
  return { status: response.status, body: (await response.json()) as unknown };
}

const guest = { status: 200, body: { data: { artist: { name: "Keane" } } } };

describe("an empty Authorization header is no credential", () => {
  it.each(none)("Authorization: %j", async (authorization) => {
    expect(await post({ authorization })).toMatchObject(guest);
    const got = await fetch(`${facade.url}?query=${encodeURIComponent(query)}`, { headers: { authorization } });
    expect([got.status, await got.json()]).toMatchObject([200, guest.body]);
  });

  it.each(credentials)("%s is empty, alone and beside an empty Authorization", async (name) => {
    expect(await post({ [name]: "" })).toMatchObject(guest);
    expect(await post({ [name]: " ", authorization: "Bearer undefined" })).toMatchObject(guest);
  });
});

describe("any other value is rejected", () => {
  it.each(["Basic abc", "abc", "null", "Bearer a b", "Bearer nullx", "Bearer null null", "Token"])(
    "Authorization: %j",
    async (authorization) => {
      const errors = [
        { message: expect.stringContaining("Sign in again, or send none.") as unknown, extensions: { code: "UNAUTHENTICATED" } },
      ];
      expect(await post({ authorization })).toMatchObject({ status: 401, body: { errors } });
    },
  );

  it.each(credentials)("%s is wrong beside an empty Authorization", async (name) => {
    expect(await post({ [name]: "wrong", authorization: "Bearer" })).toMatchObject({ status: 401 });
  });
});
