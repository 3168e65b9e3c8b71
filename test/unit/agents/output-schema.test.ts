import { buildSchema, parse, type OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import { outputSchema } from "../../../src/agents/output-schema.js";

const schema = buildSchema("type Query { a: A! } type A { b: B! } type B { one: Int! two: Int! }");

/** The names that an object must have, at a path of fields. */
function requiredAt(source: string, path: readonly string[]): unknown {
  const document = parse(source);
  let found: Record<string, unknown> = outputSchema(schema, document, document.definitions[0] as OperationDefinitionNode);
  for (const name of ["data", ...path]) {
    const { properties } = (found["anyOf"] as [Record<string, unknown>] | undefined)?.[0] ?? found;
    found = (properties as Record<string, Record<string, unknown>>)[name] ?? {};
  }
  return found["required"];
}

describe("what an object must have", () => {
  it.each<[string, string, string[], string[]]>([
    ["all that is selected", "{ a { b { one two } } }", ["a", "b"], ["one", "two"]],
    ["no field with a condition", "query ($c: Boolean!) { a { b { one two @skip(if: $c) } } }", ["a", "b"], ["one"]],
    [
      "all of a field that is there under a condition",
      "query ($c: Boolean!) { a { b @skip(if: $c) { one two } } }",
      ["a", "b"],
      ["one", "two"],
    ],
    [
      "of a field that stands twice, what stands without a condition",
      "query ($c: Boolean!) { a { b @skip(if: $c) { one } b { two } } }",
      ["a", "b"],
      ["two"],
    ],
    [
      "the same where a fragment has the condition",
      "query ($c: Boolean!) { a { ...F @include(if: $c) b { two } } } fragment F on A { b { one } }",
      ["a", "b"],
      ["two"],
    ],
  ])("is %s", (_, source, path, required) => {
    expect(requiredAt(source, path)).toEqual(required);
  });
});
