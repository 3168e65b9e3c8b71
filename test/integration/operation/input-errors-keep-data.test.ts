/** Symptom: `{ artist(id: "abc") { name } }` had no `data` and was HTTP 400, so that clients discarded the result. GraphQL over HTTP, 6.4:
 *  a response with `data` is 2xx; only one without it is 4xx or 5xx, and for `application/json` a well-formed request is 200. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
afterAll(() => facade.close());

const accepted = [
  "application/json",
  "application/graphql-response+json",
  "application/graphql-response+json, application/json;q=0.9",
  "*/*",
];
const operations: readonly (readonly [query: string, data: object])[] = [
  [`{ artist(id: "abc") { name } }`, { artist: null }],
  [`{ artist(id: "abc") { name } release(id: "abc") { title } }`, { artist: null, release: null }],
  [`{ one: artist(id: "abc") { name } two: artist(id: "def") { name } }`, { one: null, two: null }],
  [`{ ...F } fragment F on Query { artist(id: "abc") { name } }`, { artist: null }],
  [`{ artist(id: "abc") { name } storeContext { country } }`, { artist: null, storeContext: { country: "GB" } }],
];
const cases = operations.flatMap(([query, data]) => accepted.map((accept) => ({ query, data, accept })));

async function read(response: Response) {
  const body = (await response.json()) as { data?: unknown; errors?: readonly { extensions: { code: string } }[] };
  return { status: response.status, data: body.data, codes: [...new Set(body.errors?.map(({ extensions }) => extensions.code))] };
}

describe("an operation with only input errors has data", () => {
  it.each(cases)("by POST: $query, Accept: $accept", async ({ query, data, accept }) => {
    const headers = { accept, "content-type": "application/json" };
    const response = await fetch(facade.url, { method: "POST", headers, body: JSON.stringify({ query }) });
    expect(await read(response)).toEqual({ status: 200, data, codes: ["BAD_USER_INPUT"] });
  });

  it.each(cases)("by GET: $query, Accept: $accept", async ({ query, data, accept }) => {
    const response = await fetch(`${facade.url}?query=${encodeURIComponent(query)}`, { headers: { accept } });
    expect(await read(response)).toEqual({ status: 200, data, codes: ["BAD_USER_INPUT"] });
  });

  it.each([
    ["application/json", 200],
    ["application/graphql-response+json", 400],
  ])("an operation that is not executed has none: Accept: %s is HTTP %i", async (accept, status) => {
    const headers = { accept, "content-type": "application/json" };
    const body = JSON.stringify({ query: "query ($id: ID!) { artist(id: $id) { name } }", variables: { id: null } });
    const response = await fetch(facade.url, { method: "POST", headers, body });
    expect(await read(response)).toEqual({ status, data: undefined, codes: ["BAD_USER_INPUT"] });
  });
});
