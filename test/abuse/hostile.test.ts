/** Everything hostile at one server, one after another: it answers all of it, in JSON, and is no larger afterwards. */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readOperations } from "../../src/http/graphiql/example-operations.js";
import { join } from "node:path";
import { startFacade, type Facade } from "../support/facade.js";
import { tell, times } from "../support/asking.js";

const many = 2000;
const mebibyte = 2 ** 20;

let facade: Facade;
beforeAll(async () => {
  facade = await startFacade({ environment: { CACHE_MAX_BYTES: "1048576" } });
});
afterAll(() => facade.close());

/** The same numbers from 0 to 1 in every run. @see Numerical Recipes, "quick and dirty" generators */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const pieces = [
  "{",
  "}",
  "(",
  ")",
  "[",
  "]",
  ":",
  "$",
  "!",
  "@",
  "...",
  '"',
  '"""',
  "#",
  "\u0000",
  "\ud800",
  "🎵",
  "1e999",
  "-0",
  "null",
  "true",
  "on",
  "fragment",
  "query",
  "mutation",
  "subscription",
  "__typename",
  "__schema",
  "@include(if: $x)",
  "x".repeat(300),
  "{{{{{{{{",
  "[[[[[[[[",
];

const values: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2 ** 31,
  1e308,
  "",
  "x".repeat(5000),
  "\u0000",
  "\ud800",
  "__proto__",
  [],
  [[]],
  {},
  { a: { b: 1 } },
  "../../1",
  "٣",
];

function mutated(text: string, next: () => number): string {
  const at = Math.floor(next() * text.length);
  const piece = pieces[Math.floor(next() * pieces.length)] ?? "";
  const length = Math.floor(next() * 12);
  const kind = next();
  if (kind < 0.4) return text.slice(0, at) + piece + text.slice(at);
  if (kind < 0.8) return text.slice(0, at) + piece + text.slice(at + length);
  if (kind < 0.9) return text.slice(0, at) + text.slice(at + length);
  return text.slice(0, at) + text.slice(at, at + 200).repeat(Math.ceil(next() * 20)) + text.slice(at);
}

function hostile(): readonly object[] {
  const next = numbers(7);
  const valid = readOperations(join(import.meta.dirname, "../../schema/operations")).map(({ query }) => query);
  valid.push(
    "query($first: Int!, $q: String!, $id: ID!) { releaseChart(first: $first) { nodes { title } } search(query: $q) { artists { totalCount } } artist(id: $id) { name } }",
    "mutation($input: ItemPurchaseInput!) { itemPurchase(input: $input) { userErrors { code } } }",
  );
  const mutations = Array.from({ length: many }, () => {
    const document = valid[Math.floor(next() * valid.length)] ?? "";
    const query = next() < 0.8 ? mutated(document, next) : document;
    const value = (): unknown => values[Math.floor(next() * values.length)];
    return { query, variables: { first: value(), q: value(), id: value(), input: { itemId: value(), idempotencyKey: value() } } };
  });
  const named = [
    `{ ${times(480, (index) => `a${String(index)}:__typename`)} }`,
    `{ ${times(490, () => "storeContext{country}")} }`,
    `${times(660, () => "{a", "")}${times(660, () => "}", "")}`,
    `{ artist(id: ${times(16_000, () => "[", "")}) { id } }`,
    `{ ${times(1980, (index) => `u${String(index)}`)} }`,
    `{ ...f0 } ${times(20, (index) => `fragment f${String(index)} on Query { ...f${String(index + 1)} ...f${String(index + 1)} }`)} fragment f20 on Query { a }`,
  ].map((query) => ({ query }));
  const shapes = [
    {},
    { query: 1 },
    { query: [] },
    { query: null },
    { query: "{a}", variables: [] },
    { query: "{a}", variables: "x" },
    { query: "{a}", extensions: 1 },
    { query: "{ __typename }", operationName: 7 },
    { query: "{ __typename }", operationName: {} },
    { documentId: {} },
    { query: "{ __typename }", documentId: "x" },
    { query: "{ __typename }", unknown: 1 },
    [],
    [{ query: "{ __typename }" }],
  ];
  return [...named, ...shapes, ...mutations];
}

it(
  "2 000 mutations of operations and variables, and all rows, are answered in JSON, none with HTTP 500, and leave nothing behind",
  { timeout: 180_000 },
  async () => {
    setFlagsFromString("--expose-gc");
    const collect = runInNewContext("gc") as () => void;
    const used = (): number => {
      facade.calls();
      collect();
      return process.memoryUsage().heapUsed;
    };
    const inputs = hostile();
    // What is loaded when it is first needed is not left behind.
    for (const input of inputs.slice(0, 100)) await tell(facade.url, input);
    const before = used();
    const statuses = new Map<number, number>();
    for (const input of inputs) {
      const { status, data, errors, text } = await tell(facade.url, input);
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
      expect(status, JSON.stringify(input).slice(0, 2000) + text).toBeLessThan(500);
      expect(data !== undefined || errors.length > 0, text).toBe(true);
      expect(errors.length).toBeLessThanOrEqual(10);
      expect(JSON.stringify(errors).length, JSON.stringify(input).slice(0, 2000)).toBeLessThanOrEqual(8192);
    }
    expect((used() - before) / mebibyte).toBeLessThan(64);
    expect(statuses.get(400), "or it is not hostile").toBeGreaterThan(many / 2);
    expect((await tell(facade.url, { query: "{ __typename }" })).data).toEqual({ __typename: "Query" });
  },
);
