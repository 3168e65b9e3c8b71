/** What tools see, which read introspection and no directives: defaults, costs and access are in the descriptions. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  getIntrospectionQuery,
  GraphQLSchema,
  graphqlSync,
  isObjectType,
  specifiedDirectives,
  type IntrospectionQuery,
  type IntrospectionType,
} from "graphql";
import { expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";

const printedSchema = buildSchema(readFileSync(join(import.meta.dirname, "../../../schema/operator.graphql"), "utf8"));

const { data } = graphqlSync({ schema, source: getIntrospectionQuery() });
const { types, directives } = (data as unknown as IntrospectionQuery).__schema;

interface Described {
  readonly coordinate: string;
  readonly description: string;
}

interface Input extends Described {
  readonly isRequired: boolean;
  readonly defaultValue: string | null | undefined;
}

interface IntrospectedInput {
  readonly name: string;
  readonly description?: string | null | undefined;
  readonly type: { readonly kind: string };
  readonly defaultValue?: string | null | undefined;
}

function inputOf(owner: string, { name, description, type, defaultValue }: IntrospectedInput): Input {
  return { coordinate: `${owner}(${name}:)`, description: description ?? "", isRequired: type.kind === "NON_NULL", defaultValue };
}

function inputsOf(type: IntrospectionType): readonly Input[] {
  if (type.kind === "INPUT_OBJECT") return type.inputFields.map((field) => inputOf(type.name, field));
  if (type.kind !== "OBJECT" && type.kind !== "INTERFACE") return [];
  return type.fields.flatMap(({ name, args }) => args.map((argument) => inputOf(`${type.name}.${name}`, argument)));
}

const inputs = [...types.flatMap(inputsOf), ...directives.flatMap(({ name, args }) => args.map((one) => inputOf(`@${name}`, one)))].filter(
  ({ coordinate }) => !coordinate.startsWith("__") && !coordinate.startsWith("@deprecated"),
);

function descriptionOf(typeName: string, member: string): string {
  const type = types.find(({ name }) => name === typeName);
  const members = type?.kind === "OBJECT" ? type.fields : type?.kind === "INPUT_OBJECT" ? type.inputFields : [];
  const values = type?.kind === "ENUM" ? type.enumValues : [];
  return [...members, ...values].find(({ name }) => name === member)?.description ?? "";
}

it("shows no argument with a default as required", () => {
  const defaulted = inputs.filter(({ defaultValue }) => defaultValue !== null && defaultValue !== undefined);
  expect(defaulted.length).toBeGreaterThan(30);
  // Clients know the directives that are proposed for GraphQL, as they are proposed.
  const ours = defaulted.filter(({ coordinate }) => !/^@(defer|stream)\(/.test(coordinate));
  expect(ours.filter(({ isRequired }) => isRequired)).toEqual([]);
  const silent = defaulted.filter(({ description, defaultValue }) => !description.endsWith(`Default: ${defaultValue ?? ""}.`));
  expect(silent.map(({ coordinate }) => coordinate)).toEqual([]);
});

/** The printed schema has the directives. Nodes of any kind have `directives`. */
function coordinatesWith(directive: string): readonly (readonly [string, string])[] {
  return Object.values(printedSchema.getTypeMap()).flatMap(({ name, astNode }) => {
    const members = astNode && ("fields" in astNode ? astNode.fields : "values" in astNode ? astNode.values : []);
    return (members ?? [])
      .filter(({ directives: applied }) => applied?.some((one) => one.name.value === directive))
      .map((member) => [name, member.name.value] as const);
  });
}

it("says of everything that only operators may use that it is theirs", () => {
  const operatorOnly = coordinatesWith("operator");
  expect(operatorOnly.map((path) => path.join("."))).toEqual(
    expect.arrayContaining(["Mutation.userCreate", "ItemPurchaseInput.customPrice", "PurchasePricing.CUSTOM"]),
  );
  const silent = operatorOnly.filter((path) => !descriptionOf(...path).includes("Operator servers only."));
  expect(silent).toEqual([]);
});

it("says of every field that may call 7digital what it costs", () => {
  const costly = coordinatesWith("upstream");
  expect(costly.length).toBeGreaterThan(60);
  expect(costly.filter((path) => !descriptionOf(...path).includes("Cost: "))).toEqual([]);
  expect(descriptionOf("Artist", "name")).toContain("Cost: up to 1 call to 7digital (artist/details).");
  expect(descriptionOf("Download", "link")).toContain("Cost: none.");
  expect(descriptionOf("Query", "nodes")).toContain("to 7digital for each ID (one of artist/details, release/details,");
});

it("says of every nullable field when it is null, unless that is only with an error", () => {
  const nullOnlyWithError = new Set(coordinatesWith("semanticNonNull").map((path) => path.join(".")));
  const nullable = types.flatMap((type) =>
    type.name.startsWith("__") || (type.kind !== "OBJECT" && type.kind !== "INTERFACE")
      ? []
      : type.fields
          .filter((field) => field.type.kind !== "NON_NULL")
          .map(({ name, description }) => [`${type.name}.${name}`, description ?? ""] as const),
  );
  expect(nullOnlyWithError.size).toBeGreaterThan(50);
  const withoutError = nullable.filter(([coordinate]) => !nullOnlyWithError.has(coordinate));
  expect(withoutError.length).toBeGreaterThan(100);
  expect(withoutError.filter(([, description]) => !/\bNull\b/.test(description))).toEqual([]);
});

/** Every description that introspection has: of types, fields, arguments, input fields, enum values and directives. */
function descriptions(): readonly (readonly [string, string])[] {
  const ours = types.filter(({ name }) => !name.startsWith("__"));
  const ofMembers = ours.flatMap((type) => {
    const fields = type.kind === "OBJECT" || type.kind === "INTERFACE" ? type.fields : [];
    const values = type.kind === "ENUM" ? type.enumValues : [];
    return [...fields, ...values].map(({ name, description }) => [`${type.name}.${name}`, description ?? ""] as const);
  });
  const ofTypes = [...ours, ...directives].map(({ name, description }) => [name, description ?? ""] as const);
  return [...ofTypes, ...ofMembers, ...inputs.map(({ coordinate, description }) => [coordinate, description] as const)];
}

const oddWords = /\b(?:told|tells?|whoever|nobody|can not|answers of later years|older answers)\b/i;

it("describes everything in plain words", () => {
  expect(descriptions().length).toBeGreaterThan(600);
  expect(descriptions().filter(([, description]) => oddWords.test(description))).toEqual([]);
  expect(["a b can not", "Null where it tells none."].every((text) => oddWords.test(text))).toBe(true);
});

it("has no type that no field leads to, except ErrorCode for generated types", () => {
  const query = schema.getQueryType();
  const roots = { query, mutation: schema.getMutationType(), subscription: schema.getSubscriptionType() };
  const reachable = new GraphQLSchema({ ...roots, directives: specifiedDirectives }).getTypeMap();
  const unreachable = Object.values(schema.getTypeMap()).filter((type) => {
    const isFoundByInterface = isObjectType(type) && type.getInterfaces().some(({ name }) => name in reachable);
    return !(type.name in reachable) && !isFoundByInterface;
  });
  expect(unreachable.map(({ name }) => name)).toEqual(["ErrorCode"]);
});
