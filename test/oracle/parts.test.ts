/** Random operations with `@defer` and `@stream`: their parts, merged, are what is answered in one piece, for the same calls.
 *  ORACLE_PARTS is how many, ORACLE_SEED the first of their seeds. */
import { isDeepStrictEqual } from "node:util";
import { Agent, request } from "undici";
import {
  getNullableType,
  isListType,
  Kind,
  parse,
  print,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DirectiveNode,
  type DocumentNode,
  type SelectionNode,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { publicView } from "../../src/app/schema.js";
import { rulesFor } from "../../src/operation/yoga/validation-rules.js";
import { startFacade, type Facade, type GraphError } from "../support/facade.js";
import { mergedParts, partsIn, type Part, type Result } from "../support/parts.js";
import { Chance } from "./chance.js";
import { hardOperations } from "./hard-operations.js";
import { schema } from "./naive-executor.js";
import { randomOperation, type Operation } from "./random-operations.js";

const operations = Number(process.env["ORACLE_PARTS"] ?? 100);
const firstSeed = Number(process.env["ORACLE_SEED"] ?? 1);
/** Every so many run on a façade that asks for details in batches. */
const batching = 4;
const longLimits = {
  SEVENDIGITAL_TIMEOUT_MS: "60000",
  SEVENDIGITAL_MAX_WAIT_MS: "60000",
  LIMIT_OPERATION_MS: "120000",
  LIMIT_DIRECTIVES: "200",
};

interface Answered {
  readonly whole: Result;
  readonly merged: Result;
  readonly parts: number;
  readonly calls: readonly [whole: readonly string[], inParts: readonly string[]];
  readonly estimates: readonly [whole: unknown, inParts: unknown];
}

interface Run extends Answered {
  readonly seed: number | string;
  readonly source: string;
  readonly isBatched: boolean;
}

let facade: Facade;
let batched: Facade;
const dispatcher = new Agent({ connections: 16 });
const runs: Run[] = [];

beforeAll(
  async () => {
    facade = await startFacade({ environment: { ...longLimits, CACHE_MAX_BYTES: "0" } });
    batched = await startFacade({ environment: { ...longLimits, CACHE_MAX_BYTES: "0", SEVENDIGITAL_BATCH_SIZE: "50" } });
    const seeds = Array.from({ length: operations }, (_, index) => firstSeed + index);
    for (const seed of seeds) await add(seed, randomOperation(schema, seed), seed);
    for (const [index, [name, operation]] of hardOperations.entries()) await add(name, operation, index);
  },
  60_000 + operations * 2000,
);

afterAll(async () => {
  await dispatcher.close();
  await facade.close();
  await batched.close();
});

async function add(name: number | string, { document, variables }: Operation, seed: number): Promise<void> {
  const source = print(inParts(document, new Chance(seed)));
  const isBatched = seed % batching === 0;
  const compared = await answered(isBatched ? batched : facade, source, variables);
  runs.push({ ...compared, seed: name, isBatched, source: `${source} ${JSON.stringify(variables)}` });
}

describe(`${String(operations)} random operations with @defer and @stream`, () => {
  it("have in their parts together what they have in one piece", () => {
    const different = runs.filter(({ whole, merged }) => !isDeepStrictEqual(whole.data, merged.data));
    expect(different.map(({ seed, source, whole, merged }) => ({ seed, source, whole, merged }))).toEqual([]);
  });

  it("have the same failures at the same paths", () => {
    const different = runs.filter(({ whole, merged }) => !isDeepStrictEqual(failures(whole), failures(merged)));
    expect(
      different.map(({ seed, source, whole, merged }) => ({ seed, source, whole: failures(whole), merged: failures(merged) })),
    ).toEqual([]);
  });

  it("cost the same calls, and the same estimate", () => {
    const different = runs.filter((run) => !isDeepStrictEqual(...run.estimates) || !costTheSame(run));
    expect(different.map(({ seed, source, calls, estimates }) => ({ seed, source, calls, estimates }))).toEqual([]);
  });

  it("come in several parts, most of them", () => {
    const several = runs.filter(({ parts }) => parts > 1);
    process.stdout.write(
      `${String(several.length)} of ${String(runs.length)} operations came in parts, ${String(runs.reduce((sum, { parts }) => sum + parts, 0))} in all\n`,
    );
    expect(several.length / runs.length).toBeGreaterThan(0.7);
  });
});

/** What goes into one batch depends on which answers come first, whether in parts or not: there the calls may differ below the estimate. */
function costTheSame({ isBatched, calls: [whole, inMany], estimates: [estimate] }: Run): boolean {
  return isDeepStrictEqual(whole, inMany) || (isBatched && inMany.length <= Number(estimate));
}

async function answered(asked: Facade, query: string, variables: object): Promise<Answered> {
  const ask = async (accept: string) => {
    asked.calls();
    const { body, headers } = await request(asked.url, {
      dispatcher,
      method: "POST",
      headers: { "content-type": "application/json", accept, "x-7d-show-upstream": "true" },
      body: JSON.stringify({ query, variables }),
    });
    const text = (await body.text()).replaceAll(`127.0.0.1:${asked.sandbox.port}`, "sandbox");
    return { text, isInParts: String(headers["content-type"]).startsWith("multipart/mixed"), made: asked.calls().toSorted() };
  };
  // The first time the server learns where things are in lists, which saves calls.
  await ask("application/json");
  const inOne = await ask("application/json");
  const inMany = await ask("multipart/mixed, application/json");
  const whole = JSON.parse(inOne.text) as Result;
  const parts: readonly Part[] = inMany.isInParts ? partsIn(inMany.text) : [JSON.parse(inMany.text) as Part];
  const merged = mergedParts(parts);
  return { whole, merged, parts: parts.length, calls: [inOne.made, inMany.made], estimates: [estimateOf(whole), estimateOf(merged)] };
}

function estimateOf({ extensions }: Result): unknown {
  return (extensions?.["upstream"] as { estimated?: number } | undefined)?.estimated;
}

/** Code by path. */
function failures({ errors = [] }: Result): Readonly<Record<string, unknown>> {
  const found = errors.flatMap(({ path, extensions }: GraphError) => {
    const paths = [path, ...((extensions?.["alsoNulled"] ?? []) as (typeof path)[])];
    return paths.map((one) => [one?.join(".") ?? "", extensions?.["code"]] as const);
  });
  return Object.fromEntries(found);
}

/** The document with some of its fragments deferred, some fields wrapped in deferred ones, and some lists streamed. */
function inParts(document: DocumentNode, chance: Chance): DocumentNode {
  for (let attempt = 0; attempt < 20; attempt++) {
    const changed = withDirectives(document, chance);
    // Fields of one name have to be streamed alike.
    if (validate(publicView, changed, [...rulesFor(publicView)]).length === 0) return changed;
  }
  return document;
}

function withDirectives(document: DocumentNode, chance: Chance): DocumentNode {
  const types = new TypeInfo(publicView);
  const deferred = (directives: readonly DirectiveNode[] = []) => (chance.in(0.4) ? [...directives, directive("@defer")] : directives);
  return visit(
    document,
    visitWithTypeInfo(types, {
      InlineFragment: { leave: (node) => ({ ...node, directives: deferred(node.directives) }) },
      FragmentSpread: { leave: (node) => ({ ...node, directives: deferred(node.directives) }) },
      Field: {
        enter(node) {
          const type = types.getType();
          if (!type || !isListType(getNullableType(type)) || !chance.in(0.4)) return undefined;
          return { ...node, directives: [...(node.directives ?? []), directive(`@stream(initialCount: ${String(chance.between(0, 2))})`)] };
        },
      },
      SelectionSet: {
        leave(node) {
          const selections = node.selections.map((one): SelectionNode => (chance.in(0.25) ? wrapped([one]) : one));
          return { ...node, selections };
        },
      },
    }),
  );
}

function directive(text: string): DirectiveNode {
  const [operation] = parse(`query ${text} { __typename }`).definitions;
  const [found] = operation?.kind === Kind.OPERATION_DEFINITION ? (operation.directives ?? []) : [];
  if (found === undefined) throw new Error(`Not a directive: ${text}`);
  return found;
}

function wrapped(selections: readonly SelectionNode[]): SelectionNode {
  return { kind: Kind.INLINE_FRAGMENT, directives: [directive("@defer")], selectionSet: { kind: Kind.SELECTION_SET, selections } };
}
