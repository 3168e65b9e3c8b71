/** Every error has a code, also those that graphql-js finds only when it executes, and none repeats what was sent. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startFacade, type Facade } from "../../support/facade.js";
import { tell } from "../../support/asking.js";

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade();
});
afterAll(() => facade.close());

type Variables = Readonly<Record<string, unknown>>;

/** A variable that may be null stands where null may not, and is given null. @see GraphQL specification, 5.8.5 "All Variable Usages Are
 *  Allowed": a default allows it, and then it fails at run time */
const nulls: readonly (readonly [string, string])[] = [
  ["@include of a field", `query ($y: Boolean = true) { artist(id: "1") { name @include(if: $y) } }`],
  ["@skip of a field", `query ($y: Boolean = true) { artist(id: "1") { name @skip(if: $y) } }`],
  ["@include at the root", `query ($y: Boolean = true) { artist(id: "1") @include(if: $y) { name } }`],
  ["@include of an inline fragment", `query ($y: Boolean = true) { artist(id: "1") { ... @include(if: $y) { name } } }`],
  ["@skip of a fragment", `query ($y: Boolean = true) { ...F @skip(if: $y) } fragment F on Query { artist(id: "1") { name } }`],
  ["@include in a fragment", `query ($y: Boolean = true) { ...F } fragment F on Query { artist(id: "1") { name @include(if: $y) } }`],
  ["@include in a list", `query ($y: Boolean = true) { releaseChart(first: 2) { nodes { title @include(if: $y) } } }`],
  ["@include behind an interface", `query ($y: Boolean = true) { node(id: "artist:1") { ... on Artist { name @include(if: $y) } } }`],
  ["@include in introspection", `query ($y: Boolean = true) { __schema { queryType { name @include(if: $y) } } }`],
  ["@include of a mutation", `mutation ($y: Boolean = true) { basketCreate @include(if: $y) { basket { id } } }`],
  ["an argument", `query ($y: ID = "1") { artist(id: $y) { name } }`],
  ["an argument that is a list", `query ($y: [ID!] = ["artist:1"]) { nodes(ids: $y) { id } }`],
  ["an item of a list", `query ($y: ID = "artist:1") { nodes(ids: [$y]) { id } }`],
  ["an argument of introspection", `query ($y: String = "Query") { __type(name: $y) { name } }`],
  [
    "a field of an input",
    `mutation ($y: String = "0123456789abcdef") { itemPurchase(input: { itemId: "track:1:2", idempotencyKey: $y }) { attempt { status } } }`,
  ],
];

it.each(nulls)("BAD_USER_INPUT: null for %s", async (_what, query) => {
  facade.calls();
  for (const accept of ["application/json", "application/graphql-response+json"]) {
    const { errors } = await tell(facade.url, { query, variables: { y: null } }, { accept });
    expect(errors.map(({ extensions }) => extensions?.["code"])).toEqual(["BAD_USER_INPUT"]);
  }
  expect(facade.calls()).not.toContain("basket/create");
});

it.each(nulls)("nothing is wrong with the default for %s", async (_what, query) => {
  const { errors } = await tell(facade.url, { query });
  expect(errors.filter(({ extensions }) => extensions?.["code"] !== "UNAUTHENTICATED" && extensions?.["code"] !== "NOT_FOUND")).toEqual([]);
});

it.each<readonly [string, string, object]>([
  ["OPERATION_RESOLUTION_FAILURE", "several operations and no name", { query: "query A { __typename } query B { __typename }" }],
  ["OPERATION_RESOLUTION_FAILURE", "a name of none", { query: "query A { __typename }", operationName: "B" }],
  ["OPERATION_RESOLUTION_FAILURE", "an empty name", { query: "query A { __typename }", operationName: "" }],
  ["OPERATION_RESOLUTION_FAILURE", "a name of another type", { query: "query A { __typename }", operationName: 5 }],
  ["OPERATION_RESOLUTION_FAILURE", "a document of fragments", { query: "fragment F on Query { __typename }" }],
  ["OPERATION_RESOLUTION_FAILURE", "a document of types", { query: "type A { a: Int }" }],
  ["GRAPHQL_VALIDATION_FAILED", "a subscription", { query: "subscription { x }" }],
  [
    "GRAPHQL_VALIDATION_FAILED",
    "a subscription beside what is asked for",
    { query: "subscription A { x } query B { __typename }", operationName: "B" },
  ],
  ["GRAPHQL_VALIDATION_FAILED", "a directive of nobody's", { query: `{ artist(id: "1") { name @defer } }` }],
  ["GRAPHQL_VALIDATION_FAILED", "null in a document", { query: `{ artist(id: "1") { name @include(if: null) } }` }],
  ["GRAPHQL_VALIDATION_FAILED", "a number beyond 32 bits", { query: "{ releaseChart(first: 99999999999) { nodes { title } } }" }],
  [
    "BAD_USER_INPUT",
    "a number beyond 32 bits, as a variable",
    { query: "query ($y: Int!) { releaseChart(first: $y) { nodes { title } } }", variables: { y: 99999999999 } },
  ],
  [
    "BAD_USER_INPUT",
    "a variable of another type",
    { query: "query ($y: Boolean!) { artist(id: 1) { name @include(if: $y) } }", variables: { y: "true" } },
  ],
  ["GRAPHQL_PARSE_FAILED", "a document of spaces", { query: "  " }],
  ["GRAPHQL_PARSE_FAILED", "a document of comments", { query: "# nothing" }],
  ["BAD_REQUEST", "an empty document", { query: "" }],
  ["BAD_REQUEST", "a document that is a number", { query: 5 }],
  ["BAD_REQUEST", "no document", {}],
])("%s: %s", async (code, _what, body) => {
  const { errors } = await tell(facade.url, body);
  expect(errors.length).toBeGreaterThan(0);
  expect(new Set(errors.map(({ extensions }) => extensions?.["code"]))).toEqual(new Set([code]));
});

it.each<readonly [string, Variables]>([
  [`query ($y: ID = "artist:1") { nodes(ids: [$y, "s3cr3t"]) { id } }`, { y: null }],
  [
    `mutation ($y: String = "0123456789abcdef") { itemPurchase(input: { itemId: "s3cr3t", idempotencyKey: $y }) { attempt { status } } }`,
    { y: null },
  ],
  [`query ($y: ID) { nodes(ids: [{ a: "s3cr3t", b: $y }]) { id } }`, { y: "artist:1" }],
])("no literal comes back in an error, be there a variable in it: %s", async (query, variables) => {
  const { text, errors } = await tell(facade.url, { query, variables });
  expect(errors.length).toBeGreaterThan(0);
  expect(text).not.toContain("s3cr3t");
});
