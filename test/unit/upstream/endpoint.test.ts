/** A declaration is the only place that knows a method's parameters: wrong ones do not compile. The calls below are never made; that
 *  this file compiles is the test, and `@ts-expect-error` fails it where a mistake would pass. */
import { describe, expect, it } from "vitest";
import type { Client } from "../../../src/upstream/client.js";
import { inside } from "../../../src/upstream/xml/decode.js";
import { token } from "../../../src/upstream/xml/values.js";
import { endpoint } from "../../../src/upstream/endpoint.js";
import { commaSeparated, day, flag, id, integer, optional, text, word } from "../../../src/upstream/request/params.js";

const thingSearch = endpoint({
  path: "thing/search",
  auth: "key",
  effect: "read",
  params: { q: text, thingId: id, sort: optional(word<"name" | "score">()), until: optional(day), pageSize: optional(integer) },
  result: inside("thing", token),
});

const session = { store: { country: "GB" } };

export function neverCalled(client: Client): void {
  const answer: string | Promise<string> = client.call(thingSearch, { q: "x", thingId: "1" }, session);
  void answer;
  void client.call(thingSearch, { q: "x", thingId: "1", sort: "name", until: "2009-06-01", pageSize: 5 }, session);
  // @ts-expect-error -- a required parameter is missing
  void client.call(thingSearch, { q: "x" }, session);
  // @ts-expect-error -- a parameter that the method does not have
  void client.call(thingSearch, { q: "x", thingId: "1", color: "red" }, session);
  // @ts-expect-error -- a word that the method does not know
  void client.call(thingSearch, { q: "x", thingId: "1", sort: "price" }, session);
  // @ts-expect-error -- a number where text belongs
  void client.call(thingSearch, { q: "x", thingId: 1 }, session);
  // @ts-expect-error -- a result of another type
  const wrong: number | Promise<number> = client.call(thingSearch, { q: "x", thingId: "1" }, session);
  void wrong;
}

describe("a declaration", () => {
  it("has the defaults of a harmless method", () => {
    expect(thingSearch).toMatchObject({ verb: "GET", uncached: false });
    expect(Object.isFrozen(thingSearch)).toBe(true);
  });
});

describe("a parameter", () => {
  it("is written as 7digital reads it", () => {
    expect(day.encode("2009-06-01")).toBe("20090601");
    expect(flag.encode(false)).toBe("false");
    expect(commaSeparated(text).encode(["rock", "pop"])).toBe("rock,pop");
    expect(optional(integer).encode(5)).toBe("5");
    expect(optional(integer).optional).toBe(true);
  });
});
