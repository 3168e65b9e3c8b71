/** The graph within another server's process, by the executor and by the schema: the rules of the service. test/oracle compares answers. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { graphql, parse, printSchema, type ExecutionResult } from "graphql";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { createGraph, type Graph, type Settings } from "../../../src/entries/index.js";
import { startSandbox, type Sandbox } from "../../../src/entries/sandbox.js";

interface Context {
  readonly headers: Readonly<Record<string, string>>;
}

const stitchingSdl = join(import.meta.dirname, "../../../schema/stitching.graphql");
const uncached = { CACHE_MAX_BYTES: 0, LOG_LEVEL: "silent" };
const germany = { headers: { "x-7d-country": "DE" } };

let sandbox: Sandbox;
const open: { close: () => Promise<void> }[] = [];
beforeAll(async () => {
  sandbox = await startSandbox();
});
afterEach(async () => {
  for (const one of open.splice(0)) await one.close();
  sandbox.reset();
});
afterAll(() => sandbox.close());

async function graph(settings: Settings = {}): Promise<Graph> {
  const made = await createGraph<Context>({ ...sandbox.settings, ...uncached, ...settings }, { requestOf: ({ headers }) => ({ headers }) });
  open.push(made);
  return made;
}

type Run = (source: string, context?: Context, variables?: Record<string, unknown>) => Promise<ExecutionResult>;

const anonymous: Context = { headers: {} };

/** The ways to run an operation in a process. */
const ways: readonly (readonly [name: string, of: (graph: Graph) => Run])[] = [
  [
    "schema",
    ({ schema }) =>
      (source, contextValue = anonymous, variableValues = {}) =>
        graphql({ schema, source, contextValue, variableValues }),
  ],
  [
    "executor",
    ({ executor }) =>
      (source, context = anonymous, variables = {}) =>
        executor({ document: parse(source), context, variables }),
  ],
];

const codesOf = ({ errors = [] }: ExecutionResult): readonly unknown[] => errors.map(({ extensions }) => extensions["code"]);

describe.each(ways)("by the %s", (_, way) => {
  it("fields of the root are one operation, with one limit for all of them", async () => {
    const run = way(await graph({ LIMIT_UPSTREAM_CALLS: 5 }));
    const three = `{ a: releasesById(ids: ["1", "2", "3"]) { title } b: releasesById(ids: ["3", "1"]) { title } }`;
    expect(codesOf(await run(three))).toEqual([]);
    expect(sandbox.callCount("release/details")).toBe(3);
    sandbox.clearCalls();
    const six = `{ a: releasesById(ids: ["1", "2", "3"]) { title } b: releasesById(ids: ["4", "5", "6"]) { title } }`;
    const { data, ...rejected } = await run(six);
    expect(codesOf(rejected)).toEqual(["TOO_MANY_UPSTREAM_CALLS"]);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    expect(sandbox.callCount()).toBe(0);
  });

  it("spends money once in an operation", async () => {
    const run = way(await graph());
    const buy = (name: string): string =>
      `${name}: itemPurchase(input: { itemId: "release:1", quote: "q", idempotencyKey: "0123456789-${name}" }) { userErrors { message } }`;
    expect(codesOf(await run(`mutation { ${buy("one")} ${buy("two")} }`))).toEqual(["ONE_MONEY_MUTATION_PER_OPERATION"]);
    expect(sandbox.callCount()).toBe(0);
  });

  it("reads credentials and the store from the request of the operation", async () => {
    const run = way(await graph({ TRUST_PLAIN_TOKENS: true }));
    const query = `{ storeContext { country } viewer { id } }`;
    expect(await run(query, germany)).toMatchObject({ data: { storeContext: { country: "DE" }, viewer: null } });
    const user = { "x-7d-oauth-token": "demo-token", "x-7d-oauth-token-secret": "demo-token-secret" };
    expect((await run(query, { headers: user })).data?.["viewer"]).not.toBeNull();
    expect(codesOf(await run(query, { headers: { Authorization: "Bearer forged" } }))).toEqual(["UNAUTHENTICATED"]);
  });

  it("keeps the store that the operation itself names, and variables with their defaults", async () => {
    const run = way(await graph());
    const query = `query ($id: ID!, $first: Int = 2) @inContext(country: "DE") {
      storeContext { country } release(id: $id) { tracks(first: $first) { nodes { title } } } }`;
    const { data } = await run(query, anonymous, { id: "155408" });
    expect(data).toMatchObject({ storeContext: { country: "DE" }, release: { tracks: { nodes: [{}, {}] } } });
  });

  it("an error stands where it happened, also below a list and an alias", async () => {
    const run = way(await graph());
    sandbox.addFault({ method: "release/tracks", params: { releaseId: "2" }, fault: { kind: "status", status: 500 } });
    const { data, errors } = await run(`{ some: releasesById(ids: ["1", "2"]) { id list: tracks(first: 1) { nodes { id } } } }`);
    expect(errors?.map(({ path }) => path)).toEqual([["some", 1, "list"]]);
    expect(codesOf({ errors: errors ?? [] })).toEqual(["UPSTREAM_UNAVAILABLE"]);
    expect(data).toMatchObject({ some: [{ list: { nodes: [{}] } }, { list: null }] });
  });

  it("objects of several types have their own, in fragments too", async () => {
    const run = way(await graph());
    const query = `query { nodes(ids: ["artist:1", "release:155408"]) { ...Named } } fragment Named on Node { id ... on Artist { name } ... on Release { title } }`;
    expect((await run(query)).data).toEqual({
      nodes: [
        { id: "artist:1", name: "Keane" },
        { id: "release:155408", title: "Dreams" },
      ],
    });
  });

  it("operator's fields are for the operator's secret", async () => {
    const secret = "operator-secret-of-16";
    const { executor } = await graph({ OPERATOR_SECRET: secret });
    const document = parse(`{ upstreamStores { __typename } }`);
    const refused = await executor({ document, context: anonymous });
    const allowed = await executor({ document, context: { headers: { "x-7d-operator-secret": secret } } });
    expect([codesOf(refused), codesOf(allowed)]).toEqual([["GRAPHQL_VALIDATION_FAILED"], []]);
  });
});

it("the schema is the public one", async () => {
  const { schema } = await graph();
  expect(printSchema(schema)).toContain("type Release implements");
  expect(schema.getMutationType()?.getFields()).not.toHaveProperty("itemDeliver");
});

it("introspection beside other fields costs what these cost, and is answered in the profile locked", async () => {
  const { schema } = await graph({ PROFILE: "locked" });
  const result = await graphql({ schema, source: `{ __schema { queryType { name } } artist(id: "1") { name } }`, contextValue: anonymous });
  expect(result).toMatchObject({ data: { __schema: { queryType: { name: "Query" } }, artist: { name: "Keane" } } });
  expect(sandbox.callCount()).toBe(1);
});

it("executions that share operation and context run each on their own", async () => {
  const { schema } = await graph();
  const source = `query ($id: ID!) { artist(id: $id) { id } }`;
  const ids = await Promise.all(
    ["1", "2"].map(async (id) => (await graphql({ schema, source, contextValue: anonymous, variableValues: { id } })).data?.["artist"]),
  );
  expect(ids).toEqual([{ id: "artist:1" }, { id: "artist:2" }]);
});

it("clients are limited by the address that the server says, and not together without one", async () => {
  const settings = { ...sandbox.settings, ...uncached, PROFILE: "locked", LIMIT_OPERATIONS_PER_MINUTE: 2 } as const;
  const { executor, close } = await createGraph(settings, { requestOf: (address: string | undefined) => ({ address }) });
  open.push({ close });
  const document = parse("{ storeContext { country } }");
  const codes = async (context: string | undefined): Promise<readonly unknown[]> => codesOf(await executor({ document, context }));
  await codes("192.0.2.1");
  await codes("192.0.2.1");
  expect([await codes("192.0.2.1"), await codes("192.0.2.2")]).toEqual([["RATE_LIMITED"], []]);
  const unknown = await Promise.all([1, 2, 3, 4].map(() => codes(undefined)));
  expect(unknown.flat()).toEqual([]);
});

it("a query ends with its client", async () => {
  const { executor } = await graph();
  sandbox.addFault({ method: "artist/details", fault: { kind: "hang" } });
  const gone = new AbortController();
  const answered = executor({ document: parse(`{ artist(id: "1") { name } }`), context: anonymous, signal: gone.signal });
  await expect.poll(() => sandbox.callCount()).toBeGreaterThanOrEqual(0);
  gone.abort();
  expect((await answered).data).toEqual({ artist: null });
});

it("the surface of gateways has the SDL for stitched schemas, and entities", async () => {
  const { executor, close } = await createGraph({ ...sandbox.settings, ...uncached }, { surface: "subgraph" });
  open.push({ close });
  const document = parse(`{ _sdl _entities(representations: [{ __typename: "Artist", artistId: "1" }]) { ... on Artist { name } } }`);
  const { data } = await executor<{ _sdl: string; _entities: unknown }>({ document });
  expect(data?._sdl).toBe(readFileSync(stitchingSdl, "utf8"));
  expect(data?._entities).toEqual([{ name: "Keane" }]);
});
