/** Plans are made once for all that they depend on: the store, the page sizes, and those variables that decide what is asked. */
import { parse, validate, OperationTypeNode, type OperationDefinitionNode } from "graphql";
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
    const { planOf } = planning("query ($text: String!) { search(query: $text) { artists(first: 5) { nodes { name } } } }");
    const first = planOf({ text: "a1" });
    for (let number = 2; number < 200; number += 1) planOf({ text: `a${String(number)}` });
    expect(planOf({ text: "a199" })).toBe(planOf({ text: "a199" }));
    expect(planOf({ text: "a1" })).not.toBe(first);
  });
});

describe("plans of operations whose IDs differ", () => {
  it("are one plan for each pattern of equal IDs", () => {
    const { planOf } = planning(
      "query ($a: ID!, $b: ID!) { a: artist(id: $a) { name } b: artist(id: $b) { name } c: artist(id: 7) { name } }",
    );
    const different = planOf({ a: "1", b: "2" });
    expect(planOf({ a: "123456789", b: "artist:1" })).not.toBe(different);
    expect(planOf({ a: "3", b: "4" })).toBe(different);
    expect([different.calls, planOf({ a: "1", b: "1" }).calls, planOf({ a: "1", b: "artist:1" }).calls]).toEqual([3, 2, 2]);
    expect([planOf({ a: "7", b: "1" }).calls, planOf({ a: "7", b: "artist:7" }).calls]).toEqual([2, 1]);
  });

  it("tell a shop that is named from the one of the operation", () => {
    const { planOf } = planning("query ($id: ID!, $shop: ID) { release(id: $id) { title price(shopId: $shop) { current { amount } } } }");
    const calls = (shop: string, store: object) => planOf({ id: "155408", shop }, store).calls;
    const own = calls("34", { shopId: "34" });
    expect(calls("35", { shopId: "34" })).toBeGreaterThan(own);
    expect(calls("35", { shopId: "35" })).toBe(own);
    expect(calls("34", { shopId: "35" })).toBeGreaterThan(own);
  });

  it("are as if each were made anew", () => {
    const queries = [
      "query ($a: ID!, $b: ID!, $c: ID!) { a: artist(id: $a) { name } b: release(id: $b) { title artist { name slug } } c: track(id: $c) { title release { title } } }",
      "query ($a: ID!, $b: ID!, $c: ID!) { nodes(ids: [$a, $b, $c, 12]) { id ... on Artist { name releases(first: 3) { nodes { title } } } ... on Track { title } } }",
      "query ($a: ID!, $b: ID!, $c: ID!) { releasesById(ids: [$a, $b]) { title tracks(first: 2) { nodes { title } } } release(id: $c) { title recommendedReleases(first: 2) { nodes { title } } } }",
      'query ($a: ID!, $b: ID!, $c: ID!) { tracksById(ids: ["12:34", $a]) { title release { title } } release(id: $b) { title } artist(id: $c) { name } }',
      "query ($a: ID!, $b: ID!, $c: ID!) { release(id: $a) { title price(shopId: $b) { current { amount } } other: price(shopId: $c) { current { amount } } } }",
    ];
    const ids = [
      "1",
      "2",
      "12",
      "34",
      "artist:1",
      "artist:12",
      "release:2",
      "release:34",
      "track:1",
      "track:1:2",
      "track:12:34",
      "tag:rock",
      "no",
    ];
    const stores = [gb, { shopId: "34" }, { shopId: "12" }];
    let random = 1;
    const pick = <T>(from: readonly T[]): T => from[(random = (random * 48271) % 2147483647) % from.length] as T;
    const outcome = (plan: () => object): unknown => {
      try {
        return plan();
      } catch (error) {
        return (error as Error).message;
      }
    };
    for (const query of queries) {
      expect(validate(schema, parse(query))).toEqual([]);
      const { planOf } = planning(query);
      for (let turn = 0; turn < 400; turn += 1) {
        const variables = { a: pick(ids), b: pick(ids), c: pick(ids) };
        const store = pick(stores);
        const anew = planning(query);
        expect([variables, store, outcome(() => planOf(variables, store))]).toEqual([
          variables,
          store,
          outcome(() => anew.planOf(variables, store)),
        ]);
      }
    }
  });
});
