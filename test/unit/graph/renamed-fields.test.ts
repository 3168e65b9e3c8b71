/** The planner knows no field by name: a schema whose fields all have other names costs the same. */
import { mapSchema, MapperKind } from "@graphql-tools/utils";
import {
  getOperationAST,
  getVariableValues,
  Kind,
  parse,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLFieldConfig,
  type GraphQLFieldConfigArgumentMap,
  type GraphQLSchema,
} from "graphql";
import { expect, it } from "vitest";
import { createPlanner, type Plan } from "../../../src/operation/plan/plan.js";
import { schema } from "../../../src/app/schema.js";
import { roleOf } from "../../../src/graph/argument-role.js";
import { ClientError } from "../../../src/shared/client-error.js";
import { schema as printedSchema } from "../../oracle/naive-executor.js";
import { randomOperation } from "../../oracle/random-operations.js";

/** An argument without a role is read by its name, where it is declared. */
function renamedArguments(args: GraphQLFieldConfigArgumentMap): GraphQLFieldConfigArgumentMap {
  return Object.fromEntries(
    Object.entries(args).map(([name, argument]) => [roleOf({ extensions: argument.extensions ?? {} }) ? `other_${name}` : name, argument]),
  );
}

function renamedField<C>(field: GraphQLFieldConfig<unknown, C>, name: string): [string, GraphQLFieldConfig<unknown, C>] {
  return [`other_${name}`, { ...field, args: renamedArguments(field.args ?? {}) }];
}

const renamed = mapSchema(schema, { [MapperKind.COMPOSITE_FIELD]: renamedField });

function renamedDocument(document: DocumentNode): DocumentNode {
  const typeInfo = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field: {
        leave: (node) =>
          node.name.value === "__typename" ? undefined : { ...node, name: { ...node.name, value: `other_${node.name.value}` } },
      },
      Argument: {
        leave(node) {
          const argument = typeInfo.getDirective() ? undefined : typeInfo.getArgument();
          return argument && roleOf(argument) ? { ...node, name: { ...node.name, value: `other_${node.name.value}` } } : undefined;
        },
      },
    }),
  );
}

function planIn(inSchema: GraphQLSchema, document: DocumentNode, sent: Readonly<Record<string, unknown>> = {}): Plan {
  expect(validate(inSchema, document)).toEqual([]);
  const operation = getOperationAST(document);
  if (!operation) throw new Error("There is no operation.");
  const fragments = Object.fromEntries(
    document.definitions
      .filter((one): one is FragmentDefinitionNode => one.kind === Kind.FRAGMENT_DEFINITION)
      .map((fragment) => [fragment.name.value, fragment]),
  );
  const { coerced: variables = {} } = getVariableValues(inSchema, operation.variableDefinitions ?? [], sent);
  const pageSizes = { catalogue: { value: 500 }, locker: { value: 50 } };
  return createPlanner(inSchema)({ operation, fragments, variables, pageSizes, pageOf: () => undefined, store: { country: "GB" } });
}

/** Some random operations ask for a page that no list gives. */
function planOrMessage(make: () => Plan): Plan | string {
  try {
    return make();
  } catch (error) {
    if (error instanceof ClientError) return error.message;
    throw error;
  }
}

const basket = "GB:00000000-0000-0000-0000-000000000000";
const ofUsers = [
  `{ viewer { locker(first: 7) { edges { node { release { title year tracks(first: 3) { nodes { isrc release { year } } } }
     tracks { nodes { track { title isrc release { title label { name } } clipIfAvailable } stream { url } } } } } } } }`,
  "{ viewer { purchase(id: 1) { purchasedAt releases { release { title year } tracks { nodes { track { isrc } } } } } } }",
  `{ nodes(ids: ["purchase:1", "basket:${basket}", "track:1:2", "track:3:2"]) { ... on Purchase { releases { release { year } } }
     ... on Basket { lines { item { price(country: "US") { soldAs } } } } ... on Track { title release { title } } } }`,
  `mutation { basketLinesAdd(input: { basketId: "${basket}", lines: [{ itemId: "release:1" }] }) { basket { lines { item { title } } } } }`,
];

it.each(ofUsers)("an operation costs the same where every field has another name: %s", (source) => {
  const document = parse(source);
  const plan = planIn(schema, document);
  expect(plan.calls).toBeGreaterThan(1);
  expect(planIn(renamed, renamedDocument(document))).toEqual(plan);
});

it("random operations on the catalogue cost the same where every field has another name", () => {
  let plans = 0;
  for (let seed = 1; seed <= 300; seed++) {
    const { document, variables, source } = randomOperation(printedSchema, seed);
    const plan = planOrMessage(() => planIn(schema, document, variables));
    if (typeof plan !== "string") plans += 1;
    expect(
      planOrMessage(() => planIn(renamed, renamedDocument(document), variables)),
      source,
    ).toEqual(plan);
  }
  expect(plans).toBeGreaterThan(200);
});

it("what an operation costs does hang on what its fields declare", () => {
  const undeclared = mapSchema(schema, { [MapperKind.OBJECT_FIELD]: (field) => ({ ...field, extensions: {} }) });
  const document = parse("{ releaseChart(first: 2) { nodes { label { name } } } }");
  expect([planIn(schema, document).calls, planIn(undeclared, document).calls]).toEqual([3, 0]);
});
