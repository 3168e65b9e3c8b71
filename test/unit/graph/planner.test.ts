/** The planner on a little schema of its own, with names that mean nothing: what a plan says hangs on what the fields declare. */
import {
  getOperationAST,
  GraphQLInt,
  GraphQLList,
  GraphQLObjectType,
  GraphQLSchema,
  GraphQLString,
  GraphQLUnionType,
  parse,
  type GraphQLFieldConfigMap,
} from "graphql";
import { expect, it } from "vitest";
import { createPlanner, type Plan } from "../../../src/operation/plan/plan.js";
import { inRole } from "../../../src/graph/argument-role.js";
import { upstream, withoutCall } from "../../../src/graph/field-cost.js";
import { IncludedFields } from "../../../src/graph/included-fields.js";
import { planWindow } from "../../../src/shared/window-plan.js";

const list = { path: "list" };
const details = { path: "details" };
const together = { path: "together" };
const brief = new IncludedFields();
const full = new IncludedFields(brief);
const paged = { count: { ...inRole("first"), type: GraphQLInt, defaultValue: 10 }, behind: { ...inRole("after"), type: GraphQLString } };

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

const place: GraphQLObjectType = new GraphQLObjectType({
  name: "P",
  fields: (): Fields => ({
    a: { type: GraphQLString, ...upstream(details, { includedIn: [brief] }) },
    b: { type: GraphQLString, ...upstream(details, { includedIn: [full] }) },
    c: { type: GraphQLString, ...upstream(details) },
    d: { type: GraphQLString, ...upstream({ path: "once" }, { calls: 2, once: true }) },
    size: { type: GraphQLString, ...upstream(details), args: { x: { ...inRole("presentation"), type: GraphQLInt } } },
    where: {
      type: GraphQLString,
      ...upstream(details, { includedIn: [brief] }),
      args: { x: { ...inRole("country"), type: GraphQLString } },
    },
    up: { type: owner, ...upstream(details, { includedIn: [brief], gives: brief, batchParent: true }) },
    inner: { type: listOf, ...upstream(list, { list: { plan: planWindow, of: "catalogue" }, gives: brief }), args: paged },
    links: { type: GraphQLString, ...upstream({ path: "link" }, { calls: 0 }) },
  }),
});

const listOf: GraphQLObjectType = new GraphQLObjectType({
  name: "L",
  fields: (): Fields => ({
    some: { type: new GraphQLList(place), ...withoutCall({ passesThrough: true }) },
    same: { type: new GraphQLList(edge), ...withoutCall({ passesThrough: true }) },
  }),
});

const edge: GraphQLObjectType = new GraphQLObjectType({
  name: "E",
  fields: (): Fields => ({ it: { type: place, ...withoutCall({ passesThrough: true }) } }),
});

const owner: GraphQLObjectType = new GraphQLObjectType({
  name: "O",
  fields: (): Fields => ({
    e: { type: GraphQLString, ...upstream({ path: "owner" }, { includedIn: [full] }) },
    all: {
      type: new GraphQLList(place),
      ...withoutCall({ most: 25, gives: brief, batch: { details, together, parent: full } }),
    },
  }),
});

const other = new GraphQLObjectType({ name: "X", fields: { y: { type: GraphQLString, ...upstream({ path: "x" }, { calls: 3 }) } } });
const either = new GraphQLUnionType({ name: "U", types: [place, other] });

const query = new GraphQLObjectType({
  name: "Q",
  fields: {
    few: { type: listOf, ...upstream(list, { list: { plan: planWindow, of: "catalogue" }, gives: brief }), args: paged },
    many: { type: listOf, ...upstream(list, { list: { plan: planWindow, of: "catalogue" }, gives: full }), args: paged },
    owners: { type: new GraphQLList(owner), ...upstream({ path: "owners" }, { most: 4, gives: full }) },
    mixed: { type: new GraphQLList(either), ...withoutCall({ most: 6 }) },
    counted: {
      type: GraphQLString,
      ...upstream({ path: "counted" }, { calls: 9, callsFor: ({ n }) => n as number, also: [details] }),
      args: { n: { type: GraphQLInt } },
    },
    shared: {
      type: place,
      ...withoutCall({
        lookup: {
          ids: ({ ids }) => (ids as readonly string[]).map((id) => ({ kind: "track", id, releaseId: id[0] })),
          costs: {
            track: {
              type: place,
              method: details,
              batch: {
                details,
                together,
                parent: brief,
                parentOf: ({ releaseId = "" }) => ({ kind: "release", id: releaseId, releaseId: undefined }),
              },
            },
          },
        },
      }),
      args: { ids: { type: new GraphQLList(GraphQLString) } },
    },
    costly: { type: GraphQLString, ...upstream({ path: "money" }, { spendsMoney: true }) },
    found: {
      type: place,
      ...withoutCall({
        lookup: {
          ids: ({ ids }) => (ids as readonly string[]).map((id) => ({ kind: "artist", id, releaseId: undefined })),
          costs: { artist: { type: place, method: details, savedFor: () => true } },
        },
      }),
      args: { ids: { type: new GraphQLList(GraphQLString) } },
    },
  },
});

const schema = new GraphQLSchema({ query });

function plan(source: string, largest = 500): Plan {
  const operation = getOperationAST(parse(source));
  if (!operation) throw new Error("There is no operation.");
  const pageSizes = { catalogue: { value: largest }, locker: { value: largest } };
  return createPlanner(schema)({ operation, fragments: {}, variables: {}, pageSizes, pageOf: () => undefined, store: { country: "GB" } });
}

it.each([
  ["a list, whose items include what is asked for", "{ few { some { a } } }", { list: 1 }],
  ["a call for each item that lacks something", "{ few(count: 7) { some { a b c } } }", { list: 1, details: 7 }],
  ["no call for what a larger set includes", "{ many(count: 7) { some { a b } } }", { list: 1 }],
  ["the same items by two ways", "{ few(count: 7) { some { c } same { it { b } } } }", { list: 1, details: 7 }],
  ["lists in lists", "{ few(count: 3) { some { inner(count: 4) { some { c } } } } }", { list: 1 + 3, details: 3 * 4 }],
  [
    "the same list under two names",
    "{ one: few(count: 2) { some { c } } two: few(count: 2) { same { it { b } } } }",
    { list: 1, details: 2 },
  ],
  ["two windows of one list", "{ one: few(count: 2) { some { c } } two: few(count: 3) { some { c } } }", { list: 2, details: 2 + 3 }],
  ["one answer for all", "{ few(count: 7) { some { d } } many(count: 8) { some { d } } }", { list: 2, once: 2 }],
  ["an argument of presentation, which costs nothing", "{ few(count: 2) { some { size(x: 1) b: size(x: 2) } } }", { list: 1, details: 2 }],
  ["another store", '{ few(count: 2) { some { where here: where(x: "GB") there: where(x: "US") } } }', { list: 1, details: 2 }],
  ["details of batched items by one call for each parent", "{ owners { all { a b c } } }", { owners: 1, together: 4 }],
  ["the parent of batched items, which is known as far as the batch says", "{ owners { e all { up { e } } } }", { owners: 1 }],
  ["the parent of other items", "{ few(count: 3) { some { up { e } } } }", { list: 1, owner: 3 }],
  ["the dearest of several types", "{ mixed { ... on P { c } ... on X { y } } }", { x: 18 }],
  ["what the arguments say", "{ counted(n: 5) }", { counted: 5 }],
  ["links, which are signed here", "{ few(count: 3) { some { links } } }", { list: 1, link: 0 }],
  ["a lookup, whose details include everything", '{ found(ids: ["1", "2", "1"]) { a b c } }', { details: 2 }],
  ["a lookup that is saved where only lists are wanted", '{ found(ids: ["1", "2"]) { inner { some { a } } } }', { list: 2 }],
  ["what is found in the list of its parent, once for each parent", '{ shared(ids: ["a1", "a2", "b1"]) { a b c } }', { together: 2 }],
  [
    "what is found in another store, once for each parent there",
    '{ shared(ids: ["a1", "a2"]) { c where(x: "US") } one: shared(ids: ["a1"]) { where(x: "US") } }',
    { together: 1 + 1 },
  ],
  ["the parents that found objects share, once each", '{ shared(ids: ["a1", "a2", "b1"]) { up { e } } }', { together: 2, owner: 2 }],
  [
    "what one object needs, once, found alone and with others",
    '{ found(ids: ["1", "2"]) { inner { some { a } } } one: found(ids: ["1"]) { inner { some { a } } } }',
    { list: 2 },
  ],
])("plans %s", (_, source, byMethod) => {
  const { calls, byMethod: planned } = plan(source);
  expect(Object.fromEntries(planned)).toEqual(byMethod);
  expect(calls).toBe(Object.values(byMethod).reduce((sum, count) => sum + count, 0));
});

it("plans pages of the largest size", () => {
  expect(plan("{ few(count: 100) { some { a } } }", 50).calls).toBe(2);
  expect(plan('{ few(count: 60, behind: "25") { some { a } } }', 50).calls).toBe(2);
  expect(plan("{ few(count: 1) { some { d } } }", 50).byMethod.get("once")).toBe(20);
});

it("says whether money may be spent", () => {
  expect(plan("{ costly }").spendsMoney).toBe(true);
  expect(plan("{ counted(n: 1) }").spendsMoney).toBe(false);
});

it("leaves a field out whose arguments are wrong, which execution reports", () => {
  expect(plan('{ counted(n: "no") few { some { a } } }').calls).toBe(1);
});

it("rejects a page that no list gives", () => {
  expect(() => plan("{ few(count: 101) { some { a } } }")).toThrow("`first` must be from 1 to 100.");
});
