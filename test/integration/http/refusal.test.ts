/** When a result is an answer, and when it is none: by GraphQL over HTTP, and as clients see it. */
import { GraphQLError } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { presentError } from "../../../src/operation/errors.js";
import { rejectedIfNothing } from "../../../src/operation/result-status.js";
import { UpstreamError } from "../../../src/upstream/errors.js";
import { tell } from "../../support/asking.js";
import { startFacade, type Facade } from "../../support/facade.js";
import { until } from "../../support/stand.js";

const presented = (error: GraphQLError) => presentError(error, () => undefined);
const full = new UpstreamError("OVERLOADED", "Too many calls wait.", { method: "artist/details", notSent: true });
const over = (...path: (string | number)[]) => new GraphQLError(full.message, { path, originalError: full });
const wrong = (...path: (string | number)[]) => new GraphQLError("Send another.", { path, extensions: { code: "BAD_USER_INPUT" } });
const failed = (...path: (string | number)[]) => new GraphQLError("It failed.", { path, originalError: new Error("?") });

describe("a result is an answer", () => {
  it.each([
    ["with a part of the data", { a: { id: "1" }, b: null }, [over("b")]],
    ["with a null that nothing failed for", { a: null, b: null }, [over("b")]],
    ["with such a null beside what is wrong", { a: null, b: null }, [wrong("b")]],
    ["that failed below its root", { a: [null] }, [over("a", 0)]],
    ["that failed for more than one reason", { a: null, b: null }, [over("a"), failed("b")]],
    ["that failed for another reason", { a: null }, [failed("a")]],
    ["whose every field is wrong", { a: null, b: null }, [wrong("a"), wrong("b")]],
    ["without any data, because its root may not be null", null, [wrong("a")]],
    ["that is wrong in one field and has no room for another", { a: null, b: null }, [wrong("a"), over("b")]],
    ["without errors", { a: null }, undefined],
  ])("%s", (_what, data, errors) => {
    const result = { data, errors: (errors ?? []).map(presented) };
    expect(rejectedIfNothing(result)).toBe(result);
  });
});

describe("a result is none", () => {
  it.each([
    ["where every field has no room", { a: null, b: null }, [over("a"), over("b")], 503],
    ["where a field below has none and its parents may not be null", { a: null }, [over("a", "b", "c")], 503],
    ["where the root itself may not be null", null, [over("a")], 503],
  ])("%s", (_what, data, errors, status) => {
    const refused = rejectedIfNothing({ data, errors: errors.map(presented) });
    expect(Object.keys(refused)).toEqual(["errors"]);
    for (const error of refused.errors) expect(error.extensions.http).toMatchObject({ status });
  });
});

describe("with one connection to 7digital, which is taken", () => {
  let facade: Facade;
  let taken: Promise<unknown>;
  beforeAll(async () => {
    facade = await startFacade({ environment: { SEVENDIGITAL_MAX_CONNECTIONS: "1", SEVENDIGITAL_MAX_WAITING: "0" } });
    facade.sandbox.faults.add({ method: "artist/details", fault: { kind: "delay", ms: 4000 } });
    taken = facade.query(`{ artist(id: "1") { name } }`);
    await until(async () => (await facade.metrics()).includes("upstream_in_flight 1"), "7digital is asked");
  });
  afterAll(async () => {
    await taken;
    await facade.close();
  });

  const overloaded = { extensions: { code: "OVERLOADED" } };
  const many = Array.from({ length: 15 }, (_, n) => `a${String(n)}: artist(id: "2") { name }`).join(" ");

  it.each(["application/graphql-response+json", "application/json"])(
    "an operation of which nothing comes is 503 without data, and the rest is answered with 200: %s",
    async (accept) => {
      for (const query of [`{ artist(id: "2") { name } }`, `{ ${many} }`]) {
        const nothing = await tell(facade.url, { query }, { accept });
        expect([nothing.status, nothing.headers["retry-after"], nothing.errors]).toMatchObject([503, "1", [overloaded]]);
        expect(JSON.parse(nothing.text)).not.toHaveProperty("data");
      }
      const part = await tell(facade.url, { query: `{ storeContext { country } artist(id: "2") { name } }` }, { accept });
      expect(part).toMatchObject({ status: 200, data: { storeContext: { country: "GB" }, artist: null }, errors: [overloaded] });
      const nobody = await tell(facade.url, { query: `{ viewer { addCardUrl } artist(id: "2") { name } }` }, { accept });
      expect(nobody).toMatchObject({ status: 200, data: { viewer: null, artist: null }, errors: [{ ...overloaded, path: ["artist"] }] });
      expect(nobody.headers["retry-after"]).toBeUndefined();
    },
  );
});
