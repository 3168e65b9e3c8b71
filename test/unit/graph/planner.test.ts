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
const inBatches = { by: { path: "batch" }, orElse: { path: "missed" } };
const brief = new IncludedFields();
const full = new IncludedFields(brief);
const paged = { count: { ...inRole("first"), type: GraphQLInt, defaultValue: 10 }, behind: { ...inRole("after"), type: GraphQLString } };

type Fields = GraphQLFieldConfigMap<unknown, unknown>;

const place: GraphQLObjectType = new GraphQLObjectType({
  name: "P",
  fields: (): Fields => ({
    a: { type: GraphQLString, ...upstream(details, { includedIn: [brief] }) },
    b: { type: GraphQLString, ...upstream(details, { includedIn: [full], inBatches }) },
    c: { type: GraphQLString, ...upstream(details, { inBatches }) },
    own: { type: GraphQLString, ...upstream(details, { inBatches, alone: true }) },
    d: { type: GraphQLString, ...upstream({ path: "once" }, { calls: 2, once: true }) },
    size: { type: GraphQLString, ...upstream(details), args: { x: { ...inRole("presentation"), type: GraphQLInt } } },
    where: {
      type: GraphQLString,
      ...upstream(details, { includedIn: [brief], inBatches }),
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
              inBatches,
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
          costs: { artist: { type: place, method: details, inBatches, savedFor: () => true } },
        },
      }),
      args: { ids: { type: new GraphQLList(GraphQLString) } },
    },
  },
});

const schema = new GraphQLSchema({ query });

function plan(source: string, largest = 500, batchSize = 0): Plan {
  const operation = getOperationAST(parse(source));
  if (!operation) throw new Error("There is no operation.");
  const pageSizes = { catalogue: { value: largest }, locker: { value: largest } };
  return createPlanner(schema)({
    operation,
    fragments: {},
    variables: {},
    pageSizes,
    pageOf: () => undefined,
    batchSize,
    store: { country: "GB" },
  });
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

const ids = (count: number): string => JSON.stringify(Array.from({ length: count }, (_, index) => String(index)));

it.each([
  ["what a list lacks in one call", "{ few(count: 5) { some { c } same { it { b } } } }", { list: 1, batch: 1 }],
  ["a call for each size", "{ few(count: 12) { some { c } } }", { list: 1, batch: 3 }],
  ["one that is left over by its own method", "{ few(count: 11) { some { c } } }", { list: 1, batch: 2, details: 1 }],
  ["one alone by its own method", "{ few(count: 1) { some { c } } }", { list: 1, details: 1 }],
  ["lists that come at their own times apart", "{ few(count: 3) { some { inner(count: 2) { some { c } } } } }", { list: 1 + 3, batch: 3 }],
  [
    "lists of one item each, which come apart, by its own method",
    "{ few(count: 3) { some { inner(count: 1) { some { c } } } } }",
    { list: 1 + 3, details: 3 },
  ],
  ["two lists apart", "{ one: few(count: 2) { some { c } } two: few(count: 3) { some { c } } }", { list: 2, batch: 2 }],
  ["found objects together", `{ one: found(ids: ${ids(7)}) { a } two: found(ids: ${ids(9)}) { b } }`, { batch: 2 }],
  ["what is found twice once", '{ one: found(ids: ["1", "2"]) { a } two: found(ids: ["2", "1"]) { c } }', { batch: 1 }],
  [
    "another store apart, and those that are not found there so",
    '{ few(count: 4) { some { c where(x: "US") } } }',
    { list: 1, batch: 2, missed: 4 },
  ],
  ["one in another store by a call of its own", '{ few(count: 1) { some { where(x: "US") } } }', { list: 1, details: 1 }],
  ["objects of one parent by its list", '{ shared(ids: ["a1", "a2", "a3"]) { a b c } }', { together: 1 }],
  [
    "objects of several parents in one call, and the lists that a wrong id may need",
    '{ shared(ids: ["a1", "b1", "c1"]) { a } }',
    { batch: 1, together: 3 },
  ],
  [
    "objects of few parents by the lists of these",
    `{ shared(ids: ${JSON.stringify(["1", "2", "3", "4", "5", "6", "7"].flatMap((n) => [`a${n}`, `b${n}`]))}) { a } }`,
    { together: 2 },
  ],
  ["what a list of one parent has by that list", "{ owners { all { a b c } } }", { owners: 1, batch: 20, together: 4 }],
  ["what no list of a parent has in batches too", '{ shared(ids: ["a1", "a2", "a3"]) { a own } }', { together: 1, batch: 1 }],
  ["objects of several types in a batch for each", "{ mixed { ... on P { c } ... on X { y } } }", { x: 18, batch: 1, details: 1 }],
])("plans in batches of five %s", (_, source, byMethod) => {
  const { calls, byMethod: planned } = plan(source, 500, 5);
  expect(Object.fromEntries(planned)).toEqual(byMethod);
  expect(calls).toBe(Object.values(byMethod).reduce((sum: number, count) => sum + count, 0));
});

it("plans batches of fewer than two as single calls", () => {
  const source = '{ few(count: 5) { some { c where(x: "US") } } shared(ids: ["a1", "b1"]) { a } }';
  expect(plan(source, 500, 1)).toEqual(plan(source));
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
