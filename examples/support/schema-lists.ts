/** Every list of the schema that pages, with a query that reads one page of it. For tests: a new list is tested without further work, unless
 *  it belongs to a type that has to be reached first. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  buildSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isNonNullType,
  isObjectType,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";

export const sdl = readFileSync(join(import.meta.dirname, "../../schema/schema.graphql"), "utf8");
export const schema = buildSchema(sdl);

/** How a query comes to an object of each type that has lists. */
const ways: Readonly<Record<string, (list: string) => string>> = {
  Artist: (list) => `artist(id: "1") { ${list} }`,
  EditorialList: (list) => `editorialList(key: "featured_albums") { ${list} }`,
  LockerRelease: (list) => `viewer { ${idOf("Viewer")} locker(first: 1, releaseId: "155408") { nodes { ${list} } } }`,
  MerchandisingList: (list) => `merchandisingList(key: "home1") { ${list} }`,
  Query: (list) => list,
  Release: (list) => `release(id: "155408") { ${list} }`,
  Search: (list) => `search(query: "pink") { ${list} }`,
  Tagged: (list) => `tagged(tags: ["rock"]) { ${list} }`,
  Viewer: (list) => `viewer { ${list} }`,
};

/** Types that come in lists. Without an `id`, their own lists do not page in Apollo Client's cache: ask for all items at once. */
const itemTypes = new Set(["LockerRelease"]);

const requiredArguments: Readonly<Record<string, string>> = { startingWith: '"a"' };

export interface PagedList {
  /** E.g. "Artist.releases". */
  readonly name: string;
  readonly type: string;
  readonly field: string;
  /** Arguments that make it another list. */
  readonly keys: readonly string[];
  /** The operation Page($first: Int, $after: String). */
  readonly query: string;
  /** The list in a result of the query. */
  readonly read: (data: unknown) => Page;
}

export interface Page {
  readonly edges: readonly { readonly cursor: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string };
}

type Field = GraphQLField<unknown, unknown>;
const isConnection = ({ type }: Field): boolean => getNamedType(type).name.endsWith("Connection");
export const objectTypes = Object.values(schema.getTypeMap())
  .filter(isObjectType)
  .filter(({ name }) => !name.startsWith("__"));

export const pagedLists: readonly PagedList[] = objectTypes
  .filter((type) => !itemTypes.has(type.name) || "id" in type.getFields())
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter(isConnection)
      .map((field) => pagedList(type, field)),
  );

function pagedList({ name: type }: GraphQLObjectType, { name: field, args, type: connection }: Field): PagedList {
  const way = ways[type];
  if (way === undefined) throw new Error(`${type}.${field} is a list: say how to come to an object of type ${type}.`);
  const required = args
    .filter((argument) => isNonNullType(argument.type))
    .map(({ name }) => {
      const value = requiredArguments[name];
      if (value === undefined) throw new Error(`${type}.${field} needs ${name}: say a value for it.`);
      return `${name}: ${value}`;
    });
  const given = ["first: $first", "after: $after", ...required].join(", ");
  const list = `list: ${field}(${given}) { edges { cursor node { ${idOfNodes(connection)} } } pageInfo { hasNextPage endCursor } }`;
  return {
    name: `${type}.${field}`,
    type,
    field,
    keys: args.map(({ name }) => name).filter((name) => !["first", "after", "last", "before"].includes(name)),
    query: `query Page($first: Int, $after: String) { ${way(`${idOf(type)} ${list}`)} }`,
    read: (data) => findList(data) as Page,
  };
}

/** Caches want the `id` of every object that has one. */
export function idOf(typeName: string): string {
  const type = schema.getType(typeName);
  return isObjectType(type) && "id" in type.getFields() ? "__typename id" : "__typename";
}

function idOfNodes(connection: GraphQLOutputType): string {
  const edge = schema.getType(getNamedType(connection).name.replace(/Connection$/, "Edge"));
  const node = isObjectType(edge) ? edge.getFields().node : undefined;
  return node ? idOf(getNamedType(node.type).name) : "__typename";
}

function findList(data: unknown): unknown {
  if (typeof data !== "object" || data === null) return undefined;
  if ("list" in data) return data.list;
  return Object.values(data).map(findList).find(Boolean);
}

const isPart = (name: string): boolean => /(Connection|Edge)$|^PageInfo$/.test(name);

/** Types that have no `id`, and are not part of a list that pages. */
export const typesWithoutId = objectTypes.filter(
  (type) =>
    type !== schema.getQueryType() &&
    type !== schema.getMutationType() &&
    type !== schema.getSubscriptionType() &&
    !isPart(type.name) &&
    type.getFields().id === undefined,
);

/** Fields with a list of objects that does not page. */
export const plainLists = objectTypes
  .filter(({ name }) => !isPart(name))
  .flatMap((type) =>
    Object.values(type.getFields())
      .filter(({ type: list }) => isListType(getNullableType(list)) && isCompositeType(getNamedType(list)))
      .map((field) => ({ type: type.name, field: field.name })),
  );
