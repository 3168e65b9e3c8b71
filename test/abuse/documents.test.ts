/** Documents that ask for too much are refused by what they are, before anything is done for them. */
import { parse, specifiedRules, validate, type DocumentNode } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { readConfig } from "../../src/config/config.js";
import { schema } from "../../src/app/schema.js";
import { createDocumentChecks } from "../../src/operation/document-limits.js";
import { startFacade, type Facade } from "../support/facade.js";
import { cpuOf, tell, times, type Headers, type GraphAnswer } from "../support/asking.js";

const gateway = { "x-7d-gateway-secret": "the-secret-of-the-gateway" };
const operator = { "x-7d-operator-secret": "the-secret-of-the-operator" };
const environment = { GATEWAY_SECRET: gateway["x-7d-gateway-secret"], OPERATOR_SECRET: operator["x-7d-operator-secret"] };

let open: Facade;
let locked: Facade;

beforeAll(async () => {
  open = await startFacade({ environment });
  locked = await startFacade({ environment: { ...environment, PROFILE: "locked", LIMIT_OPERATIONS_PER_MINUTE: "0" } });
});
afterEach(() => {
  expect([...open.calls(), ...locked.calls()]).toEqual([]);
});
afterAll(async () => {
  await open.close();
  await locked.close();
});

function ask(query: string, headers: Headers = {}): Promise<GraphAnswer> {
  return tell(open.url, { query }, headers);
}

const purchase = (index: number): string =>
  `p${String(index)}: itemPurchase(input: { itemId: "release:1", idempotencyKey: "0123456789abcde${String(index)}" }) { userErrors { code } }`;

/** Row, what it is, the document, the code of its only error. */
const refused: readonly (readonly [string, string, string, string])[] = [
  ["A9", "101 aliases of one field", `{ ${times(101, () => "a:__typename")} }`, "ALIAS_LIMIT"],
  ["A10", "1 000 aliases", `{ ${times(660, (index) => `a${String(index)}:__typename`)} }`, "ALIAS_LIMIT"],
  ["A10", "5 000 aliases", `{ ${times(4500, (index) => `a${String(index)}:__typename`)} }`, "DOCUMENT_TOO_LARGE"],
  ["A11", "20 aliased purchases", `mutation { ${times(20, purchase)} }`, "ONE_MONEY_MUTATION_PER_OPERATION"],
  ["A12", "10 000 duplicate fields", `{ ${times(10_000, () => "id")} }`, "DOCUMENT_TOO_LARGE"],
  ["A12", "as many as the document holds", `{ ${times(5400, () => "id")} }`, "TOKEN_LIMIT"],
  ["A13", "3 000 duplicate nested fields", `{ ${times(3000, () => "storeContext{country}")} }`, "DOCUMENT_TOO_LARGE"],
  ["A13", "as many as there are tokens", `{ ${times(490, () => "storeContext{country}")} }`, "ROOT_FIELD_LIMIT"],
  ["A13", "the same below the root", `{ artist(id: "1") { ${times(480, () => "image{url}")} } }`, "FIELD_LIMIT"],
  [
    "A14",
    "50 fields in each other",
    `{ artist(id: "1") ${times(24, () => "{ releases { nodes { artist")} { id } ${times(72, () => "}")} }`,
    "DEPTH_LIMIT",
  ],
  ["A15", "5 000 fields in each other", `${times(5000, () => "{a", "")}${times(5000, () => "}", "")}`, "TOKEN_LIMIT"],
  ["A15", "as many as there are tokens", `${times(660, () => "{a", "")}${times(660, () => "}", "")}`, "DEPTH_LIMIT"],
  ["A16", "99 000 brackets", `{ artist(id: ${times(99_000, () => "[", "")}) { id } }`, "DOCUMENT_TOO_LARGE"],
  ["A16", "16 000 brackets", `{ artist(id: [${times(8000, () => "[]", "")}]) { id } }`, "TOKEN_LIMIT"],
  ["A18", "2^20 spreads of a fragment", doubling("Query", "..."), "FIELD_LIMIT"],
  ["A18", "2^20 spreads below the root", `query { artist(id: "1") { ...f0 } } ${doubling("Artist", "")}`, "FIELD_LIMIT"],
  ["A19", "900 directives", `{ __typename ${times(900, () => "@include(if:true)", "")} }`, "TOKEN_LIMIT"],
  ["A19", "101 directives", `{ __typename ${times(101, () => "@include(if:true)", "")} }`, "DIRECTIVE_LIMIT"],
  ["A44", "10 000 representations", `{ _entities(representations: [${times(10_000, () => "{a:1}")}]) { id } }`, "DOCUMENT_TOO_LARGE"],
];

function doubling(type: string, spread: string): string {
  const fragments = times(20, (index) => `fragment f${String(index)} on ${type} { ...f${String(index + 1)} ...f${String(index + 1)} }`);
  return `${spread === "" ? "" : `{ ${spread}f0 }`} ${fragments} fragment f20 on ${type} { __typename }`;
}

describe.each(refused)("%s: %s", (row, what, query, code) => {
  it(`${row}: ${what} are refused with one error`, async () => {
    const answer = await ask(query);
    expect([answer.status, answer.code, answer.errors.length, answer.data]).toEqual([400, code, 1, undefined]);
    expect(answer.errors[0]?.message).toMatch(/[.]$/);
    expect(answer.text.length).toBeLessThan(8192);
  });

  it(`${row}: ${what} are so whatever is accepted`, async () => {
    expect(await ask(query, { accept: "application/json" })).toMatchObject({ status: 400, code });
  });

  it(`${row}: ${what} cost less than 20 ms`, async () => {
    expect(await cpuOf(() => ask(query))).toBeLessThan(20);
  });
});

it("A16: 16 000 brackets in each other are refused before there is no stack left", async () => {
  const query = `{ artist(id: ${times(16_000, () => "[", "")}) { id } }`;
  const answer = await ask(query);
  expect(answer.status).toBe(400);
  expect(answer.code).toMatch(/^(?:DEPTH|TOKEN)_LIMIT$/);
  expect(await cpuOf(() => ask(query))).toBeLessThan(20);
});

describe("of limits", () => {
  it.each([
    ["as many aliases as allowed", `{ ${times(20, (index) => `a${String(index)}:__typename`)} }`],
    ["as deep as allowed", `{ __schema { types { fields { args { type { ofType { ofType { ofType { ofType { name } } } } } } } } } }`],
    ["as many directives as allowed", `{ ${times(20, (index) => `a${String(index)}:__typename @include(if: true)`)} }`],
  ])("%s is answered", async (_what, query) => {
    expect(await ask(query)).toMatchObject({ status: 200, errors: [] });
  });

  it("one more is not", async () => {
    const nested = (depth: number): string => `${times(depth - 1, () => "{ a", " ")} { b } ${times(depth - 1, () => "}")}`;
    expect((await ask(nested(15))).code).toBe("GRAPHQL_VALIDATION_FAILED");
    expect((await ask(nested(16))).code).toBe("DEPTH_LIMIT");
    const fields = (count: number): string => `{ ${times(count, () => "__typename")} }`;
    expect((await ask(fields(20))).status).toBe(200);
    expect((await ask(fields(21))).code).toBe("ROOT_FIELD_LIMIT");
    const name = (length: number): string => `{ ${"a".repeat(length)}: __typename }`;
    expect((await ask(name(100))).status).toBe(200);
    expect((await ask(name(101))).code).toBe("NAME_LIMIT");
  });

  it("six mutations are too many", async () => {
    const baskets = (count: number): string =>
      `mutation { ${times(count, (index) => `b${String(index)}: basketCreate { basket { id } }`)} }`;
    expect(await ask(baskets(6))).toMatchObject({ status: 400, code: "ROOT_FIELD_LIMIT" });
  });

  it("fragments count wherever they are spread, and nowhere twice for the check of a document that comes again", async () => {
    const query = `{ ...f ...f } fragment f on Query { ${times(11, (index) => `a${String(index)}:__typename`)} }`;
    expect(await ask(query)).toMatchObject({ status: 400, code: "ROOT_FIELD_LIMIT" });
    expect(await ask(query, gateway)).toMatchObject({ status: 200 });
    expect(await ask(query), "though it is remembered").toMatchObject({ status: 400, code: "ROOT_FIELD_LIMIT" });
  });

  it("a gateway has its own for aliases and root fields", async () => {
    const aliases = (count: number): string => `{ ${times(count, (index) => `a${String(index)}:__typename`)} }`;
    expect(await ask(aliases(200), gateway)).toMatchObject({ status: 200, errors: [] });
    expect(await ask(aliases(201), gateway)).toMatchObject({ status: 400, code: "ALIAS_LIMIT" });
    expect(await ask(aliases(31), operator)).toMatchObject({ status: 400, code: "ALIAS_LIMIT" });
    expect(await ask(aliases(31), { "x-7d-gateway-secret": "a-guess-of-the-secret" })).toMatchObject({
      status: 401,
      code: "UNAUTHENTICATED",
    });
  });
});

describe("what passes the limits is validated in less than 20 ms of CPU", () => {
  const { tokens, ...limits } = { tokens: 2000, depth: 15, aliases: 30, directives: 20, rootFields: 20 };
  const checks = createDocumentChecks(true);
  const own = { ...readConfig({}).limits, ...limits, tokens };
  const check = (document: DocumentNode) => checks(document, { limits: own, sender: { gateway: false, operator: false } });
  const number = String;
  it.each([
    [
      "fields of one name",
      `{ artist(id: "1") { ${times(57, () => 'releases(first: 1, offset: 2, after: "x", types: [ALBUM]) { totalCount }')} } }`,
    ],
    ["the same in each other", `{ ${times(7, () => `artist(id: "1") { ${times(7, () => "releases { totalCount }")} }`)} }`],
    ["unknown fields", `{ storeContext { ${times(1980, (index) => `x${number(index)}`)} } }`],
    [
      "fragments",
      `{ artist(id: "1") { ${times(60, (index) => `...f${number(index)}`)} } } ${times(60, (index) => `fragment f${number(index)} on Artist { name }`)}`,
    ],
    [
      "fragments that spread each other",
      times(60, (index) => `fragment f${number(index)} on Query { ${times(5, (more) => `...f${number((index + more + 1) % 60)}`)} a }`) +
        " { __typename }",
    ],
    ["operations", times(380, (index) => `query q${number(index)} { __typename }`)],
    ["values in each other", `{ artist(id: ${"[".repeat(990)}${"]".repeat(990)}) { name } }`],
    [
      "variables of a wrong type",
      `query(${times(290, (index) => `$v${number(index)}:Int`)}) { nodes(ids: [${times(290, (index) => `$v${number(index)}`)}]) { id } }`,
    ],
  ])("A13: %s", async (_what, query) => {
    const document = parse(query, { maxTokens: tokens });
    const verdict = (): void => {
      try {
        check(document);
      } catch {
        return;
      }
      validate(schema, document, specifiedRules, { maxErrors: 9 });
    };
    const run = (): Promise<void> => {
      verdict();
      return Promise.resolve();
    };
    expect(await cpuOf(run, 7)).toBeLessThan(20);
  });
});

describe("documents that are not valid", () => {
  it.each([
    ["a cycle of fragments", "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }"],
    ["a fragment in itself", "{ ...a } fragment a on Query { ...a }"],
    ["one that no operation spreads", "{ __typename } fragment a on Artist { releases { nodes { artist { ...a } } } }"],
  ])("A17: %s is refused", async (_what, query) => {
    const answer = await ask(query);
    expect([answer.status, answer.data]).toEqual([400, undefined]);
    expect(await cpuOf(() => ask(query))).toBeLessThan(20);
  });

  it("A19: an unknown directive is told once, however often it stands there", async () => {
    const answer = await ask(`{ __typename ${times(10, () => "@aa", "")} }`);
    expect([answer.status, answer.errors.map(({ message }) => message)]).toEqual([400, ['Unknown directive "@aa".']]);
  });

  it("A20: 1 000 unknown fields are ten errors at most, and 8 KB", async () => {
    const query = `{ ${times(19, (index) => `unknown${String(index)}`)} storeContext { ${times(980, (index) => `unknown${String(index)}`)} } }`;
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect(answer.errors).toHaveLength(10);
    expect(answer.text.length).toBeLessThan(8192);
    expect(await cpuOf(() => ask(query))).toBeLessThan(20);
  });

  it.each([
    ["a name", `{ artist(id: "1") { ${"n".repeat(5000)} } }`],
    ["a text", `{ artist(id: { a: "${"long text ".repeat(500)}" }) { id } }`],
    ["a text in a wrong place", `{ "${"long text ".repeat(500)}" }`],
    ["a number in a wrong place", `{ ${"1".repeat(5000)} }`],
    ["a cycle", `{ ...a0 } ${times(60, (index) => `fragment a${String(index)} on Query { ...a${String((index + 1) % 60)} }`)}`],
  ])("A20: %s that is long is not repeated at length", async (_what, query) => {
    const answer = await ask(query);
    expect(answer.status).toBe(400);
    expect(answer.text).not.toMatch(/n{101}|1{101}|(?:long text ){10}/);
    expect(answer.text.length).toBeLessThan(2000);
  });

  it.each([
    ["@defer at the root of a mutation", "mutation { ... @defer { basketCreate(input: {}) { basket { id } } } }"],
    ["@stream of what is no list", '{ artist(id: "1") { name @stream } }'],
    ["a subscription to what is no subscription", "subscription { artist { name } }"],
  ])("A50: %s is refused", async (_what, query) => {
    expect(await ask(query)).toMatchObject({ status: 400, data: undefined });
  });

  it.each([
    ["two operations and no name", { query: "query a { __typename } query b { __typename }" }],
    ["a name that none has", { query: "query a { __typename } query b { __typename }", operationName: "c".repeat(5000) }],
  ])("A51: %s are refused", async (_what, body) => {
    const answer = await tell(open.url, body);
    expect([answer.status, answer.errors.length, answer.data]).toEqual([400, 1, undefined]);
    expect(answer.text).not.toMatch(/c{101}/);
  });

  it.each(["{ _service { sdl } }", "{ _entities(representations: []) { __typename } }"])(
    "A44: %s is no field of the graph",
    async (query) => {
      expect(await ask(query)).toMatchObject({ status: 400, code: "GRAPHQL_VALIDATION_FAILED" });
    },
  );

  it("A44: 10 000 representations by variable are too many bytes", async () => {
    const representations = Array.from({ length: 10_000 }, (_, index) => ({ __typename: "Artist", id: String(index) }));
    const query = "query($representations: [ID!]!) { _entities(representations: $representations) { __typename } }";
    expect(await tell(open.url, { query, variables: { representations } })).toMatchObject({ status: 413 });
  });
});

describe("the schema", () => {
  const introspection = [
    "{ __schema { queryType { name } } }",
    '{ __type(name: "Query") { name } }',
    "{ ...a } fragment a on Query { __schema { queryType { name } } }",
  ];

  it.each(introspection)("A42: is told nobody in the profile locked: %s", async (query) => {
    expect(await tell(locked.url, { query })).toMatchObject({ status: 400, code: "INTROSPECTION_DISABLED", data: undefined });
  });

  it.each(introspection)("A42: is told the operator's own, and everybody in the profile open: %s", async (query) => {
    for (const headers of [operator, gateway])
      expect(await tell(locked.url, { query }, headers)).toMatchObject({ status: 200, errors: [] });
    expect(await tell(locked.url, { query }), "though it is remembered").toMatchObject({ status: 400 });
    expect(await ask(query)).toMatchObject({ status: 200, errors: [] });
  });

  it("A42: types of answers are always told", async () => {
    expect(await tell(locked.url, { query: "{ __typename storeContext { __typename } }" })).toMatchObject({ status: 200 });
  });

  it.each([
    ["types", "{ ... on Artits { name } }"],
    ["fields", '{ artist(id: "1") { nam } }'],
    ["arguments", '{ artist(idd: "1") { name } }'],
    ["values of enums", '{ artist(id: "1") { releases(types: [ALBUMS]) { totalCount } } }'],
    ["fields of inputs", 'mutation { itemPurchase(input: { itemIdd: "release:1" }) { userErrors { code } } }'],
    ["types of variables", "query($a: Decimall) { __typename }"],
    ["directives' arguments", "{ __typename @include(iff: true) }"],
  ])("A43: names of %s are not suggested in the profile locked", async (_what, query) => {
    expect((await ask(query)).text).toContain("Did you mean");
    const answer = await tell(locked.url, { query });
    expect(answer.status).toBe(400);
    expect(answer.text).not.toContain("Did you mean");
  });

  it("A43: nor are they by what a variable holds", async () => {
    const query = 'query($type: ReleaseTypeFilter!) { artist(id: "1") { releases(types: [$type]) { totalCount } } }';
    const answer = await tell(locked.url, { query, variables: { type: "ALBUMS" } });
    expect(answer).toMatchObject({ status: 400, code: "BAD_USER_INPUT" });
    expect(answer.text).not.toContain("Did you mean");
  });
});
