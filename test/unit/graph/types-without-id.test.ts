/** Caches keep by `id` what has one. The types without one are listed in decision 29, each with what to do instead. */
import { readFileSync } from "node:fs";
import { isObjectType } from "graphql";
import { expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";

const decision = readFileSync(new URL("../../../docs/decisions/0029-names-of-the-schema.md", import.meta.url), "utf8");
const [, section = ""] = /\n## Types without an ID\n(.*?)\n## /s.exec(decision) ?? [];
const listed = section
  .split("\n")
  .flatMap((line) => [...(/^\|([^|]+)\|/.exec(line)?.[1]?.matchAll(/`(\w+)`/g) ?? [])].map(([, name]) => name));

/** Which the text of the section covers as groups: they are cached as part of the field that gives them. */
const group = /(Connection|Edge|Payload)$|^(PageInfo|Query|Mutation|Subscription)$|^__/;

it("every object type has a global ID, or decision 29 says why not", () => {
  const types = Object.values(schema.getTypeMap()).filter(isObjectType);
  const others = types.filter(({ name }) => !group.test(name));
  const without = others.filter((type) => !type.getInterfaces().some(({ name }) => name === "Node" || name === "UserError"));
  expect(without.length).toBeGreaterThan(10);
  expect([...listed].sort()).toEqual(without.map(({ name }) => name).sort());
});

it("`id` is there only where it is a global ID", () => {
  const withId = Object.values(schema.getTypeMap()).filter((type) => isObjectType(type) && "id" in type.getFields());
  const nodes = schema.getPossibleTypes(schema.getType("Node") as never);
  expect(withId.map(({ name }) => name).sort()).toEqual(nodes.map(({ name }) => name).sort());
});
