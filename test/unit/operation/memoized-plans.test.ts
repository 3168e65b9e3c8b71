/** Plans are made once for all that they depend on: the store, the page sizes, and those variables that decide what is asked. */
import { parse, OperationTypeNode, type OperationDefinitionNode } from "graphql";
import { describe, expect, it } from "vitest";
import { schema } from "../../../src/app/schema.js";
import { createPlans } from "../../../src/operation/plan/memoized-plans.js";
import { ItemPages } from "../../../src/shared/item-pages.js";
import { PageSizeLimit } from "../../../src/shared/window-read.js";

const gb = { country: "GB" };

function planning(query: string) {
  const pageSizes = { catalogue: new PageSizeLimit(500), locker: new PageSizeLimit(500) };
  const seenPages = new ItemPages();
  const document = parse(query);
  const operation = document.definitions.find(
    (one): one is OperationDefinitionNode => "operation" in one && one.operation === OperationTypeNode.QUERY,
  ) as OperationDefinitionNode;
  const plan = createPlans(schema, { pageSizes, seenPages });
  return {
    pageSizes,
    seenPages,
    planOf: (variables: Record<string, unknown> = {}, store: object = gb) =>
      plan({ document, operation, variables }, store as typeof gb, { upstreamCalls: 1000 }),
  };
}

describe("a plan", () => {
  const query = `query ($id: ID!, $with: Boolean!, $first: Int = 10, $size: Int = 100) {
    artist(id: $id) { name image(width: $size) { url } ... @include(if: $with) { releases(first: $first) { nodes { title } } } } }`;

  it("is the same object where nothing it depends on differs", () => {
    const { planOf } = planning(query);
    const variables = { id: "1", with: true, first: 10, size: 100 };
    expect(planOf({ ...variables })).toBe(planOf({ ...variables }));
  });

  it("is another one where a variable differs that decides what is asked", () => {
    const { planOf } = planning(query);
    expect(planOf({ id: "1", with: false }).calls).toBe(1);
    expect(planOf({ id: "1", with: true, first: 10 }).calls).toBe(2);
    expect(planOf({ id: "no id", with: true, first: 10 }).calls).toBe(0);
    expect(planOf({ id: "1", with: false }).calls).toBe(1);
  });

  it("does not depend on variables that no costly field reads", () => {
    const { planOf } = planning(query);
    expect(planOf({ id: "1", with: false, first: 1 })).toBe(planOf({ id: "1", with: false, first: 99 }));
  });

  it("tells a variable that is absent from one that is null", () => {
    const { planOf } = planning(`query ($offset: Int) { releaseChart(first: 5, offset: $offset) { nodes { title } } }`);
    expect(planOf({})).not.toBe(planOf({ offset: null }));
    expect([planOf({}).calls, planOf({ offset: null }).calls]).toEqual([1, 1]);
  });

  it("is made anew for another store, and when 7digital turns out to cut its pages", () => {
    const { planOf, pageSizes } = planning("{ releaseChart(first: 100) { nodes { title } } }");
    const first = planOf();
    expect(planOf()).toBe(first);
    expect(planOf({}, { shopId: "34" })).not.toBe(first);
    pageSizes.catalogue.lowerTo(50);
    expect([first.calls, planOf().calls]).toEqual([1, 2]);
  });

  it("is made anew where a tag was found on another page, if it asks for a tag", () => {
    const tag = { method: "tag", store: gb, pageSize: 500, id: "rock" };
    const { planOf, seenPages } = planning("query ($id: ID!) { tag(id: $id) { count } }");
    const without = planning("{ releaseChart(first: 5) { nodes { title } } }");
    const before = without.planOf();
    expect(planOf({ id: "rock" }).calls).toBe(2);
    seenPages.remember(tag, 1);
    without.seenPages.remember(tag, 1);
    expect([planOf({ id: "rock" }).calls, planOf({ id: "pop" }).calls]).toEqual([1, 2]);
    expect(planOf({ id: "rock" })).toBe(planOf({ id: "rock" }));
    expect(planOf({ id: "rock" }, { country: "DE" }).calls).toBe(2);
    expect(without.planOf()).toBe(before);
    seenPages.remember(tag, undefined);
    expect(planOf({ id: "rock" }).calls).toBe(2);
  });

  it("is forgotten where an operation is sent with ever new variables", () => {
    const { planOf } = planning("query ($id: ID!) { artist(id: $id) { name } }");
    const first = planOf({ id: "1" });
    for (let id = 2; id < 200; id += 1) planOf({ id: String(id) });
    expect(planOf({ id: "199" })).toBe(planOf({ id: "199" }));
    expect(planOf({ id: "1" })).not.toBe(first);
  });
});
