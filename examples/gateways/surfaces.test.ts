/** Every surface answers the same operations alike: the same data, the same errors by code and path, for the same calls to 7digital.
 *
 *  What surfaces legitimately lose is left out of the comparison: `extensions` of the response, which gateways drop; and the path of what is wrong
 *  with an operation as a whole: it has no `data` at /graphql, tools say null, and gateways null each field at the root and repeat the error there. */
import { isDeepStrictEqual } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codesOf } from "../../test/oracle/comparison.js";
import { startFacade, type Facade } from "../../test/support/facade.js";
import { bearerOf } from "../../test/support/sign-in.js";
import { answersDiffer } from "../../test/support/surface-answers.js";
import { commonOperations, furtherOperations, lockerOperation, type SurfaceOperation } from "../../test/support/surface-operations.js";
import type { Answer } from "./support/asking.js";
import { reference, registered, secret, surfaces, type RunningSurface, type Surface } from "./support/surfaces.js";

const common = commonOperations(100);
const further = furtherOperations(20);

/** What one surface answered to an operation. */
interface Run {
  readonly operation: SurfaceOperation;
  readonly answer: Answer;
  /** Methods that 7digital was asked, sorted. */
  readonly calls: readonly string[];
}

let facade: Facade;
let expected: ReadonlyMap<string, Run>;
const running = new Map<Surface, RunningSurface>();

beforeAll(async () => {
  const locker = lockerOperation({});
  facade = await startFacade({
    environment: {
      ...{ GATEWAY_SECRET: secret, PERSISTED_OPERATIONS: registered([...common, ...further, locker]) },
      // Every operation costs all of its calls, on each surface, and a slow machine is no difference.
      ...{ CACHE_MAX_BYTES: "0", SEVENDIGITAL_TIMEOUT_MS: "60000", SEVENDIGITAL_MAX_WAIT_MS: "60000", LIMIT_OPERATION_MS: "120000" },
    },
  });
  expected = new Map((await runAll(reference, [...common, ...further])).map((run) => [run.operation.name, run]));
}, 300_000);
afterAll(async () => {
  for (const surface of running.values()) await surface.close();
  await facade.close();
});

async function runAll(surface: Surface, operations: readonly SurfaceOperation[]): Promise<readonly Run[]> {
  const started = running.get(surface) ?? (await surface.start(facade));
  running.set(surface, started);
  const runs: Run[] = [];
  for (const operation of operations) {
    facade.calls();
    const answer = await started.answer(operation);
    runs.push({ operation, answer, calls: [...facade.calls()].sort() });
  }
  return runs;
}

const comparableOn = ({ has }: Surface, operations: readonly SurfaceOperation[]): readonly SurfaceOperation[] =>
  operations.filter(({ needs }) => needs.every((need) => has.includes(need)));

interface Difference {
  readonly operation: string;
  readonly answers: string | undefined;
  readonly calls: readonly (readonly string[])[];
}

function differences(runs: readonly Run[]): readonly Difference[] {
  return runs.flatMap(({ operation: { name, document }, answer, calls }) => {
    const wanted = expected.get(name);
    if (wanted === undefined) throw new Error(`${name} was not asked at /graphql.`);
    const answers = answersDiffer(wanted.answer, answer);
    const sameCalls = isDeepStrictEqual(wanted.calls, calls);
    return answers === undefined && sameCalls ? [] : [{ operation: document, answers, calls: sameCalls ? [] : [wanted.calls, calls] }];
  });
}

describe("the 100 operations that every surface has", () => {
  it("are of every kind", () => {
    const runs = common.flatMap(({ name }) => expected.get(name) ?? []);
    const having = (is: (run: Run) => boolean): number => runs.filter(is).length;
    const containing = (part: RegExp): number => having(({ operation: { document } }) => part.test(document));
    expect(new Set(common.map(({ document }) => document)).size).toBe(100);
    expect(having(({ answer: { data, errors } }) => data !== undefined && errors !== undefined)).toBeGreaterThanOrEqual(10);
    expect(having(({ answer: { data } }) => data === undefined)).toBeLessThanOrEqual(8);
    expect(having(({ operation: { variables } }) => Object.keys(variables).length > 0)).toBeGreaterThanOrEqual(40);
    expect(having(({ operation: { headers } }) => Object.keys(headers).length > 0)).toBeGreaterThanOrEqual(60);
    expect(containing(/\.\.\.[A-Z]/)).toBeGreaterThanOrEqual(20);
    expect(containing(/@(?:skip|include)/)).toBeGreaterThanOrEqual(10);
    expect(containing(/\w: [a-z]\w+\(/)).toBeGreaterThanOrEqual(40);
    expect(containing(/\b(?:after|offset): /)).toBeGreaterThanOrEqual(20);
    const methods = new Set(runs.flatMap(({ calls }) => calls));
    expect([...methods]).toEqual(
      expect.arrayContaining(["artist/details", "release/details", "track/details", "release/chart", "track/search"]),
    );
    expect([...methods]).toEqual(
      expect.arrayContaining(["tag", "artist/bytag/top", "editorial/list", "merchandising/list/details", "basket"]),
    );
    expect(methods.size).toBeGreaterThanOrEqual(25);
    const codes = new Set(runs.flatMap(({ answer }) => codesOf(answer)));
    expect([...codes]).toEqual(expect.arrayContaining(["BAD_USER_INPUT", "NOT_AVAILABLE_IN_COUNTRY"]));
  });

  it.each(surfaces.map((surface) => [surface.name, surface] as const))(
    "have the same answers for the same calls on: %s",
    async (_, surface) => {
      const comparable = comparableOn(surface, common);
      expect(comparable).toHaveLength(100);
      expect(differences(await runAll(surface, comparable))).toEqual([]);
    },
    120_000,
  );
});

describe("operations that not every surface has", () => {
  const comparable = surfaces.map((surface) => [surface.name, comparableOn(surface, further), surface] as const);

  it("are as many as surfaces have parts of their own", () => {
    expect(further).toHaveLength(45);
    expect(comparable.map(([name, operations]) => [name, operations.length])).toEqual([
      ["GET /graphql by hash", 45],
      ["tools of agents", 45],
      ["Apollo's gateway", 0],
      ["Hive gateway", 0],
      ["a stitched schema", 24],
    ]);
  });

  it.each(comparable.filter(([, { length }]) => length > 0))(
    "have the same answers for the same calls on: %s",
    async (_, operations, surface) => {
      expect(differences(await runAll(surface, operations))).toEqual([]);
    },
    120_000,
  );

  it("of a signed-in user have the same answer where credentials can be sent", async () => {
    const operation = lockerOperation(await bearerOf(facade));
    const [wanted] = await runAll(reference, [operation]);
    expect(wanted?.answer.data).toMatchObject({ viewer: { locker: { totalCount: expect.any(Number) as number } } });
    for (const surface of surfaces.filter(({ has }) => has.includes("user"))) {
      const [run] = await runAll(surface, [operation]);
      expect([surface.name, answersDiffer(wanted?.answer ?? {}, run?.answer ?? {}), run?.calls]).toEqual([
        surface.name,
        undefined,
        wanted?.calls,
      ]);
    }
  });
});

describe("a difference is found", () => {
  const answer: Answer = {
    data: { artist: { name: "Keane", tags: null }, release: null },
    errors: [{ message: "No.", path: ["release"], extensions: { code: "NOT_AVAILABLE_IN_COUNTRY" } }],
  };

  it.each<[string, Answer]>([
    ["of one value", { ...answer, data: { artist: { name: "Kean", tags: null }, release: null } }],
    ["of one null", { ...answer, data: { artist: { name: "Keane", tags: [] }, release: null } }],
    ["of one absent field", { ...answer, data: { artist: { name: "Keane" }, release: null } }],
    ["of one absent error", { data: answer.data }],
    ["of one code", { ...answer, errors: [{ message: "No.", path: ["release"], extensions: { code: "INTERNAL_SERVER_ERROR" } }] }],
    ["of one path", { ...answer, errors: [{ message: "No.", path: ["artist"], extensions: { code: "NOT_AVAILABLE_IN_COUNTRY" } }] }],
  ])("%s", (_, given) => {
    expect(answersDiffer(answer, given)).toEqual(expect.any(String));
    expect(answersDiffer(answer, { ...answer })).toBeUndefined();
  });

  it("of one value, one call, and one rejection of a real answer", () => {
    const [first, second, ...others] = common.flatMap(({ name }) => expected.get(name) ?? []);
    const rejected = others.find(({ answer: { data } }) => data === undefined);
    if (first === undefined || second === undefined || rejected === undefined) throw new Error("No operation ran, or none was rejected.");
    const changed = { ...first, answer: JSON.parse(JSON.stringify(first.answer).replace(/"title":"/, '"title":"!')) as Answer };
    const dearer = { ...second, calls: [...second.calls, "artist/details"] };
    const answered = { ...rejected, answer: { data: { artist: { name: "Keane" } } } };
    expect(differences([changed, dearer, answered]).map(({ answers, calls }) => [answers !== undefined, calls.length > 0])).toEqual([
      [true, false],
      [false, true],
      [true, false],
    ]);
  });
});

/** Forms of documents that surfaces for gateways cannot be asked. If a gateway learns one, this test says so. */
describe("what gateways themselves answer wrongly", () => {
  const spread = "fragment Card on Track { ...on Purchasable { version } price { rrp { display } } }";
  const graphqlTools = ["Hive gateway", "a stitched schema"];

  it.each([
    [
      "a fragment on an interface inside an object",
      '{ release(id: "155408") { ...on Purchasable { ...on Release { title } } } }',
      ["Apollo's gateway"],
    ],
    ["a field that stands twice, once with a condition", "{ tags { edges @skip(if: true) { cursor } edges { cursor } } }", graphqlTools],
    ["an inline fragment of nothing but `__typename`", '{ tag(id: "rock") { tagged { ...on Tagged { __typename } } } }', graphqlTools],
    [
      "a fragment on an interface inside a fragment on another type, beside a key",
      `query Named { search(query: "21") { releases { nodes { ...on Purchasable { ...Card } releaseId } } } } ${spread}`,
      ["Hive gateway"],
    ],
  ])("%s", async (_, document, wrong) => {
    const operation: SurfaceOperation = { name: "Named", document, variables: {}, headers: {}, needs: [] };
    const named = document.startsWith("query") ? operation : { ...operation, document: `query Named ${document}` };
    const [wanted] = await runAll(reference, [named]);
    const different: string[] = [];
    for (const surface of surfaces.filter(({ has }) => !has.includes("any form"))) {
      const [run] = await runAll(surface, [named]);
      if (answersDiffer(wanted?.answer ?? {}, run?.answer ?? {}) !== undefined) different.push(surface.name);
    }
    expect(different).toEqual(wrong);
  });
});
