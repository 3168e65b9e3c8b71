/** Random operations on answers that are often wrong, executed compiled and by graphql-js. ORACLE_COMPILED is how many of each kind. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { buildSchema, execute, getOperationAST, getVariableValues, type DocumentNode, type GraphQLError } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { compile } from "../../src/operation/compiled/compile.js";
import { answerAtRandom, type Circumstances } from "./random-answers.js";
import { randomOperation } from "./random-operations.js";

const schema = buildSchema(readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8"));
answerAtRandom(schema);
const operations = Number(process.env["ORACLE_COMPILED"] ?? 100);

interface Outcome {
  readonly data: string;
  readonly errors: readonly Shown[];
}

async function byGraphqlJs(document: DocumentNode, variables: Record<string, unknown>, contextValue: Circumstances): Promise<Outcome> {
  const { data, errors = [] } = await execute({ schema, document, variableValues: variables, contextValue });
  return { data: JSON.stringify(data), errors: errors.map(shown) };
}

async function compiled(document: DocumentNode, variables: Record<string, unknown>, circumstances: Circumstances): Promise<Outcome> {
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  const { coerced = {} } = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  const run = compile(schema, document, operation, coerced);
  const { json, errors } = await run(circumstances as never, coerced);
  return { data: json, errors: errors.map(shown) };
}

type Shown = Pick<GraphQLError, "message" | "path" | "locations" | "extensions">;

function shown({ message, path, locations, extensions }: GraphQLError): Shown {
  return { message, path, locations, extensions };
}

/** Where errors made null of something. Below such a place it is a matter of timing which error comes first, and one is enough.
 *  @see GraphQL specification, "Handling Execution Errors" */
function nulled({ data, errors }: Outcome): readonly string[] {
  const places = errors.map(({ path = [], message }) => {
    let value: unknown = JSON.parse(data);
    let depth = 0;
    for (; depth < path.length && value !== null; depth++) value = (value as Record<string | number, unknown>)[path[depth] ?? ""];
    return `${path.slice(0, depth).join(".")}: ${depth === path.length ? message : ""}`;
  });
  return [...new Set(places)].sort();
}

describe(`${String(operations)} random operations, compiled`, () => {
  const ofVitest = process.listeners("unhandledRejection");
  const unhandled: unknown[] = [];
  const note = (reason: unknown) => unhandled.push(reason);

  beforeAll(() => {
    process.removeAllListeners("unhandledRejection");
    process.on("unhandledRejection", note);
  });
  afterAll(() => {
    process.off("unhandledRejection", note);
    for (const listener of ofVitest) process.on("unhandledRejection", listener);
  });

  it.each([
    ["at once", 0, 0],
    ["at once, with faults", 0, 0.04],
    ["at once, with many faults", 0, 0.2],
    ["with promises", 0.2, 0],
    ["with promises and faults", 0.2, 0.04],
    ["with many promises and faults", 0.8, 0.2],
  ])("are answered as graphql-js answers them: %s", async (_, promises, faults) => {
    const asked = Array.from({ length: operations }, (_none, index) => ({ ...randomOperation(schema, index + 1), seed: index + 1 }));
    const expected: Outcome[] = [];
    for (const { document, variables, seed } of asked)
      expected.push(await byGraphqlJs(document, { ...variables }, { seed, promises, faults }));
    // graphql-js leaves some rejections of lists unhandled.
    await new Promise(setImmediate);
    unhandled.length = 0;
    for (const [index, { document, variables, source, seed }] of asked.entries()) {
      const given = await compiled(document, { ...variables }, { seed, promises, faults });
      const wanted = expected[index];
      if (wanted === undefined) throw new Error("graphql-js was not asked.");
      expect(given.data, source).toBe(wanted.data);
      if (promises === 0) expect(given.errors, source).toEqual(wanted.errors);
      else expect(nulled(given), source).toEqual(nulled(wanted));
    }
    await new Promise(setImmediate);
    expect(unhandled).toEqual([]);
    expect(expected.some(({ errors }) => errors.length > 0)).toBe(faults > 0);
  });
});
