import { buildSchema, DirectiveLocation, GraphQLDirective, GraphQLInt, GraphQLObjectType, GraphQLSchema, GraphQLString } from "graphql";
import { describe, expect, it } from "vitest";
import { undescribed } from "../../../scripts/descriptions.js";
import { printPossibleTypes, printSdl } from "../../../src/graph/printed-schema.js";

describe("the printed schema", () => {
  it("is sorted and tells descriptions and the directives that were applied in code", () => {
    const upstream = new GraphQLDirective({
      name: "upstream",
      description: "Calls it costs.",
      locations: [DirectiveLocation.FIELD_DEFINITION],
      args: { calls: { type: GraphQLInt, defaultValue: 1 }, method: { type: GraphQLString } },
    });
    const query = new GraphQLObjectType({
      name: "Query",
      fields: {
        time: { type: GraphQLString, description: "Theirs.", extensions: { directives: { upstream: { method: "status" } } } },
        name: { type: GraphQLString, deprecationReason: "Gone on 2027-01-01." },
      },
    });
    expect(printSdl(new GraphQLSchema({ query, directives: [upstream] }))).toBe(`schema {
  query: Query
}

"""Calls it costs."""
directive @upstream(calls: Int = 1, method: String) on FIELD_DEFINITION

type Query {
  name: String @deprecated(reason: "Gone on 2027-01-01.")
  """Theirs."""
  time: String @upstream(method: "status")
}
`);
  });

  it("tells Apollo Client what interfaces and unions stand for", () => {
    const schema = buildSchema(
      "type Query { n: N, u: U } interface N { id: ID } type B implements N { id: ID } type A implements N { id: ID } union U = B | A",
    );
    expect(JSON.parse(printPossibleTypes(schema))).toEqual({ N: ["A", "B"], U: ["A", "B"] });
  });
});

it("names whatever has no description, and leaves out what GraphQL itself defines", () => {
  const schema = buildSchema(`
    "Ours." directive @ours(a: Int) on FIELD
    "Root." type Query { "Said." field("Said." arg: Int, bare: Int): Kind, silent(input: In): Int @deprecated }
    enum Kind { "Said." ONE "" TWO }
    "Said." input In { a: Int, "Said." b: Int }
    "Said." scalar Decimal
  `);
  const { total, missing } = undescribed(schema);
  expect(total).toBe(15);
  expect([...missing].sort()).toEqual([
    "@ours(a:)",
    "In.a",
    "Kind",
    "Kind.TWO",
    "Query.field(bare:)",
    "Query.silent",
    "Query.silent(input:)",
  ]);
});
