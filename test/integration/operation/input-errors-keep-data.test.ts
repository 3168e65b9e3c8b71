/** Symptom: `{ artist(id: "abc") { name } }` had no `data` and was HTTP 400, so that clients discarded the result. GraphQL over HTTP, "Status
 *  Codes": a response whose `data` is not null has to be 2xx, and `{ "artist": null }` is not null; with `data: null` it should be 2xx; without
 *  `data` it has to be 4xx or 5xx. For `application/json` every well-formed request should be 200. */
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

describe("an operation whose only result is an input error has data", () => {
  it.each(cases)("by POST: $query, Accept: $accept", async ({ query, data, accept }) => {
    const headers = { accept, "content-type": "application/json" };
    const response = await fetch(facade.url, { method: "POST", headers, body: JSON.stringify({ query }) });
    expect(await read(response)).toEqual({ status: 200, data, codes: ["BAD_USER_INPUT"] });
  });

  it.each(cases)("by GET: $query, Accept: $accept", async ({ query, data, accept }) => {
    const response = await fetch(`${facade.url}?query=${encodeURIComponent(query)}`, { headers: { accept } });
    expect(await read(response)).toEqual({ status: 200, data, codes: ["BAD_USER_INPUT"] });
  });

  it("is what Apollo Client sees", async () => {
    const headers = { accept: "application/graphql-response+json,application/json;q=0.9", "content-type": "application/json" };
    const query = `query Artist($id: ID!) { artist(id: $id) { name __typename } }`;
    const body = JSON.stringify({ operationName: "Artist", variables: { id: "abc" }, extensions: {}, query });
    const response = await fetch(facade.url, { method: "POST", headers, body });
    // Of this media type it reads every status, of others only 2xx.
    expect(response.headers.get("content-type")).toMatch(/^application\/graphql-response\+json/);
    expect([response.ok, await response.json()]).toMatchObject([
      true,
      { data: { artist: null }, errors: [{ path: ["artist"], extensions: { code: "BAD_USER_INPUT", argument: "id" } }] },
    ]);
  });
});

async function post(accept: string, query: string, variables: object = {}) {
  const headers = { accept, "content-type": "application/json" };
  const response = await fetch(facade.url, { method: "POST", headers, body: JSON.stringify({ query, variables }) });
  return read(response);
}

describe.each(["application/json", "application/graphql-response+json"])("Accept: %s", (accept) => {
  it.each([
    [`{ artist(id: "1") { artistId image(width: 0) { url } } }`, { artist: { artistId: "1", image: null } }],
    [`{ release(id: "155408") { releaseId price(shopId: "GB") { soldAs } } }`, { release: { releaseId: "155408", price: null } }],
    [`{ nodes(ids: ["artist:1", "artist:abc"]) { id } }`, { nodes: [{ id: "artist:1" }, null] }],
  ])("an argument below the root is an error of its field: %s", async (query, data) => {
    expect(await post(accept, query)).toEqual({ status: 200, data, codes: ["BAD_USER_INPUT"] });
  });

  it("a mistake in the input of a mutation is a user error of its payload", async () => {
    facade.calls();
    const query = `mutation { basketLinesAdd(input: { basketId: "abc", lines: [] }) { basket { id } userErrors { code field } } }`;
    const userErrors = [
      { code: "INVALID", field: ["basketId"] },
      { code: "INVALID", field: ["lines"] },
    ];
    expect(await post(accept, query)).toEqual({ status: 200, data: { basketLinesAdd: { basket: null, userErrors } }, codes: [] });
    expect(facade.calls()).toEqual([]);
  });
});

describe("an operation that is not executed has no data", () => {
  it.each([
    ["a variable that does not fit", "query ($id: ID!) { artist(id: $id) { name } }", { id: null }],
    [
      "a value of a wrong form in the input of a mutation",
      `mutation ($amount: Decimal!) { basketPurchase(input: { basketId: "1", expectedAmountDue: $amount, idempotencyKey: "0123456789abcdef" }) { userErrors { code } } }`,
      { amount: "1,00" },
    ],
    ["a page that no list has", "{ releaseChart(first: 0) { totalCount } }", {}],
    ["such a page below the root", `{ artist(id: "1") { name releases(first: 101) { totalCount } } }`, {}],
    ["a shop that is none", `query @inContext(shopId: "GB") { artist(id: "1") { name } }`, {}],
  ])("%s", async (_what, query, variables) => {
    facade.calls();
    const rejection = { data: undefined, codes: ["BAD_USER_INPUT"] };
    expect(await post("application/json", query, variables)).toEqual({ status: 200, ...rejection });
    expect(await post("application/graphql-response+json", query, variables)).toEqual({ status: 400, ...rejection });
    expect(facade.calls()).toEqual([]);
  });

  it("a wrong header is HTTP 400 for every client: the document is not at fault", async () => {
    for (const accept of accepted) {
      const headers = { accept, "content-type": "application/json", "x-7d-country": "ZZ" };
      const response = await fetch(facade.url, {
        method: "POST",
        headers,
        body: JSON.stringify({ query: "{ storeContext { country } }" }),
      });
      expect(await read(response)).toEqual({ status: 400, data: undefined, codes: ["BAD_USER_INPUT"] });
    }
  });
});
